"""One file a courier; the file name is the `kind` in config."""
