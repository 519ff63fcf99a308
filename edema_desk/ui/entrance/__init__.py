"""What stands before the desk: first start, sign-in, lock, restoring."""
