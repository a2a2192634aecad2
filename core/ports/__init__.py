"""What the house needs from outside, as Protocols, and what their errors mean to the caller."""
