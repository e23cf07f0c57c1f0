"""Makes Ogg files reproducible: replaces the stream's random serial number by a fixed one.

Every page holds the serial number and a checksum of the page (RFC 3533, section 6).
"""

from __future__ import annotations

import struct
import zlib
from typing import BinaryIO

SERIAL = 1

_HEAD = struct.Struct("<4sBBqIIIB")
_SERIAL = struct.Struct("<I")
_SERIAL_AT, _CHECKSUM_AT = 14, 22
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def set_serial(file: BinaryIO) -> None:
    """Set the serial number of the only stream of a file to `SERIAL`.

    The file is open for reading and writing.

    Raises:
        ValueError: It is not an Ogg file.
    """
    while head := file.read(_HEAD.size):
        if len(head) < _HEAD.size or not head.startswith(b"OggS"):
            raise ValueError("no page of Ogg where one should be")
        lengths = file.read(head[-1])
        page = bytearray(head + lengths + file.read(sum(lengths)))
        _SERIAL.pack_into(page, _SERIAL_AT, SERIAL)
        _SERIAL.pack_into(page, _CHECKSUM_AT, 0)
        _SERIAL.pack_into(page, _CHECKSUM_AT, ogg_checksum(page))
        file.seek(-len(page), 1)
        file.write(page)


def ogg_checksum(page: bytes | bytearray) -> int:
    """Ogg's CRC-32: the polynomial of zlib's, with the bit order reversed and no inversions.

    >>> hex(ogg_checksum(bytes([1])))
    '0x4c11db7'
    """
    mirrored = zlib.crc32(page.translate(_MIRRORED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int.from_bytes(mirrored.to_bytes(4, "little").translate(_MIRRORED), "big")
