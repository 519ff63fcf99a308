"""What the program does, for a window: Qt objects with signals instead of callbacks."""
