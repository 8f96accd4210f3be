"""Open data: every format says what the declaration says, keeps its promise, and can be checked by a stranger."""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import frictionless
import jsonschema
import openpyxl
import pytest
from lxml import etree
from support import CONTENT, ROOT, git, parse, write_tables, year_parts

from generator.analysis import change_log
from generator.content import corpus
from generator.content.corpus import Item
from generator.demo import district
from generator.exports import api, catalogue, datapackage, feed
from generator.exports.csvs import cell
from generator.exports.dossier import dossier, log_of_the_rest
from generator.exports.tables import TABLES
from generator.pages import year

GOLDEN = ROOT / "tests/api/v1"
REAL = corpus.load(CONTENT)[0]
INDICATORS = {(p.name, p.indicator.target_value) for p in REAL.documents[0].declaration.indicators()}
AMOUNTS = {"5513159.84", "0.00", "4088773.84", "1424386.00"}


def made(content: Path, folder: Path) -> Path:
    """Write all downloads of a content folder; returns the folder."""
    known = corpus.load(content)[0]
    catalogue.write(known, change_log.read(content), folder)
    return folder


@pytest.fixture(scope="module")
def real_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(CONTENT, tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="module")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("demo")
    district.write_demo(work / "content", 4, 3, 2024)
    return made(work / "content", work / "data")


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))


def test_addresses_stay(real_data: Path) -> None:
    """Once published, an address keeps its meaning: this list may grow, nothing in it may go."""
    here = "minhang-red-cross"
    promised = {
        *(f"{here}/2024/{here}-2024.{kind}" for kind in ("pdf", "xlsx", "csv", "yaml")),
        *(f"{here}/2024/form.html", f"{here}/{here}.zip", f"{here}/sources/2024.txt", "feed.xml"),
        *(f"api/v1/{name}.json" for name in ("index", "openapi", f"departments/{here}", f"declarations/{here}/2024")),
        *(f"api/v1/{name}.json" for name in ("coverage", f"promises/{here}", f"changes/{here}")),
        *(f"api/v1/schemas/{name}.schema.json" for name in ("index", "department", "declaration")),
        *(f"api/v1/schemas/{name}.schema.json" for name in ("coverage", "promises", "changes")),
        "api/v1/schemas/results.schema.json",
        *("data/results.csv", "data/results_money.csv", "data/themes.csv", "data/provenance.csv"),
        *(f"data/{name}.csv" for name in ("result_years", "state_counts", "result_texts", "undisclosed")),
        *("data/progress.csv", "data/progress_money.csv"),
        *(f"data/{name}.csv" for name in ("declarations", "budget_lines", "tasks", "indicators", "statements")),
        *(f"data/{name}.csv" for name in ("departments", "coverage", "promises", "heading_counts", "answers")),
        *(f"data/{name}.csv" for name in ("sources", "figure_changes", "changes", "verdict_counts", "corrections")),
        *("data/dictionary.csv", "data/performance-targets.sqlite"),
        *("data/performance-targets.xlsx", "data/performance-targets.zip", "data/datapackage.json", "data/SHA256SUMS"),
    }
    made = {file.relative_to(real_data).as_posix() for file in real_data.rglob("*") if file.is_file()}
    assert promised - {"feed.xml"} <= made  # a feed needs dates, from git or from the form
    assert made <= promised, "a new address? promise it here"


def test_json_says_everything(real_data: Path) -> None:
    answer = json.loads((real_data / "api/v1/declarations/minhang-red-cross/2024.json").read_bytes())
    assert {(i["name"], i["target_published"]) for i in answer["indicators"]} == INDICATORS
    assert len(answer["indicators"]) == 40
    assert {line["amount"]["value"] for line in answer["budget"]} == AMOUNTS
    assert (answer["assets"]["published"], answer["assets"]["value"]) == ("562,882.03", "562882.03")
    assert [len(answer[part]) for part in ("duties", "annual_goals", "tasks", "statements")] == [8, 8, 5, 7]


