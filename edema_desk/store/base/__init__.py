"""The one connection, its acts, the chain of records and what guards the file."""
