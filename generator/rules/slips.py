"""Slips of the hand and of recognition: signs and letters within numbers, days that do not exist, look-alikes."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from generator.content.corpus import Document
from generator.declaration import glyphs
from generator.declaration.target_words import PREFIX, PREFIXES, SUFFIX, SUFFIXES, Comparator, fold
from generator.diagnostics.model import Edit, Mark, Severity
from generator.rules import Finding, Outcome, document_rule
from generator.rules.places import AGAIN, all_texts, at_target, each_target, is_unit
from generator.rules.text import PLACEHOLDER

_SIGN = "[≥≤<>=]"
_UP, _DOWN = ("≥", ">"), ("≤", "<")
_TWO_SIGNS = re.compile(rf"(?>{PREFIX})\s*(?:{_SIGN}|{PREFIX})|^\s*(?:{PREFIX})\s*[\d.,]+\s*{_SIGN}")
_TAIL = r"[^\d≥≤<>=()]{0,6}"  # of letters that may be a unit; patterns of all units are slow to compile
_SIGN_BEHIND = re.compile(rf"[\d.]{_TAIL}{_SIGN}\s*\(?\s*(?P<unit>{_TAIL})\)?\s*$|^\s*[\d.,]+\s*{_SIGN}\s*\d")
# What is counted or measured and is never less than nothing.
_COUNTED = "[人名户次场个家件项份册本台套辆座处栋间所篇条株棵头张亩吨]|平方|公[里顷斤]|千[米克]|工作日|分钟|小时"
_BOTH_ENDS = re.compile(rf"\s*({PREFIX})\s*[\d.,]+[^\d≥≤<>=]{{0,8}}?({SUFFIX})\s*")
_NO_NUMBER = re.compile(
    rf"^\s*(?:{PREFIX})\s*(?:[.,]|[\d,]*\.[\d,]*[.,]|[\d,]*\.(?![\dA-Za-z])|[\d.,]*,(?!\d{{3}}(?!\d))|[\d.,]*,,|0\d)"
    rf"|^\s*(?>{PREFIX})(?:于|过)\s*\d|^\s*(?:{PREFIX})?\s*\d+。\d|^\s*0\d+(?:\.\d+)?\s*(?!分|小)(?:{_COUNTED})?\s*$"
    rf"|^\s*(?:{PREFIX})\s*[-+]\s*\d[\d.,]*\s*\(?(?:万|亿)?(?:{_COUNTED})"
    rf"|^\s*(?:{PREFIX})\s*[\d.,]+\s*(?:[-—~]\s*[^\d\s]{{0,4}}|[^\d\s]{{0,4}}[-—~])\s*$|(?:{SUFFIX})\s*(?:[%‰]|{SUFFIX})"
    rf"|^\s*(?:{PREFIX})\s*[一二三四五六七八九]\d"
    rf"|{_SIGN}\s*[%‰]\s*\d|\d\s*[%‰]\s*[%‰]|^\s*不[少低高大小多]\s*\d"
)


@document_rule("N520", Severity.WARNING)
def a_comparator_stands_once_before_its_number(document: Document) -> Iterator[Outcome]:
    """比较符只写一个，写在数字前面，与“以上”“以下”不矛盾；数字本身写得完整。

    原因：“≥≥150”“150≥”“≥150人以下”读不出是多于还是少于。
    不符：≥≤85%，不少于≥150人，150≥，≥150人以下，≥1..5公里
    相符：≥150人，不少于150人，150人以上
    """
    for placed, target in each_target(document):
        if placed.indicator.reading.measurable and placed.indicator.reading.remark is None:
            continue
        text = fold(target)
        both = _BOTH_ENDS.fullmatch(text)
        if both and _opposite(PREFIXES[both[1]], SUFFIXES[both[2]]):
            why = f"前面写“{both[1]}”，后面写“{both[2]}”，意思相反"
        elif _TWO_SIGNS.search(text):
            why = "有两个比较符"
        elif (behind := _SIGN_BEHIND.search(text)) and is_unit(behind["unit"]):
            why = "比较符在数字后面"
        elif _NO_NUMBER.search(text):
            why = "比较符或数字写得不完整"
        else:
            continue
        yield at_target(document, placed, f"“{placed.name}”的目标值“{target}”{why}。", "对照原表，写成“≥150人”的样子。")


def _opposite(prefix: Comparator, suffix: Comparator) -> bool:
    return not ((prefix in _UP and suffix in _UP) or (prefix in _DOWN and suffix in _DOWN))


# O, l and I between digits; at an end of a number only where a unit follows: O3, O157 and 10l are what they seem.
_BEHIND = "(?:[年月日人名次个户场项家所件起份%％℃亩吨万亿元册座栋辆套条间张床株棵头篇]|处(?!理)|公[里顷斤]|平方)"
_LETTERS = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9]+[OolI]+[0-9][0-9OolI]*|l[0-9OolI]{2,}"
    rf"|(?:[0-9]{{2,}}[0-9,]*[SsBbZz]|[0-9][0-9,]*[SsBbZz][0-9.][0-9.,]*)(?={_BEHIND})|[0-9][A-Za-z](?=\s*[%％])"
    rf"|[0-9][0-9,]*\.[0-9]*[OolISsBZz][0-9OolISsBZz]*(?={_BEHIND})|[0-9][0-9,]*[OolI][0-9OolI]*\.[0-9]+(?={_BEHIND})"
    rf"|(?=[0-9OolI,]*[OolI])(?=[0-9OolI,]*[0-9])(?!O2O)[0-9l][0-9OolI,]*(?:\.[0-9OolI]+)?(?={_BEHIND})"
    r"|(?<=年)[0-9]*[lIOSZB]+[0-9lIO]*(?=月)|(?<=月)[0-9]*[lIO]+[0-9lIO]*(?=[日号])"
    rf"|(?:(?!O2O|O(?:[23]|157|139|104)(?![0-9OlI]))[OIl][0-9OolI]*[0-9][OolI0-9]*|[0-9]+[OolI]+)(?=\s*[(（]?{_BEHIND}))(?![0-9A-Za-z])"
    r"|[一二三四五六七八九〇零][0Oo][一二三四五六七八九〇零]"
)
_OTHER_LETTERS = re.compile(
    rf"(?:(?:{PREFIX})?\s*\d+[A-Za-z]\d+|{_SIGN}\s*[A-Za-z]{{1,3}}(?!\s*[类种])|[zZwWxXsS之乏Σ∑]\s?\d+(?:\.\d+)?)"
    rf"\s*\(?\s*(?P<unit>{_TAIL}(?<!\s))\s*\)?"
    rf"|{_SIGN}\s*[lIOzZ]\d[\d.]*.*|{_SIGN}?\s*\d+[B-DF-HJKN-Zosz]\s*%|{_SIGN}\s*(?=[^\s一-鿿]*\d)[\d.,]*[A-Za-zА-Яа-я][\dA-Za-zА-Яа-я.,]*\s*\(?(?P<counted>[一-鿿]{{1,4}})\)?|[zZ]\s?\d{{2,}}"
)


_MAY_HAVE_LETTERS = re.compile("[A-Za-z]|[一二三四五六七八九〇零]0")
_ANY_LETTER = re.compile("[A-Za-zА-Яа-я之乏Σ∑]")


@document_rule("N521", Severity.WARNING)
def no_letters_in_numbers(document: Document) -> Iterator[Outcome]:
    """数字里没有夹着样子相近的字母（O、l、I、z 等）。

    原因：“4O0”看起来是 400，程序和读者搜索时都读不出。
    不符：4O0人，l50户，2O24年，z400次
    相符：400人，O3浓度，12345热线
    """
    for path, text in _names_and_texts(document):
        for match in _LETTERS.finditer(text) if _MAY_HAVE_LETTERS.search(text) else ():
            yield _here(document, path, match, f"数字“{match[0]}”里夹着字母或数字与汉字混用。")
    for placed, target in each_target(document):
        found = _OTHER_LETTERS.fullmatch(fold(target)) if _ANY_LETTER.search(target) else None
        unit = (found["unit"] or found["counted"]) if found else ""
        if found and unit != "" and is_unit(unit) and not _told_otherwise(target):
            yield at_target(document, placed, f"“{placed.name}”的目标值“{target}”里夹着字母：是不是识别错了？")


def _told_otherwise(target: str) -> bool:
    return bool(_LETTERS.search(target) or PLACEHOLDER.search(target))


def _names_and_texts(document: Document) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every text, and every name of an indicator by a path that ends in None."""
    yield from all_texts(document)
    yield from ((("name", *placed.path), placed.name) for placed in document.declaration.indicators())


