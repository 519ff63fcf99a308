"""A desk that may switch to another model."""

from tests.flow.models.switch_kit import desk, embedding_worker, other

__all__ = ["desk", "embedding_worker", "other"]
