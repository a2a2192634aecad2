"""One file an outside system, speaking its real wire on loopback."""