def _here(document: Document, path: tuple[str | int, ...], match: re.Match[str], message: str) -> Finding:
    return Finding(_mark(document, path, match.start()), message, AGAIN)


def _mark(document: Document, path: tuple[str | int, ...], start: int) -> Mark:
    tree = document.tree
    return tree.within_key(start, *path[1:]) if path[0] == "name" else tree.within(start, *path)


_DAYS = re.compile(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d\d)\s?年\s?)?(?P<month>\d{1,2})\s?月(?:份?(?=底|末|初|[上中下]旬|前(?!后))|份|\s?(?P<day>\d{1,2})\s?[日号])"
    r"|(?<=年)(?P<lone>\d{1,2})月(?!内|龄)"
    r"|(?<![\d.])(?P<y>(?:19|20)\d\d)(?P<mark>[-./])(?P<m>[01]?\d)(?P=mark)(?P<d>[0-3]?\d)(?![\d.])"
)
_YEARS = re.compile(
    r"(?<![\d.,第])(?:(?:20\d|2[12]\d|02\d)年(?=度|底|末|\d{1,2}月|预算|工作|计划|全年)"
    r"|(?<=[较比至自从在于到与])(?:20\d|22\d)年(?!前|以|之|来|[古历的])|(?:20\d|220|202)\d\d年(?!前)"
    r"|(?:2[1-9]\d\d|3\d{3}|02\d\d)年(?=度|底|末|\d{1,2}月|预算|工作|计划|部门|单位|收支|绩效|目标|重点|[前提增降完人相同]))"
    r"|(?<!\d)[4-9]\d{3}年(?=\d{1,2}月)|\d{1,2}[日号]\d{1,2}[日号]|\d年年(?![末底初度中内])"
    r"|\d{1,2}月\d{1,2}月(?=\d|底|前)|(?<=年)\d{3,}月|(?<=\d月)\d{3,}[日号]|\d月\d{1,2}前(?!置)|[二一][〇零九][〇零一二三四五六七八九]{3,}年|(?<=[较比与])[12]\d{4}年(?!前|以|之)|(?<!\d)(?:19|20)\d\d月|(?:十[三四五六七八九]|二十)月(?!龄)"
    r"|(?<![一-鿿])(?:二|四|六|九|十一)月三十一[日号]|(?<!十)二月三十[日号]|(?<=年)(?:[469]|0[469]|11)月三十一[日号]|月[底末]\d{1,2}[日号]"
    r"|第[5-9五六七八九]季度|(?<![\d个])[5-9]季度"
)