def test_tables_say_everything(real_data: Path) -> None:
    indicators = rows(real_data / "data/indicators.csv")
    assert {(row["name"], row["target_published"]) for row in indicators} == INDICATORS
    assert {row["amount_yuan"] for row in rows(real_data / "data/budget_lines.csv")} == AMOUNTS
    [declaration] = rows(real_data / "data/declarations.csv")
    assert (declaration["total_published"], declaration["total_yuan"]) == ("5,513,159.84", "5513159.84")
    assert (declaration["assets_yuan"], declaration["staff"], declaration["divisions"]) == ("562882.03", "9", "1")
    for table in TABLES:  # a program may read numbers and dates without looking: none begins like a formula
        for row in rows(real_data / f"data/{table.name}.csv"):
            for column in table.columns:
                if column.type != "string" and row[column.name]:
                    assert re.fullmatch(r"[0-9.\-]+", row[column.name])


def test_the_workbook_says_everything(real_data: Path) -> None:
    book = openpyxl.load_workbook(real_data / "data/performance-targets.xlsx")
    assert book.sheetnames == [table.title for table in TABLES]
    sheet = book["绩效指标"]
    heads = [cell.value for cell in next(iter(sheet.iter_rows(max_row=1)))]
    values = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert {(row["指标名称"], row["目标值（原文）"]) for row in values} == INDICATORS
    amounts = {cell.value for cell in book["预算"]["H"][1:]}
    assert amounts == {5513159.84, 0, 4088773.84, 1424386}
    for table in TABLES:
        sheet = book[table.title]
        assert sheet.auto_filter.ref == sheet.dimensions
        assert [cell.value for cell in sheet[1]] == [column.title for column in table.columns]
    assert len(list(book["数据字典"].iter_rows(min_row=2))) == sum(len(table.columns) for table in TABLES)


def test_the_csv_for_excel(real_data: Path) -> None:
    raw = (real_data / "minhang-red-cross/2024/minhang-red-cross-2024.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n") > 70
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert len(lines) == 1 + 3 + 8 + 8 + 5 + 5 + 3 + 40 + 7 + 2
    assert lines[1][:4] == ["基本情况", "", "年度", "2024"]
    assert [line[2] for line in lines[-2:]] == ["文件", "SHA-256"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)
    assert {(line[2], line[3].removeprefix(" ")) for line in lines if line[0] == "分解目标" and line[2]} == INDICATORS


def test_the_csv_states_all_that_the_declaration_states(demo_data: Path) -> None:
    """The demo has former names and answers; every text of its YAML stands in its CSV."""
    for document in corpus.load(demo_data.parent / "content")[0].documents:
        stem = f"{document.address}/{document.address.replace('/', '-')}"
        raw = (demo_data / f"{stem}.csv").read_text(encoding="utf-8-sig")
        stated = {cell.removeprefix(" ") for line in csv.reader(io.StringIO(raw)) for cell in line}
        for text in texts(document.declaration.model_dump(by_alias=True, exclude_unset=True, mode="json")):
            assert text in stated, (document.label, text)


def texts(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)
    elif data is not None:
        yield str(data)


