"""Keys: made, locked with passwords, handed to the system, lost and found again."""
