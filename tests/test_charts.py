"""The charts: what is drawn, what is written beside it, and that nothing else comes along."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support import ROOT

from generator.analysis.fulfilment import State
from generator.pages import charts, drawing
from generator.pages.charts import Bar, BarChart, Tone, Trend, alternative, rows, svg
from generator.pages.drawing import MissingGlyphError
from generator.pages.stacks import Stack, StackChart
from generator.pages.steps import Step, StepChart

STRUCTURE = BarChart(
    "structure",
    "资金结构",
    (
        Bar("基本支出", Decimal("4088773.84"), "4,088,773.84 元 · 74.16%"),
        Bar("项目支出", Decimal("1424386.00"), "1,424,386.00 元 · 25.84%", 2),
    ),
    of=Decimal("5513159.84"),
)
STATES = BarChart(
    "states",
    "资金来源",
    (
        Bar("财政拨款", Decimal(100), "100.00 元"),
        Bar("其他资金", Decimal("0.00"), "0.00 元", 2),
        Bar("上级补助", None, "未公开", 3),
        Bar("利息", Decimal("0.01"), "0.01 元", 4),
    ),
)
HOSTILE = BarChart(
    "hostile",
    '<b>$t$</b> "q" & \'',
    (
        Bar("$x$", Decimal(1), r"$\alpha_1$"),
        Bar('<script>alert("x")</script>', Decimal(2), "&amp;"),
        Bar("{: onclick=alert(1)}", Decimal(3), r"\d{2} {{ x }} {% y %}"),
        Bar("<!-- --> ]]>", Decimal(4), "`a` *b* _c_ [d](e) #1f77b4"),
        Bar("红十字会（汇总）" * 9, Decimal(5), "详见《2024年度部门预算公开说明》附表第12号，以及2024年12月的补充说明"),
    ),
)
TREND = Trend(
    "trend",
    "预算总额",
    "元",
    (
        (2024, Decimal("5513159.84"), "5,513,159.84 元"),
        (2019, Decimal("0.00"), "0.00 元"),
        (2020, Decimal("4913159.84"), "4,913,159.84 元"),
        (2022, Decimal("20.00"), "20.00 元"),
        (2023, None, "未公开"),
    ),
)
BUDGET = StackChart(
    "budget",
    "项目支出超过预算的四分之一",
    (
        Stack(
            "按资金来源",
            "100.00 元",
            (Bar("财政拨款", Decimal(100), "100.00 元", Tone.FISCAL), Bar("其他资金", None, "未公开", 7)),
        ),
        Stack(
            "按资金结构",
            "100.00 元",
            (
                Bar("基本支出", Decimal("74.16"), "74.16 元", Tone.BASIC),
                Bar("项目支出", Decimal("25.84"), "25.84 元", Tone.PROJECT),
            ),
        ),
    ),
)
KINDS = StackChart(
    "kinds",
    "3 项指标中 2 项不能用数字衡量",
    (
        Stack(
            "数量指标",
            "2 项中 1 项",
            (Bar("写明数字", Decimal(1), "1 项", Tone.NUMBER), Bar("文字要求", Decimal(1), "1 项", 0)),
        ),
        Stack(
            "质量指标",
            "1 项中 0 项",
            (Bar("写明数字", Decimal(0), "0 项", Tone.NUMBER), Bar("文字要求", Decimal(1), "1 项", 0)),
        ),
    ),
    legend=(("写明数字的指标", Tone.NUMBER), ("文字要求", None)),
)
COUNTED = replace(TREND, id="counted", counts=((2019, 0, 3), (2020, 2, 4), (2022, 4, 4), (2023, 0, 0), (2024, 1, 2)))
STEPS = StepChart(
    "steps",
    "满意度历年的目标值",
    (
        Step(2020, Decimal(85), "≥85%", Decimal(90), State.MET),
        Step(2021, Decimal(85), "≥85%", Decimal("84.5"), State.MISSED),
        Step(2022, None, "申报表未公布", None, None),
        Step(2023, Decimal(90), "≥90%", Decimal(90), State.CANNOT_TELL),
    ),
)
ALL: list[charts.Chart] = [STRUCTURE, STATES, HOSTILE, TREND, BUDGET, KINDS, COUNTED, STEPS]
every_chart = pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.id)


def parsed(chart: charts.Chart) -> ElementTree.Element:
    return ElementTree.fromstring(svg(chart))


def texts(chart: charts.Chart) -> list[str]:
    return [text.text or "" for text in parsed(chart).iter("text")]


def boxes(chart: BarChart | Trend, role: str) -> list[tuple[float, float, float, float]]:
    """Return left, top, width and height of every path with a class."""
    found = []
    for path in parsed(chart).iter("path"):
        if path.get("class") == role:
            numbers = [float(n) for n in re.findall(r"-?[\d.]+", path.attrib["d"])]
            xs, ys = numbers[::2], numbers[1::2]
            found.append((min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))
    return found


def trend(*values: str | None, unit: str = "元", first: int = 2015) -> Trend:
    points = ((first + n, None if v is None else Decimal(v), v or "未公开") for n, v in enumerate(values))
    return Trend("t", "题", unit, tuple(points))


# What is drawn


def test_the_parts_of_a_whole_lie_side_by_side_and_fill_it() -> None:
    [(start, _, basic, _)], [(then, _, project, _)] = (
        [b for b in boxes(BUDGET, tone.role) if b[3] > 10] for tone in (Tone.BASIC, Tone.PROJECT)
    )
    assert start == 0
    assert then == pytest.approx(basic + 2, abs=0.01)  # told apart without their colours
    assert basic == pytest.approx(drawing.WIDTH * 0.7416, abs=0.01)
    assert then + project == pytest.approx(drawing.WIDTH, abs=0.01)


def test_a_whole_with_an_unknown_part_is_not_divided() -> None:
    dashed = [p for p in parsed(BUDGET).iter("path") if p.get("stroke-dasharray") and p.get("fill") == "none"]
    assert len(dashed) == 2  # the whole and the mark of its unknown part
    assert [b for b in boxes(BUDGET, Tone.FISCAL.role) if b[3] > 10] == []


def test_with_a_legend_wholes_share_a_scale_and_words_are_hollow() -> None:
    bars = [b for b in boxes(KINDS, "chart-line") if b[3] > 10]  # the hollow ones, without their outline
    assert bars[1][2] == pytest.approx(bars[0][2] + 2, abs=0.01)
    assert texts(KINDS)[:2] == ["写明数字的指标", "文字要求"]


def test_promises_stand_below_the_years() -> None:
    assert rows(COUNTED)[1] == ("2020年", "4,913,159.84 元；4 项指标，2 项写明数字")
    assert rows(COUNTED)[2] == ("2021年", "无申报")
    filled = boxes(COUNTED, Tone.NUMBER.role)
    assert [round(b[3], 1) for b in filled if b[3] != 10] == [22.0, 44.0, 11.0]
    assert [t for t in texts(COUNTED) if t.endswith("项")] == ["3 项", "4 项", "4 项", "2 项"]


def test_a_step_line_breaks_where_nothing_is_known_and_says_a_target_once() -> None:
    lines = boxes(STEPS, "chart-step")
    assert [(round(left / 85), round(width / 85)) for left, _, width, _ in lines] == [(0, 2), (3, 1)]
    assert texts(STEPS).count("≥85%") == 1
    assert rows(STEPS)[1] == ("2021年", "≥85%，实际 84.5（没做到）")
    assert rows(STEPS)[2] == ("2022年", "申报表未公布")


def test_a_missed_promise_has_another_shape() -> None:
    [missed] = [p.attrib["d"] for p in parsed(STEPS).iter("path") if p.get("class") == Tone.MISSED.role]
    met = [p.attrib["d"] for p in parsed(STEPS).iter("path") if p.get("class") == Tone.NUMBER.role]
    assert len({re.sub(r"[^MLz]", "", d) for d in met}) == 1
    xs = [float(n) for n in re.findall(r"-?[\d.]+", missed)][::2]
    assert len(set(xs)) == 3  # a diamond, not a square


@pytest.mark.parametrize("chart", [STRUCTURE, STATES, HOSTILE], ids=lambda chart: chart.id)
def test_every_label_and_figure_is_in_the_drawing_to_the_letter(chart: BarChart) -> None:
    assert "".join(texts(chart)) == "".join(bar.label + bar.shown for bar in chart.bars)


@every_chart
def test_the_table_and_the_alternative_say_what_the_drawing_says(chart: charts.Chart) -> None:
    assert parsed(chart).get("aria-label") == alternative(chart)
    assert alternative(chart) == f"{chart.title}：" + "；".join(f"{a} {b}" for a, b in rows(chart)) + "。"
    table = "".join(label + shown for label, shown in rows(chart))
    if isinstance(chart, BarChart):
        assert table == "".join(texts(chart))


def test_the_alternative_is_one_sentence() -> None:
    assert alternative(STRUCTURE) == "资金结构：基本支出 4,088,773.84 元 · 74.16%；项目支出 1,424,386.00 元 · 25.84%。"
    assert alternative(TREND) == (
        "预算总额：2019年 0.00 元；2020年 4,913,159.84 元；2021年 无申报；2022年 20.00 元；2023年 未公开；"
        "2024年 5,513,159.84 元。"
    )


def test_bars_are_proportional_to_their_values_and_to_the_whole() -> None:
    [(left, _, basic, _)], [(_, _, project, _)] = boxes(STRUCTURE, "chart-tone-1"), boxes(STRUCTURE, "chart-tone-2")
    assert left == 0
    assert basic == pytest.approx(charts.WIDTH * 4088773.84 / 5513159.84, abs=0.01)
    assert project == pytest.approx(charts.WIDTH * 1424386 / 5513159.84, abs=0.01)
    counts = BarChart("c", "项数", tuple(Bar(str(n), Decimal(n), f"{n} 项") for n in (18, 6, 9)))
    assert [w for _, _, w, _ in boxes(counts, "chart-tone-1")] == pytest.approx([340, 340 / 3, 170], abs=0.01)
    assert all(box[2:] == (340, 10) for box in boxes(counts, "chart-track"))


def test_zero_is_a_track_alone_and_not_stated_is_a_dashed_outline() -> None:
    assert len(boxes(STATES, "chart-track")) == 3
    assert boxes(STATES, "chart-tone-2") == []
    assert boxes(STATES, "chart-tone-3") == []
    [outline] = [p for p in parsed(STATES).iter("path") if p.get("class") == "chart-line"]
    assert outline.get("fill") == "none"
    assert outline.get("stroke-dasharray")


def test_little_is_not_nothing_and_a_single_part_is_full() -> None:
    assert boxes(STATES, "chart-tone-4")[0][2] == 1
    assert boxes(STATES, "chart-tone-1")[0][2] == 340
    single = BarChart("s", "题", (Bar("财政拨款", Decimal(7), "7 元", 4),), of=Decimal(7))
    assert boxes(single, "chart-tone-4")[0][2] == 340


def test_only_unstated_or_zero_values_and_no_bars_at_all_can_be_drawn() -> None:
    for bars in ((), (Bar("a", None, "未公开"),), (Bar("a", Decimal(0), "0"), Bar("", None, ""))):
        chart = BarChart("e", "题", bars)
        assert not boxes(chart, "chart-tone-1")
        assert len(boxes(chart, "chart-track")) == sum(bar.value is not None for bar in bars)
    for empty in (trend(), trend(None, None), trend("0.00", "0.00")):
        assert not boxes(empty, "chart-tone-1")


def test_a_negative_value_is_refused() -> None:
    for chart in (BarChart("n", "题", (Bar("a", Decimal(-1), "-1"),)), trend("1", "-1")):
        with pytest.raises(ValueError, match="negative"):
            svg(chart)


# Text fits


@every_chart
def test_no_text_leaves_the_drawing(chart: charts.Chart) -> None:
    root = parsed(chart)
    _, top, width, height = map(float, root.attrib["viewBox"].split())
    for text in root.iter("text"):
        reach = drawing.width_of((text.text or "").rstrip(), float(text.attrib["font-size"].removesuffix("px")))
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        left = x - reach * {"start": 0, "middle": 0.5, "end": 1}[text.attrib["text-anchor"]]
        assert left >= -0.01
        assert left + reach <= width + 0.01
        assert 10 <= y - top <= height - 2


def test_a_long_label_is_wrapped_into_even_lines_and_a_short_one_is_not() -> None:
    def label_lines(label: str) -> list[str]:
        return texts(BarChart("w", "题", (Bar(label, Decimal(1), "1 项"),)))[:-1]

    assert label_lines("应急救护") == ["应急救护"]
    first, second = label_lines("遗体（器官）捐献者家属慰问、人道救助与社区居民应急救护知识普及")
    assert abs(len(first) - len(second)) <= 4
    for line in label_lines("（汇总），" * 30):  # a line neither begins with closing marks nor ends with opening ones
        assert line[0] not in "），"
        assert line[-1] != "（"
    assert "1,234,567.00" in " ".join(label_lines("本年度安排的一般公共预算财政拨款项目支出合计1,234,567.00元（含税）"))
    assert len(label_lines("x" * 100)) > 1


def test_a_label_and_its_figure_on_one_line_never_touch() -> None:
    for chart in (STRUCTURE, STATES, HOSTILE):
        lines: dict[str, float] = {}
        for text in parsed(chart).iter("text"):
            y = text.attrib["y"]
            lines[y] = lines.get(y, 0) + drawing.width_of(text.text or "")
        assert max(lines.values()) <= charts.WIDTH


# Years


def test_a_gap_keeps_its_place_and_is_not_zero() -> None:
    years = [t for t in texts(TREND) if re.fullmatch(r"20\d\d", t)]
    assert years == ["2019", "2020", "2021", "2022", "2023", "2024"]
    lines = [p for p in parsed(TREND).iter("path") if p.get("class") == "chart-line"]
    assert [bool(line.get("stroke-dasharray")) for line in lines] == [False, False, True, False, True, False]
    columns = boxes(TREND, "chart-tone-1")
    assert len(columns) == 3  # the zero of 2019 has none, nor have the gaps
    heights = [height for *_, height in columns]
    assert heights[0] / heights[2] == pytest.approx(4913159.84 / 5513159.84, abs=0.001)
    assert heights[1] == 1  # 20 元 can be seen
    words = texts(TREND)
    assert "无申报" in words
    assert "未公开" in words
    assert words.count("0") == 1


def test_short_labels_are_the_figures_of_the_table_rounded_and_the_unit_says_so() -> None:
    words = texts(TREND)
    assert "单位：万元" in words
    assert {"0", "491.32", "551.32", "<0.01"} <= set(words)
    assert not {"0.00", "0.002"} & set(words)
    assert {"单位：亿元", "1.00", "12.35"} <= set(texts(trend("100000000", "1234567890.12")))
    assert {"单位：万元", "9,000.0", "8,999.9"} <= set(texts(trend("90000000", "89998765.43")))
    assert {"单位：元", "99,999.99", "50"} <= set(texts(trend("99999.99", "50.00")))
    assert {"单位：人", "123,456", "9"} <= set(texts(trend("123456", "9", unit="人")))


def test_of_many_years_the_ends_and_the_extremes_are_labelled_and_no_labels_overlap() -> None:
    chart = trend("54", "55", "61", "12", "33", "41", "11", "60", "59", "57", unit="人")
    figures = [t for t in texts(chart) if re.fullmatch(r"\d\d", t)]
    assert figures == ["54", "61", "11", "57"]
    low = ["85000000"] * 5
    for values in (
        ["90000000", "91000000", *low, "86000000"],
        ["75000000", "91000000", *low, *low[2:]],
        ["90000000", *low, "50000000", "91000000"],
        low * 2,
    ):
        chart = trend(*values)
        taken = boxes(chart, "chart-tone-1")
        for text in parsed(chart).iter("text"):
            width = drawing.width_of(text.text or "", 12)
            left = float(text.attrib["x"]) - width * (text.get("text-anchor") == "middle") / 2
            top = float(text.attrib["y"]) - 10  # a figure's height, and room above the next one's foot
            assert left >= -0.01
            assert left + width <= charts.WIDTH + 0.01
            for x, y, other_width, height in taken:
                apart = left >= x + other_width - 0.02 or x >= left + width - 0.02
                assert apart or top >= y + height or y >= top + 10, (text.text, values)
            taken.append((left, top, width, 10))


def test_in_a_narrow_place_words_run_downward() -> None:
    ten = texts(trend("1", None, *["2"] * 8))
    assert "".join(ten).count("未公开") == 1
    assert [t for t in ten if t in "未公开"] == ["未", "公", "开"]


# What comes along


@every_chart
def test_the_markup_is_bare(chart: charts.Chart) -> None:
    markup = svg(chart)
    outside = re.sub(r">[^<]*<", "><", re.sub(r'aria-label="[^"]*"', "", markup))
    assert "\n" not in markup
    assert re.match(r'<svg class="chart" viewBox="0 [\d.-]+ 340 ', markup)
    assert not re.search(r"style|url\(|http|xmlns|#|rgb|font-family|font-weight|stroke=|id=|<g|<defs|<!|<\?", outside)
    allowed = {"class", "x", "y", "d", "fill", "font-size", "text-anchor", "stroke-dasharray"}
    root = parsed(chart)
    assert root.attrib.keys() == {"class", "viewBox", "role", "aria-label"}
    for element in root:
        assert element.tag in ("path", "text")
        assert element.attrib.keys() <= allowed
        assert element.get("fill", "none") == "none"
        assert re.fullmatch("chart-(ink|quiet|track|line|step|tone-[1-8])", element.attrib["class"])
        assert (element.get("class") in ("chart-line", "chart-step")) == (
            "fill" in element.attrib
        )  # a line is never filled
        for name in ("x", "y", "d"):
            assert not re.search(r"\.\d{3}|e", element.get(name, ""))
    assert [element for element in root.iter() if element.get("id")] == []  # so two charts cannot clash


def test_what_is_told_beside_it_is_not_heard_twice() -> None:
    root = ElementTree.fromstring(svg(STEPS, told=True))
    assert (root.get("aria-hidden"), root.get("role"), root.get("aria-label")) == ("true", None, None)


def test_markup_in_a_label_stays_text() -> None:
    markup = svg(HOSTILE)
    assert "<script" not in markup
    assert "&lt;script&gt;" in markup
    assert {"path", "text", "svg"} == {element.tag for element in parsed(HOSTILE).iter()}
    assert {"$x$", r"$\alpha_1$", "&amp;", "{: onclick=alert(1)}", "<!-- --> ]]>"} <= set(texts(HOSTILE))


def test_a_missing_glyph_is_an_error_that_names_the_characters() -> None:
    for chart in (
        BarChart("m", "题", (Bar("甲\U0002fa1d乙\U000e0001", Decimal(1), "1"), Bar("b", None, "\U0010fffd"))),
        Trend("m", "题", "\U0002fa1d\U000e0001\U0010fffd", ((2024, Decimal(1), "1"),)),
    ):
        with pytest.raises(MissingGlyphError) as caught:
            svg(chart)
        assert str(caught.value).endswith("：\U0002fa1d\U000e0001\U0010fffd")
        assert "\U0010fffd" in alternative(chart) + getattr(chart, "unit", "")  # the words themselves still stand


# The same everywhere


def test_the_same_bytes_in_another_process_with_another_environment(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text(
        "svg.fonttype: path\nfont.size: 30\ntext.color: red\npatch.linewidth: 9\nlines.scale_dashes: False\n"
        "figure.autolayout: True\nsavefig.bbox: tight\nsavefig.dpi: 300\npath.sketch: 3, 100, 2\nnonsense: 1\n"
    )
    program = "import sys; sys.path[:0] = sys.argv[1:]; import test_charts as t; t.print_all()"
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONHASHSEED": "4242",
        "PYTHONUTF8": "1",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "HOME": "/dev/null",
        "SOURCE_DATE_EPOCH": "1",
        "MPLBACKEND": "pdf",
    }
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(ROOT), str(ROOT / "tests")],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert result.stderr.decode() == ""
    assert result.stdout.decode().splitlines() == [svg(chart) for chart in ALL] == [svg(chart) for chart in ALL]


def print_all() -> None:
    for chart in ALL:
        print(svg(chart))


def test_matplotlibs_own_settings_stay_as_they_were() -> None:
    import matplotlib

    before = matplotlib.rcParams.copy()
    svg(TREND)
    assert matplotlib.rcParams.copy() == before
    assert "matplotlib.pyplot" not in sys.modules