@pytest.mark.parametrize("which", ["real_data", "demo_data"])
def test_the_data_package_is_valid(which: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(which)
    described = json.loads((folder / "data/datapackage.json").read_bytes())
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    package = frictionless.Package(str(folder / "data/datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["type", "message"])
    assert [resource.name for resource in package.resources] == [table.name for table in TABLES]
    for resource in described["resources"]:
        raw = (folder / "data" / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(raw), f"sha256:{sha256(raw).hexdigest()}")
    money = [f for r in described["resources"] for f in r["schema"]["fields"] if f["name"].endswith("_yuan")]
    assert {field["unit"] for field in money} == {"CNY"}


def test_the_database_holds_every_table(demo_data: Path) -> None:
    """Every cell of every CSV, with keys that hold."""
    with sqlite3.connect(demo_data / "data/performance-targets.sqlite") as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert {name for (name,) in database.execute("SELECT name FROM sqlite_schema")} == {t.name for t in TABLES}
        for table in TABLES:
            head = ", ".join(f'"{column.name}"' for column in table.columns)
            held = database.execute(f"SELECT {head} FROM {table.name}").fetchall()
            numbers = [column.type in ("number", "integer") for column in table.columns]

            def compared(row: list[str], numbers: list[bool] = numbers) -> tuple[object, ...]:
                return tuple(float(v) if v and n else v for v, n in zip(row, numbers, strict=True))

            written = [compared(list(row.values())) for row in rows(demo_data / f"data/{table.name}.csv")]
            assert sorted(written, key=repr) == sorted((compared([cell(v) for v in row]) for row in held), key=repr)


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    district.write_demo(tmp_path / "content", 3, 2)
    known = corpus.load(tmp_path / "content")[0]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_tables(known, None, tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


def test_corrections_are_data(repository: Path, tmp_path: Path) -> None:
    file = repository / "some-bureau/2024.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("≥1.00(次)", "≥2.00(次)"), encoding="utf-8")
    (repository / "site.yaml").write_text("网站名称: 新名\n", encoding="utf-8")
    git(repository.parent, "commit", "-qam", "second", day="2024-03-01")
    write_tables(corpus.load(repository)[0], change_log.read(repository), tmp_path)
    found = rows(tmp_path / "corrections.csv")
    assert [(r["path"], r["day"], r["label"], r["old"], r["new"], r["verdict"]) for r in found if r["label"]] == [
        ("some-bureau/2024.yaml", "2024-03-01", "指标“演练场次”", "≥1.00(次)", "≥2.00(次)", "tightened"),
        ("site.yaml", "2024-03-01", "网站名称", "测试站", "新名", ""),
    ]
    made = json.loads(datapackage.descriptor(corpus.load(repository)[0], change_log.read(repository), SIZES))
    assert made["created"] == "2024-03-01T00:00:00Z"
    assert made["version"] == f"2024.3.1+{made['commit'][:8]}"
    assert made["commit"] == found[-1]["commit"]


SIZES = {f"{table.name}.csv": (0, "0" * 64) for table in TABLES}


def test_a_name_taken_again_by_another_promise_has_an_identifier_of_its_own(small: Callable[..., Path]) -> None:
    """演练场次 becomes 演练次数 in 2024; in 2025 another 演练场次 begins."""
    text = (small() / "some-bureau/2024.yaml").read_text(encoding="utf-8")
    renamed = text.replace("演练场次: ≥1.00(次)", "演练次数:\n        指标目标值: ≥1.00(次)\n        原名: 演练场次")
    third = text.replace("年度: 2024", "年度: 2025").replace("演练场次: ", "演练次数: ≥1.00(次)\n      演练场次: ")
    first = text.replace("年度: 2024", "年度: 2023")
    content = small(files={f"some-bureau/{y}.yaml": t for y, t in ((2023, first), (2024, renamed), (2025, third))})
    known = corpus.load(content)[0]
    [of_two] = [dossier(known, folder, None) for folder in known.departments]
    assert [promise.names for promise in of_two.promises] == [["演练次数", "演练场次"], ["演练场次"]]
    assert of_two.identifiers[1] == f"{of_two.identifiers[0]}-2025"


LICENCES = {
    "CC BY 4.0": "CC-BY-4.0",
    "CC-BY-4.0": "CC-BY-4.0",
    "CC BY-SA 4.0": "CC-BY-SA-4.0",
    "Creative Commons Attribution 4.0 International": "CC-BY-4.0",
    "CC0": "CC0-1.0",
    "ODbL": "ODbL-1.0",
    "MIT": "MIT",
    "CC BY": None,
    "CC BY 4.0（署名）": None,
    "某市公共数据开放许可": None,
}


@pytest.mark.parametrize("name", LICENCES)
def test_a_licence_has_its_spdx_identifier_or_none(name: str) -> None:
    assert datapackage.spdx(name) == LICENCES[name]


def test_a_broken_table_is_found_by_the_package(real_data: Path, tmp_path: Path) -> None:
    for file in (real_data / "data").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    table = tmp_path / "budget_lines.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("1424386.00", "一百万"), encoding="utf-8")
    assert not frictionless.Package(str(tmp_path / "datapackage.json")).validate().valid


@pytest.mark.parametrize("name", api.ANSWERS)
def test_the_interface_keeps_its_promise(name: str, request: pytest.FixtureRequest) -> None:
    """What v1 once said it goes on saying: fields of the golden schema stay, with their types; new ones may come.

    After an addition, rewrite the golden file with --update-golden; a removal or a change needs /api/v2/.
    """
    golden, now = GOLDEN / f"{name}.schema.json", api.schema(name)
    if request.config.getoption("--update-golden"):
        assert not os.environ.get("CI")
        golden.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    promised = json.loads(golden.read_text(encoding="utf-8"))

    def kept(old: Any, new: Any, place: str) -> None:
        if isinstance(old, dict):
            for key, value in old.items():
                if key not in ("description", "title"):
                    assert key in new, f"{place}/{key}"
                    kept(value, new[key], f"{place}/{key}")
        elif isinstance(old, list) and place.endswith("/required"):
            assert set(old) <= set(new), place
        else:
            assert old == new, place

    kept(promised, now, name)
    assert json.dumps(promised) == json.dumps(now), "added to v1? run with --update-golden and commit"


@pytest.mark.parametrize("which", ["real_data", "demo_data"])
def test_every_answer_of_the_interface_is_as_its_schema_says(which: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(which) / "api/v1"
    answers = {"index": ["index.json"], "department": ["departments/*.json"], "declaration": ["declarations/*/*.json"]}
    answers |= {"coverage": ["coverage.json"], "promises": ["promises/*.json"], "changes": ["changes/*.json"]}
    answers |= {"results": ["results/*/*.json"]} if which == "demo_data" else {}
    for name, patterns in answers.items():
        schema = json.loads((folder / f"schemas/{name}.schema.json").read_bytes())
        jsonschema.Draft202012Validator.check_schema(schema)
        files = [file for pattern in patterns for file in folder.glob(pattern)]
        assert files
        for file in files:
            jsonschema.validate(json.loads(file.read_bytes()), schema)
    index = json.loads((folder / "index.json").read_bytes())
    for link in index["departments"]:
        listed = json.loads((folder / link["url"]).read_bytes())["declarations"]
        assert [entry["year"] for entry in listed] == link["years"]
        assert all((folder / entry["url"]).is_file() for entry in listed)
        with_results = {entry["results_url"] for entry in listed} - {None}
        assert with_results == {
            file.relative_to(folder).as_posix() for file in folder.glob(f"results/{link['address']}/*.json")
        }


def test_the_openapi_description_names_what_is_there(demo_data: Path) -> None:
    folder = demo_data / "api/v1"
    described = json.loads((folder / "openapi.json").read_bytes())
    assert described["openapi"] == "3.1.0"
    results = min(folder.glob("results/*/*.json"))
    given = {"department": results.parent.name, "year": results.stem}
    for path, methods in described["paths"].items():
        assert (folder / path.format(**given)[1:]).is_file()
        operation = methods["get"]
        named = {parameter["name"] for parameter in operation.get("parameters", [])}
        assert named == set(re.findall(r"\{(\w+)\}", path))
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        inside = {"$ref": schema["$ref"], "components": described["components"]}
        jsonschema.Draft202012Validator.check_schema(inside)
        jsonschema.validate(json.loads((folder / path.format(**given)[1:]).read_bytes()), inside)
        assert (folder / f"schemas/{operation['operationId']}.schema.json").is_file()
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({}, inside)


PAPERS = {"README.txt", "LICENSE.txt", "SHA256SUMS"}


@pytest.mark.parametrize("which", ["real_data", "demo_data"])
def test_checksums_and_bundles(which: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(which)
    listed = dict(reversed(line.split("  ", 1)) for line in (folder / "data/SHA256SUMS").read_text().splitlines())
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {"data/SHA256SUMS"}
    assert set(listed) == there
    for path, known in listed.items():
        assert sha256((folder / path).read_bytes()).hexdigest() == known
    bundles = [path for path in there if path.endswith(".zip")]
    assert len(bundles) == 1 + len(list(folder.glob("api/v1/departments/*.json")))
    for path in bundles:
        with zipfile.ZipFile(folder / path) as archive:
            assert archive.testzip() is None
            names = set(archive.namelist())
            assert names > PAPERS
            sums = dict(reversed(line.split("  ", 1)) for line in archive.read("SHA256SUMS").decode().splitlines())
            assert set(sums) == names - {"SHA256SUMS"}
            assert all(sha256(archive.read(name)).hexdigest() == known for name, known in sums.items())
            readme = archive.read("README.txt").decode()
            assert ("虚构" in readme) == (which == "demo_data")


def test_a_bundle_repeats_nothing_that_is_compressed_already(demo_data: Path) -> None:
    for file in demo_data.glob("*/*.zip"):
        if file.parent.name == "data":
            continue
        with zipfile.ZipFile(file) as archive:
            packed = {name: archive.read(name) for name in archive.namelist() if name not in PAPERS}
        beside = {f"{file.stem}-{csv.parent.name}.csv": csv for csv in file.parent.glob("*/*.csv")}
        api = demo_data / "api/v1/declarations" / file.stem
        beside |= {f"{file.stem}-{json.stem}.json": json for json in api.glob("*.json")}
        results = demo_data / "api/v1/results" / file.stem
        beside |= {f"{file.stem}-{json.stem}-results.json": json for json in results.glob("*.json")}
        assert packed == {name: path.read_bytes() for name, path in beside.items()}


def test_the_feed_tells_what_is_new_and_what_was_corrected(repository: Path) -> None:
    file = repository / "some-bureau/2024.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("≥1.00(次)", "≥2.00(次)"), encoding="utf-8")
    git(repository.parent, "commit", "-qam", "second", day="2024-03-01")
    found = heard_of(repository)
    assert [(entry.day, entry.title) for entry in found] == [
        ("2024-02-05", "公布：某区示例局2024年度绩效目标"),
        ("2024-03-01", "更正：某区示例局2024年度绩效目标"),
    ]
    assert "指标“演练场次”：≥1.00(次) → ≥2.00(次)" in found[1].text
    [(path, raw)] = feed.documents(corpus.load(repository)[0].site, found).items()
    assert path == "feed.xml"
    atom = etree.fromstring(raw)
    assert atom.findtext("a:updated", namespaces=SPACE) == "2024-03-01T00:00:00Z"
    assert len(set(ids(raw))) == 3
    assert atom.xpath("a:entry/a:link/@href", namespaces=SPACE) == ["some-bureau/2024/"] * 2


SPACE = {"a": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}


def heard_of(content: Path) -> list[feed.Entry]:
    known, history = corpus.load(content)[0], change_log.read(content)
    found = [e for folder in known.departments for e in feed.of_department(dossier(known, folder, history))]
    return found + list(feed.of_site(known.site.name, log_of_the_rest(known, history)))


def ids(raw: bytes) -> list[str]:
    return [str(element.text) for element in etree.fromstring(raw).iterfind(".//a:id", SPACE)]


def test_nothing_is_told_without_a_date(small: Callable[..., Path]) -> None:
    content = small()
    assert heard_of(content) == []
    assert feed.documents(corpus.load(content)[0].site, []) == {}


def test_ids_of_the_feed_survive_a_change_of_address(repository: Path) -> None:
    site, entries = corpus.load(repository)[0].site, heard_of(repository)
    moved = site.model_copy(update={"address": "https://www.example.org/elsewhere/"})
    here, there = (feed.documents(known, entries)["feed.xml"] for known in (site, moved))
    assert here != there
    assert ids(here) == ids(there)


def test_ids_survive_a_new_folder_of_the_department(small: Callable[..., Path]) -> None:
    dated = ("年末资产总额", "来源:\n  公开日期: 2024-02-05\n年末资产总额")
    content = small(dated)
    site, before = corpus.load(content)[0].site, heard_of(content)
    (content / "some-bureau").rename(content / "other-bureau")
    file = content / "other-bureau/department.yaml"
    file.write_text("部门名称: 某区示例局\n曾用地址:\n  - some-bureau\n", encoding="utf-8")
    after = heard_of(content)
    assert (before[0].address, after[0].address) == ("some-bureau/2024/", "other-bureau/2024/")
    assert [ids(feed.documents(site, found)["feed.xml"]) for found in (before, after)].count(
        ids(feed.documents(site, before)["feed.xml"])
    ) == 2


@pytest.mark.parametrize(("count", "archives"), [(1, 0), (100, 0), (101, 1), (200, 1), (250, 2)])
def test_the_feed_and_its_archives_name_everything(count: int, archives: int) -> None:
    """Whoever follows prev-archive from feed.xml hears of everything, the newest first (RFC 5005)."""
    site = REAL.site
    entries = [feed.Entry(f"2024-01-{n % 28 + 1:02}", f"d/{n}/", str(n), "", "first", f"d/{n}") for n in range(count)]
    made = feed.documents(site, entries)
    assert set(made) == {"feed.xml", *(f"feed-archive-{n}.xml" for n in range(1, archives + 1))}
    heard: set[str] = set()
    path: str | None = "feed.xml"
    followed = []
    while path:
        followed.append(path)
        document = etree.fromstring(made[path])
        assert (document.find("fh:archive", SPACE) is not None) == (path != "feed.xml")
        found = document.xpath("a:entry/a:title/text()", namespaces=SPACE)
        assert len(found) <= 100
        heard |= set(found)
        path = next(iter(document.xpath("a:link[@rel='prev-archive']/@href", namespaces=SPACE)), None)
    assert heard == {str(n) for n in range(count)}
    assert len(followed) == len(made)


def test_pages_tell_sizes_and_describe_themselves(real_site: Path) -> None:
    page = parse(real_site / "minhang-red-cross/2024/index.html")
    [box] = page.xpath("//ul[@class='downloads']")
    told = {}
    for item in box.iterchildren("li"):
        file = (real_site / "minhang-red-cross/2024" / item.find("a").get("href")).resolve()
        told[item.find("a").text] = (file.stat().st_size, item.find("span").text)
    assert list(told) == ["PDF", "Excel", "网页表格", "CSV", "JSON", "YAML"]
    assert all(shown == f"{size / 1000:.0f} KB" for size, shown in told.values())
    [described] = page.xpath("//script[@type='application/ld+json']")
    data = json.loads(described.text)
    assert (data["@type"], data["temporalCoverage"]) == ("Dataset", "2024")
    for distribution in data["distribution"]:
        assert (real_site / "minhang-red-cross/2024" / distribution["contentUrl"]).resolve().is_file()
    assert len(data["distribution"]) == 4


def test_the_snippets_on_the_page_run(real_site: Path, tmp_path: Path) -> None:
    """The totals that the snippet prints are those of the pages of the years."""
    page = parse(real_site / "data/index.html")
    python, sql = (code.text_content() for code in page.xpath("//pre/code"))
    district.write_demo(tmp_path / "content", 12, 2)
    known = corpus.load(tmp_path / "content")[0]
    (tmp_path / "data").mkdir()
    write_tables(known, None, tmp_path / "data")
    done = subprocess.run(
        [sys.executable, "-c", python], cwd=tmp_path / "data", capture_output=True, text=True, check=True
    )
    assert "measurable" in done.stdout
    pages = year.years(known, year_parts(known))
    assert any(line.within for shown in pages for line in shown.lines)
    for shown in pages:
        assert re.search(rf"^{shown.year} +{shown.total}$", done.stdout, re.M), done.stdout
    with sqlite3.connect(tmp_path / "data/performance-targets.sqlite") as database:
        assert len(database.execute(sql).fetchall()) == sum(len(shown.regressions) for shown in pages) > 0


def test_every_column_is_explained_on_the_page(real_site: Path) -> None:
    page = parse(real_site / "data/index.html")
    explained = [code.text_content() for code in page.xpath("//tbody//th/code")]
    assert explained == [column.name for table in TABLES for column in table.columns]


def test_memory_does_not_grow_with_the_departments(tmp_path: Path) -> None:
    """Every file is written before the next department is begun.

    What stays of a department is the list of its files with their sums: little beside the files themselves.
    """
    district.write_demo(tmp_path / "one", 1, 1, 2024)
    [only] = [folder for folder in (tmp_path / "one").iterdir() if folder.is_dir()]

    def collecting(items: Iterable[Item], title: str) -> Iterator[Item]:
        for item in items:
            gc.collect()  # a workbook that is done refers to itself: when it goes is the collector's, not our, affair
            yield item

    def peak(departments: int) -> tuple[int, int]:
        content, folder = tmp_path / str(departments), tmp_path / f"made-{departments}"
        for number in range(departments):  # all alike: one that is larger would need more by itself
            shutil.copytree(only, content / f"department-{number:02}")
        shutil.copy(tmp_path / "one/site.yaml", content)
        known = corpus.load(content)[0]
        tracemalloc.start()
        catalogue.write(known, None, folder, collecting)
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held, sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())

    peak(1)  # what is loaded once
    (few, little), (many, much) = peak(3), peak(8)  # far enough apart for a peak that is now higher, now lower
    assert many - few < (much - little) / 5, (few, many, much - little)  # whoever kept the files would hold all of it
