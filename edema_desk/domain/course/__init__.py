"""What is shown of patients and of the clinic over time."""
