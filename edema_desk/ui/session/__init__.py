"""The page of one session, and its pictures side by side."""
