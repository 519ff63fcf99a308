"""The record of acts: read, proved, its heads kept elsewhere."""
