"""Order feeds: signatures, real bodies, broken bodies."""
