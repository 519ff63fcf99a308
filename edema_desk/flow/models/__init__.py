"""Models of the clinic: changed, compared, trained, watched."""
