"""Study folders: made, taken in, and their crops."""
