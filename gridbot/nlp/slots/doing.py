"""What a colleague says of his own work: done (灯泡换好了), or under way (我马上去看, 等物业来修)."""

from __future__ import annotations

import re

DONE, UNDER_WAY, OTHER = "done", "under way", ""
_LATER = re.compile(
    r"(?:来人|人来|师傅来|车来)了(?!.*[好完通走掉亮上换修]了)|马上|立刻|正在|在路上|这就|一会|待会|回头|下班|忙完|等一?下|要等|等着|等(?:物业|师傅|配件|材料|他|她|对方|回复)|明[天早]|后天|下周|准备|打算|"
    r"去看|过去|联系|约[了好]?|安排|派了?(?:人|师傅|维修|电工|水工)|(?:叫|请|找|喊)了?(?:人|师傅|维修|电工|水工)(?![^,，。;；]{0,8}(?:好|完|走|掉|通|开|上|干净)[了啦])|通知|晚[点些]|上报|报给|反映给|催|(?:维保|物业|师傅|厂家|公司|供水|供电|燃气|供热|市政|社区|街道|电工|他们)(?:所|局|站|队)?(?:那边|的人|的|上)?[说讲回]|还没|没修|没弄|没找到|修不了|不行|不能|没人|不在|没在|看过|看了|查看|发现"
)
_AHEAD = re.compile(
    r"(?:今天|上午|中午|下午|傍晚|晚上|今晚|[0-9一二两三四五六七八九十]+点半?)[^,，。;；]{0,4}"
    r"(?:来|去|到|上门|修|弄|换|装|处理|送|扶|拆|清)(?![^,，。;；]{0,6}[了过])|"
    r"(?:跟|和|给|向)[^,，。;；]{1,8}(?:说|讲|提|反映|打电话|打了电话)[了过](?![^,，。;；]{0,4}[好通])|"
    r"(?:[0-9一二三两几半十]+)(?:个?半?小时|分钟|刻钟|个钟)(?:左右|内|后|以后|之后)?(?:就|能|再)?(?:到|过来|过去|赶到|来|去|好)|"
    r"(?:得|还要|要)(?:个|等)?[一两二三四五几0-9]{1,3}(?:天|个?小时|个?礼拜|周)"
)
_VAGUE = re.compile(
    r"(?:[一两二三四五六七八九]{2}|几|好几)(?:天|个?小时|个?礼拜|周|个?月)|大概|可能|估计|差不多|说不准|不一定|左右"
)
_PUT_OFF = re.compile(
    r"^(?:那|就|先|这个|[,， ])*(?:明天|后天|回头|改天|下周|以后|晚点)?"
    r"再(?:说|看|议|讲)(?:吧|了|哈|[。!！~～ ])*$"
)
_FAREWELL = re.compile(
    r"^(?:好了?|行了?|那|今天|今儿|我|先|就|[,，。 ])*(?:这样|到这儿?|收工|下班|撤|回家)"
    r"(?:了|吧|啦|哈|[,，。 ])*(?:下班|收工|回家)?(?:了|吧|啦|哈|[。!！~ ])*$"
)
_AGAIN = re.compile(r"又[坏漏堵停不吵有灭响掉裂]|再次|新[的来]")
_OF_A_PERSON = re.compile(
    r"(?:哪一?|几)(?:[户家层楼门]|单元|号楼)|多少号|[你您他她]?(?:现在|今天|明天|下午|晚上)?(?:在家|有人|方便)(?:吗|不|没|嘛)|"
    r"(?:什么时候|啥时候|几点)(?:在家|有空|方便|有人)|哪(?:里|儿|个位置|一段)|电话(?:多少|是多少|留一个)"
)
_RELAPSED = re.compile(
    r"又(?:是?这样|[坏漏堵停不吵灭响掉裂返反冒来犯开没塌断])|复发|白修|(?:跟|和)没[修弄]一样|还是老样子|没修好"
)
_POINTS = re.compile(r"[那这](?:个|家|户|件|事|单|边|处|块)|的事")
_CLAUSES = re.compile(r"[,，。;；!！\n]+|\s+")
_BOTH = re.compile(
    r"^(?P<one>[^,，。;；\s]{1,8}?)(?:和|跟|还有|、)(?P<other>[^,，。;；\s]{1,8}?)(?:都|全|也)(?P<how>[^,，。;；]{1,20})$"
)
_DONE = re.compile(
    r"(?:修|换|装|弄|搞|整|清|扫|拉|拖|搬|挪|疏通|通|补|贴|处理|办|做|解决|恢复|拆|调解|劝|说|送|救|关|封|盖|铺|填|加固|清理|清运|更换|"
    r"协调|沟通|复位|接)(?:好|完|掉|走|通|开|上|干净|妥|到位|完毕|成功|新的|正常|和)?[了啦咯喽]|"
    r"(?:(?:好|完|通|亮|走)[了啦咯喽]|"
    r"(?:来水|来电|正常|干净|和好|和解|消除|解决|到位|搞定|办妥)[了啦咯喽]?)(?:$|[,，。!; ])|"
    r"(?:送|买|拿|取|交|缴|领|带|接)(?:到|回来?|来|走|给)(?:他|她|家|楼上)?[了啦]|"
    r"^[^,，。不没]{0,6}(?:买|取|领|交)了(?:$|[,，。 ])|"
    r"(?:劝|拉|吵|说)(?:开|停|和|住)了|"
    r"^(?:是|就是|属于?)?(?:误报|虚惊(?:一场)?|白跑一趟)(?:$|[,，。!！ ])|"
    r"已经?(?:修|换|装|清|拉|拖|搬|疏通|补|处理|办|解决|恢复|拆|调解|送|关|封|盖|铺|填|加固|清理|清运|更换|协调)"
)
_TAKEN_ON = re.compile(
    r"马上|立刻|正在|在路上|这就|一会|待会|晚[点些]|忙完|去看|过去|联系|约[了好]|安排|派了?(?:人|师傅)|"
    r"(?:叫|请|找|喊)了?(?:人|师傅)|通知|查看|看[过了]"
)
_NOT_TAKEN_ON = re.compile(r"修不了|弄不了|管不了|不行|不能|不归|不是我|没人|没空|去不了|来不了|休息|请假")
_QUESTION = re.compile(
    r"[?？]|[吗么呢]$|[行好]不[行好]?$|可不可以|能不能|啥|什么|怎么|咋|多少|几[点个件]|谁|哪"
)
_LONGEST = 120  # characters; who writes more tells more than how it stands


