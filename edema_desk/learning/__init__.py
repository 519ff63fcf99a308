"""From face crops to a model, and from a model to a change in excess fluid."""
