"""A capture made with a camera, from the first look to the estimate."""
