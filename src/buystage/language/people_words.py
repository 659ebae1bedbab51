"""What the literature and we say of roles, stances and careers, in both languages."""

ROLE_NAMES: dict[str, dict[str, str]] = {
    "user": {"en": "user", "zh": "使用"},
    "technical": {"en": "technical", "zh": "技术"},
    "procurement": {"en": "purchasing", "zh": "采购"},
    "executive": {"en": "management", "zh": "领导"},
    "other": {"en": "other", "zh": "其他"},
}
ROLE_NEEDS: dict[str, dict[str, str]] = {  # 003
    "user": {"en": "It must be easy to work with.", "zh": "要好用。"},
    "technical": {"en": "Selection must be simple and safe to answer for.", "zh": "选型要简单，出了事说得清。"},
    "procurement": {"en": "The supplier must meet the company's rules.", "zh": "供应商要符合公司要求。"},
    "executive": {"en": "The name must be one that nobody has to defend.", "zh": "看重品牌，说出去不用解释。"},
    "other": {"en": "Ask what it must do for their department.", "zh": "先问清这件事要帮他们部门解决什么。"},
}
STANCE_NAMES: dict[str, dict[str, str]] = {
    "supporter": {"en": "supporter", "zh": "支持"},
    "neutral": {"en": "neutral", "zh": "中立"},
    "opponent": {"en": "opponent", "zh": "反对"},
    "unknown": {"en": "stance unknown", "zh": "态度不明"},
}
STANCE_ASKS: dict[str, dict[str, str]] = {
    "supporter": {
        "en": "Who is still to be convinced, and what would they listen to?",
        "zh": "还有谁没说通？他听得进什么？",
    },
    "neutral": {"en": "What would make this a good choice for you?", "zh": "这件事怎么定，对您才算好？"},
    "opponent": {"en": "What would have to change for you to agree?", "zh": "要改哪一点，您才会同意？"},
    "unknown": {"en": "What do you think of the way this is going?", "zh": "您觉得现在这样往下走行不行？"},
}
STANCE_AVOIDS: dict[str, dict[str, str]] = {
    "supporter": {"en": "Asking for help that would single them out.", "zh": "让人家当众替我们说话。"},
    "neutral": {"en": "Taking their politeness for a yes.", "zh": "把客气当同意。"},
    "opponent": {"en": "Arguing, or going round them.", "zh": "当面争，或者绕过去。"},
    "unknown": {"en": "Guessing what they want.", "zh": "替人家猜。"},
}
CAREER_ADVICE: dict[str, dict[str, str]] = {  # the three situations of 003, the advice in-house
    "newcomer": {
        "en": "New and eager to show what they can do: give them something to present.",
        "zh": "新来，想露一手：给一样拿得出去讲的东西。",
    },
    "rival": {
        "en": "Measured against a colleague: never carry words between the two.",
        "zh": "正跟同事较劲：别在两人之间传话。",
    },
    "nothing_to_gain": {
        "en": "Expects no promotion and wants no mistake: show how it can't go wrong.",
        "zh": "升不上去，只求不出错：讲清怎样出不了事。",
    },
}