_MAY_BE_DATE = re.compile(r"\d\s*[年月季日号./-]|[〇零九]|第[五六七八九]|[一二三四五六七八九十]月")


@document_rule("N522", Severity.WARNING)
def days_and_years_exist(document: Document) -> Iterator[Outcome]:
    """日期是日历上有的：没有 13 月、9 月 31 日，年份是四位。

    原因：不存在的日期没有办法核对，多半是多打或漏打了数字。
    不符：13月底前，2024年9月31日，20224年，204年度
    相符：2024年9月30日，300年古树，18个月
    """
    for path, text in _names_and_texts(document):
        if not _MAY_BE_DATE.search(text):
            continue
        for match in _DAYS.finditer(text):
            if not _exists(match):
                yield _here(document, path, match, f"日历上没有“{match[0]}”。")
        for match in _YEARS.finditer(text):
            if not re.fullmatch(r"\d{2}000年", match[0]):
                yield _here(document, path, match, f"“{match[0]}”写得不对。")


def _exists(match: re.Match[str]) -> bool:
    month = int(match["month"] or match["lone"] or match["m"])
    day = int(match["day"] or match["d"] or 1)
    year = int(match["year"] or match["y"] or 2024)  # without a year, the end of February is its 29th
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


_PARTED = re.compile(r"\d[ \u00a0\u2002-\u200a\u3000]+[\d.,]*\d")


