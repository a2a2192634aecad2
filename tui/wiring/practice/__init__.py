"""The practice shop: one real store, real adapters, and a town around it that speaks the real wires on loopback."""
