"""The counter in a browser tab: a door with a token, a page of our own, and a counter's process behind each tab."""
