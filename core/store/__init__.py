"""How things stand and what happened, on SQLite or PostgreSQL; SQLModel stays in here."""
