"""What is asked of a patient or the clinic over time."""
