"""Which models there are, who uses them, and who made them."""
