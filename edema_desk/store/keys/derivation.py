"""From a password to a key, slowly on purpose: Argon2id (RFC 9106)."""

from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw

from edema_desk.domain.keeping.passwords import tidy_password

KEY_BYTES = 32
SALT_BYTES = 16


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """What one try costs: passes over the memory, its size, and lanes."""

    passes: int = 3
    memory_kib: int = 65_536
    lanes: int = 4

    @property
    def bearable(self) -> bool:
        """Whether this PC should do it at all; a changed file could ask for all its memory."""
        least_kib = 8 * self.lanes  # RFC 9106: Argon2 does not work with less
        few = 1 <= self.passes <= 64 and 1 <= self.lanes <= 64
        return few and least_kib <= self.memory_kib <= 2_097_152


FULL = Cost()
"""The second recommendation of RFC 9106; about 0.1 s."""


def derive(password: str, salt: bytes, cost: Cost) -> bytes:
    """The 32 bytes that belong to a password."""
    return hash_secret_raw(
        tidy_password(password).encode("utf-8", "surrogatepass"),
        salt,
        cost.passes,
        cost.memory_kib,
        cost.lanes,
        KEY_BYTES,
        Type.ID,
    )
