"""The page that records a face."""
