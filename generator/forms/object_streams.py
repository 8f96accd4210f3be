"""The objects of a PDF packed into one compressed stream (ISO 32000-1, 7.5.7 and 7.5.8; PDF/A-2 allows it).

typst writes every cell's tag as an object of its own, uncompressed: a third of a form. It is done here and not by a
library that reads and writes whole files because it takes a quarter of the time.
"""

from __future__ import annotations

import re
import struct
import zlib

_FREE, _PLAIN, _PACKED = range(3)  # what a place in the stream of cross-references is


def packed(document: bytes) -> bytes:
    """Return a PDF as typst writes it, with one table of cross-references, with all objects packed but its streams."""
    end = document.rindex(b"startxref")
    start = int(document[end:].split()[1])
    table, trailer = document[start:end].split(b"trailer")
    _, _, count, *words = table.split()
    begins = {number: int(words[3 * number]) for number in range(int(count)) if words[3 * number + 2] == b"n"}
    numbers = sorted(begins, key=begins.__getitem__)
    ends = [*(begins[number] for number in numbers[1:]), start]

    made = bytearray(document[: begins[numbers[0]]])
    places = [(_FREE, 0, 0xFFFF)] * int(count)
    index, bodies, length = b"", b"", 0
    for number, until in zip(numbers, ends, strict=True):
        written = document[begins[number] : until].rstrip()
        if written.endswith(b"endstream\nendobj"):
            places[number] = (_PLAIN, len(made), 0)
            made += written + b"\n"
        else:
            places[number] = (_PACKED, int(count), length)
            index += b"%d %d " % (number, len(bodies))
            bodies += written[written.index(b"obj") + 3 : -len(b"endobj")].strip() + b"\n"
            length += 1
    places.append((_PLAIN, len(made), 0))
    made += _stream(int(count), b"/Type/ObjStm/N %d/First %d" % (length, len(index)), index + bodies)
    places.append((_PLAIN, len(made), 0))
    known = re.sub(rb"/Size \d+", b"/Size %d" % len(places), trailer.strip()[2:-2])
    rows = b"".join(struct.pack(">BII", *place) for place in places)
    begun = len(made)
    made += _stream(int(count) + 1, b"/Type/XRef/W[1 4 4]" + known, rows)
    return bytes(made + b"startxref\n%d\n%%%%EOF" % begun)


def _stream(number: int, entries: bytes, content: bytes) -> bytes:
    made = zlib.compress(content)
    head = b"%d 0 obj\n<<%b/Filter/FlateDecode/Length %d>>\nstream\n" % (number, entries, len(made))
    return head + made + b"\nendstream\nendobj\n"
