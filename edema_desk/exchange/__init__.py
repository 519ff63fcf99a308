"""What comes in and goes out in formats of others: study folders."""
