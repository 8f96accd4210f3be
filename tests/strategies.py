"""Declarations for the laws: whatever a form may say, with texts that tempt a format to misread them."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from generator.declaration.model import HEADINGS, Declaration
from generator.declaration.results import Results

# Text that tempts: formulas, markup, quotes, addresses; no blank at the ends, none doubled (a browser folds them).
WORDS = st.text("甲乙丙丁≥≤=+-@<>&\"'%,.;:#{}[]\\|1290%（）《》“”。，·x ", min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()) or "甲"
)
NAMES = WORDS.filter(lambda text: not re.fullmatch(r"[/\-—]", text))
UNSTATED = st.sampled_from(["不适用", "未公开", "见附件2"]) | st.builds(
    "{}{}".format, st.sampled_from(["见", "详见"]), WORDS
)
AMOUNTS = st.one_of(
    st.decimals(0, 10**11, places=2).map(lambda d: f"{d:,.2f}"),
    st.integers(0, 10**9).map(str),
    UNSTATED | st.just("0.00"),
)
COUNTS = st.integers(0, 9999).map(str) | st.integers(0, 10**6).map("{:,}".format) | UNSTATED


def mapping(required: dict[str, st.SearchStrategy], optional: dict[str, st.SearchStrategy]) -> st.SearchStrategy:
    return st.fixed_dictionaries(required, optional=optional)


LONG_FORM = mapping(
    {"指标目标值": WORDS},
    {"原名": NAMES, "权重": st.sampled_from(["10", "59.5", "0"]), "指标解释": WORDS},
).filter(lambda entry: len(entry) > 1)
SECOND = st.none() | WORDS | st.dictionaries(NAMES, WORDS | LONG_FORM, min_size=1, max_size=4)
# A label has a letter (a cell of digits or signs is an amount).
FURTHER = {
    "其他项目": st.dictionaries(NAMES.filter(lambda text: re.search("[一-龥]", text)), AMOUNTS, min_size=1, max_size=3)
}
FIRSTS = st.sampled_from(list(HEADINGS)) | NAMES
SECONDS = st.sampled_from([s for seconds in HEADINGS.values() for s in seconds]) | NAMES
SECOND_LEVELS = st.dictionaries(SECONDS, SECOND, min_size=1, max_size=3)
ANSWER = mapping({"规则": st.just("N504"), "理由": WORDS}, {"对象": NAMES})
DECLARATIONS = mapping(
    {
        "年度": st.integers(2000, 2099).map(str),
        "部门名称": NAMES.filter(lambda text: re.search("[一-龥]", text)),  # a cell of digits or signs is a code
        "部门职责": st.lists(WORDS, min_size=1, max_size=3),
        "年度履职目标": st.lists(WORDS, min_size=1, max_size=3),
        "年度重点任务": st.lists(mapping({"任务名称": NAMES, "主要内容": WORDS}, {}), max_size=3),
        "预算情况": mapping(
            {
                "部门整体预算总额": AMOUNTS,
                "资金来源": mapping({"财政拨款": AMOUNTS}, {"其他资金": AMOUNTS, **FURTHER}),
                "资金结构": mapping({"基本支出": AMOUNTS}, {"项目支出": AMOUNTS, **FURTHER}),
            },
            {},
        ),
        "分解目标": st.dictionaries(FIRSTS, SECOND_LEVELS, min_size=1, max_size=4),
    },
    {
        "下属预算单位个数": COUNTS,
        "年末资产总额": AMOUNTS,
        "年末在职人数": COUNTS,
        "内设机构数": COUNTS,
        "未公开原因": st.dictionaries(NAMES, WORDS, min_size=1, max_size=2),
        "来源": st.just({"网址": "https://www.example.org/2024.html", "批复日期": "2024-01-31"}),
        "说明事项": st.lists(ANSWER, min_size=1, max_size=2),
    },
).map(Declaration.model_validate)

SCORES = st.sampled_from(["10", "9.85", "0", "未公开"])
MONEY_ROW = mapping(
    {},
    {"年初预算数": AMOUNTS, "全年预算数": AMOUNTS, "全年执行数": AMOUNTS, "分值": SCORES, "得分": SCORES}
    | {"执行率": st.sampled_from(["98.00%", "98", "未公开"])},
)
MONEY = mapping({"年度资金总额": MONEY_ROW}, {"财政拨款": MONEY_ROW, "其他资金": MONEY_ROW})
RESULT = WORDS | mapping(
    {}, {"实际完成值": WORDS, "年度指标值": WORDS, "分值": SCORES, "得分": SCORES, "复核分": SCORES, "原因": WORDS}
).filter(lambda entry: len(entry.keys() - {"实际完成值"}) > 0)
OUTCOMES = st.dictionaries(
    FIRSTS, st.dictionaries(SECONDS, st.dictionaries(NAMES, RESULT, min_size=1, max_size=3), max_size=2), max_size=3
)
GOALS = st.lists(mapping({"预期目标": WORDS}, {"实际完成情况": WORDS}), max_size=2)
RESULTS = mapping(
    {"年度": st.integers(2000, 2099).map(str), "部门名称": NAMES},
    {"资金情况": MONEY, "目标完成情况": GOALS, "指标完成情况": OUTCOMES, "总分": SCORES, "等级": NAMES}
    | {"类别分值": st.dictionaries(FIRSTS, SCORES, max_size=2), "评价结论": WORDS, "评分说明": WORDS}
    | {"存在问题": st.lists(WORDS, max_size=2), "改进措施": st.lists(WORDS, max_size=2)}
    | {"来源": st.just({"公开日期": "2025-05-31"}), "进度": st.just([{"截至日期": "2024-06-30"}])},
).map(Results.model_validate)


# What a form of results prints: no row without a figure, no heading without an indicator, no empty list.
PRINTED_ROW = MONEY_ROW.filter(bool)
PRINTED_RESULT = RESULT.filter(lambda entry: entry != {"实际完成值": ""})
PRINTED_OUTCOMES = st.dictionaries(
    FIRSTS,
    st.dictionaries(SECONDS, st.dictionaries(NAMES, PRINTED_RESULT, min_size=1, max_size=3), min_size=1, max_size=2),
    min_size=1,
    max_size=3,
)
TEXTS = st.lists(WORDS, min_size=1, max_size=2)
PRINTED_RESULTS = mapping(
    {
        "年度": st.integers(2000, 2099).map(str),
        "部门名称": NAMES.filter(lambda text: re.search("[一-龥]", text)),
        "指标完成情况": PRINTED_OUTCOMES,
    },
    {"自评日期": st.just("2025-03-20")}
    | {"资金情况": mapping({"年度资金总额": PRINTED_ROW}, {"财政拨款": PRINTED_ROW, "其他资金": PRINTED_ROW})}
    | {"目标完成情况": st.lists(mapping({"预期目标": WORDS}, {"实际完成情况": WORDS}), min_size=1, max_size=2)}
    | {"总分": SCORES, "等级": NAMES, "评价结论": WORDS, "评分说明": WORDS, "存在问题": TEXTS, "改进措施": TEXTS}
    | {"类别分值": st.dictionaries(FIRSTS, SCORES, min_size=1, max_size=2)}
    | {"来源": st.just({"公开日期": "2025-05-31"}), "说明事项": st.lists(ANSWER, min_size=1, max_size=2)},
).map(Results.model_validate)
