"""Sessions, captures and all that hangs on them."""
