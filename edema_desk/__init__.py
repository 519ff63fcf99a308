"""EdemaDesk: excess fluid from face video before and after dialysis. Research use only."""

__version__ = "0.1.0"
