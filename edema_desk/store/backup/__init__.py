"""Backups as a folder of generations."""
