"""The words of the rules in both languages, by rule and part. `{fact}`, `{state}`, `{days}` … are filled in."""

from buystage.language.review_words import REVIEW_WORDS

_RISK_WORDS: dict[str, dict[str, dict[str, str]]] = {
    "requirement-change": {
        "title": {"en": "Requirement change", "zh": "需求变化"},
        "detects": {
            "en": "A requirement that was agreed is open again, as the log shows or an answer says.",
            "zh": "定过稿的需求又在改：前后记录对得出来，或者有回答直接这么说。",
        },
        "why": {"en": "The requirement they agreed is changing", "zh": "定过的需求又在变"},
        "effect": {
            "en": "The purchase slips, and work on the old requirement is mostly wasted.",
            "zh": "采购会延后，照旧需求做的方案大多白做。",
        },
        "countermeasure": {
            "en": "Stay in close touch, find out at once what has changed, and adjust your offer.",
            "zh": "勤联系，第一时间弄清最新需求，方案和打法跟着调。",
        },
    },
    "information-asymmetry": {
        "title": {"en": "Missing or doubted information", "zh": "信息不对称"},
        "detects": {
            "en": "They lack or distrust the information on solutions or suppliers that they need.",
            "zh": "方案或供应商的信息，客户手上不够，或者信不过。",
        },
        "why": {
            "en": "They lack information or don't trust what they have",
            "zh": "客户手上的信息不够，或者信不过",
        },
        "effect": {"en": "They decide badly, or not at all.", "zh": "客户可能选错，或者干脆定不下来。"},
        "countermeasure": {
            "en": "Before they ask, send full information they can check, including what counts against you.",
            "zh": "主动把信息给全、给到能查证，对我们不利的也不藏。",
        },
    },
    "vendor-choice-difficulty": {
        "title": {"en": "Difficulty choosing a supplier", "zh": "供应商选择困难"},
        "detects": {
            "en": "They can't decide between suppliers, or have gone back to comparing after deciding.",
            "zh": "客户在几家之间定不下来，或者定过又重新比。",
        },
        "why": {"en": "They find it hard to choose a supplier", "zh": "客户在几家之间难以取舍"},
        "effect": {
            "en": "The decision is put off, often until the purchase is dropped.",
            "zh": "决定一拖再拖，拖到最后可能不买。",
        },
        "countermeasure": {
            "en": "Bring cases like theirs, and ask a customer of yours to talk to them about what they can't settle.",
            "zh": "拿同类案例说话；他们定不下的那一点，请老客户出面讲。",
        },
    },
    "chosen-elsewhere": {
        "title": {"en": "Chosen elsewhere", "zh": "可能已定别家"},
        "detects": {
            "en": "They have settled on a rival, or want our offer only for comparison.",
            "zh": "客户已经选定别家，或者我们只是陪标。",
        },
        "why": {"en": "A rival has probably won it", "zh": "看样子已经定了别家"},
        "effect": {"en": "More work on this offer is probably wasted.", "zh": "再往里投入多半白费。"},
        "countermeasure": {
            "en": "Ask what you would have to do to win. If they can't say, spend no more time on it.",
            "zh": "问清要做到什么才有机会；问不出来，就别再投入。",
        },
    },
    "job-reopened": {
        "title": {"en": "Job open again", "zh": "任务重新讨论"},
        "detects": {"en": "A buying job that was settled is open again.", "zh": "已经定下的购买任务又翻出来重谈。"},
        "why": {"en": "{state} is open again", "zh": "“{state}”又重新讨论"},
        "effect": {
            "en": "Later decisions that rest on it may have to be made again.",
            "zh": "以它为前提的决定，可能跟着作废。",
        },
        "countermeasure": {
            "en": "Find out what is new, and help them settle it before you move on.",
            "zh": "弄清有什么新情况，先帮客户把它重新定下来，再谈后面的。",
        },
    },
    "consensus-lagging": {
        "title": {"en": "Consensus lagging", "zh": "共识落后"},
        "detects": {
            "en": "At least half of the other jobs are settled, but those who must agree do not agree yet.",
            "zh": "别的任务已定了一半以上，该点头的人意见还没统一。",
        },
        "why": {
            "en": "Not all who must agree do, and the rest is ahead of that",
            "zh": "别的已经往前走，客户内部意见还没统一",
        },
        "effect": {
            "en": "One person who was not asked can stop it at the end.",
            "zh": "漏掉一个人，最后一步就可能被拦下。",
        },
        "countermeasure": {
            "en": "Get those who must agree to talk it through before the choice is announced.",
            "zh": "结果公布之前，先让该点头的人当面把意见谈拢。",
        },
    },
    "validation-lagging": {
        "title": {"en": "Validation lagging", "zh": "验证落后"},
        "detects": {
            "en": "At least half of the other jobs are settled, but what suppliers claim has not been checked.",
            "zh": "别的任务已定了一半以上，供应商的说法还没核实。",
        },
        "why": {
            "en": "What suppliers claim is not checked yet, and the rest is ahead of that",
            "zh": "别的已经往前走，供应商的说法还没核实",
        },
        "effect": {"en": "Doubts come up when it is time to sign.", "zh": "到签字时才冒出疑虑。"},
        "countermeasure": {
            "en": "Ask what they still have to see, and offer the smallest check that shows it.",
            "zh": "问清还要看到什么，给一个最省事的验证办法。",
        },
    },
    "contradiction": {
        "title": {"en": "Contradiction", "zh": "回答矛盾"},
        "detects": {"en": "Two answers in the log can't both be true.", "zh": "记录里有两条回答不可能同时成立。"},
        "why": {"en": "The log contradicts itself: {other}; {fact}", "zh": "记录前后矛盾：{other}；{fact}"},
        "effect": {
            "en": "One of them is wrong, so the diagnosis can't be relied on.",
            "zh": "其中一条是错的，判断就不可靠。",
        },
        "countermeasure": {"en": "Ask again, and log the answer.", "zh": "再问一次，把回答记进去。"},
    },
    "step-skipped": {
        "title": {"en": "Step skipped", "zh": "跳过一步"},
        "detects": {
            "en": "They are in a later stage, but an earlier one was never finished.",
            "zh": "客户已到后面的阶段，前面阶段该完成的还没完成。",
        },
        "why": {"en": "{state} was not finished: {fact}", "zh": "“{state}”没走完：{fact}"},
        "effect": {"en": "They may have to come back to it.", "zh": "客户可能还得退回去补。"},
        "countermeasure": {
            "en": "Find out whether it is missing or only not logged, and bring it up before someone else does.",
            "zh": "先弄清是真没做还是没记；真没做，就趁早提出来。",
        },
    },
    "no-owner": {
        "title": {"en": "No owner", "zh": "没人牵头"},
        "detects": {
            "en": "They have decided to act, but nobody there is in charge.",
            "zh": "客户已定下要办，但没有人牵头。",
        },
        "why": {"en": "Nobody there is in charge of it", "zh": "客户内部没人牵头"},
        "effect": {"en": "It stalls as soon as people get busy.", "zh": "一忙起来就没人管了。"},
        "countermeasure": {
            "en": "Ask whoever decided it to put one person in charge, ideally the one most affected.",
            "zh": "请拍板的人指定一个人来办，最好是最受影响的那位。",
        },
    },
    "customer-silent": {
        "title": {"en": "Customer silent", "zh": "客户没动静"},
        "detects": {
            "en": "Nothing they did or said was logged for a month, and no pause was announced.",
            "zh": "一个月没有客户的言行记录，客户也没说要暂停。",
        },
        "why": {"en": "Nothing from them for {days_said}", "zh": "客户已 {days_said}没动静"},
        "effect": {"en": "What you know about them is going out of date.", "zh": "掌握的情况越来越旧。"},
        "countermeasure": {
            "en": "Ask for one small thing that only they can give, by a date.",
            "zh": "请客户提供一样只有他们能给的信息，比如一份数据、一个人名，约定哪天给。",
        },
    },
    "stage-overdue": {
        "title": {"en": "Stage overdue", "zh": "阶段超期"},
        "detects": {
            "en": "They have been in a stage longer than is usual; complex purchases are given more time.",
            "zh": "在一个阶段停留得比一般客户久；复杂的采购放宽。",
        },
        "why": {
            "en": "{days_said} in {state}, where about {expected} are usual",
            "zh": "在“{state}”已 {days_said}，一般约 {expected} 天",
        },
        "effect": {
            "en": "The longer it drags on, the likelier it is to be dropped.",
            "zh": "拖太久的事，往往已经没人想办了。",
        },
        "countermeasure": {
            "en": "Ask what has to happen before the next step, and on what date.",
            "zh": "问清走到下一步还差什么、哪天能办完。",
        },
    },
}
RULE_WORDS = _RISK_WORDS | REVIEW_WORDS
