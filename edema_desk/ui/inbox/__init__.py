"""The page of clips that came in by themselves."""
