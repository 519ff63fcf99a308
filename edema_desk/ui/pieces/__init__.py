"""Words and small pieces of the field that several pages show."""
