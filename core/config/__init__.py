"""Typed settings from config.toml; every error names file, line, key, what was found and what is allowed."""
