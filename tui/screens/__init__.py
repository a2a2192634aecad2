"""One file a page: what stands where, keys, and the hand-down of the board."""
