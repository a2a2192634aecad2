"""Order fulfilment itself: knows nothing of terminals or networks."""
