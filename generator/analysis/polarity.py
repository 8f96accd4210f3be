"""An indicator's name → whether more of it is better, where its words say so.

Chinese names end with what is counted (投诉处理率 is a rate of handling, not of complaints), so the last word that
is known decides, and a negation before it turns it round: 不满意率, 无差错率, 未整改数. The words stand in lists, each
with its reason; a name without any of them says nothing, and where words pull two ways it cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    # Harm and failure: less is better.
    "harm": (
        "投诉 上访 信访 纠纷 舆情 事故 事件 火灾 灾害 伤亡 死亡 受伤 重伤 溺亡 中毒 感染 发病 患病 复发 传染病 "
        "病虫害 不良反应 差错 错误 失误 缺陷 故障 漏洞 隐患 失业 失学 辍学 流失 逾期 超期 延误 延期 迟到 迟报 "
        "漏报 瞒报 漏检 误报 违规 违纪 违法 违约 违章 犯罪 案发 发案 腐败 亏损 浪费 损失 损坏 损毁 破损 坏账 不良 "
        "欠薪 拖欠 欠款 欠费 负债 债务 超标 超支 超限 停电 停水 停机 中断 拥堵 污染 排放 能耗 水耗 电耗 PM2.5 "
        "PM10 二氧化硫 噪声 噪音 空置 闲置 积压 返工 退货 退件 返贫 致贫 贫困 空缺 缺勤 旷工 等候 等待 排队 泄露 "
        "泄漏 盗窃 诈骗 被盗 失信 退保 漏损 滞留 侵权 超时 失败 破产"
    ),
    # Success: a higher rate of it is better.
    "success": (
        "满意 合格 达标 准确 及时 完成 覆盖 知晓 知悉 普及 参与 通过 优良 优秀 优质 良好 规范 完好 成功 正确 正常 "
        "到位 有效 就业 入学 巩固 安全 达到 兑现 执行 利用 达成 认可 信任 支持 出勤 毕业 存活 成活 痊愈 治愈 保障 "
        "落实 响应 接通 按时 按期 符合 相符 一致 签约 交付 验收 好评 放心 受益 到账"
    ),
    # Dealing with harm: a higher rate of it is better; how many cases were dealt with says nothing by itself.
    "handling": (
        "处理 办理 办结 处置 查处 查办 化解 调解 调处 纠正 整改 整治 治理 修复 消除 销号 解决 救治 救助 回复 答复 "
        "回访 受理 清收 清理 清偿 追回 挽回 追缴 破案 侦破 结案 审结 盘活 关闭 回收 控制 防控 预防 防治 防范 防止 "
        "避免 杜绝 遏制"
    ),
    # Work done because of harm: its amount is an output like any other.
    "work": (
        "培训 帮扶 宣传 演练 演习 教育 监测 检测 检查 排查 巡查 抽查 抽检 检验 预警 预案 应急 救援 保险 参保 慰问 "
        "补助 补贴 救济 走访 评估 鉴定 调查 普查 研究"
    ),
    # Things: 逾期项目 are bad, 投诉平台 are not, so beside harm it cannot be told.
    "thing": "项目 平台 热线 系统 窗口 制度 机制 站点 点位 设备 设施 装备 器材 仪器 讲座 手册 活动 课程 服务",
    # A lessening turns what is before it round; a saving is good by itself.
    "lessening": "下降 减少 降低 压降 降幅 减幅 缩短",
    "saving": "减排 减量 压减 节约 节省 节能 节水",
    # A rise is as good as what rises.
    "rise": "增长 增加 提升 提高 上升 增幅",
    # Time, money and powers spent: whether more is better depends.
    "spent": (
        "时间 时长 时限 周期 天数 用时 耗时 成本 费用 经费 支出 价格 单价 造价 开支 投入 额度 金额 资金 预算 采购 "
        "用电 用水 用油 用气 用纸 用量 使用量 消耗 会议 公文 发文 出国 出访 接待 公务用车 编制 案件 处罚 罚款 "
        "罚没 收费 拘留 拆除 征收 审批"
    ),
}
_CLASS_OF = {word: kind for kind, words in WORDS.items() for word in words.split()}
_WORD = re.compile("|".join(sorted(map(re.escape, _CLASS_OF), key=len, reverse=True)))
_NEGATED = re.compile("(?:不|未|没有?|不能|非)(?:予以|及时|按时|按期|全部|能|被)?$")
_FREE_OF = re.compile("(?:无|零|[未不]发生|没有|免于?)(?:重大|较大|一般|安全|责任|有效|任何|生产)*$")
_SHARE = re.compile("率|比例|比重|占比|度")
_AMOUNT = re.compile("率|量|数|额|幅|比例|$")
# Those whom harm befell are often those who are helped: 贫困学生数.
_PEOPLE = re.compile("人员|人口|人群|户|儿童|学生|青年|家庭|群众|职工|患者|对象|者|妇女|村|地区")


def polarity(name: str) -> int | None:
    """Tell whether more is better (1) or less is (-1); 0: its words do not settle it; None: it has none of them.

    `name` is an indicator's name, or other words that say what is counted.
    """
    found = list(_WORD.finditer(name))
    if not found:
        return None
    last = found[-1]
    kind, before, after = _CLASS_OF[last[0]], name[: last.start()], name[last.end() :]
    negated = [match for match in found if _NEGATED.search(name[: match.start()])]
    earlier = {_CLASS_OF[match[0]] for match in found[:-1] if match not in negated}
    match kind:
        case "harm":
            if _FREE_OF.search(before):
                return 1
            if last in negated or earlier & {"handling", "lessening", "saving", "work"}:
                return 0
            return 0 if _PEOPLE.match(after) or re.search("达标|合格", before) else -1
        case "success" | "handling" if last in negated:
            return -1
        case "success":
            if "lessening" in earlier:
                return 0
            return 1 if _SHARE.match(after) else 0 if "harm" in earlier else None
        case "handling":
            return 1 if _SHARE.match(after) else 0 if earlier & {"harm", "spent"} else None
        case "work" | "thing":
            beside_harm = kind == "thing" and "harm" in earlier and found[-2].end() == last.start()
            return 0 if negated or beside_harm else None
        case "lessening":
            lessened = polarity(before)
            if not _AMOUNT.match(after) or lessened is None:
                return 0
            return -lessened or int(any(_CLASS_OF[match[0]] == "spent" for match in found[:-1]))
        case "saving":
            return 1
        case "rise":
            return polarity(before)
    free = any(_CLASS_OF[match[0]] == "harm" and _FREE_OF.search(name[: match.start()]) for match in found)
    return 1 if last[0] == "天数" and (free or re.search("优良|达标", before)) else 0
