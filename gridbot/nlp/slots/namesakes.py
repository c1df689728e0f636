"""What is written like a time and is none: 老周一家, 王国庆大爷, 零点酒吧, 腊八蒜, 后天性, 五一社区居委会."""

from __future__ import annotations

import re

from gridbot.nlp.slots import almanac
from gridbot.nlp.slots.timewords import either

_TITLE = (
    "叔|婶|姨|爷|奶|伯|哥|姐|嫂|妈|爸|舅|姑|大[爷妈爹娘叔婶伯哥姐嫂姨]|阿[姨婆公叔伯]|老[师汉头太]"
    "|师傅|主任|书记|医生|大夫|护士|律师|经理|警官|队长|组长|楼长|站长|会长|院长|校长|家长|所长|先生|女士|同志"
)
_SURNAMES = "王李张刘陈杨黄赵吴徐孙马朱胡郭林罗郑梁谢宋唐许韩冯邓曹彭曾田董袁潘蒋蔡"
_SURNAMES += "杜叶程苏魏吕丁沈姚卢姜崔谭陆汪范廖贾"
_GIVEN = (
    "国庆|元旦|重阳|清明|立春|立夏|立秋|立冬|小满|谷雨|白露|冬至|夏至|春分|惊蛰|端午|中秋|腊八|小寒|小暑|芒种"
)
_VENUE = (
    "[酒书清]吧|酒馆|咖啡|网吧|网咖|影院|影城|书店|书屋|ktv|烧烤|夜市|便利店|宾馆|酒店|饭店|餐厅|公寓|幼儿园|托班|托育|早教"
    "|超市|小区|花园|家园|花苑|理发店|美发|药店|茶馆|茶楼|火锅|足浴|健身|民宿|俱乐部|台球"
)
_FEAST = either(almanac.NAMES)
_FEAST_AND_FOOD = (
    "腊八[蒜粥面豆醋]|清明[粿团茶果粑螺菜]|重阳[糕酒木]|冬至[团丸圆饺]|头伏饺|立夏[蛋饭]|端午[粽艾]|谷雨茶|元宵(?:馅|粉|怎么[煮做包])"
    "|惊蛰梨|三伏贴|三九贴|中秋[糕]|五一[路街巷]|寒衣|小满[足仓]|三月三(?=[路街])|双十[一二](?=[栋单号元块])|劳动节(?=[约能省])|月底(?=薪)|午夜(?=场)|中午(?=托管[班费])|数九(?=寒|天寒|隆冬)"
)
_DOES = re.compile(  # what a place does, behind its name
    r"(?:这边|这|那边)?(?:有(?:人|没|啥|什么|活动|演|灯|值|免费)|给|送|办(?!公室|事处)|包|搞|组织|开(?!心)|发(?!展)"
    r"|请|要|会|放|还|举|能|上班|关|值|安排|做|准备|慰问|邀|也|都|统一|集中|收|加|免费|不|休息|演|停|几|怎么|谁|哪|打算|想|教|带|联合)"
)
_IS_THERE = re.compile(  # what follows the name of a place that is named after a feast
    r"$|[\s,，。、!！?？;；)）0-9#]|居委|居民|党|服务|卫生|医院|的|那[边里儿个]|这边|[里内外](?!面?有)|门|旁|后|前|[东南西北][门边侧区头]|菜|物业|对面|附近"
    r"|广场|办(?=事|公)|中心|[一二三四五六七八九十][期区号栋]|幼儿园|小学|学校|超市|书记|主任|网格|微信|群|公园|路|街"
)
_PLACES = ("社区", "学校", "小区")
_PUBLIC = "社区|学校|小区|广场|公园|村"
_MINE = re.compile("(?:住|在|到|去|从|回|来|离|往|叫|我们|咱们?|俺们|我)$")
_INTO = ("住", "在", "到", "去")

