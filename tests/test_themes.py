"""Themes: which promises belong together, on which scale they stand in which order, and what the pages say."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from lxml import html
from support import SMALL, search_parts

from generator import build
from generator.analysis import themes
from generator.analysis.ledger import Promise, ledger
from generator.analysis.themes import KNOWN, Member, Shown, Theme
from generator.content import corpus
from generator.content.corpus import DepartmentFolder
from generator.declaration.model import Indicator, PlacedIndicator
from generator.declaration.site import Site
from generator.exports.entries import Kind


def placed(name: str, target: str) -> PlacedIndicator:
    return PlacedIndicator("产出指标", "数量指标", name, Indicator.model_validate(target))


@pytest.mark.parametrize(
    ("name", "target", "expected"),
    [
        ("服务对象满意度", "≥90%", ["满意度"]),
        ("居民满意率", "95（%）", ["满意度"]),
        ("服务对象满意度", "满意", ["满意度"]),
        ("满意度调查份数", "≥500份", []),  # a count is no rate
        ("事项办结天数", "≤5个工作日", ["办理时限"]),
        ("报警响应时间", "≤30分钟", ["办理时限"]),
        ("投诉处理率", "100%", ["投诉"]),
        ("投诉处理及时率", "≥98%", ["及时率", "投诉"]),
        ("人均培训成本", "≤500元/人", ["人均和单位成本", "培训"]),
        ("培训合格率", "≥95%", ["合格率", "培训"]),
        ("疫苗接种覆盖率", "≥90%", ["覆盖率"]),
        ("覆盖街镇数", "14个", []),
        ("政策知晓率", "较上年提升", ["知晓率"]),
        ("演练场次", "≥3次", []),
    ],
)
def test_words_of_the_name_and_the_unit_decide(name: str, target: str, expected: list[str]) -> None:
    assert [theme.name for theme in KNOWN if theme.holds(placed(name, target))] == expected


def test_addresses_of_the_known_themes_are_kept() -> None:
    assert [theme.slug for theme in KNOWN] == [
        *("manyidu", "banlishixian", "renjunhedanweichengben", "hegelv", "wanchenglv", "jishilv", "fugailv"),
        *("zhixiaolv", "peixun", "tousu"),
    ]


def test_a_site_adds_themes_and_replaces_known_ones() -> None:
    site = Site.model_validate({"网站名称": "站", "主题": {"学前教育": ["幼儿园", "托育"], "满意度": ["满意", "好评"]}})
    found = themes.of_site(site)
    assert found[0] == Theme("满意度", ("满意", "好评"))
    assert found[-1] == Theme("学前教育", ("幼儿园", "托育"))
    assert found[-1].slug == "xueqianjiaoyu"


TARGETS = {
    "a": {2022: "≥80%", 2023: "≥80%", 2024: "≥80%"},
    "b": {2023: "≥95%", 2024: "≥90%"},
    "c": {2024: "满意"},
    "d": {2023: "≥85%", 2024: "0.95"},  # no unit any more: not on this scale
    "e": {2023: ">=70%"},
}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("content")
    (content / "site.yaml").write_text("网站名称: 测试站\n", encoding="utf-8")
    for name, years in TARGETS.items():
        (content / name).mkdir()
        (content / name / "department.yaml").write_text(f"部门名称: {name.upper()}局\n", encoding="utf-8")
        for year, target in years.items():
            text = SMALL.replace("年度: 2024", f"年度: {year}").replace("某区示例局", f"{name.upper()}局")
            text = (
                text[: text.index("分解目标:")]
                + f"分解目标:\n  满意度指标:\n    服务对象满意度指标:\n      满意度: '{target}'\n"
            )
            (content / name / f"{year}.yaml").write_text(text, encoding="utf-8")
    return content


@pytest.fixture(scope="module")
def satisfaction(content: Path) -> Shown:
    known, _ = corpus.load(content)
    found = [m for folder in known.departments for m in themes.members(KNOWN, folder, ledger_of(folder))]
    [shown] = themes.shown(KNOWN, found)
    return shown


def ledger_of(folder: DepartmentFolder) -> list[Promise]:
    return ledger([document.declaration for document in folder.documents])


def departments(members: list[Member]) -> list[str]:
    return [member.department for member in members]


def test_the_least_demanding_stands_first(satisfaction: Shown) -> None:
    scale, without_unit = satisfaction.scales
    assert departments(scale.members) == ["e", "a", "b"]
    assert [str(member.position) for member in scale.members] == ["70", "80", "90"]
    assert departments(satisfaction.in_words) == ["c"]
    assert departments(without_unit.members) == ["d"]
    assert (len(satisfaction.members), satisfaction.departments) == (5, 5)


def test_a_target_that_never_moved_is_told(satisfaction: Shown) -> None:
    scale = satisfaction.scales[0]
    assert {m.department: m.still_since for m in scale.members} == {"e": None, "a": 2022, "b": None}
    assert satisfaction.still == 1


@pytest.mark.parametrize(
    ("targets", "way", "order"),
    [
        ({"x": "≤5个工作日", "y": "≤10个工作日", "z": "≤7个工作日"}, -1, ["y", "z", "x"]),
        ({"x": "≤24小时", "y": "≤2天", "z": "≤90分钟"}, -1, ["y", "x", "z"]),
    ],
)
def test_who_allows_itself_most_stands_first_where_less_is_stricter(
    content: Path, targets: dict[str, str], way: int, order: list[str]
) -> None:
    known, _ = corpus.load(content)
    found = []
    for name, target in targets.items():
        one = known.departments[0]
        targets_of = {"产出指标": {"时效指标": {"事项办结时限": Indicator.model_validate(target)}}}
        document = one.documents[-1]
        declaration = document.declaration.model_copy(update={"targets": targets_of})
        folder = dataclasses.replace(
            one, address=name, documents=[dataclasses.replace(document, declaration=declaration)]
        )
        found += themes.members(KNOWN, folder, ledger_of(folder))
    [shown] = themes.shown(KNOWN, found)
    [scale] = shown.scales
    assert (scale.way, departments(scale.members)) == (way, order)


def test_the_pages_show_the_order_the_words_and_lead_to_each_promise(content: Path, tmp_path: Path) -> None:
    build.make(build.check(content)[0], None, tmp_path)
    page = html.fragment_fromstring(
        (tmp_path / "themes/manyidu/index.md").read_text(encoding="utf-8"), create_parent=True
    )
    rows = page.xpath(".//table[@data-sortable]/tbody/tr")
    assert [row.xpath("string(td[@class='target'])").strip() for row in rows] == [">=70%", "≥80%", "≥90%", "0.95"]
    assert "2022年度起未变" in rows[1].text_content()
    assert "2023年度：≥95%" in rows[2].text_content()
    assert all("/indicators/#i" in row.xpath("string(td[1]/a/@href)") for row in rows), html.tostring(rows[0])
    assert page.xpath("count(.//table[contains(.,'没有写明数字的承诺')]/tbody/tr)") == 1
    everything = (tmp_path / "themes/index.md").read_text(encoding="utf-8")
    assert "manyidu/" in everything
    assert "tousu" not in everything
    assert not (tmp_path / "themes/tousu").exists()


def test_a_theme_can_be_searched_for(content: Path) -> None:
    known, _ = corpus.load(content)
    found = [entry for part in search_parts(known) for entry in part.entries if entry.kind is Kind.THEME]
    assert [(entry.title, entry.address) for entry in found] == [("满意度", "themes/manyidu/")]
