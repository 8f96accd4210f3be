"""Open data: every format says what the declaration says, keeps its promise, and can be checked by a stranger."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import frictionless
import jsonschema
import openpyxl
import pytest
from lxml import etree
from support import CONTENT, ROOT, git, parse

from generator.analysis import change_log
from generator.content import corpus
from generator.demo import district
from generator.exports import api, catalogue, feed
from generator.exports.tables import TABLES

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
        *(f"{here}/2024/{here}-2024.{kind}" for kind in ("pdf", "xlsx", "csv")),
        *(f"{here}/2024/form.html", f"{here}/{here}.zip", f"{here}/sources/2024.txt", "feed.xml"),
        *(f"api/v1/{name}.json" for name in ("index", "openapi", f"departments/{here}", f"declarations/{here}/2024")),
        *(f"api/v1/schemas/{name}.schema.json" for name in ("index", "department", "declaration")),
        *(f"data/{name}.csv" for name in ("declarations", "budget_lines", "tasks", "indicators", "statements")),
        *("data/results.csv", "data/results_money.csv"),
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
    amounts = {cell.value for cell in book["预算"]["G"][1:]}
    assert amounts == {5513159.84, 0, 4088773.84, 1424386}


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
    for name, patterns in answers.items():
        schema = json.loads((folder / f"schemas/{name}.schema.json").read_bytes())
        jsonschema.Draft202012Validator.check_schema(schema)
        files = [file for pattern in patterns for file in folder.glob(pattern)]
        assert files
        for file in files:
            jsonschema.validate(json.loads(file.read_bytes()), schema)
    index = json.loads((folder / "index.json").read_bytes())
    for department in index["departments"]:
        listed = json.loads((folder / department["url"]).read_bytes())["declarations"]
        assert [entry["year"] for entry in listed] == department["years"]
        assert all((folder / entry["url"]).is_file() for entry in listed)


def test_the_openapi_description_names_what_is_there(real_data: Path) -> None:
    folder = real_data / "api/v1"
    described = json.loads((folder / "openapi.json").read_bytes())
    assert described["openapi"] == "3.1.0"
    given = {"department": "minhang-red-cross", "year": "2024"}
    for path, methods in described["paths"].items():
        assert (folder / path.format(**given)[1:]).is_file()
        operation = methods["get"]
        named = {parameter["name"] for parameter in operation.get("parameters", [])}
        assert named == set(re.findall(r"\{(\w+)\}", path))
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        assert (folder / schema).is_file()


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
        assert packed == {name: path.read_bytes() for name, path in beside.items()}


def test_the_feed_tells_what_is_new_and_what_was_corrected(repository: Path) -> None:
    file = repository / "some-bureau/2024.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("≥1.00(次)", "≥2.00(次)"), encoding="utf-8")
    git(repository.parent, "commit", "-qam", "second", day="2024-03-01")
    known, history = corpus.load(repository)[0], change_log.read(repository)
    found = feed.entries(known, history)
    assert [(entry.day, entry.title) for entry in found] == [
        ("2024-03-01", "更正：某区示例局2024年度绩效目标"),
        ("2024-02-05", "公布：某区示例局2024年度绩效目标"),
    ]
    assert "指标“演练场次”：≥1.00(次) → ≥2.00(次)" in found[0].text
    raw = feed.atom(known, history)
    assert raw is not None
    atom = etree.fromstring(raw)
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert atom.findtext("a:updated", namespaces=space) == "2024-03-01T00:00:00Z"
    ids = [element.text for element in atom.iterfind(".//a:id", space)]
    assert len(set(ids)) == 3
    assert atom.xpath("a:entry/a:link/@href", namespaces=space) == ["some-bureau/2024/"] * 2
    assert feed.atom(known, None) is None  # no date is known, and none is made up


def test_pages_tell_sizes_and_describe_themselves(real_site: Path) -> None:
    page = parse(real_site / "minhang-red-cross/2024/index.html")
    [box] = page.xpath("//ul[@class='downloads']")
    told = {}
    for item in box.iterchildren("li"):
        file = (real_site / "minhang-red-cross/2024" / item.find("a").get("href")).resolve()
        told[item.find("a").text] = (file.stat().st_size, item.find("span").text)
    assert list(told) == ["PDF", "Excel", "网页表格", "CSV", "JSON"]
    assert all(shown == f"{size / 1000:.0f} KB" for size, shown in told.values())
    [described] = page.xpath("//script[@type='application/ld+json']")
    data = json.loads(described.text)
    assert (data["@type"], data["temporalCoverage"]) == ("Dataset", "2024")
    for distribution in data["distribution"]:
        assert (real_site / "minhang-red-cross/2024" / distribution["contentUrl"]).resolve().is_file()
    assert len(data["distribution"]) == 4


def test_the_snippet_on_the_page_runs(real_site: Path, demo_data: Path) -> None:
    page = parse(real_site / "data/index.html")
    [snippet] = [code.text_content() for code in page.xpath("//pre/code")]
    done = subprocess.run(
        [sys.executable, "-c", snippet], cwd=demo_data / "data", capture_output=True, text=True, check=True
    )
    assert "measurable" in done.stdout
    assert "civil-affairs-bureau" in done.stdout


def test_every_column_is_explained_on_the_page(real_site: Path) -> None:
    page = parse(real_site / "data/index.html")
    explained = [code.text_content() for code in page.xpath("//tbody//th/code")]
    assert explained == [column.name for table in TABLES for column in table.columns]


def test_memory_does_not_grow_with_the_departments(tmp_path: Path) -> None:
    """Every file is written before the next department is begun."""

    def peak(departments: int) -> int:
        district.write_demo(tmp_path / str(departments), departments, 1, 2024)
        known = corpus.load(tmp_path / str(departments))[0]
        tracemalloc.start()
        catalogue.write(known, None, tmp_path / f"made-{departments}")
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    peak(1)  # what is loaded once
    assert peak(12) < 1.5 * peak(3)
