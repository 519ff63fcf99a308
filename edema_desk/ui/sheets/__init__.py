"""Sheets over any page: what is asked before something is written."""
