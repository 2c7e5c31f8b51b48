"""What the score means: peers, composite indices, robustness, agreement, the path to the next level."""
