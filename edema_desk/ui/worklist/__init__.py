"""The list of the day's patients, and finding one of them."""