@document_rule("N523", Severity.WARNING)
def no_space_in_a_number(document: Document) -> Iterator[Outcome]:
    """目标值的数字中间没有空格。

    原因：“2 400”可能是 2400，也可能是“≥400”认错了。
    不符：2 400人
    相符：2,400人
    """
    for placed, target in each_target(document):
        if _PARTED.search(target):
            yield at_target(document, placed, f"“{placed.name}”的目标值“{target}”的数字中间有空格。")


_ALIKE = {
    **dict(zip("岀亊夲収仼巿昰戸靑寳囯攴怍汎囗埸単旆", "出事本收任市是户青宝国支作汛口场单施", strict=True)),
    **dict(zip("｡｢｣､", "。「」、", strict=True)),
    **dict(zip("АВЕКМНОРСТХаеорсху", "ABEKMHOPCTXaeopcxy", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
}
# One character taken for another, in words that exist in no other way.
_WORDS = {
    **{f"己{rest}": f"已{rest}" for rest in ("经", "完成", "建成", "实现", "开展", "启动")},
    **{f"拔{rest}": f"拨{rest}" for rest in ("款", "付")},
    **{f"年未{rest}": f"年末{rest}" for rest in ("在职", "资产", "余额", "结余", "人数")},
    **{f"投人{rest}": f"投入{rest}" for rest in ("使用", "运行", "产出", "资金")},
    **{f"收人{rest}": f"收入{rest}" for rest in ("预算", "总额", "决算", "合计")},
    **{f"资全{rest}": f"资金{rest}" for rest in ("使用", "安排", "支出", "管理", "来源", "到位")},
    **{f"{kind}入员": f"{kind}人员" for kind in ("在职", "工作", "编外", "业务", "管理", "退休", "从业", "医务")},
    **{f"{kind}保建": f"{kind}保健" for kind in ("妇幼", "医疗", "卫生", "儿童", "口腔", "老年")},
    **{f"{begun}戊": f"{begun}成" for begun in ("建", "达", "形", "组")},
    **{f"白{rest}": f"自{rest}" for rest in ("来水", "然资源", "然灾害", "然村")},
    **{"防汛抗早": "防汛抗旱", "抗早救灾": "抗旱救灾", "完戊": "完成"},
    **{"预箅": "预算", "概箅": "概算", "决箅": "决算", "经贵": "经费", "绩郊": "绩效", "绩交": "绩效", "完戎": "完成"},
}
LOOK_ALIKE = re.compile(
    f"[{''.join(_ALIKE)}\u2e80-\u2fdf\uf900-\ufaff]|(?<![自知异律利克提选挺])(?:{'|'.join(_WORDS)})"
)


@document_rule("T616", Severity.WARNING)
def no_look_alikes(document: Document) -> Iterator[Outcome]:
    """没有样子相近的别的字：部首字符（⼊、⻔）、外文字母、形近字（支岀、拔款）。

    原因：看起来一样，搜索和比较却找不到；多半是识别或输入的失误。
    不符：项目支岀，投⼊使用
    相符：项目支出，投入使用
    """
    for path, text in _names_and_texts(document):
        for match in LOOK_ALIKE.finditer(text):
            right = _ALIKE.get(match[0]) or _WORDS.get(match[0]) or glyphs.folded(match[0])
            edit = Edit(match[0], right) if right != match[0] else None
            message = f"“{match[0]}”（U+{ord(match[0][0]):04X}）不是常用的字或词。"
            repair = f"改成“{right}”。" if edit else "改成常用的字。"
            yield Finding(_mark(document, path, match.start()), message, repair, edit)
