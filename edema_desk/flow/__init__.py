"""What the program does from end to end, without Qt."""
