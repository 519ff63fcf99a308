"""From scores to estimates and from estimates to figures, by arrays alone."""
