"""One file an order feed; the file name is the `kind` in config."""
