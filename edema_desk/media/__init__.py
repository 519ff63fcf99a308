"""Bytes <-> frames that carry their own time, and the sealed file in which clips are kept."""
