"""Frozen lines for eyes: pure functions from domain objects to what is shown."""
