"""What is kept, put right, proved and destroyed."""