_ORDERS = re.compile(
    r"^(?:那|要不|还是|这个|这事|这单)?[ ,，]*(?:你们?|您)"
    r"(?:先|再|还是|赶紧|赶快|抓紧|尽快|马上|直接|自己|今天|下午|明天|那边|们)*"
    r"(?:去|把|给|跟|和|找|问|看|联系|盯|催|跑|处理|办|弄|想|协调|安排|解决|领|叫|带|做|过去)"
)


def orders(said: str) -> bool:
    """Whether somebody tells the other what to do: 你先去看看再说."""
    return _ORDERS.match(said.strip()) is not None


def told(text: str) -> bool:
    """Whether it is a statement of a few words, and asks nothing."""
    return len(text) <= _LONGEST and not _QUESTION.search(text)


def clauses(text: str) -> list[str]:
    """The parts of a sentence between its commas and blanks: 灯修好了，垃圾那个明天弄."""
    return both(text) or [part for part in _CLAUSES.split(text.strip()) if part]


def both(text: str) -> list[str]:
    """What is said of each of two: 灯和电梯都好了 → 灯好了, 电梯好了; [] for other words."""
    found = _BOTH.match(text.strip())
    return [f"{found[name]}{found['how']}" for name in ("one", "other")] if found is not None else []


def find(text: str) -> str:
    """DONE, UNDER_WAY, or OTHER for a question and everything else."""
    if not told(text) or farewell(text):
        return OTHER
    if _LATER.search(text) or _AHEAD.search(text):
        return UNDER_WAY
    return DONE if _DONE.search(text) else OTHER


def farewell(text: str) -> bool:
    """Whether somebody only says that he stops for today: 今天就这样了下班."""
    return _FAREWELL.match(text) is not None or _PUT_OFF.match(text) is not None


def points(text: str) -> bool:
    """Whether it points at a matter that both know: 灯那个, 那家, 扶手的事."""
    return _POINTS.search(text) is not None and told(text) and not _AGAIN.search(text)


def asks_a_person(text: str) -> bool:
    """Whether it asks what only the resident knows: 哪一户, 几楼的, 您在家吗."""
    return _OF_A_PERSON.search(text) is not None


def relapsed(text: str) -> bool:
    """Whether it says that something is back, or was never mended: 又返了."""
    return _RELAPSED.search(text) is not None


def asks_of_one(text: str) -> bool:
    """Whether it asks about a matter that both know: 电梯那个为啥老坏."""
    short = len(text) <= _LONGEST and not _AGAIN.search(text)
    return short and _POINTS.search(text) is not None and _QUESTION.search(text) is not None


_PLAN = re.compile(
    r"^(?:我|那我|行|好|[,， ])*(?:今天|上午|中午|下午|傍晚|今晚|明天|明早|后天|一会儿?|回头|马上)*"
    r"(?:就|再|先|我)*"
    r"(?:去|过去|到|上)[^,，。;；]{0,10}(?:看|瞧|问|转|瞅|走一趟|跑一趟|说说|劝|谈)"
)


def plan(text: str) -> bool:
    """Whether somebody tells where he is about to go: 下午去1202看看老人."""
    clauses = [part for part in _CLAUSES.split(text) if part]
    going = any(_PLAN.match(part) for part in clauses if part.startswith("我") or part == clauses[0])
    return going and told(text)


def of_own_work(text: str) -> bool:
    """Whether a few words tell what the speaker is about to do or has done, and no more: 劝开了 没动手."""
    text = text.strip()
    return plan(text) or (len(text) <= _SHORT and find(text) == DONE)


_SHORT = 12  # characters


def vague(text: str) -> bool:
    """Whether the time in it is a guess, that nobody can be held to: 得两三天, 大概后天."""
    return _VAGUE.search(text) is not None


def takes_on(text: str) -> bool:
    """Whether whoever says so has the matter in hand: 我已经联系电工了."""
    return _TAKEN_ON.search(text) is not None and _NOT_TAKEN_ON.search(text) is None
