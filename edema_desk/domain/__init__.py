"""What is true in a dialysis clinic, and the values everyone passes around."""
