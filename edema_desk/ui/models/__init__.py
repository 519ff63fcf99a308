"""The page of models, and the sheets over it."""
