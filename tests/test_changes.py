"""Every change leaves a trace: any field of the model, changed once, shows in history, feed, data and report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import git

from generator import build
from generator.analysis import change_log, change_report
from generator.analysis.changes import differences
from generator.content import yaml_reader, yaml_writer
from generator.declaration.model import Declaration, Department, Section
from generator.declaration.site import Site
from generator.exports import feed
from generator.exports.dossier import dossier, log_of_the_rest
from generator.exports.tables import TABLES

# A file of each kind in which every field of the model is filled.
FULL = {
    "site.yaml": (
        Site,
        """\
网站名称: 测试站
网站说明: 说明
网址: https://www.example.org/targets/
仓库网址: https://code.example.org/group/site
示例说明: 虚构
数据许可: {名称: CC BY 4.0, 网址: "https://www.example.org/by"}
主办单位: 某区财政局
联系方式: 某路1号
网站标识码: "3101120001"
ICP备案号: 某ICP备1号
公安备案号: 某公网安备1号
找错入口: https://www.example.org/errors
补充指标分类: {协同指标: [协同质量指标]}
在线编辑页: 不公开
结果公布期限: 06-30
主题: {学前教育: [幼儿园]}
同义词: [[骨髓, 造血干细胞]]
评分: {分值: {产出指标: 50}, 等级: [{名称: 优, 下限: 90}]}
""",
    ),
    "some-bureau/department.yaml": (
        Department,
        """\
部门名称: 某区示例局
上级部门: other-bureau
更名:
  - {原名: 某区旧局, 沿用至: 2021}
成立年度: 2019
撤销年度: 2030
公布起始年度: 2020
曾用地址: [old-bureau]
未公开原因: {2022: 涉密}
""",
    ),
    "some-bureau/2024.yaml": (
        Declaration,
        """\
年度: 2024
部门名称: 某区示例局
下属预算单位个数: 2
部门职责: [职责一, 职责二]
年度履职目标: [目标一]
年度重点任务:
  - {任务名称: 任务一, 主要内容: 内容一}
预算情况:
  部门整体预算总额: 100.00
  资金来源: {财政拨款: 60.00, 其他资金: 40.00}
  资金结构: {基本支出: 70.00, 项目支出: 30.00}
年末资产总额: 5.00
年末在职人数: 9
内设机构数: 1
分解目标:
  投入管理指标: {预算编审管理: 按规定执行}
  产出指标:
    数量指标:
      演练场次: {指标目标值: ≥1.00(次), 原名: 场次, 权重: 10, 指标解释: 解释}
未公开原因: {年末资产总额: 涉密}
来源:
  网址: https://www.example.org/2024
  SHA-256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
  批复日期: 2024-01-31
  公开日期: 2024-02-05
说明事项:
  - {规则: N504, 对象: 演练场次, 理由: 如此}
""",
    ),
}
# What one field is changed into, where adding a letter would not be a value of its kind.
OTHER = {
    "在线编辑页": "公开",
    "SHA-256": "b" * 64,
    "批复日期": "2024-01-30",
    "公开日期": "2024-02-06",
    "沿用至": "2020",
    "成立年度": "2018",
    "撤销年度": "2031",
    "公布起始年度": "2021",
    "权重": "11",
    "结果公布期限": "07-31",
    "产出指标": "60",
    "下限": "70",
    "网址": "https://www.example.org/other",
    "仓库网址": "https://code.example.org/other",
    "找错入口": "https://www.example.org/other",
    "上级部门": "third-bureau",
}


def leaves(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from leaves(value, (*path, place))
    else:
        yield path


def changed(data: Any, path: tuple[str | int, ...]) -> Any:
    """Return the data with the text at `path` changed into another valid one."""
    if not path:
        return data
    copy = dict(data) if isinstance(data, dict) else list(data)
    if len(path) > 1:
        copy[path[0]] = changed(copy[path[0]], path[1:])
    else:
        old = str(copy[path[0]])
        digits = old.replace(".", "").replace(",", "").isdigit()
        copy[path[0]] = OTHER.get(str(path[0]), f"9{old}" if digits else f"{old}乙")
    return copy


CASES = [
    (file, path)
    for file, (_, text) in FULL.items()
    for path in leaves(yaml_reader.load(text.encode(), "f").data)
    if path != ("年度",)  # another year is another file
]


def model_labels(model: type[Section]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}


def test_every_field_of_the_models_is_tried() -> None:
    for file, (model, _) in FULL.items():
        tried = {str(path[0]) for name, path in CASES if name == file}
        assert model_labels(model) <= tried | {"年度"}
    assert len(CASES) >= 45


@pytest.mark.parametrize(("file", "path"), CASES, ids=lambda value: "-".join(map(str, value)) if value else "")
def test_a_changed_field_is_a_difference(file: str, path: tuple[str | int, ...]) -> None:
    model, text = FULL[file]
    data: Any = yaml_reader.load(text.encode(), "f").data
    before, after = model.model_validate(data), model.model_validate(changed(data, path))
    found = differences(before, after)
    assert len(found) == 1
    assert found[0].old != found[0].new
    assert differences(before, before) == ()


def test_every_change_shows_in_history_feed_data_and_report(tmp_path: Path) -> None:
    """One commit a field: each is told by the log of the page, the feed, the table of corrections and the report."""
    content = tmp_path / "content"
    current: dict[str, Any] = {}
    for file, (_, text) in FULL.items():
        (content / file).parent.mkdir(parents=True, exist_ok=True)
        (content / file).write_text(text, encoding="utf-8")
        current[file] = yaml_reader.load(text.encode(), "f").data
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    for file, path in CASES:
        current[file] = changed(current[file], path)
        (content / file).write_text(yaml_writer.dump(current[file]), encoding="utf-8")
        git(tmp_path, "commit", "-qam", "change")
    history = change_log.read(content)
    assert history is not None
    corpus, _ = build.check(content)
    logs = {file: change_log.log(history, file) for file in FULL}
    assert sum(revision.kind == "changed" for log in logs.values() for revision in log) == len(CASES)
    known = [dossier(corpus, folder, history) for folder in corpus.departments]
    rest = log_of_the_rest(corpus, history)
    told = [entry for entry in feed.of_site(corpus.site.name, rest) if entry.title.startswith("更正")]
    told += [entry for d in known for entry in feed.of_department(d) if entry.title.startswith("更正")]
    assert len(told) == len(CASES)
    table = next(table for table in TABLES if table.name == "corrections")
    rows = list(table.rows_of_site(corpus, rest)) + [row for d in known for row in table.rows(d)]
    assert sum("changed" in row for row in rows) == len(CASES)
    first = tmp_path / "first/content"
    for file, (_, text) in FULL.items():
        (first / file).parent.mkdir(parents=True, exist_ok=True)
        (first / file).write_text(text, encoding="utf-8")
    markdown = change_report.report(change_report.Side(*build.check(first)), change_report.Side(corpus, [])).markdown
    assert markdown.count("\n- ") >= len(CASES) - 1
