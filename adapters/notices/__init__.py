"""Ways to reach a person who is not at the counter: one file each."""
