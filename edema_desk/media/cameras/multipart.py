"""The parts of a `multipart/x-mixed-replace` stream, as cameras write them.

The standard is held to loosely out there: boundaries with or without their dashes, lengths
missing or wrong, line ends of one character. Everything that is kept waiting has a limit.
"""

import re
from collections.abc import Iterator

from edema_desk.media.cameras.jpeg import MAX_PACKET_BYTES, whole_packet

HEADER_BYTES = 8 * 1024
BETWEEN_BYTES = 64 * 1024
"""What may stand between two parts, or before the first."""
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*([0-9]{1,9})[ \t\r]*$", re.I | re.M)
_KIND = re.compile(rb"^content-type[ \t]*:[ \t]*([a-z]+)/", re.I | re.M)
_END_OF_PICTURE = b"\xff\xd9"


class BadStreamError(Exception):
    """The stream broke a limit."""


class PartReader:
    """Takes the bytes of a stream as they come and gives the JPEG files in it.

    `damaged` counts parts that were pictures and not whole. A picture without a length is given
    as soon as its end mark is there, not when the next one begins.
    """

    def __init__(self, boundary: bytes) -> None:
        bare = boundary.removeprefix(b"--")
        self._mark = re.compile(rb"--" + re.escape(bare) + rb"(?:--)?[ \t]*\r?\n")
        self._bare = bare
        self._held = bytearray()
        self._headers: bytes | None = None
        self._searched = 0
        self._given = False
        self.damaged = 0

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The pictures that are whole with this piece. Raises BadStreamError."""
        self._held += piece
        while True:
            before = len(self._held), self._headers
            if self._headers is None:
                self._find_headers()
            else:
                picture = self._find_body()
                if picture is not None:
                    yield picture
            if before == (len(self._held), self._headers):
                return

    def _find_headers(self) -> None:
        mark = self._mark.search(self._held, self._searched)
        if mark is None:
            # a mark may be cut in two
            self._searched = max(len(self._held) - len(self._bare) - 8, 0)
            if len(self._held) > BETWEEN_BYTES:
                raise BadStreamError("no boundary")
            return
        self._searched = mark.start()
        end = _BLANK_LINE.search(self._held, mark.end() - 2)
        if end is None:
            if len(self._held) - mark.end() > HEADER_BYTES:
                raise BadStreamError("an endless header")
            return
        self._headers = bytes(self._held[mark.end() : end.start()])
        del self._held[: end.end()]
        self._searched, self._given = 0, False

    def _find_body(self) -> bytes | None:
        headers = self._headers or b""
        length = _LENGTH.search(headers)
        if length is not None and int(length[1]) > 0:
            size = int(length[1])
            if size > MAX_PACKET_BYTES:
                raise BadStreamError("a part too large")
            if len(self._held) < size:
                return None
            body = bytes(self._held[:size])
            del self._held[:size]
            self._headers = None
            return self._picture(headers, body)
        return self._unmeasured_body(headers)

    def _unmeasured_body(self, headers: bytes) -> bytes | None:
        at = self._held.find(b"--" + self._bare, self._searched)
        if at >= 0:
            body = bytes(self._held[:at])
            del self._held[:at]
            self._headers, self._searched = None, 0
            return None if self._given else self._picture(headers, body)
        self._searched = max(len(self._held) - len(self._bare) - 2, 0)
        if not self._given and self._held[-6:].rstrip(b"\r\n").endswith(_END_OF_PICTURE):
            picture = whole_packet(bytes(self._held))
            if picture is not None:
                self._given = True
                return picture
        if len(self._held) > MAX_PACKET_BYTES:
            raise BadStreamError("a part without an end")
        return None

    def _picture(self, headers: bytes, body: bytes) -> bytes | None:
        kind = _KIND.search(headers)
        if kind is not None and kind[1].lower() != b"image":
            return None
        picture = whole_packet(body)
        if picture is None and body.strip():
            self.damaged += 1
        return picture
