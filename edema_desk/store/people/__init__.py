"""Users, patients and what they agreed to."""
