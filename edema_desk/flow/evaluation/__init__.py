"""How well networks estimate people they never saw."""
