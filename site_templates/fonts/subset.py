"""Makes the two fonts of this folder anew, byte for byte (fonttools 4.68; README.md says from which packages).

python subset.py /usr/share/fonts/opentype/noto /usr/share/unicode/Unihan_OtherMappings.txt.bz2
"""

import bz2
import re
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

# Latin, Greek, Cyrillic; punctuation, arrows, mathematical and technical signs; CJK signs, units, full-width forms.
COARSE = 250  # units an em for the outlines that every PDF holds some hundred of
RANGES = [(0x20, 0x24F), (0x370, 0x451), (0x2000, 0x2BFF), (0x3000, 0x33FF), (0xFE30, 0xFFEF)]


def characters(unihan: Path) -> set[int]:
    """Return the code points: 通用规范汉字表 (kTGH of Unihan), GB 2312, and the signs of RANGES."""
    standard = re.findall(r"^U\+(\w+)\tkTGH\t", bz2.decompress(unihan.read_bytes()).decode(), re.M)
    rows = range(0xA1, 0xFF)
    gb2312 = "".join(bytes([row, cell]).decode("gb2312", "ignore") for row in rows for cell in rows)
    return (
        {int(code, 16) for code in standard} | set(map(ord, gb2312)) | {c for a, b in RANGES for c in range(a, b + 1)}
    )


def coarsen(font: TTFont, units: int) -> None:
    """Round a font to a grid of `units` an em: its outlines by their points.

    scale_upem rounds each step of an outline, and the errors add up until strokes bulge.
    """
    scale = units / font["head"].unitsPerEm
    glyphs, drawn = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        drawn[name] = T2CharStringPen(None, None)
        glyphs[name].draw(TransformPen(drawn[name], (scale, 0, 0, scale, 0, 0)))
    scale_upem(font, units)
    outlines = font["CFF "].cff.topDictIndex[0].CharStrings
    for name, pen in drawn.items():
        private, width = outlines[name].private, font["hmtx"][name][0]
        made = pen.getCharString(private, outlines[name].globalSubrs).program
        # A width stands before the first step, as its difference from the usual one.
        outlines[name].program = made if width == private.defaultWidthX else [width - private.nominalWidthX, *made]


def main(fonts: Path, unihan: Path) -> None:
    """Write both fonts beside this file; the face with number 2 is the one for simplified Chinese."""
    wanted = characters(unihan)
    for style in ("Sans", "Serif"):
        options = subset.Options(font_number=2, layout_features=["kern"], hinting=False, name_IDs=["*"])
        font = subset.load_font(str(fonts / f"Noto{style}CJK-Regular.ttc"), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=wanted)
        subsetter.subset(font)
        if style == "Serif":
            coarsen(font, COARSE)
        subset.save_font(font, str(Path(__file__).with_name(f"Noto{style}CJKsc-Regular.otf")), options)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
