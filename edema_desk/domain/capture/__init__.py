"""What is decided while a face is filmed, and which frames are taken."""
