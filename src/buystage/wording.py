"""How a question reads: its length, whether it asks two things, whether it asks about us instead of the customer.

Patterns catch the usual slips, not all of them; a line that is right as it is says so with `# allow: RULE`.
"""

import re

MOST_WORDS = 15  # of an English question: more is not taken in when read aloud
MOST_CHARACTERS = 30  # of a Chinese one, without punctuation

_DONE = r"\w+ed|sent|shown|showed|given|gave|made|met|told|written|put|begun|chosen|set|signed|bought|held|done"
_TWO_FACTS = {
    "en": re.compile(
        rf"\?.*\?|;|\band\s+(?:also\s+)?(?:(?:has|have|had|is|are|was|were|do|does|did|will|can)\b|(?:\w+ly\s+)?(?:{_DONE})\b)",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"？.*？|；|[，、]?(?:并且|而且|同时|以及是否|，并(?!不|没)|，且)"),
}
_OUR_ACT = {
    "en": re.compile(
        rf"\b(?:we|I)(?:'ve|'d)?\s+(?:have\s+|had\s+|has\s+)?(?:already\s+|just\s+)?(?:{_DONE})\b"
        rf"|\b(?:have|had|did|do)\s+(?:we|I)\s+\w+"
        r"|\bour\s+(?:demo|demonstration|presentation|quote|quotation|visit|call|e-?mail|pitch|workshop|rep|reps|team)\b"
        rf"|\bour\s+\w+\s+(?:has\s+|have\s+)?(?:been\s+|was\s+|were\s+)?(?:{_DONE})\b"
        r"|\b(?:received|got|opened|read)\s+our\b"
        r"|\b(?:the|a)\s+(?:sales\s?(?:rep|team|person|engineer)|rep|salesperson|seller)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"(?:我们|我方|我)(?:有没有|是否|是不是|已经|已|都|刚|主动)*(?:给|向|跟|对|帮|为|把)?(?:客户|对方|他们)?"
        r"(?:发|寄|送|报(?!批)|做(?!事)|讲|演示|介绍|拜访|提交|递交|打|约|请|安排|跟进)了?"
        r"|给(?:客户|对方|他们)(?:发|寄|送|报|做|讲|演示|介绍)(?:了|过)?|(?:我们|我方)的(?:演示|报价|拜访|方案讲解)"
    ),
}


def length(text: str, language: str) -> int:
    """Return how long a question is: in English words, or in Chinese characters without punctuation."""
    return len(text.split()) if language == "en" else len(re.findall(r"\w", text))


def has_two_facts(question: str, language: str) -> bool:
    """Return whether a question seems to ask for two facts, so that a customer may show one without the other."""
    return bool(_TWO_FACTS[language].search(question))


def names_our_act(text: str, language: str) -> str:
    """Return the words by which a text counts something that we did, nothing where it counts none."""
    found = _OUR_ACT[language].search(text)
    return found.group() if found else ""
