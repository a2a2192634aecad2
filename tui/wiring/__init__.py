"""Joins the real parts; alone in seeing adapters, sounds, services, store and config."""
