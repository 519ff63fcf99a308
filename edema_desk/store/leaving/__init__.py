"""What goes out, and studies that come in."""
