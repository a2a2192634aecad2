"""Which noise, how loud, when quiet; says so if it cannot."""
