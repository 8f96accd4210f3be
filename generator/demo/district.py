"""A fictional district: sample content for the demo, the tests and the benchmark, the same for the same seed.

Every department has its own chance (seed and address), so that one more department changes no other. Its
indicators live as real ones do: they are raised, lowered, weakened, renamed, split, dropped and resumed; years are
missing, a department is renamed, one declares a 汇总 with its units. Sums are right to the cent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from random import Random

from generator.analysis.figures import money
from generator.content.yaml_reader import Data
from generator.content.yaml_writer import to_yaml
from generator.declaration.model import Declaration, Department
from generator.declaration.site import Site
from generator.demo import results
from generator.demo.words import DEPARTMENTS, PATTERNS

NOTICE = "示例数据，虚构：本站的部门、金额和指标均为演示而编造，不代表任何真实单位。"
_SITE: dict[str, Data] = {
    "网站名称": "示例区部门绩效目标公开（虚构）",
    "网站说明": "用虚构的数据演示本站的全部功能。",
    "示例说明": NOTICE,
    "结果公布期限": "12-31",
    "评分": results.SCORING,
    "主题": {"学生和青少年": ["学生", "青少年", "儿童"]},
    "同义词": [["办结时间", "办结天数"], ["老年人", "长者"]],
    "数据许可": {"名称": "CC BY 4.0", "网址": "https://creativecommons.org/licenses/by/4.0/deed.zh-hans"},
}


@dataclass(frozen=True)
class Promise:
    """An indicator as it stands in one year; `level` is its number, `form` how its target is written."""

    first: str
    second: str
    name: str
    form: str
    level: int
    step: int
    former: str | None = None
    pause: int = 0  # years until it is resumed

    def target(self, year: int) -> str:
        """Write the target value of a year."""
        return self.form.format(n=self.level, n2=f"{self.level}.00", year=year, last=year - 1)


def demo(departments: int = 12, years: int = 6, seed: int = 2024, last_year: int = 2025) -> dict[str, str]:
    """Return the sample content: the text of every YAML file by its path below content/."""
    span = range(last_year - years + 1, last_year + 1)
    made = {"site.yaml": to_yaml(Site.model_validate(_SITE))}
    totals: dict[str, dict[int, int]] = {}  # in 分, by address and year
    for number in reversed(range(departments)):  # units come before the department that includes them
        address, name, topics = _department(number)
        chance = Random(f"{seed}/{address}")
        parent = _department(0)[0] if number in (10, 11) else None
        units = [totals[a] for a in (_department(10)[0], _department(11)[0]) if a in totals] if number == 0 else []
        renamed = span[len(span) // 2] if number == 3 and years > 2 else None
        head: dict[str, Data] = {"部门名称": name}
        if parent:
            head["上级部门"] = parent
        head |= _existence(number, span)
        if renamed:
            head["更名"] = [{"原名": f"{name[:-1]}管理局", "沿用至": str(renamed)}]
        made[f"{address}/department.yaml"] = to_yaml(Department.model_validate(head))
        totals[address] = {}
        levels: dict[str, int] = {}
        for year, promises in _life(chance, topics, span, number):
            called = f"{name[:-1]}管理局" if renamed and year <= renamed else name
            own = _budget(chance, number, year - span[0], years)
            total = own + sum(unit.get(year, 0) for unit in units)
            data = _declaration(chance, year, f"{called}(汇总)" if units else called, topics, promises, total)
            data["下属预算单位个数"] = str(len(units))
            if _published(number, year, span):
                totals[address][year] = total
                declaration = Declaration.model_validate(_in_order(data))
                made[f"{address}/{year}.yaml"] = to_yaml(declaration)
                made |= _outcome(f"{seed}/{address}", number, declaration, span, levels, address)
    return dict(sorted(made.items()))


def write_demo(folder: Path, departments: int = 12, years: int = 6, seed: int = 2024) -> None:
    """Write the sample content into `folder`; raises ValueError where something else would be overwritten."""
    site_file = folder / "site.yaml"
    is_demo = site_file.is_file() and "示例说明" in site_file.read_text(encoding="utf-8", errors="replace")
    if folder.exists() and any(folder.iterdir()) and not is_demo:
        raise ValueError(f"{folder} 里有别的内容：示例只写进空文件夹，不与真实内容混在一起。")
    for path, text in demo(departments, years, seed).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")


def _department(number: int) -> tuple[str, str, list[str]]:
    """Return address, name and topics; beyond the vocabulary, streets have offices of their own."""
    address, name, *topics = DEPARTMENTS[number % len(DEPARTMENTS)]
    if street := number // len(DEPARTMENTS):
        return f"street-{street}-{address}", f"示例区第{street}街道{name.removeprefix('示例区')}", topics
    return address, name, topics


def _published(number: int, year: int, span: range) -> bool:
    """Leave years out: one department has a gap, one starts late, one has ended, of one nothing is known."""
    if len(span) < 4:
        return True
    return not (
        (number == 2 and year == span[2])
        or (number == 5 and year < span[2])
        or (number == 8 and year > span[-2])
        or (number == 9 and year == span[0])
    )


def _existence(number: int, span: range) -> dict[str, Data]:
    """Tell since and until when a department exists, and from which year on its form is expected; one says nothing."""
    if number == 9:
        return {}
    begun = span[2] if number == 5 and len(span) >= 4 else span[0]
    ended = {"撤销年度": str(span[-2])} if number == 8 and len(span) >= 4 else {}
    return {"成立年度": str(begun), **ended, "公布起始年度": str(begun)}


def _outcome(
    seed: str, number: int, declaration: Declaration, span: range, levels: dict[str, int], address: str
) -> dict[str, str]:
    """Return the results of a declared year; of the last year only progress, of some departments none."""
    year, rng = declaration.year, Random(f"{seed}/results/{declaration.year}")
    path = f"{address}/{year}.results.yaml"
    if year == span[-1]:
        return {path: results.progress(declaration)} if number == 1 else {}
    made = results.results(rng, declaration, levels)
    return {} if number == 7 or (number == 4 and year == span[-2]) else {path: made}


def _budget(chance: Random, number: int, place: int, years: int) -> int:
    """Return a budget in 分 that drifts, with one jump and one fall among the departments."""
    base = (number * 37 % 23 + 5) * 43_210_987
    drift = 100 + place * 3 + chance.randint(-4, 6)
    jump = 230 if number == 4 and place == years - 1 else 38 if number == 6 and place >= years - 2 else 100
    return base * drift // 100 * jump // 100


def _life(chance: Random, topics: list[str], span: range, number: int) -> Iterator[tuple[int, list[Promise]]]:
    """Yield the promises of each year, each year's made from the year's before."""
    promises = [
        Promise(first, second, name.format(topic=topic), form, chance.randint(low, high), step)
        for topic in topics
        for first, second, name, form, low, high, step in PATTERNS
        if chance.random() < 0.72
    ]
    for place, year in enumerate(span):
        if place:
            unseen = not _published(number, year - 1, span)  # then 原名 is the name of the year before
            promises = [
                replace(new, former=old.former or new.former) if unseen else new
                for old in promises
                for new in _step(chance, old, number + place)
            ]
        yield year, [promise for promise in promises if not promise.pause]


def _step(chance: Random, old: Promise, salt: int) -> list[Promise]:
    """Let a promise live on for a year: mostly unchanged, sometimes changed in one way."""
    promise = replace(old, former=None, pause=max(0, old.pause - 1))
    if old.pause:
        return [promise]
    event = chance.random()
    number_stays = "{n" in promise.form and promise.level > promise.step
    if event < 0.05 and number_stays:
        return [replace(promise, level=promise.level - promise.step)]
    if event < 0.15 and "{n" in promise.form and (promise.level < 95 or "%" not in promise.form):
        return [replace(promise, level=promise.level + promise.step)]
    if event < 0.17 and promise.form.startswith("≥"):
        return [replace(promise, form=promise.form[1:])]
    if event < 0.185 and "人次" in promise.form:
        return [replace(promise, form=promise.form.replace("人次", "人"))]
    if event < 0.20 and "{n2}" in promise.form:
        return [replace(promise, form="≥{n}次")]
    if event < 0.22 and promise.form.startswith("≥{n}(%)"):
        return [replace(promise, form="提升")]
    if event < 0.25 and not promise.name.startswith("年度"):
        return [replace(promise, name=f"年度{promise.name}", former=promise.name)]
    if event < 0.28 and "场次" in promise.name and promise.level >= 4:
        return [
            replace(promise, name=f"{where}{promise.name}", level=promise.level // 2, former=promise.name)
            for where in ("社区", "校园")
        ]
    if event < 0.30:
        return []
    if event < 0.32:
        return [replace(promise, pause=1 + salt % 2)]
    if event < 0.36 and promise.form == "相符":
        return [replace(promise, form="无投诉")]
    return [promise]


def _declaration(
    chance: Random, year: int, name: str, topics: list[str], promises: list[Promise], total: int
) -> dict[str, Data]:
    project = 0 if chance.random() < 0.04 else total * chance.randint(18, 62) // 100
    other = 0 if chance.random() < 0.5 else total * chance.randint(1, 9) // 100
    data: dict[str, Data] = {
        "年度": str(year),
        "部门名称": name,
        "部门职责": [f"负责{topic}的规划、组织和监督。" for topic in topics],
        "年度履职目标": [f"{topic}：按计划完成全年任务，方便群众办事，接受社会监督。" for topic in topics],
        "年度重点任务": [
            {"任务名称": topic, "主要内容": f"制定{topic}工作方案，分季度推进，年底前完成并公布结果。"}
            for topic in topics
        ],
        "预算情况": {
            "部门整体预算总额": _yuan(total),
            "资金来源": {"财政拨款": _yuan(total - other), "其他资金": _yuan(other)},
            "资金结构": {"基本支出": _yuan(total - project), "项目支出": _yuan(project)},
        },
        "年末在职人数": str(14 + total // 35_000_000 + chance.randint(18, 189) // 60),  # as steady as its budget
        "内设机构数": str(chance.randint(2, 14)),
        "分解目标": _tree(promises, year),
    }
    state = chance.random()
    if state < 0.88:  # else the form has no such entry
        data["年末资产总额"] = "未公开" if state < 0.08 else "见附件2" if state < 0.14 else _yuan(total // 7)
    if chance.random() < 0.85:
        approved, days = chance.randint(15, 28), chance.choice([6, 9, 12, 15, 18, 19, 20, 27])
        month, day = divmod(approved + days - 1, 31)
        data["来源"] = {"批复日期": f"{year}-01-{approved:02}", "公开日期": f"{year}-{month + 1:02}-{day + 1:02}"}
    return data


def _tree(promises: list[Promise], year: int) -> dict[str, Data]:
    rule = "按照预算绩效管理要求设置三级指标和指标值"
    tree: dict[str, dict[str, Data]] = {
        "投入管理指标": dict.fromkeys(["预算编审管理", "预算执行管理", "资产管理"], rule)
    }
    order = {(first, second): place for place, (first, second, *_) in enumerate(PATTERNS)}
    for promise in sorted(promises, key=lambda p: order[p.first, p.second]):
        target = promise.target(year)
        entry: Data = {"指标目标值": target, "原名": promise.former} if promise.former else target
        headings = tree.setdefault(promise.first, {}).setdefault(promise.second, {})
        assert isinstance(headings, dict)
        headings[promise.name] = entry
    return dict(tree)


def _yuan(cents: int) -> str:
    return money(Decimal(cents) / 100)


def _in_order(data: dict[str, Data]) -> dict[str, Data]:
    """Put the entries into the form's order."""
    labels = [str(field.alias) for field in Declaration.model_fields.values()]
    return {label: data[label] for label in labels if label in data}
