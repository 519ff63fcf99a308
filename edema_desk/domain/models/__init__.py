"""Models: their cards, how they are trained and judged, and what is planned with them."""
