"""Frame -> observations, chosen frames, aligned crops."""
