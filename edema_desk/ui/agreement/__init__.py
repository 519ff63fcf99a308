"""The page that sets estimates beside the scale."""
