"""The words of the rules of `playbook check` in both languages, by rule and part. `{id}`, `{state}` … are filled in."""

LINT_WORDS: dict[str, dict[str, dict[str, str]]] = {
    "unreachable-state": {
        "found": {"en": "no answers lead to '{state}'", "zh": "怎么回答都到不了 '{state}'"},
        "fix": {
            "en": "give it a signal that is common here and rare in the states beside it",
            "zh": "给它加一条这里常见、相邻状态少见的事实",
        },
        "why": {
            "en": "A state that no answers lead to is never named, so the model has one state fewer than it shows.",
            "zh": "一个状态永远不是扣分最少的，就永远判不出来，等于没有。",
        },
    },
    "tells-nothing": {
        "found": {
            "en": "'{id}' sets no two states more than {most} dB apart",
            "zh": "'{id}' 在任意两个状态之间最多只差 {most} 分",
        },
        "fix": {
            "en": "use words at least two steps apart, or take the row out",
            "zh": "让各状态的用词至少差两档，或者删掉这一行",
        },
        "why": {
            "en": "The question takes a customer's time and can hardly change the result, whatever the answer.",
            "zh": "问了也白问：不管答什么，结果都几乎不变，却占一道题。",
        },
    },
    "unused-signal": {
        "found": {"en": "no playbook uses '{id}'", "zh": "没有一个模型用到 '{id}'"},
        "fix": {"en": "give it a row in a playbook, or take it out", "zh": "在模型里给它写一行，或者删掉"},
        "why": {
            "en": "An answer to a signal without a row counts nowhere.",
            "zh": "没写行的事实，答了也不计分。",
        },
    },
    "all-equal-row": {
        "found": {"en": "the row of '{id}' says '{word}' everywhere", "zh": "'{id}' 这一行全是 '{word}'"},
        "fix": {
            "en": "say where it is more common and where it is rarer, or take the row out",
            "zh": "写清哪里多见、哪里少见，或者删掉这一行",
        },
        "why": {
            "en": "What is equally common in every state cannot tell them apart.",
            "zh": "每个状态都一样常见，就分不出是哪个状态。",
        },
    },
    "seller-activity": {
        "found": {"en": "this counts what we did ('{words}')", "zh": "这里算的是我们做了什么（“{words}”）"},
        "fix": {"en": "ask what the customer did or said because of it", "zh": "改问：客户因此做了什么、说了什么"},
        "why": {
            "en": "A quote sent or a demonstration given says where we are, not where the customer is.",
            "zh": "报价发了、演示做了，只说明我们走到哪，不说明客户走到哪。",
        },
    },
    "two-facts": {
        "found": {"en": "this seems to ask two things at once", "zh": "这一题好像同时问了两件事"},
        "fix": {
            "en": "split it into two signals; if it really is one fact, add '# allow: two-facts' to the line",
            "zh": "拆成两条事实；确实是一件事的话，在这一行末尾加 '# allow: two-facts'",
        },
        "why": {
            "en": "A customer may show one without the other, and then neither yes nor no is true.",
            "zh": "客户可能只符合其中一样，这时答“是”答“否”都不对。",
        },
    },
    "long-question": {
        "found": {
            "en": "the question is too long ({count}; at most {most})",
            "zh": "问题太长（{count}；最多 {most}）",
        },
        "fix": {
            "en": "move details to 'counts_as_yes' and 'counts_as_no'",
            "zh": "把细节挪到 'counts_as_yes' 和 'counts_as_no' 里",
        },
        "why": {
            "en": "Nobody takes in more than 15 words, or 30 Chinese characters, at one reading.",
            "zh": "超过 30 个汉字（英文 15 个词），看一遍记不住。",
        },
    },
    "missing-language": {
        "found": {
            "en": "this text has no '{language}', though others in the file do",
            "zh": "这段文字缺 '{language}'，文件里别处有",
        },
        "fix": {
            "en": "write it in both languages, or keep the whole file to one",
            "zh": "两种语言都写上，或者整个文件只用一种",
        },
        "why": {
            "en": "Readers of the other language would see the two mixed on one screen.",
            "zh": "用另一种语言看的人，屏幕上会中英夹杂。",
        },
    },
    "action-without-why": {
        "found": {"en": "the action '{action}' gives no reason", "zh": "行动 '{action}' 没写理由"},
        "fix": {
            "en": "say in 'why' what it changes for the customer",
            "zh": "在 'why' 里写清：做了这一步，客户那边会有什么变化",
        },
        "why": {
            "en": "A rep who is told the reason can find a better way to the same end.",
            "zh": "知道为什么，销售才会变通着做。",
        },
    },
    "state-without-action": {
        "found": {"en": "'{state}' has no actions", "zh": "'{state}' 下面没有任何行动"},
        "fix": {
            "en": "add an action that a rep can take tomorrow, with the reason",
            "zh": "加一条明天就能做的行动，写上理由",
        },
        "why": {
            "en": "Nobody uses a diagnosis twice if it ends without a next step.",
            "zh": "判断完了不知道该做什么，下次就没人用了。",
        },
    },
    "topic-outweighs": {
        "found": {
            "en": "the topic '{topic}' weighs {mine} dB, all others together {others}",
            "zh": "主题 '{topic}' 占 {mine} 分，其余合起来才 {others} 分",
        },
        "fix": {
            "en": "use signals of other topics too, or split the topic",
            "zh": "多用几个别的主题的事实，或者把这个主题拆开",
        },
        "why": {
            "en": "A topic counts for 8 dB at most: most of its answers are lost, and others can hardly outvote it.",
            "zh": "一个主题最多算 8 分，多出来的都白答；其他主题又压不过它。",
        },
    },
    "implication-contradicts-rows": {
        "found": {
            "en": "'{id}' implies '{other}', but in '{state}' it is '{word}' and '{other}' only '{rarer}'",
            "zh": "有 '{id}' 就有 '{other}'，可在 '{state}' 里前者写 '{word}'，后者写 '{rarer}'",
        },
        "fix": {
            "en": "make '{other}' at least as common as '{id}' in every state, or drop the implication",
            "zh": "让 '{other}' 在每个状态都不比 '{id}' 少见，或者去掉这条推出关系",
        },
        "why": {
            "en": "Whoever shows the first shows the second, so the second can't be rarer; the rows contradict that.",
            "zh": "有前者必有后者，后者不可能更少见；两行会互相打架。",
        },
    },
    "implication-cycle": {
        "found": {"en": "implications run in a circle", "zh": "推出关系绕成了圈"},
        "fix": {"en": "let the later step imply the earlier one only", "zh": "只让后一步推出前一步"},
        "why": {
            "en": "Two facts that imply each other are one fact, asked twice.",
            "zh": "互相推出的两条其实是同一件事，问了两遍。",
        },
    },
}
