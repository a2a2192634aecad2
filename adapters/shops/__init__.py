"""The outward half of each order feed, one file each: it tells the shop's own system what becomes of an order."""
