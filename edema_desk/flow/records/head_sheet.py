"""The sheet on which a head of the record is printed."""

from edema_desk.domain.keeping.head_code import head_code, in_groups
from edema_desk.domain.terms.moment import Moment
from edema_desk.paths import Profile
from edema_desk.store.audit.heads import SignedHead, key_id, public_keys_in


def head_sheet(profile: Profile, signed: SignedHead) -> str:
    """Some lines of text: how many acts, when, the code to be typed back in, the whole hash and
    the public key that signed it, in groups."""
    keys = [key for key in public_keys_in(profile.audit_heads) if key_id(key) == signed.key_id]
    offset_min = Moment.now().offset_min
    at = Moment(signed.utc_ms, offset_min)
    return "\n".join(
        (
            "EdemaDesk",
            f"acts      {signed.head.rows}",
            f"time      {at.local().isoformat(sep=' ', timespec='minutes')}",
            f"code      {head_code(signed.head.rows, at, signed.head.hash)}",
            f"SHA-256   {in_groups(signed.head.hash)}",
            f"key       {in_groups(keys[0].hex()) if keys else signed.key_id}",
            "",
            "edema-desk audit verify --head CODE",
        )
    )
