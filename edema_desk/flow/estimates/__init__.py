"""From a clip to an estimate, and again when something about it changed."""
