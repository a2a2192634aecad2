"""The trade in frozen objects and pure functions; imports the standard library only."""
