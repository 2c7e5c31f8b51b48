"""What the three samples share: dice, windows of time, writing folders and documents."""
