"""What every flow stands on: the open clinic, who sits there, its rounds, the model in use."""
