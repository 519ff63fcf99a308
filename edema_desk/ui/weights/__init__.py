"""Typing a weight: fields, tares, what is asked back."""
