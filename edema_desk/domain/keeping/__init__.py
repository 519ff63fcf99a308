"""What is kept, for how long, by whose wish, and how it is proved."""
