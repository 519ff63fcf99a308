"""No decoder process may outlive a test that asks for this."""

from tests.media.outside_kit import no_child_is_left

__all__ = ["no_child_is_left"]
