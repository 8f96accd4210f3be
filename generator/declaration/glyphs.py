"""Characters that look like ordinary ones, or like nothing: what PDF printers and web pages leave in a text.

A printed page is extracted glyph by glyph, and a glyph that a radical shares with an ideograph (⼊ 入, ⻔ 门) may come
back as either. The table is Unicode's EquivalentUnifiedIdeograph.txt for the CJK Radicals Supplement (U+2E80–2EFF) and
the strokes (U+31C0–31EF), of which NFKC knows two; NFKC itself knows the Kangxi radicals (U+2F00–2FDF) and the
compatibility ideographs (U+F900–FAFF, U+2F800–2FA1F).
"""

from __future__ import annotations

import re
import unicodedata

_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺"
    "⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲"
    "⻳㇏㇐㇑㇒㇓㇔㇖㇚㇝㇟㇠"
)
_IDEOGRAPHS = (
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀"
    "聿肉艹艹艹虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀"
    "龟乀一丨丿丿丶乛亅乀乚乙"
)
_TABLE = dict(zip(_RADICALS, _IDEOGRAPHS, strict=True))
_LOOK_ALIKES = re.compile("[\u2e80-\u2fdf\u31c0-\u31ef\uf900-\ufaff\U0002f800-\U0002fa1f]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def folded(text: str) -> str:
    """Return a text with ordinary ideographs in place of radicals, strokes and compatibility ideographs."""
    return _LOOK_ALIKES.sub(lambda found: _TABLE.get(found[0]) or unicodedata.normalize("NFKC", found[0]), text)


def visible(text: str) -> str:
    """Return a text without the characters that nobody sees, such as zero-width spaces."""
    return _INVISIBLE.sub("", text)
