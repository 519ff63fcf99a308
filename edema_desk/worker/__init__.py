"""The child process in which vision and learning run, and the way to talk with it."""
