"""Who may enter, and how."""
