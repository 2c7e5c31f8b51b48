"""Pages and files of the register."""
