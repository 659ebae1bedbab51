"""How a question reads: its length, whether it asks two things, whether it asks about us instead of the customer.

Patterns catch the usual slips, not all of them; a line that is right as it is says so with `# allow: RULE`.
"""

import re

MOST_WORDS = 15  # of an English question: more is not taken in when read aloud
MOST_CHARACTERS = 30  # of a Chinese one, without punctuation

_DONE = r"\w+ed|sent|ran|shown|showed|given|gave|made|met|told|written|put|begun|chosen|set|signed|bought|held|done"
_AUXILIARY = r"(?:has|have|had|is|are|was|were|do|does|did|will|can)\b"
_TWO_THINGS = r"\bas well as\b|\bhave\s+(?:an?|the)\s+\w+\s+and\s+(?:an?|the)\b"
_TWO_FACTS = {
    "en": re.compile(
        rf"\?.*\?|;|{_TWO_THINGS}|\band\s+(?:also\s+)?(?:{_AUXILIARY}|(?:\w+ly\s+)?(?:{_DONE})\b)", re.IGNORECASE
    ),
    "zh": re.compile(
        r"？.*？|；|没有，.*没有|吗，.*吗|既.*又|[，、]?(?:并且|而且|，同时|以及是否|，并(?!不|没)|，且)"
        r"|并(?:指定|批|定|签|选|确认|安排)"
    ),
}
_SALES = r"(?:sales\s?(?:reps?|people|person|team|engineers?)|salesperson|sales|reps?|seller)"
_OURS = rf"(?:(?:our|my)\s+(?:people|person|team|consultants?|engineers?|{_SALES})|(?:the|a)\s+{_SALES})"
_PAPER = r"(?:demo|demonstration|presentation|quote|quotation|offer|proposal|pitch|brochure|e-?mail|workshop)"
_OUR_ACT = {
    "en": re.compile(
        rf"\b(?:we|I)(?:'ve|'d)?\s+(?:have\s+|had\s+|has\s+)?(?:not\s+)?(?:already\s+|just\s+|yet\s+)?(?:{_DONE})\b"
        rf"|\b(?:have|had|has|did|do|does)\s+(?:we|I|{_OURS})\s+\w+"
        rf"|\b{_OURS}\s+(?:has\s+|have\s+)?(?:{_DONE}|advises|visits|calls)\b"
        rf"|\bwe\s+(?:run|send|show|give|present|visit|call|offer|do)\b"
        rf"|\bour\s+(?:demo|demonstration|presentation|visit|call|pitch|workshop)\b"
        rf"|\b(?:the|a|our)\s+{_PAPER}\s+(?:has\s+|have\s+|was\s+|been\s+|is\s+)*(?:sent|given|presented|shown|submitted|out|gone)\b"
        r"|\b(?:received|got|opened)\s+our\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"(?<![让请要求叫回复了收到])(?:我们|我方|我司|我)(?:有没有|是否|是不是|已经|已|都|刚|主动)*(?:给|向|跟|对|帮|为|把)?(?:客户|对方|他们)?"
        r"(?:发|寄|送|报(?!批)|做(?!事)|讲|演示|介绍|拜访|提交|递交|打|约|请|安排|跟进)了?"
        r"|(?:已经?|是否)给(?:客户|对方|他们|\w{1,3}长)?(?:发|寄|送|报|做|讲|演示|介绍)(?:了|过)?"
        r"|(?:把\w{1,6}|已)发给|我们和客户开|给(?:客户|对方|他们)(?:发|寄|送|报|做|讲|演示|介绍)(?:了|过)?|(?:报价|方案|报价单)(?:已经?)?发(?:给|出|了)"
        r"|(?:销售|顾问|我方\w{0,4})(?:是否|已经|已)*(?:拜访|做过|讲过|装好|演示)|(?:我们|我方)的(?:演示|拜访|讲解)"
    ),
}
_RECEIVED = re.compile(r"\b(?:received|got|opened)\s+our\b", re.IGNORECASE)
_THEIRS = re.compile(
    r"^(?:\w+\s+)?(?:they|their|someone|somebody|anyone|everyone|all|people|the customer|customers|who)\b",
    re.IGNORECASE,
)


def length(text: str, language: str) -> int:
    """Return how long a question is: in English words, or in Chinese characters without punctuation."""
    return len(text.split()) if language == "en" else len(re.findall(r"\w", text))


def has_two_facts(question: str, language: str) -> bool:
    """Return whether a question seems to ask for two facts, so that a customer may show one without the other."""
    return bool(_TWO_FACTS[language].search(question))


def names_our_act(text: str, language: str) -> str:
    """Return the words by which a text counts something that we did, nothing where it counts none.

    Where the customer is the one who acts, what we did may stand beside it: "have they tested what we installed?"
    """
    if language == "en" and _THEIRS.search(text) and not _RECEIVED.search(text):
        return ""
    found = _OUR_ACT[language].search(text)
    return found.group() if found else ""
