"""A watched folder."""

from tests.flow.inbox.watched_folder import folder

__all__ = ["folder"]
