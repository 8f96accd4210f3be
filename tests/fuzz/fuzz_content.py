# ruff: noqa: E501 (tables of nasty texts)
"""Whatever stands in content/ ends in diagnostics or in a site, never in a traceback.

    python tests/fuzz/fuzz_content.py --examples 100000 --exports 300 --seed 1

An example is a real or a fictional file of content/, or the small one, after one to six changes of its bytes, lines,
names, values or order, often to a text that has stopped a program before. All of it is read, validated and judged by
every rule; of those in order, `--exports` become all pages and downloads. The same seed gives the same examples.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

import yaml

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent)]

from support import CONTENT, SMALL  # noqa: E402
from test_unread import RESULTS  # noqa: E402

from generator import build  # noqa: E402
from generator.content import yaml_writer  # noqa: E402
from generator.demo import district  # noqa: E402
from generator.diagnostics.model import has_errors  # noqa: E402

NASTY = [
    *("", " ", "~", "null", "no", "0", "-0", "00", "1_000", "1e5", "1,000", "1,00", "0.001", ".5", "5.", "٣", "５１３"),
    *("9" * 15, "9" * 16, "9" * 27, "9" * 400, "9" * 5000, "0." + "9" * 50, "1" + "0" * 40, "1e999", "NaN", "Infinity"),
    *("≥" + "9" * 400 + "次", "≥9" + "0" * 30 + "%", "≥1e9人", "≥1.00(次)", "≤-3", ">=90", "≥≥5", "1/0", "=1+1", "≥0"),
    *("≥" + "0." + "1" * 400 + "%", "较2023年", "较上年增长≥5%", "较9999年增长", "2024年2月30日前", "0000-00-00", "9999-12-31"),
    *("不适用", "未公开", "见", "见附件2", "待确认", "待确认 ", "待确认 9", "×", "XX", "……", "。。", "((((", "（（（", "））"),
    *('"\\0"', '"\\a"', '"\\x1b[31m"', '"\\x85"', '"\\uFFFF"', '"\\uD800"', '"\\U0010FFFF"', '"\\u202e"', '"a\\nb"', '"\\t"'),
    *("\u200b", "\u00ad", "\ufeff", "\ufffd", "\ue000", "\U0001f600", "𠮷", "é", "\u3164", "\ufdd0", "\x00", "\x07", "\x7f", "\x85"),
    *("\u2028", "\r", "\t", "- ", "? ", ": ", "#", "&a", "*a", "!t", "!!binary x", "<<: *a", "---", "...", "%YAML 1.2"),
    *("[", "]", "{", "}", "[[[[", "{{{{", "{a: b}", "[a, b]", "|", ">", "|+2", "'", '"', "`", "@", "<<<<<<< a", "=======", ">>>>>>> b"),
    *("<script>", "&#x0;", "{{ 7*7 }}", "{% raw %}", "]]>", "<!--", "$a^2$", "\\", "%s", "%n", "{0}", "../../x", "/dev/zero", "sources/"),
    *("x" * 300, "字" * 3000, "http://", "https://a b", "https://[", "javascript:x", "1899-12-31", "2024-02-29", "0001-01-01"),
]  # fmt: skip
NAMES = """年度 部门名称 下属预算单位个数 部门职责 年度履职目标 年度重点任务 任务名称 主要内容 预算情况 部门整体预算总额 资金来源 财政拨款
其他资金 资金结构 基本支出 项目支出 年末资产总额 年末在职人数 内设机构数 分解目标 产出指标 数量指标 质量指标 时效指标 成本指标 效益指标
社会效益指标 满意度指标 服务对象满意度指标 指标目标值 原名 权重 指标解释 来源 文件 SHA-256 网址 批复日期 公开日期 说明事项 规则 对象 理由
网站名称 网站说明 示例说明 补充指标分类 数据许可 名称 上级部门 更名 沿用至 N504 自评日期
资金情况 年度资金总额 年初预算数 全年执行数 执行率 目标完成情况 预期目标 实际完成情况 类别分值 指标完成情况 实际完成值 年度指标值 分值 得分
总分 等级 评分 进度 截至日期 R912""".split()  # noqa: SIM905


class Example(NamedTuple):
    """One of the corpora, by its place, in which the file `name` holds `raw`."""

    start: int
    name: str
    raw: bytes


def corpora() -> list[dict[str, bytes]]:
    """Return the content folders to start from: a small one, the real one, two years of two fictional departments."""
    head = {"site.yaml": "网站名称: 站\n".encode(), "b/department.yaml": "部门名称: 某区示例局\n".encode()}
    small = head | {"b/2024.yaml": SMALL.encode()}
    full = SMALL.replace("≥1.00(次)", "{指标目标值: ≥1.00(次), 权重: 10, 原名: 场次, 指标解释: 解释}").encode()
    tail = "来源: {网址: 'https://www.example.org/', 批复日期: 2024-01-31, 公开日期: 2024-02-05}\n说明事项:\n  - {规则: N504, 理由: 如此}\n"
    more = head | {"b/2024.yaml": full + tail.encode(), "b/2023.yaml": SMALL.replace("2024", "2023").encode()}
    more |= {"b/2024.results.yaml": RESULTS.encode()}
    real = {p.relative_to(CONTENT).as_posix(): p.read_bytes() for p in sorted(CONTENT.rglob("*.yaml"))}
    real |= {p.relative_to(CONTENT).as_posix(): p.read_bytes() for p in sorted(CONTENT.glob("*/sources/*"))}
    fictional = {path: text.encode() for path, text in district.demo(2, 2).items()}
    return [small, more, real, fictional]


def examples(seed: int, starts: list[dict[str, bytes]]) -> Iterator[Example]:
    """Yield examples without end, the same ones for the same seed; small contents more often than large ones."""
    rng = Random(seed)
    while True:
        start = rng.choice((0, 0, 0, 1, 1, 1, 2, 3))
        names = [name for name in starts[start] if name.endswith(".yaml")]
        name = rng.choice(
            [name for name in names if name.removesuffix(".yaml").removesuffix(".results")[-4:].isdigit()] * 4 + names
        )
        raw = starts[start][name]
        for _ in range(rng.choice((1, 1, 1, 1, 2, 5))):
            raw = rng.choice(CHANGES)(rng, raw)
        yield Example(start, name, raw)


def _nasty(rng: Random) -> str:
    return rng.choice(NASTY) if rng.random() < 0.8 else "".join(rng.choice(NASTY) for _ in range(rng.randint(2, 4)))


def _bytes(rng: Random, raw: bytes) -> bytes:
    """Set, drop, double or cut off bytes."""
    at = rng.randrange(len(raw) + 1)
    end = min(len(raw), at + rng.choice((1, 1, 2, 3, 50)))
    new = rng.choice((b"", bytes([rng.randrange(256)]), raw[at:end] * 2, rng.randbytes(3)))
    return raw[:at] + new + (b"" if rng.random() < 0.05 else raw[end:])


def _lines(rng: Random, raw: bytes) -> bytes:
    """Drop, double, move, indent or join lines."""
    lines = raw.decode(errors="replace").split("\n")
    at, to = rng.randrange(len(lines)), rng.randrange(len(lines))
    line = lines[at]
    match rng.randrange(6):
        case 0:
            del lines[at : at + rng.randint(1, 4)]
        case 1:
            lines.insert(to, line)
        case 2:
            lines[at], lines[to] = lines[to], lines[at]
        case 3:
            lines[at] = rng.choice((" ", "  ", "\t", "- ", "# ")) + line
        case 4:
            lines[at] = line.lstrip()
        case _:
            lines[at : at + 2] = ["".join(lines[at : at + 2])]
    return "\n".join(lines).encode()


def _value(rng: Random, raw: bytes) -> bytes:
    """Put a nasty text, a list or a mapping in the place of a value, or into it; as it is, or quoted."""
    lines = raw.decode(errors="replace").split("\n")
    at = rng.randrange(len(lines))
    head, colon, value = lines[at].partition(": ")
    new = _nasty(rng)
    if rng.random() < 0.3:
        cut = rng.randrange(len(value) + 1)
        new = value[:cut] + new + value[cut:]
    if rng.random() < 0.3:
        new = '"' + new.replace('"', "") + '"'
    lines[at] = f"{head}{colon or ': '}{new}"
    return "\n".join(lines).encode(errors="replace")


def _name(rng: Random, raw: bytes) -> bytes:
    """Put another name, or a nasty text, in the place of a name."""
    lines = raw.decode(errors="replace").split("\n")
    at = rng.randrange(len(lines))
    blank = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    value = lines[at].partition(": ")[2]
    name = rng.choice(NAMES) if rng.random() < 0.6 else _nasty(rng)
    lines[at] = f"{blank}{name}: {value}" if value or rng.random() < 0.5 else f"{blank}{name}:"
    return "\n".join(lines).encode(errors="replace")


def _tree(rng: Random, raw: bytes) -> bytes:
    """Change the structure: an entry anywhere goes, moves, or becomes a nasty text, a list, a mapping, nothing."""
    try:
        data = yaml.load(raw, Loader=yaml.CBaseLoader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return _lines(rng, raw)
    places: list[tuple[dict | list, object]] = []

    def walk(node: object) -> None:
        for step in list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
            places.append((node, step))
            walk(node[step])

    walk(data)
    if not places:
        return raw
    for _ in range(rng.randint(1, 3)):
        parent, step = rng.choice(places)
        if not (step in parent if isinstance(parent, dict) else step < len(parent)):
            continue
        match rng.randrange(6):
            case 0:
                del parent[step]
            case 1:
                parent[step] = _nasty(rng)
            case 2:
                other, place = rng.choice(places)
                parent[step] = yaml.load(
                    yaml.dump(other.get(place) if isinstance(other, dict) else None), yaml.CBaseLoader
                )
            case 3:
                parent[step] = [parent[step]] * rng.choice((1, 2, 30))
            case 4:
                parent[step] = {_nasty(rng): parent[step]}
            case _ if isinstance(parent, dict):
                parent[_nasty(rng) if rng.random() < 0.5 else rng.choice(NAMES)] = parent.pop(step)
            case _:
                parent.insert(0, _nasty(rng))
    try:
        return yaml_writer.dump(data).encode(errors="replace")
    except (ValueError, RecursionError):  # what was moved into itself
        return raw


def _splice(rng: Random, raw: bytes) -> bytes:
    """Put a nasty text in between, or the file into itself."""
    at = rng.randrange(len(raw) + 1)
    return raw[:at] + rng.choice((_nasty(rng).encode(errors="replace"), raw[:at], raw[-200:])) + raw[at:]


CHANGES: list[Callable[[Random, bytes], bytes]] = [
    _bytes,
    _lines,
    _value,
    _value,
    _value,
    _name,
    _name,
    _tree,
    _tree,
    _splice,
]


class Found(NamedTuple):
    """What came of a run: examples tried, those without errors, those exported, crashes by their place."""

    tried: int
    in_order: int
    exported: int
    codes: Counter[str]
    crashes: dict[str, Example]


def run(count: int, exports: int, seed: int, work: Path, most_seconds: float = 1e9) -> Found:
    """Try `count` examples below `work`, at most so many seconds; `exports` of those in order become a site."""
    crashes: dict[str, Example] = {}
    codes: Counter[str] = Counter()
    tried = in_order = exported = 0
    starts = corpora()
    for place, files in enumerate(starts):
        for name, raw in files.items():
            file = work / str(place) / "content" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(raw)
    share = max(1, count // max(1, 8 * exports))  # spread over the run
    begun = time.monotonic()
    for example in islice(examples(seed, starts), count):
        if time.monotonic() - begun > most_seconds:
            break
        content = work / str(example.start) / "content"
        (content / example.name).write_bytes(example.raw)
        tried += 1
        try:
            declarations, diagnostics = build.check(content)
            codes.update({d.code for d in diagnostics})
            assert all(str(d) for d in diagnostics)
            if not has_errors(diagnostics):
                in_order += 1
                if exported < exports and in_order % share == 0:
                    exported += 1
                    with TemporaryDirectory() as folder:
                        build.make(declarations, None, Path(folder))
        except Exception as failed:
            crashes.setdefault(_place(failed), example)
        (content / example.name).write_bytes(starts[example.start][example.name])
    return Found(tried, in_order, exported, codes, crashes)


def _place(failed: Exception) -> str:
    """Name a crash: the same place of the program is the same crash."""
    frames = traceback.extract_tb(failed.__traceback__)
    place = next((frame for frame in reversed(frames) if "/generator/" in frame.filename), frames[-1])
    return f"{Path(place.filename).name}:{place.lineno} {type(failed).__name__} {str(failed)[:120]}"


def main() -> int:
    """Run the fuzzer; what crashed is kept in the folder `--keep`, and the exit code is 1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=100_000)
    parser.add_argument("--exports", type=int, default=300, help="how many of them become a site")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1200, help="stops after so long")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="where the content that crashed is kept")
    options = parser.parse_args()
    warnings.simplefilter("error")
    warnings.simplefilter("ignore", DeprecationWarning)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as work:
        found = run(options.examples, options.exports, options.seed, Path(work), options.seconds)
    took = f"{time.monotonic() - begun:.0f} s, {time.process_time():.0f} s of the processor"
    print(f"{found.tried} examples, {found.in_order} in order, {found.exported} exported; {took}")
    print(f"{len(found.codes)} codes reported: {' '.join(sorted(found.codes))}")
    for number, (place, example) in enumerate(found.crashes.items()):
        print(f"CRASH {place} ({number}: {example.name})")
        for name, raw in (corpora()[example.start] | {example.name: example.raw}).items():
            file = options.keep / str(number) / "content" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(raw)
    return 1 if found.crashes else 0


if __name__ == "__main__":
    sys.exit(main())
