"""What outside services write, one file each, where that would make their one file too long."""
