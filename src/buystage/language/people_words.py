"""What the literature and we say of roles, stances and careers, in both languages."""

ROLE_NAMES: dict[str, dict[str, str]] = {
    "user": {"en": "user", "zh": "使用人员"},
    "technical": {"en": "technical", "zh": "技术人员"},
    "procurement": {"en": "purchasing", "zh": "采购人员"},
    "executive": {"en": "management", "zh": "领导"},
    "other": {"en": "other", "zh": "其他人员"},
}
ROLE_NEEDS: dict[str, dict[str, str]] = {  # 003
    "user": {"en": "It must be easy to work with.", "zh": "好用。"},
    "technical": {
        "en": "It must be easy to specify, and easy to defend if something goes wrong.",
        "zh": "选型简单，出了事说得清。",
    },
    "procurement": {"en": "The supplier must meet the company's rules.", "zh": "供应商符合公司要求。"},
    "executive": {"en": "A well-known name they won't have to justify.", "zh": "品牌，说出去不用解释。"},
    "other": {"en": "Ask what it must do for their department.", "zh": "还不清楚，先问这件事要帮他们部门解决什么。"},
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
    "neutral": {"en": "What would make this a good choice for you?", "zh": "要做到什么，您才觉得选得值？"},
    "opponent": {"en": "What would have to change for you to agree?", "zh": "要改哪一点，您才会同意？"},
    "unknown": {"en": "What do you think of the way this is going?", "zh": "您觉得现在这样往下走行不行？"},
}
STANCE_AVOIDS: dict[str, dict[str, str]] = {
    "supporter": {"en": "Asking them to speak up for you in front of the others.", "zh": "让人家当众替我们说话。"},
    "neutral": {"en": "Taking their politeness for a yes.", "zh": "把客气当同意。"},
    "opponent": {"en": "Arguing, or going round them.", "zh": "当面争，或者绕过去。"},
    "unknown": {"en": "Guessing what they want.", "zh": "瞎猜对方要什么。"},
}
CAREER_ADVICE: dict[str, dict[str, str]] = {  # the three situations of 003, the advice in-house
    "newcomer": {
        "en": "New and eager to show what they can do: give them something to present.",
        "zh": "新来的，想露一手：给他一样能拿去汇报的东西。",
    },
    "rival": {
        "en": "Measured against a colleague: never carry words between the two.",
        "zh": "正跟同事较劲：别在两人之间传话。",
    },
    "nothing_to_gain": {
        "en": "Expects no promotion and wants no mistake: show how it can't go wrong.",
        "zh": "升迁无望，只求不出错：讲清为什么不会出事。",
    },
}