_HERE = re.compile(
    rf"周(?<=[老小]周)(?=[一二三四五六日天])(?!.(?:早|上午|下午|晚|中午|傍晚))"
    rf"|[上下]周(?<=楼.周)(?=(?:{_TITLE})|大)|[上下这]周(?=[叔婶姨嫂边围遭折])"
    rf"|周六福(?!利)|周(?=[一三](?![{_SURNAMES}])[一-鿿]?(?:医生|老师|师傅|大[爷妈]|阿姨|主任|书记|律师))"
    rf"|(?:{_GIVEN})(?=(?:{_TITLE})(?!们|来|都|去))"
    rf"|(?:{_GIVEN})(?<=[{_SURNAMES}]..)(?<![^\s,，。、给找叫是跟和让问的由把被替请楼室号户主民人元0-9][{_SURNAMES}]..)(?!节|期间|假|放假|当天|那天)"
    rf"|(?:(?<=[叫姓名])|(?<=字是))(?:{_FEAST})|(?:{_FEAST_AND_FOOD})"
    r"|周(?=[一二三四五](?:姐|哥|婶|叔|嫂|姨|爷|奶|伯|妹|弟)[家的])|(?:周|星期|礼拜)[五六日天](?=餐厅|酒吧|ktv|影城|百货)|下午(?=茶(?!话))"
    r"|[昨今明][天日朝](?=酒楼|星城|重现|花园|酒店|大厦)|(?<=[说讲提])[两三四五]点(?=[\s:,，。]{0,2}(?:第?一|1))"
    rf"|(?:零|0)点(?={_VENUE})(?!(?:{_VENUE})(?:还|就|才|都|关|开))"
    r"|(?<=血糖|血压|体温|视力|尿酸|烧到)(?:是|到|都)?[0-9一二三四五六七八九十]{1,3}点[0-9一二三四五六七八九](?![0-9十分])"
    rf"|(?:{_FEAST})(?=书[屋店]|茶[舍室馆楼]|小院|客栈|民宿|雅苑|家园|花[园苑]|上河|酒[楼店]|饭店|河(?![边里]))"
    r"|一月(?<=[百千万块元]一月)|[一二三四五六七八九十]{1,2}月(?=[兰菊]|花(?![费钱了])|雪[花盆]|桂花[香糕]|流火|怀胎|天小区)"
    rf"|[春夏秋冬]天里(?={_VENUE})|[春夏秋冬]天(?=百货|大道|人家)"
    r"|后天(?=性|因素|失[明聪聋]|致残|养成|培养)|今[天日]头条|[次当]日达|明天会更好|[今明]日[之]星"
    r"|中午(?<=[一二三四五六七八九十附高初]中午)(?=[托休餐])"
    r"|[0-9零一二三四五六七八九十两]{1,3}点(?:[0-9零一二三四五六七八九]{1,3}(?=折|元|块钱|包邮|米|万|亿|公?斤|公[里分]|毫|亩|千[克瓦]|升|平|倍|级|度|寸|厘|%|吨|个百分)"
    r"|(?=钟?方向|一线|共[圆线]|档|式|水旁|支撑|论|接地|定位|透视|共线|五[^分十\s]?折))"
)
_FIRST = frozenset("礼月午劳周星昨上下这春夏秋冬后今次当明中0123456789零一二三四五六七八九十两") | {
    name[0] for name in almanac.NAMES
}
_FEAST_AND_PLACE = re.compile(rf"({_FEAST})({_PUBLIC})")


def no_time(text: str, at: int) -> int:
    """Where the look-alike of a time that begins at `at` ends; 0 where none does."""
    found = _HERE.match(text, at) if text[at] in _FIRST else None
    return found.end() if found else 0


def acts_then(text: str, at: int) -> bool:
    """Whether a feast before a public place is a feast: 端午社区给老人送粽子, and not 五一社区居委会.

    `at` is where the feast begins; True also where no such place follows.
    """
    found = _FEAST_AND_PLACE.match(text, at)
    if found is None:
        return True
    if found[1] in almanac.STREET_NAMES:
        does = found[2] in _PLACES and _DOES.match(text, found.end())
        return bool(does) and not _MINE.search(text, max(0, at - 2), at)
    return not _IS_THERE.match(text, found.end()) and text[at - 1 : at] not in _INTO
