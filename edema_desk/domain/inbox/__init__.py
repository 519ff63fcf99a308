"""Which patient, day and phase a file in the inbox folder belongs to."""
