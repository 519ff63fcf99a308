"""The list of patients, and a patient's page."""
