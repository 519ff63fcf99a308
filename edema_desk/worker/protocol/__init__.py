"""What a program and its worker process say to each other: JSON headers and raw bytes."""
