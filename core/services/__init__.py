"""One use case a method: read, move, save and write the journal in one transaction."""
