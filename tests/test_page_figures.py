"""网页上的每一个数都可以下载: every figure printed on a page stands in a table, or follows from the tables alone.

The pages are read as text; the tables are read from their CSV files. A page may use only the rows that it is about.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest
from lxml import html
from support import CONTENT, write_tables, year_parts

from generator.build import TEMPLATES
from generator.content import corpus
from generator.demo import district
from generator.exports.catalogue import Published
from generator.exports.dossier import dossier
from generator.exports.tables import TABLES
from generator.pages import department, render, results

Row: TypeAlias = dict[str, str]
Tables: TypeAlias = Mapping[str, list[Row]]
_FIGURE = re.compile(r"\d{4}-\d\d-\d\d|[+−]?\d[\d,]*(?:\.\d+)?(?:%| ?(?:万元|个部门|项|天))?")
# A label, the address of a link, what a chart's full length is.
_NO_FIGURE = re.compile(r"SHA-256|\(\S+?\.md\)|目标值为 100%")


class Text(NamedTuple):
    """A text of a page with a digit in it, or the amount that the unit switch reads from it."""

    page: str
    words: str
    is_amount: bool


class Sizes(dict[str, Published]):
    """Downloads of any address."""

    def __missing__(self, address: str) -> Published:
        return Published(0, "")


class Site(NamedTuple):
    texts: list[Text]
    tables: Tables


def built(content: Path, work: Path) -> Site:
    """Render the pages of departments, years and the home page, and write the tables."""
    known = corpus.load(content)[0]
    write_tables(known, None, work)
    tables = {}
    for table in TABLES:
        with (work / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            tables[table.name] = list(csv.DictReader(file))
    shared = render.Pages(known, None, Sizes(), TEMPLATES / "pages")
    pages = list(render.of_site(shared, Sizes(), year_parts(known)))
    for folder in known.departments:
        years, accounts = department.timeline(dossier(known, folder, None)), results.accounts(known, folder, date.max)
        pages += render.of_department(shared, years, accounts)
    others = ("about/", "rules/", "search/", "data/", "api/", "edit/")
    return Site([t for path, text in pages if not path.startswith(others) for t in texts(path, text)], tables)


def texts(path: str, page: str) -> Iterator[Text]:
    body = re.sub(r"\{: .*?\}|^#+ ", "", page.split("\n---\n", 1)[-1], flags=re.M)
    root = html.fragment_fromstring(body, create_parent="div")
    for element in list(root.iter()):
        if element.get("class") == "downloads" or element.tag in ("style", "title", "head"):
            element.clear(keep_tail=True)
        if given := element.get("data-yuan"):
            yield Text(path, given, True)
    for text in root.itertext():
        words = " ".join(_NO_FIGURE.sub("", text).split())
        if re.search(r"\d", words):
            yield Text(path, words, False)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Site:
    work = tmp_path_factory.mktemp("demo")
    district.write_demo(work / "content", 12, 3)
    return built(work / "content", work)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return built(CONTENT, tmp_path_factory.mktemp("real"))


def about(page: str) -> Callable[[str, Row], bool]:
    """Return which rows a page may use, by the name of the table and the row."""
    folder, _, rest = page.removesuffix("/index.md").removesuffix("/index.html").partition("/")
    pair = re.fullmatch(r"compare/(\d+)-(\d+)", rest)

    def uses(table: str, row: Row) -> bool:
        if page == "index.md" or page == "years/index.md":
            return "pair" not in row or (table == "figure_changes" and row["pair"] == "consecutive")
        if folder == "years":
            return row.get("year", rest) == rest and row.get("pair") != "apart" and row.get("to_year", rest) == rest
        if folder == "themes":
            return table in ("themes", "indicators") and rest in ("", row.get("theme", rest))
        if row.get("department") != folder:
            return False
        if pair:
            return (row.get("from_year", pair[1]), row.get("to_year", pair[2])) == pair.groups()
        if re.fullmatch(r"\d{4}", rest):
            there = table in ("promises", "indicators") or row.get("year", rest) == rest
            return there and row.get("to_year", rest) == rest and row.get("pair") != "apart"
        return rest == "compare" or row.get("pair") != "apart"

    return uses


class Said(NamedTuple):
    """What a page may say: the figures as they are printed, the amounts of the unit switch, texts to the letter."""

    figures: set[str]
    amounts: set[Decimal]
    texts: set[str]
    cited: list[str]


def printed(page: str, tables: Tables) -> Said:
    uses = about(page)
    mine = {name: [row for row in rows if uses(name, row)] for name, rows in tables.items()}
    cells = [(column, value) for rows in mine.values() for row in rows for column, value in row.items() if value]
    amounts = {Decimal(value) for column, value in cells if column.endswith("_yuan")}
    amounts |= {Decimal(r[c]) for r in mine["figure_changes"] for c in ("old", "new") if r["unit"] == "元" and r[c]}
    figures = {value for column, value in cells if column.endswith("_published")}
    figures |= {f"{amount:,}" for amount in amounts}
    figures |= {shown for amount in amounts for shown in in_wan(amount)}
    figures |= {value for r in mine["declarations"] for c in ("approved", "published") if (value := r[c])}
    for row in mine["budget_lines"]:
        figures.add(f"{row['share_percent']}%")
    for row in mine["figure_changes"]:
        figures |= {signed(row["difference"]), f"{signed(row['percent'])}%", f"{abs(Decimal(row['percent'] or 0))}%"}
    for row in mine["declarations"]:
        counts = [int(row[c]) for c in ("task_count", "indicator_count", "measurable_count")]
        figures |= {f"{n} 项" for n in (*counts, counts[1] - counts[2])}
        figures |= {f"{Decimal(row['total_wan']):,} 万元"} if row["total_wan"] else set()
        figures |= {f"{row['days_to_publication']} 天"}
    figures |= {f"{row[c]} 项" for row in mine["heading_counts"] for c in ("indicator_count", "measurable_count")}
    if re.fullmatch(r"[\w-]+/\d{4}/index\.md", page):  # it draws the years of its department
        for row in (row for row in tables["declarations"] if row["department"] == page.split("/")[0]):
            figures |= {f"{row[c]} 项" for c in ("indicator_count", "measurable_count")}
            if row["total_yuan"]:
                total = Decimal(row["total_yuan"])
                figures |= {f"{total:,}", *in_wan(total)}
    figures |= of_results(mine)
    figures |= {f"{count} 项" for count in derived(page, mine)}
    if page == "index.md" or page.startswith("years/"):
        totals, declared, within = whole(tables)
        figures |= {f"{total:,}" for total in totals.values()}
        figures |= {f"{n} 个部门" for n in (*declared.values(), *within.values())}
        figures |= {words for n in balance(tables) for words in (str(n), f"{n} 项")} | percents(tables)
        amounts |= set(totals.values())
    if page.startswith("themes/"):
        figures |= under_themes(page, tables)
    columns = {c.name for t in TABLES for c in t.columns if c.type == "string" and not c.name.endswith("_wan")}
    words = {line for column, value in cells if column in columns for line in (value, *value.split("\n"))}
    told = {" ".join(text.split()) for text in words}
    return Said(figures, amounts, told, sorted(filter(re.compile(r"\d").search, told), key=len, reverse=True))


def in_wan(amount: Decimal) -> set[str]:
    """Return an amount in 万元 as trends draw it: 四舍五入, as exactly as there is room."""
    return {f"{(amount / 10_000).quantize(Decimal(unit), ROUND_HALF_UP):,}" for unit in ("0.01", "0.1")}


def of_results(mine: Tables) -> set[str]:
    """Return what a page says of results: points, attainments, shares, days, and how many promises were kept."""
    figures = {row[c] for row in mine["results"] for c in ("weight", "score", "reviewed_score") if row[c]}
    figures |= {f"{row['attainment_percent']}%" for row in mine["results"]}
    figures |= {row[c] for row in mine["results_money"] for c in ("weight", "score") if row[c]}
    figures |= {f"{row['rate_percent']}%" for row in mine["results_money"]}
    for row in mine["result_years"]:
        figures |= {f"{row['claimed_percent']}%", f"{row['spent_percent']}%", row["published"], row["evaluated"]}
        last = date.fromisoformat(row["expected_by"])
        end = "底前" if (last + timedelta(1)).month != last.month else f"{last.day}日前"
        figures |= set(figures_of(f"{last.year}年{last.month}月{end}"))
    figures |= {row["until"] for row in mine["progress"]}
    counts: dict[tuple[str, ...], Counter[str]] = {}
    for row in mine["state_counts"]:
        state = row["state"].replace("not published", "no result")
        for of in ((row["department"], row["year"]), ("all", row["year"]), (row["department"], "all"), ("all", "all")):
            counts.setdefault(of, Counter())[state] += int(row["promise_count"])
    for count in counts.values():
        each = [count[state] for state in ("met", "missed", "cannot tell", "no result")]
        figures |= {str(n) for n in each} | {f"{n} 项" for n in (*each, count.total())}
    published = Counter(row["year"] for row in mine["result_years"] if row["is_published"] == "yes")
    declared = Counter(row["year"] for row in mine["result_years"])
    return figures | {f"{n} 个部门" for n in declared.values()} | {str(published[year]) for year in declared}


def derived(page: str, mine: Tables) -> set[int]:
    """Count what a page counts: promises by heading and in all, changes by kind, the unchanged, what was taken back."""
    kinds: dict[tuple[str, ...], Counter[str]] = {}
    for row in mine["verdict_counts"]:
        pair = (row["department"], row["from_year"], row["to_year"])
        kinds.setdefault(pair, Counter())[row["verdict"]] += int(row["promise_count"])
    found = {count for counts in kinds.values() for count in counts.values()}
    found |= {counts["same"] + counts["rolled"] for counts in kinds.values()}
    headings = Counter((row["first_level"], row["second_level"]) for row in mine["promises"])
    if page.count("/") == 1 or page.endswith(("/indicators/index.md", "/compare/index.md")):
        found |= {len(mine["promises"]), *headings.values()}
    return found


def whole(tables: Tables) -> tuple[dict[str, Decimal], Counter[str], Counter[str]]:
    """Return by year: the sum of all totals, none counted twice; how many declared; how many are within another."""
    parents = {row["department"]: row["parent"] for row in tables["departments"]}
    there = {(row["department"], row["year"]) for row in tables["declarations"]}
    totals: dict[str, Decimal] = {}
    declared, within = Counter[str](), Counter[str]()
    for row in tables["declarations"]:
        year = row["year"]
        declared[year] += 1
        if (parents[row["department"]], year) in there:
            within[year] += 1
        else:
            totals[year] = totals.get(year, Decimal(0)) + Decimal(row["total_yuan"] or 0)
    return totals, declared, within


DIRECTIONS = {
    **dict.fromkeys(("same", "rolled", "reworded"), "kept"),
    **dict.fromkeys(("tightened", "sharpened"), "stricter"),
    **dict.fromkeys(("relaxed", "weakened"), "looser"),
    **dict.fromkeys(("split", "unit_changed", "not_comparable"), "open"),
    **dict.fromkeys(("new", "resumed"), "new"),
    "dropped": "dropped",
}


def balance(tables: Tables) -> set[int]:
    """Count by year, and by year and department: forms, promises, measurable ones, each direction."""
    counts: Counter[tuple[str, ...]] = Counter()
    for row in tables["declarations"]:
        for whose in ("", row["department"]):
            counts["promises", row["year"], whose] += int(row["indicator_count"])
            counts["measurable", row["year"], whose] += int(row["measurable_count"])
    for row in tables["verdict_counts"]:
        if row["pair"] == "consecutive":
            direction, number = DIRECTIONS[row["verdict"]], int(row["promise_count"])
            for whose in ("", row["department"]):
                counts[direction, row["to_year"], whose] += number
                counts["less", row["to_year"], whose] += number * (direction in ("looser", "dropped"))
                counts["shifted", row["to_year"], whose] += number * (direction in ("looser", "dropped", "stricter"))
    followed = {(r["department"], r["to_year"]) for r in tables["verdict_counts"] if r["pair"] == "consecutive"}
    for row in tables["declarations"]:
        if (row["department"], row["year"]) not in followed:
            counts["without before", row["year"]] += int(row["indicator_count"])
    for row in tables["coverage"]:
        counts[row["state"], row["year"]] += 1
        counts["expected", row["year"]] += row["state"] in ("published", "missing")
    return set(counts.values())


def percents(tables: Tables) -> set[str]:
    """Return the share of the measurable promises in whole percent, by year and by declaration."""
    parts: dict[tuple[str, str], Counter[str]] = {}
    for row in tables["declarations"]:
        for key in ((row["year"], ""), (row["year"], row["department"])):
            parts.setdefault(key, Counter()).update({c: int(row[f"{c}_count"]) for c in ("indicator", "measurable")})
    shares = (Decimal(100 * part["measurable"]) / part["indicator"] for part in parts.values() if part["indicator"])
    return {f"{share.quantize(Decimal(1), ROUND_HALF_UP)}%" for share in shares}


def under_themes(page: str, tables: Tables) -> set[str]:
    """Return what the pages of themes count: of a theme its promises, departments, those with a number, the unmoved."""
    stated = {(r["department"], r["year"], r["name"]) for r in tables["indicators"] if r["number"]}
    found: set[str] = set()
    for theme in {row["theme"] for row in tables["themes"]}:
        mine = [row for row in tables["themes"] if row["theme"] == theme]
        counts = [len(mine), len({row["department"] for row in mine})]
        if page == f"themes/{theme}/index.md":
            return {f"{counts[0]} 项", f"{counts[1]} 个部门"}
        counts += [sum((r["department"], r["year"], r["name"]) in stated for r in mine)]
        found |= {str(count) for count in (*counts, sum(bool(row["still_since"]) for row in mine))}
    return found


def taken_back(tables: Tables) -> set[str]:
    """Return how many promises were relaxed, weakened or dropped, by year."""
    kinds = ("relaxed", "weakened", "dropped")
    rows = [r for r in tables["changes"] if r["pair"] == "consecutive" and r["verdict"] in kinds]
    return {f"{count} 项" for count in Counter(row["to_year"] for row in rows).values()}


def signed(number: str) -> str:
    value = Decimal(number or 0)
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value):,}"


def compared(site: Site) -> tuple[int, list[tuple[str, str, str]]]:
    """Return how many figures were looked up, and those that no table holds: page, text, figure."""
    missing, count = [], 0
    said: dict[str, Said] = {}
    years = {row["year"] for row in site.tables["coverage"]} | {r["baseline_year"] for r in site.tables["indicators"]}
    back = taken_back(site.tables)
    for text in site.texts:
        if text.page not in said:
            said[text.page] = printed(text.page, site.tables)
        known = said[text.page]
        if text.is_amount:
            count += 1
            missing += [] if Decimal(text.words) in known.amounts else [(text.page, "data-yuan", text.words)]
            continue
        found = [] if text.words in known.texts else figures_of(text.words)
        allowed = known.figures | years | (back if text.page.startswith(("index.md", "years/")) else set())
        open_ = [figure for figure in found if figure not in allowed]
        if open_:
            open_ = [f for f in figures_of(without(text.words, known.cited)) if f not in allowed]
        count += len(figures_of(text.words))
        missing += [(text.page, text.words, figure) for figure in open_]
    return count, missing


def figures_of(words: str) -> list[str]:
    return [figure.rstrip(",") for figure in _FIGURE.findall(words)]


def without(words: str, verbatim: list[str]) -> str:
    """Take out what is cited to the letter: names, targets, proofs, the longest first; not a part of a number."""
    for text in verbatim:
        start = words.find(text)
        if start >= 0 and not re.fullmatch(r"[\d.,%]*", text):
            before, after = words[:start], words[start + len(text) :]
            if not re.search(r"[\d.,]$", before) and not re.match(r"[\d.,%]", after):
                words = f"{before} {after}"
    return words


@pytest.mark.parametrize(("which", "least"), [("real", 100), ("demo", 5000)])
def test_every_figure_on_a_page_is_in_a_table(which: str, least: int, request: pytest.FixtureRequest) -> None:
    site: Site = request.getfixturevalue(which)
    count, missing = compared(site)
    assert not missing, f"{len(missing)} of {count} figures are in no table: {missing[:30]}"
    assert count > least


CELLS = (
    *(("budget_lines", "amount_yuan"), ("budget_lines", "share_percent"), ("declarations", "total_wan")),
    *(("declarations", "task_count"), ("declarations", "indicator_count"), ("declarations", "measurable_count")),
    *(
        ("declarations", "days_to_publication"),
        ("declarations", "staff_published"),
        ("heading_counts", "indicator_count"),
    ),
    *(("figure_changes", "difference"), ("figure_changes", "percent"), ("verdict_counts", "promise_count")),
    *(("indicators", "target_published"), ("changes", "proof")),
    *(("state_counts", "promise_count"), ("results", "attainment_percent"), ("result_years", "claimed_percent")),
)


@pytest.mark.parametrize(("table", "column"), CELLS)
def test_a_figure_that_is_not_in_the_table_is_found(table: str, column: str, small_demo: Site) -> None:
    """Nothing else holds it: with another figure in its place, the comparison fails."""
    wrong = [
        row | {column: re.sub(r"\d+", lambda n: str(int(n[0]) + 7_777), row[column])}
        for row in small_demo.tables[table]
    ]
    hidden = {**small_demo.tables, table: wrong}
    if column in ("target_published", "proof"):  # a target stands in several tables, so that it can be read in each
        hidden = {name: [row | dict.fromkeys(COPIES & row.keys(), "") for row in rows] for name, rows in hidden.items()}
    assert compared(small_demo._replace(tables=hidden))[1], "the comparison holds whatever the table says"


COPIES = {"old_published", "new_published", "target_published", "proof", "in_words", "remark", "number", "statement"}


@pytest.fixture(scope="module")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Site:
    work = tmp_path_factory.mktemp("small-demo")
    district.write_demo(work / "content", 2, 2)
    site = built(work / "content", work)
    assert compared(site)[1] == []
    return site
