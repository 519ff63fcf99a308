"""The words of the field: patients, sessions, weights, estimates, acts, and who may do what."""
