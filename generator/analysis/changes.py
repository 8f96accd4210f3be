"""What a reader sees differently in two versions of a declaration, a department or the site: every field of the model.

Indicators are matched by `identity`, paragraphs and list items by their text; all else by its place. The page's
history, the feed, the tables and the report on a pull request are all told from these differences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, NamedTuple

from generator.analysis import identity, verdicts
from generator.analysis.verdicts import Verdict
from generator.declaration.fields import BY_LABEL
from generator.declaration.model import Declaration, PlacedIndicator, Section

BLANK = "（空白）"
_PARAGRAPHS = {"部门职责", "年度履职目标"}


class Difference(NamedTuple):
    """Something that differs: what it is, the text as it was and as it is now (None: not there).

    `verdict` is given for the target value of an indicator; `figure` is the label of a figure of the form.
    """

    label: str
    old: str | None
    new: str | None
    verdict: Verdict | None = None
    figure: str | None = None


def differences(before: Section, after: Section) -> tuple[Difference, ...]:
    """Return everything that differs, in the order of the form."""
    old, new = (section.model_dump(by_alias=True, exclude_unset=True) for section in (before, after))
    if isinstance(before, Declaration) and isinstance(after, Declaration):
        old, new = ({**data, "分解目标": _statements(data["分解目标"])} for data in (old, new))
        indicators = _indicators(before, after)
    else:
        old, new = _long_forms(old), _long_forms(new)
        indicators = iter(())
    return (*_differences(old, new, ()), *indicators)


def _differences(old: Any, new: Any, path: tuple[str | int, ...]) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, Mapping) or isinstance(new, Mapping):
        old, new = old or {}, new or {}
        for key in dict.fromkeys([*new, *old]):
            yield from _differences(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, list) or isinstance(new, list):
        for place, before, after in _aligned(old or [], new or []):
            yield from _differences(before, after, (*path, place))
    else:
        figure = str(path[-1]) if path[-1] in BY_LABEL and path[0] != "资金情况" else None
        yield Difference(_label(path), old, new, figure=figure)


def _aligned(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[int, Any, Any]]:
    """Pair the items that differ, each with its number: an item put in between moves no other."""
    steps = SequenceMatcher(None, [repr(item) for item in old], [repr(item) for item in new], autojunk=False)
    for kind, a, b, c, d in steps.get_opcodes():
        if kind != "equal":
            pairs = zip_longest(old[a:b], new[c:d])
            yield from ((c + place, before, after) for place, (before, after) in enumerate(pairs))


def _long_forms(data: Any) -> Any:
    """Write every result of an indicator as a mapping: the short form says the same."""
    if isinstance(data, list):
        return [_long_forms(item) for item in data]
    if not isinstance(data, Mapping):
        return data
    made = {key: _long_forms(value) for key, value in data.items()}
    for headings in made.get("指标完成情况", {}).values():
        for results in headings.values():
            results |= {name: {"实际完成值": result} for name, result in results.items() if isinstance(result, str)}
    return made


def _label(path: tuple[str | int, ...]) -> str:
    """Name a place: 财政拨款, 部门职责第2段, 年度重点任务第1项主要内容, 来源SHA-256, 指标“……”的得分."""
    if "指标完成情况" in path and len(path) > (name := path.index("指标完成情况") + 3):
        before = _label(path[: name - 3]) if name > 3 else ""
        return f"{before}指标“{path[name]}”的{path[-1]}"
    if path[0] == "资金情况":
        return f"{'的'.join(map(str, path[1:]))}" if len(path) > 1 else "资金情况"
    if path[-1] in BY_LABEL:
        return str(path[-1])
    counted = "段" if path[0] in _PARAGRAPHS else "项"
    return "".join(f"第{step + 1}{counted}" if isinstance(step, int) else step for step in path)


def _statements(targets: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the headings that have no indicators, with what stands in their place."""
    return {
        f"“{first}·{second}”": entry or BLANK
        for first, seconds in targets.items()
        for second, entry in seconds.items()
        if not entry or isinstance(entry, str)
    }


def _indicators(before: Declaration, after: Declaration) -> Iterator[Difference]:
    old = {identity.key(placed): placed for placed in before.indicators()}
    new = {identity.key(placed): placed for placed in after.indicators()}
    going_on = identity.succession(old.values(), new.values())
    for key, placed in new.items():
        if key in going_on.continued:
            yield from _indicator(old[going_on.continued[key]], placed, before.year, after.year)
        else:
            origin = going_on.parts.get(key)
            label = f"指标“{placed.name}”" + (f"（由“{origin[2]}”拆分）" if origin else "")
            yield Difference(label, None, placed.indicator.target_value)
    for key, placed in old.items():
        if key not in going_on.continued.values():
            parts = [new[part] for part, origin in going_on.parts.items() if origin == key]
            verdict = verdicts.judge_split(placed, parts) if parts else None
            yield Difference(f"指标“{placed.name}”", placed.indicator.target_value, None, verdict)


def _indicator(old: PlacedIndicator, new: PlacedIndicator, old_year: int, new_year: int) -> Iterator[Difference]:
    """Compare two versions of an indicator: name, heading, target value, and what else is said of it."""
    name = f"指标“{new.name}”"
    if old.name != new.name:
        yield Difference(f"指标“{old.name}”的名称", old.name, new.name)
    before, after = (f"{placed.first_level}·{placed.second_level}" for placed in (old, new))
    if before != after:
        yield Difference(f"{name}的分类", before, after)
    if old.indicator.target_value != new.indicator.target_value:
        verdict = verdicts.judge(old, new, old_year, new_year)
        yield Difference(name, old.indicator.target_value, new.indicator.target_value, verdict)
    for label in ("原名", "权重", "指标解释"):
        if (said := _said(old, label)) != (says := _said(new, label)):
            yield Difference(f"{name}的{label}", said, says)


def _said(placed: PlacedIndicator, label: str) -> str | None:
    said = placed.indicator.model_dump(by_alias=True, exclude_unset=True)
    return None if isinstance(said, str) else said.get(label)
