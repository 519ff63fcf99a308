"""What is known and planned of models, studies and exports."""
