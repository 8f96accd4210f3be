"""A hundred slips of the pen, one at a time, in the real declaration and in the demo: each is found, once, at its line.

A slip is (what stands there, what somebody made of it, the code that must say so). None of them is among the
cases in tests/rules/.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from support import CONTENT

from generator import build
from generator.demo import district
from generator.diagnostics.model import Diagnostic

REAL = [
    # YAML and the form
    ("年度: 2024", "年度：2024", "Y101"),
    ("部门名称: 闵行区红十字会(汇总)", "部门名称：闵行区红十字会(汇总)", "Y101"),
    ("年末在职人数: 9", "年末在职人数:9", "Y101"),
    ("    财政拨款: 5,513,159.84", "\t财政拨款: 5,513,159.84", "Y101"),
    ("救援队业务培训场次: ≥1.00(次)", "救援队业务培训场次: >=1.00(次)", "Y101"),
    ("培训考核合格率: =100.00(%)", "培训考核合格率: %100", "Y101"),
    ("  - 发展红十字会员", "  - *发展红十字会员", "Y101"),
    ("  - 发展红十字会员", "  - &发展 红十字会员", "Y101"),
    ("  - 发展红十字会员", "  - !发展 红十字会员", "Y101"),
    ("募集规模稳定性: 稳定", "募集规模稳定性: [稳定", "Y101"),
    ("募集规模稳定性: 稳定", "募集规模稳定性: '稳定", "Y101"),
    ("募集规模稳定性: 稳定", "募集规模稳定性: 稳定: 上升", "Y101"),
    ("募集规模稳定性: 稳定", "募集规模稳定性: @稳定", "Y101"),
    ("募集规模稳定性: 稳定", "募集规模稳定性: 稳\x07定", "Y104"),
    ("政策知晓率提升: 提升", "募集规模稳定性: 提升", "Y102"),
    ("    其他资金: 0.00", "    财政拨款: 0.00", "Y102"),
    ("内设机构数: 1", "内设机构个数: 1", "F201"),
    ("下属预算单位个数: 2", "下属单位个数: 2", "F201"),
    ("  SHA-256: 520a", "  校验值: 520a", "F201"),
    ("    其他资金: 0.00", "    其它资金: 0.00", "F201"),
    ("下属预算单位个数: 2", "下属预算单位个数: 两个", "F204"),
    ("下属预算单位个数: 2", "下属预算单位个数: 2.5", "F204"),
    ("年末在职人数: 9", "年末在职人数: ９", "F204"),
    ("年末在职人数: 9", "年末在职人数: 约9", "F204"),
    ("年末资产总额: 562,882.03", "年末资产总额: 562，882.03", "F204"),
    ("年末资产总额: 562,882.03", "年末资产总额: 562,88.03", "F204"),
    ("年末资产总额: 562,882.03", "年末资产总额: 562,882.03元", "F204"),
    ("年末资产总额: 562,882.03", "年末资产总额: 562,882.034", "F204"),
    ("年末资产总额: 562,882.03", "年末资产总额: 5.6e5", "F204"),
    ("年末资产总额: 562,882.03", "年末资产总额:", "F204"),
    ("    其他资金: 0.00", "    其他资金: 无", "F204"),
    ("    项目支出: 1,424,386.00", "    项目支出: （1,424,386.00）", "F204"),
    ("年度: 2024", "年度: 二〇二四", "F204"),
    ("  SHA-256: 520a", "  SHA-256: 52Oa", "F204"),
    ("年度: 2024", "年度: 2042", "F206"),
    ("  投入管理指标:", "  投入管理:", "F205"),
    ("  产出指标:", "  产出目标:", "F205"),
    ("    时效指标:", "    时限指标:", "F205"),
    ("    预算透明度: 根据", "    预算公开度: 根据", "F205"),
    ("    预算信息化: 根据沪财绩【2022】13号文的规定要求设置三级指标和指标值", "    预算信息化: ≥90%", "F211"),
    # arithmetic
    ("    财政拨款: 5,513,159.84", "    财政拨款: 5,531,159.84", "A401"),
    ("    其他资金: 0.00", "    其他资金: 0.10", "A401"),
    ("    基本支出: 4,088,773.84", "    基本支出: 4,088,773.48", "A402"),
    ("    项目支出: 1,424,386.00", "    项目支出: 142.44", "A402"),
    ("年末资产总额: 562,882.03", "年末资产总额: 551.30", "A406"),
    ("下属预算单位个数: 2", "下属预算单位个数: 0  # 没有", "A409"),
    ("内设机构数: 1", "内设机构数: 11", "A411"),
    # indicators
    ("应急救援演练场次: ≥1.00(次)", "应急救援演练场次: ≥(次)", "N501"),
    ("造血干细胞征募志愿者入库人数: ≥300.00(人)", "造血干细胞征募志愿者入库人数: 不少于(人)", "N501"),
    ("培训考核合格率: =100.00(%)", "培训考核合格率: =1000.00(%)", "N503"),
    ("社会公众满意度: ≥85(%)", "社会公众满意度: 285(%)", "N503"),
    ("社会公众满意度: ≥85(%)", "社会公众满意度: ≤85(%)", "N504"),
    ("街镇相关部门满意度: ≥90(%)", "街镇相关部门满意度: <90(%)", "N504"),
    ("应急救援演练场次: ≥1.00(次)", "应急救援演练场次: ≥1.00", "N505"),
    ("遗体(器官)捐献者家属慰问数量: 50户", "遗体(器官)捐献者家属慰问数量: 50", "N505"),
    ("遗体(器官)捐献者家属慰问准确率: 100%", "遗体(器官)捐献者家属慰问准确率: 1", "N506"),
    ("宣传活动主题相符性: 相符", "救援队业务培训 相符性: 相符", "N507"),
    ("及时(2024年9月底前)", "及时(2022年9月底前)", "N508"),
    ("及时(2024年9月底前)", "及时(2026年9月底前)", "N508"),
    ("志愿者队伍扩大情况: 较2023年人数增长", "志愿者队伍扩大情况: 较2032年人数增长", "N510"),
    ("宣传活动主题相符性: 相符", "宣传活动主题相符性: 进一步加强", "N511"),
    ("宣传活动主题相符性: 相符", "宣传活动主题相符性: 持续推进", "N511"),
    ("遗体(器官)捐献者家属慰问数量: 50户", "遗体(器官)捐献者家属慰问数量: 春节30户，重阳20户", "N513"),
    ("宣传活动完成及时性: 及时", "宣传活动完成及时性: ≥10天", "N515"),
    ("宣传活动完成及时性: 及时", "宣传活动完成及时性: 宣传活动完成及时性", "N516"),
    ("社会公众满意度: ≥85(%)", "社会公众满意度: ≧85(%)", "N519"),
    # text
    ("  - 做好青少年住院医疗互助基金宣传工作。", "  - 做好XXX宣传工作。", "T601"),
    ("  - 做好青少年住院医疗互助基金宣传工作。", "  - 做好某某基金宣传工作。", "T601"),
    ("  - 做好青少年住院医疗互助基金宣传工作。", "  - 待补充", "T601"),
    ("  - 做好青少年住院医疗互助基金宣传工作。", "  - 填写说明：概括写明职责。", "T602"),
    ("  - 做好青少年住院医疗互助基金宣传工作。", "  - 做好做好青少年住院医疗互助基金宣传工作。", "T603"),
    ("  - 做好青少年住院医疗互助基金宣传工作。", "  - 做好青少年住院医疗互助基金宣传工作。<br>", "T604"),
    ("  - 做好青少年住院医疗互助基金宣传工作。", "  - 做好青少年住院&nbsp;医疗互助基金宣传工作。", "T604"),
    ("  - 做好青少年住院医疗互助基金宣传工作。", "  - 做好青少年\u200b住院医疗互助基金宣传工作。", "T605"),
    ("弘扬“人道、博爱、奉献”红十字精神，传播", "弘扬“人道、博爱、奉献”红十字精神,传播", "T606"),
    ("弘扬“人道、博爱、奉献”红十字精神", "弘扬“人道、博爱、奉献红十字精神", "T607"),
    ("培训比赛覆盖街镇数: =14.00(个街镇)", "培训比赛覆盖街镇数: =14.00(个街镇", "T607"),
    ("  - 做好青少年住院医疗互助基金宣传工作。", "  - 做好青少年住院  医疗互助基金宣传工作。", "T608"),
    ("  - 做好青少年住院医疗互助基金宣传工作。", "  - 宣传经费占预算总额的12.50，其余为救助。", "T609"),
    ("  - 做好青少年住院医疗互助基金宣传工作。", "  - 本年预算增加，主要原因是，其余不变。", "T610"),
    ("  - 做好青少年住院医疗互助基金宣传工作。", "  - 本年支出下降，主要原因是救助人数增加。", "T611"),
    ("  - 做好青少年住院医疗互助基金宣传工作。", "  - 会员人数比上年增长持平。", "T612"),
    ("  - 做好青少年住院医疗互助基金宣传工作。", "  - 做好青少年住院医疗互助基金宣传工作。。", "T613"),
    ("  - 做好青少年住院医疗互助基金宣传工作。", "  - 开展备灾救灾，依法募集物资和款项。", "T615"),
    ("  - 根据市红十字会和区委区政府年度工作目标，", "  - 根据市红十字会2022年度工作目标，", "H704"),
    ("  - 根据市红十字会和区委区政府年度工作目标，", "  - 项目支出1,424,386.00元，占预算总额的28.54%。", "A407"),
    ("  - 根据市红十字会和区委区政府年度工作目标，", "  - 本部门预算总额531.32万元，", "A413"),
    ("  文件: sources/2024.txt", "  文件: sources/2023.txt", "S301"),
    ("  SHA-256: 520a", "  SHA-256: 521a", "S301"),
]  # fmt: skip
# In the newest year of a department of the demo, which has two earlier ones.
DEMO = [
    ("  部门整体预算总额: 2,333,393.29", "  部门整体预算总额: 2,333,393.92", "A401"),
    ("年末在职人数: 23", "年末在职人数: 2300", "A405"),
    ("部门名称: 示例区民政局", "部门名称: 示例区民政与社会局", "H706"),
    ("原名: 社区建设验收合格率", "原名: 社区建设合格率", "H707"),
    ("    原名: 婚姻登记长效机制", "    旧名: 婚姻登记长效机制", "F201"),
    ("临时救助服务人次: ≥1123人次", "临时救助服务人次: 21123人次", "N502"),
    ("≤561元", "≥561元", "N514"),
    ("养老服务申请办结天数: ≤12个工作日", "养老服务申请办结天数: ≥12个工作日", "N515"),
    ("及时(2025年11月底前)", "及时(2024年11月底前)", "N508"),
    ("较2024年提升", "较2025年提升", "N510"),
    ("  批复日期: 2025-01-20", "  批复日期: 2025-02-20", "S303"),
    ("  批复日期: 2025-01-20", "  批复日期: 2025-1-20", "F204"),
    ("  批复日期: 2025-01-20", "  批复日期: 2022-01-20", "S306"),
    ("  公开日期: 2025-02-07", "  公开日期: 2025-02-30", "F204"),
    ("  公开日期: 2025-02-07", "  公开日期: 2025-02-27", "S305"),
    ("社区建设服务对象满意度: ≥92(%)", "社区建设服务对象满意度: <92(%)", "N504"),
    ("  - 负责社区建设的规划、组织和监督。", "  - 负责婚姻登记的规划、组织和监督。", "T615"),
    ("制定社区建设工作方案，分季度推进", "落实2023年重点工作，分季度推进", "H704"),
    ("婚姻登记服务人次: ≥2394人次", "婚姻登记服务总人次: ≥2394人次", "H701"),
]  # fmt: skip
# Not at the changed line: of two dates the later one is named.
ELSEWHERE = {"S303": "公开日期:"}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    work = tmp_path_factory.mktemp("defects")
    district.write_demo(work / "demo/content", 1, 3, 2024)
    shutil.copytree(CONTENT, work / "registered/content")
    shutil.copytree(CONTENT, work / "real/content")
    shutil.rmtree(work / "real/content/minhang-red-cross/sources")  # or what is not as printed is told as that alone
    file = work / "real/content/minhang-red-cross/2024.yaml"
    sourced, _, _ = file.read_text(encoding="utf-8").rpartition("来源:")
    file.write_text(f"{sourced}来源:\n  网址: https://www.example.org/2024.html\n", encoding="utf-8")
    return {which: work / which / "content" for which in FILES}


FILES = {
    **dict.fromkeys(("real", "registered"), "minhang-red-cross/2024.yaml"),
    "demo": "civil-affairs-bureau/2025.yaml",
}
SLIPS = [("registered" if re.search("SHA|sources", slip[0]) else "real", *slip) for slip in REAL] + [
    ("demo", *slip) for slip in DEMO
]


def told(content: Path) -> Counter[Diagnostic]:
    return Counter(build.check(content)[1])


def test_there_are_a_hundred() -> None:
    assert len(SLIPS) >= 100
    assert len({(old, new) for _, old, new, _ in SLIPS}) == len(SLIPS)
    in_cases = "".join(f.read_text(encoding="utf-8") for f in sorted(Path(__file__).parent.glob("rules/*.yaml")))
    assert [new for _, _, new, _ in SLIPS if f"{new.strip()} #" in in_cases or f"{new.strip()}\n" in in_cases] == []


def test_the_unharmed_content_is_quiet(folders: dict[str, Path]) -> None:
    assert {d.code for d in told(folders["real"])} == {"N509"}
    assert {d.code for d in told(folders["demo"])} == {"N509", "H712"}


@pytest.mark.parametrize(("which", "old", "new", "code"), SLIPS, ids=[f"{i}-{s[-1]}" for i, s in enumerate(SLIPS)])
def test_slip(folders: dict[str, Path], which: str, old: str, new: str, code: str) -> None:
    content = folders[which]
    file = content / FILES[which]
    before = file.read_text(encoding="utf-8")
    assert before.count(old) >= 1, old
    known = told(content)
    try:
        file.write_text(before.replace(old, new, 1), encoding="utf-8")
        found = told(content) - known
    finally:
        file.write_text(before, encoding="utf-8")
    codes = code.split()
    assert sorted(d.code for d in found.elements() if d.code != "F202" or "F201" not in codes) == codes, "\n".join(
        map(str, found)
    )
    changed = before[: before.index(old)].count("\n") + 1
    lines = before.splitlines()
    for diagnostic in found:
        if diagnostic.code in ELSEWHERE:
            assert ELSEWHERE[diagnostic.code] in lines[diagnostic.mark.line - 1]
        elif diagnostic.code != "F202":  # a misspelt name is also missing: told where it should stand
            assert diagnostic.mark.line == changed, diagnostic
        assert re.search("[一-鿿]", diagnostic.repair), diagnostic
