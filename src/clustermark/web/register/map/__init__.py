"""The map of the register: outlines that stand in files, and counts drawn over them."""
