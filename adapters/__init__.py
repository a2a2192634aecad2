"""Each file knows one outside service."""
