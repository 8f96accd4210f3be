"""Running text: leftovers, doubled words, invisible characters, punctuation, sentences without an end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.content.corpus import Corpus, Document, ResultDocument
from generator.content.yaml_reader import Tree
from generator.diagnostics.model import Edit, Severity
from generator.rules import Finding, Outcome, at_most, document_rule, file_rule, rule
from generator.rules.places import AGAIN, all_texts, texts


def _matches(document: Document | ResultDocument, pattern: re.Pattern[str]) -> Iterator[tuple[Finding, re.Match[str]]]:
    for path, text in all_texts(document):
        for match in pattern.finditer(text):
            yield Finding(document.tree.within(match.start(), *path), "", AGAIN), match


def _found(
    document: Document | ResultDocument, pattern: re.Pattern[str], message: str, repair: str = AGAIN
) -> Iterator[Finding]:
    for finding, match in _matches(document, pattern):
        yield finding._replace(message=message.format(match[0].strip()), repair=repair)


# A quay may be called XX, and sizes are; 待确认 taken off a draft leaves 照表填写.
PLACEHOLDER = re.compile(
    r"(?=[Xx×✕某待T＿_*…照指(（])"  # looked at first: most letters begin none of it
    r"(?:(?<![A-Za-z])[Xx]{2,}(?![A-Za-z]|码头?|号|型|泊位|港|航)|[×✕]{2,}|某某(?<![王李张刘陈杨赵黄周吴徐孙胡朱郭林何高罗]某某)"
    r"|待填|待补充|待完善|TODO|＿{2,}|__(?<![A-Za-z0-9]__)_*|\*{3,}|……元"
    r"|[(（]\s*[)）]|待定(?=[，。；、])(?<=[一-鿿]待定)(?<![暂另再待行]待定)|照表填写|指标名称[一二三四五六七八九十])"
)


@file_rule("T601", Severity.WARNING)
def no_placeholder(document: Document | ResultDocument) -> Iterator[Outcome]:
    """没有留下占位的字样（XX、××、待填、某某）。

    原因：公布出去的表里有占位字样，说明没有填完。
    不符：开展XX活动
    相符：开展红十字博爱周活动
    """
    yield from _found(document, PLACEHOLDER, "留有占位的字样“{}”。", "填上实际内容。")


@file_rule("T602", Severity.WARNING)
def no_instruction_of_the_template(document: Document | ResultDocument) -> Iterator[Outcome]:
    """没有留下模板的填写说明。

    原因：填写说明不是申报内容。
    不符：请填写部门主要职责（不超过200字）
    相符：部门职责写实际内容
    """
    instruction = re.compile(
        r"(?=[请填此不\d(（示本])"
        r"(?:请(?:在此)?填写|填表说明|填写说明|此处(?:填写|输入)|不超过\d+字|\d+字以内|（?示例）?：如"
        r"|[(（](?:填写)?(?:示例|样例|范例)[)）]|本表为空表)"
    )
    yield from _found(document, instruction, "留有模板的说明“{}”。", "删去说明，写实际内容。")


# Nouns may meet by right (人大代表代表之家, 服务人民人民满意); these words have no reason to stand twice.
_ONCE = (
    "增加 减少 提高 提升 降低 下降 增长 加强 加快 加大 推进 推动 促进 开展 组织 实施 落实 完成 做好 抓好 深化 完善 "
    "健全 建立 强化 优化 保障 确保 负责 承担 制定 指导 协调 贯彻 执行 坚持 围绕 聚焦 根据 按照 通过 以及 并且 进一步 "
    "积极 持续 全面 努力 切实 充分 有效 有序 不断 严格 认真 大力 深入 扎实 稳步 主要 其中 同时 为了 关于 对于 已经 "
    "我们 我局 全区 全市 全县 全省 丰富 改善 培育 打造 构建 巩固 拓展 弘扬 举办 增强 夯实 压实 履行"
)
_DOUBLED = re.compile(
    rf"(?P<word>{'|'.join(_ONCE.split())}|(?!.?[一二两三四五六七八九十])(?:[一-鿿]{{4,8}}|[一-鿿]{{2}}(?=[一-鿿]{{2}}(?:[，。；、]|$))))(?P=word)"
    "(?![一-鿿]?性|[的]?(?:细则|办法|方案|意见|情况|率|度|量|计划|进度|机制|主体|单位|部门|[者人员类型类]|项目|标准|规划|条例|制度|能力))"
)


@document_rule("T603", Severity.WARNING)
def no_doubled_word(document: Document) -> Iterator[Outcome]:
    """词语没有重复。

    原因：“增加增加经费”是输入或复制的失误。
    不符：增加增加经费
    相符：增加经费
    """
    for finding, match in _matches(document, _DOUBLED):
        yield finding._replace(
            message=f"词语“{match['word']}”写了两遍。", repair="删去多余的一个；原表如此的，在“说明事项”写明。"
        )


@file_rule("T604", Severity.WARNING)
def no_html(document: Document | ResultDocument) -> Iterator[Outcome]:
    """文字里没有网页标签。

    原因：从网页复制会带进 <p>、&nbsp; 等标签，读者会原样看到。
    不符：<p>贯彻执行</p>
    相符：贯彻执行
    """
    html = re.compile(r"</?[A-Za-z][^<>]{0,80}>|&(?:nbsp|amp|lt|gt|quot|#\d+);")
    for path, text in all_texts(document):
        if match := html.search(text):
            mark = document.tree.within(match.start(), *path)
            yield Finding(mark, f"文字里有网页标签“{match[0]}”。", "删去标签；分段的，每段写成一项。")


# Soft hyphens, joiners, fillers, zero widths, directions, variants of the character before, private use, and what a
# failed conversion leaves. Variants of Han characters (U+E0100 and on) are seen, and are no fault.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ue000-\uf8ff\ufe00-\ufe0f\uffa0\ufff0-\ufffd\U000e0000-\U000e00ff\U000f0000-\U0010fffd]"
)


@rule("T605", Severity.WARNING)
def nothing_invisible(corpus: Corpus) -> Iterator[Outcome]:
    """没有看不见的字符和乱码字符。

    原因：看不见的字符使搜索和比较失败；乱码说明复制出了错。
    不符：零宽空格、“�”
    相符：普通文字
    """
    for tree in [*corpus.heads, *(file.tree for file in corpus.files)]:
        yield from at_most(_invisible(tree))


def _invisible(tree: Tree) -> Iterator[Finding]:
    for is_name, path, text in tree.texts() if tree.may_hold(_INVISIBLE) else ():
        for match in _INVISIBLE.finditer(text):
            mark = (tree.within_key if is_name else tree.within)(match.start(), *path)
            message = f"这里有看不见或无法显示的字符（U+{ord(match[0]):04X}）。"
            yield Finding(mark, message, "删去这个字符。", Edit(match[0], ""))


_HALF = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HALF_WIDTH = re.compile("[,;:?!](?<=[一-鿿].)(?=[一-鿿])")


@document_rule("T606", Severity.WARNING)
def chinese_punctuation_in_chinese(document: Document) -> Iterator[Outcome]:
    """汉字之间用全角标点。

    原因：半角逗号夹在汉字之间，多半是输入法没有切换。
    不符：做好宣传,培训工作
    相符：做好宣传，培训工作
    """
    for path, text in texts(document):
        for match in _HALF_WIDTH.finditer(text):
            full = _HALF[match[0]]
            mark = document.tree.within(match.start(), *path)
            yield Finding(mark, f"汉字之间用了半角的“{match[0]}”。", f"改成“{full}”。", Edit(match[0], full))


_NUMBERED = re.compile(r"(?:^|(?<=[。；，：、\s]))[一二三四五六七八九十\d]{1,3}[)）]")
_PAIRS = {"（": "）", "【": "】", "《": "》", "“": "”", "「": "」", "〔": "〕"}


@document_rule("T607", Severity.WARNING)
def brackets_and_quotes_are_paired(document: Document) -> Iterator[Outcome]:
    """括号和引号成对。

    原因：少一半，句子从哪里到哪里就看不清了。
    不符：开展“三献活动
    相符：开展“三献”活动
    """
    for path, text in all_texts(document):
        bare = _NUMBERED.sub("", text).replace("(", "（").replace(")", "）")
        for left, right in _PAIRS.items():
            if (begun := bare.count(left)) != (ended := bare.count(right)):
                message = f"“{left}”有 {begun} 个，“{right}”有 {ended} 个，不成对。"
                yield Finding(document.tree.value(*path), message, "补上或删去一个；原表如此的，在“说明事项”写明。")


_STRAY = re.compile(r"^[ \u3000]+|[ \u3000]+$|[ \u3000]{2,}|(?<=[一-鿿])[ \u3000](?=[，。；、：])")


@document_rule("T608", Severity.WARNING)
def no_stray_blanks(document: Document) -> Iterator[Outcome]:
    """文字的首尾没有空格，中间没有连续的空格。

    原因：多余的空格使同一个名称在各年度之间对不上。
    不符：两个连续的空格
    相符：一个或没有空格
    """
    for path, text in all_texts(document):
        for match in _STRAY.finditer(text):
            yield Finding(document.tree.within(match.start(), *path), "这里有多余的空格。", "删去多余的空格。")


@document_rule("T609", Severity.WARNING)
def a_share_has_its_sign(document: Document) -> Iterator[Outcome]:
    """“占”后面的比例带百分号。

    原因：“占76.23”读不出是百分之几。
    不符：占预算总额的76.23，
    相符：占预算总额的76.23%，
    """
    share = re.compile(r"占(?:总额|总数|总支出|预算|总预算|比|预算总额|全部支出)?的?(\d+\.\d+)(?=[，。；、\s]|$)")
    yield from _found(document, share, "“{}”没有百分号。", "照原表补上“%”。")


@document_rule("T610", Severity.WARNING)
def a_reason_is_given(document: Document) -> Iterator[Outcome]:
    """写了“主要原因是”，后面要有原因。

    原因：只有半句话，说明没有填完。
    不符：主要原因是。
    相符：主要原因是新增培训任务。
    """
    yield from _found(document, re.compile(r"原因(?:是|为|：)\s*(?=[。；，]|$)"), "“{}”后面没有写原因。", "补上原因。")


_UP, _DOWN = "增加|增长|上升|提高", "减少|下降|降低|缩减"
_MORE, _LESS = "增|升|提高|扩大|上调|新", "减|降|缩|取消|结束|完成|不再|下调"  # in a reason
_REASON = re.compile(
    rf"(?P<what>(?:预算|经费|支出|拨款|收入)[^。；]{{0,20}}?(?P<way>{_UP}|{_DOWN}))[^。；]{{0,30}}?原因(?:是|为)(?P<why>[^。；]+)"
)


@document_rule("T611", Severity.WARNING)
def a_reason_fits_the_change(document: Document) -> Iterator[Outcome]:
    """写明的原因与增减的方向一致。

    原因：预算减少，原因却是“经费增加”，读者无法理解。
    不符：预算减少，主要原因是人员经费增加。
    相符：预算减少，主要原因是人员经费减少。
    """
    for finding, match in _matches(document, _REASON):
        up = re.search(_UP, match["way"]) is not None
        against, with_it = (_LESS, _MORE) if up else (_MORE, _LESS)
        if re.search(against, match["why"]) and not re.search(with_it, match["why"]):
            message = f"“{match['what']}”，原因却是“{match['why']}”。"
            yield finding._replace(message=message)


@document_rule("T612", Severity.WARNING)
def not_two_directions(document: Document) -> Iterator[Outcome]:
    """一句话里不同时写增减和持平。

    原因：“比上年增加持平”自相矛盾。
    不符：比上年增加持平
    相符：与上年持平
    """
    both = re.compile(rf"(?:{_UP}|{_DOWN})[^，。；]{{0,4}}持平|(?:{_UP})(?:{_DOWN})|(?:{_DOWN})(?:{_UP})(?!了?的)")
    yield from _found(document, both, "“{}”自相矛盾。")


_REPEATED = re.compile(r"([，。；：、？！])\1+|[，；、][。]")


@document_rule("T613", Severity.WARNING)
def punctuation_once(document: Document) -> Iterator[Outcome]:
    """标点不重复。

    原因：“。。”“，，”是输入的失误。
    不符：完成任务。。
    相符：完成任务。
    """
    for path, text in all_texts(document):
        for match in _REPEATED.finditer(text):
            mark = document.tree.within(match.start(), *path)
            yield Finding(mark, f"标点“{match[0]}”重复。", f"只留“{match[0][-1]}”。", Edit(match[0], match[0][-1]))


@document_rule("T614", Severity.NOTICE)
def half_width_digits(document: Document) -> Iterator[Outcome]:
    """数字和字母用半角。

    原因：全角数字读者搜索不到；原表如此的照录。
    不符：２０２４年
    相符：2024年
    """
    yield from _found(
        document, re.compile(r"[０-９Ａ-Ｚａ-ｚ]+"), "“{}”是全角字符。", "原表是半角的，改成半角；原表如此的，不用改。"
    )


@document_rule("T615", Severity.WARNING)
def no_paragraph_twice(document: Document) -> Iterator[Outcome]:
    """同一段文字不出现两次。

    原因：多半是复制时贴了两遍。
    不符：两段相同的职责
    相符：每段职责不同
    """
    for label in ("部门职责", "年度履职目标"):
        seen: dict[str, int] = {}
        own = [(path, text) for path, text in texts(document) if path[0] == label]
        long = {text.rstrip("。；"): path for path, text in own if len(text) >= _LONG}
        for path, text in own:
            if text in seen:
                message = f"这一段与第 {seen[text] + 1} 段相同。"
                yield Finding(document.tree.value(*path), message, "删去重复的一段。")
            elif other := next((part for part in long if part in text and part != text.rstrip("。；")), None):
                message = f"这一段里又写了第 {int(long[other][1]) + 1} 段的文字。"
                mark = document.tree.within(text.index(other), *path)
                yield Finding(mark, message, "删去重复的文字。")
            seen.setdefault(text, int(path[1]))


_LONG = 20  # characters of a paragraph that does not stand in another by chance


# The most frequent family names, but for those that begin ordinary words, and the words that they yet begin.
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱郭林何罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶苏魏吕丁沈姜"
_NO_NAME = "[知期转边报额下缘业间可有]|贴|述|列|经"
_PRIVATE = re.compile(
    r"(?<![\d.,A-Za-z])(?P<mobile>1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4}))(?![\d.,元万亿人次吨])"
    r"|(?<!\d)(?P<identity>[1-9]\d{5} ?(?:19|20)\d{2} ?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]) ?\d{3}[\dXx])(?!\d)"
    r"|(?<![\d-])(?P<phone>[(（]?0\d{2,3}[)）]?[-－—–\s]?\d{7,8})(?!\d)"
    r"|(?P<line>(?:电话|手机|传真|微信|QQ)(?:号码?)?[:：为是]?\s*\d{7,12})(?!\d)"
    r"|(?P<mail>[A-Za-z0-9_.-]+@(?:qq|163|126|139|sina|sohu|gmail|hotmail|outlook|foxmail)\.)"
    r"|(?P<account>(?<!\d)62\d{14}(?:\d{3})?(?!\d)|(?:账|帐|卡)号[:：为是]?\s*(?:\d ?){10,25})"
    rf"|(?:(?:联系人|填表人|填报人|经办人|制表人)[为是]?\s?|负责人\s?[:：]\s?)(?P<named>[{_SURNAMES}](?!{_NO_NAME})[一-鿿]{{1,2}}(?=[，。；、\s)）]|$))"
    r"|(?P<person>(?:联系人|填表人|填报人|经办人|制表人|联系电话|手机号?码?)(?:[及和、]?联?系?(?:电话|方式))?\s*[:：])"
)
_PUBLIC_LINE = re.compile("(?:热线|举报|监督|服务|投诉|咨询|值班|求助|报警|预约)[^，。；]{0,8}$")
_PERSONAL = {
    "mobile": "手机号码",
    "identity": "身份证号码",
    "phone": "电话号码",
    "line": "电话号码",
    "mail": "个人电子邮箱",
    "account": "银行账号",
    "named": "填表或联系信息",
    "person": "填表或联系信息",
}


_MAY_BE_PRIVATE = re.compile(r"\d{4}|@|[人话机码]\s*[:：]|(?:联系|填表|填报|经办|制表)人")


@document_rule("T617", Severity.WARNING)
def nothing_personal(document: Document) -> Iterator[Outcome]:
    """文字里没有手机号码、身份证号码、银行账号、个人邮箱和填表人的姓名、联系信息；公开的服务热线除外。

    原因：公布出去就收不回来；填表人和联系电话不是申报内容。
    不符：联系人：张某，13812345678
    相符：服务热线021-12345678，12345热线
    """
    for path, text in all_texts(document):
        for match in _PRIVATE.finditer(text) if _MAY_BE_PRIVATE.search(text) else ():
            kind = match.lastgroup or ""
            if kind not in ("phone", "line", "mail") or not _PUBLIC_LINE.search(text[: match.start()]):
                message = f"这里像是有{_PERSONAL[kind]}。"  # not quoted: messages are public, too
                yield Finding(
                    document.tree.within(match.start(), *path), message, "删去；确应公开的，在“说明事项”写明。"
                )
                break
