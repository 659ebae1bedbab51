"""The words of the rules of `review` on claims and plans, as in `rule_words`."""

REVIEW_WORDS: dict[str, dict[str, dict[str, str]]] = {
    "claimed-stage-ahead": {
        "title": {"en": "Claimed stage ahead", "zh": "CRM 阶段超前"},
        "detects": {
            "en": "The CRM claims a later stage than anything the customer has shown.",
            "zh": "CRM 填的阶段，比客户的言行能证明的都靠后。",
        },
        "why": {
            "en": "The CRM says {claim}; the customer is at {state}",
            "zh": "CRM 填“{claim}”，客户在“{state}”",
        },
        "effect": {
            "en": "The forecast counts on a deal that is not there yet.",
            "zh": "预测里算进了还没到手的单子。",
        },
        "countermeasure": {
            "en": "Move the CRM back, or log what the customer did that shows it.",
            "zh": "把 CRM 改回来；或者把客户做过、能证明的事记进来。",
        },
    },
    "claimed-stage-behind": {
        "title": {"en": "Claimed stage behind", "zh": "CRM 阶段落后"},
        "detects": {"en": "The customer is further than the CRM says.", "zh": "客户走得比 CRM 填的更靠后。"},
        "why": {
            "en": "The CRM says {claim}; the customer is already at {state}",
            "zh": "CRM 填“{claim}”，客户已到“{state}”",
        },
        "effect": {"en": "Help that the customer needs now comes late.", "zh": "客户眼下要的支持会来晚。"},
        "countermeasure": {"en": "Move the CRM on to where the customer is.", "zh": "把 CRM 改到客户实际的阶段。"},
    },
    "claim-unproven": {
        "title": {"en": "Claim unproven", "zh": "阶段没有依据"},
        "detects": {
            "en": "The CRM claims a stage, and too little is known of the customer to say whether it is right.",
            "zh": "CRM 填了阶段，但对客户了解太少，对不对说不准。",
        },
        "why": {
            "en": "The CRM says {claim}; too little is known to tell",
            "zh": "CRM 填“{claim}”，掌握的情况太少，无从核对",
        },
        "effect": {"en": "Nobody can tell this deal from a hope.", "zh": "这一单有几分真，没人说得清。"},
        "countermeasure": {
            "en": "Ask the questions of 'buystage diagnose DEAL --ask' and log the answers.",
            "zh": "运行 'buystage diagnose 文件 --ask'，把回答记下来。",
        },
    },
    "claim-unquoted": {
        "title": {"en": "Claim without a quote", "zh": "阶段没有原话"},
        "detects": {
            "en": "A late stage is claimed, and the log holds no words of the customer.",
            "zh": "填的是靠后的阶段，记录里却没有一句客户原话。",
        },
        "why": {
            "en": "The CRM says {claim}, and no words of theirs are on record",
            "zh": "CRM 填“{claim}”，却没有一句客户原话",
        },
        "effect": {"en": "Nobody else can check the claim.", "zh": "别人没法核对。"},
        "countermeasure": {
            "en": "Add what they said, with the day and the name, to the answers that matter.",
            "zh": "给关键的回答补上原话、日期和说话的人。",
        },
    },
    "unknown-stage-word": {
        "title": {"en": "Unknown stage word", "zh": "不认识的阶段名"},
        "detects": {
            "en": "The stage word is not known, means different things in different CRMs, or is no stage of the model.",
            "zh": "这个阶段名不认识，或者在不同 CRM 里意思不一样，或者模型里没有对应的阶段。",
        },
        "why": {
            "en": "The CRM says {claim}, and it is not known which stage that is",
            "zh": "CRM 填“{claim}”，不知道对应哪个阶段，没法核对",
        },
        "effect": {"en": "The claim can't be held against the customer.", "zh": "没法拿它跟客户的情况对照。"},
        "countermeasure": {
            "en": "Say what it means under 'stage_words' in buystage.yaml, or name the 'crm' in the deal.",
            "zh": "在 buystage.yaml 的 'stage_words' 里写明意思，或者在商机文件里写明 'crm'。",
        },
    },
    "not-enough-evidence": {
        "title": {"en": "Not enough evidence", "zh": "依据不足"},
        "detects": {"en": "Too little is known to name a stage.", "zh": "掌握的情况太少，定不了阶段。"},
        "why": {"en": "Too little is known to name a stage", "zh": "掌握的情况太少，定不了阶段"},
        "effect": {"en": "Whatever is planned rests on a guess.", "zh": "怎么安排都是凭猜。"},
        "countermeasure": {
            "en": "Ask the questions of 'buystage diagnose DEAL --ask'.",
            "zh": "运行 'buystage diagnose 文件 --ask'，把该问的问了。",
        },
    },
    "rests-on-guesses": {
        "title": {"en": "Rests on guesses", "zh": "多半靠猜"},
        "detects": {
            "en": "At least half of what speaks for the stage is only our guess.",
            "zh": "判断阶段的依据，至少一半是我们自己猜的。",
        },
        "why": {"en": "What speaks for {state} is mostly our guess", "zh": "判断为“{state}”，但依据多半是我方猜测"},
        "effect": {"en": "It may be wrong by more than a stage.", "zh": "可能差不止一个阶段。"},
        "countermeasure": {
            "en": "Ask the customer, and log the answer as theirs.",
            "zh": "去问客户，把回答记成客户的。",
        },
    },
    "no-next-step": {
        "title": {"en": "No next step", "zh": "没有下一步"},
        "detects": {
            "en": "The deal names no next step, and no pause was announced.",
            "zh": "没写下一步，客户也没说要暂停。",
        },
        "why": {"en": "No next step is agreed", "zh": "没有约好下一步"},
        "effect": {"en": "A deal without a next step has stopped.", "zh": "没有下一步，单子就停了。"},
        "countermeasure": {
            "en": "Agree on a step and a day before you hang up.",
            "zh": "挂电话前，说好下一步做什么、哪天做。",
        },
    },
    "next-step-past": {
        "title": {"en": "Next step past", "zh": "下一步过期"},
        "detects": {"en": "The day of the next step is over.", "zh": "约好的下一步，日子已经过了。"},
        "why": {
            "en": "The next step was due {days_said} ago: {what}",
            "zh": "下一步已过期 {days_said}：{what}",
        },
        "effect": {
            "en": "Either it happened and is not logged, or it did not.",
            "zh": "要么做了没记，要么没做。",
        },
        "countermeasure": {
            "en": "Log what came of it, and agree on the next one.",
            "zh": "把结果记上，再约下一步。",
        },
    },
    "next-step-ours-only": {
        "title": {"en": "Next step is ours only", "zh": "下一步只有我方"},
        "detects": {"en": "Only we do something next.", "zh": "下一步只有我方要做。"},
        "why": {"en": "Only we have something to do next: {what}", "zh": "下一步只有我方要做：{what}"},
        "effect": {"en": "Nothing shows that the customer still wants it.", "zh": "看不出客户还想不想办。"},
        "countermeasure": {
            "en": "Ask them for one small thing with a date.",
            "zh": "请客户也做一件小事，约好日子。",
        },
    },
    "close-date-past": {
        "title": {"en": "Close date past", "zh": "预计成交日已过"},
        "detects": {"en": "The close date is over and nothing is signed.", "zh": "预计成交日已过，还没签。"},
        "why": {"en": "The close date was {days_said} ago", "zh": "预计成交日已过 {days_said}"},
        "effect": {"en": "The forecast is wrong by at least this deal.", "zh": "预测里至少这一单不准。"},
        "countermeasure": {
            "en": "Set a date that rests on what they still have to do.",
            "zh": "按客户还要办的事，重新定日子。",
        },
    },
    "key-date-past": {
        "title": {"en": "Key date past", "zh": "关键日期已过"},
        "detects": {
            "en": "A day that matters to the deal is over, and it still stands in the file.",
            "zh": "写着的关键日期已经过了，还留在文件里。",
        },
        "why": {"en": "A key date was {days_said} ago: {what}", "zh": "关键日期已过 {days_said}：{what}"},
        "effect": {
            "en": "What came of it is not on record, and the plan rests on an old day.",
            "zh": "结果没记下来，后面的安排还按老日子走。",
        },
        "countermeasure": {
            "en": "Log what came of it, then take the date out or put the next one in.",
            "zh": "把结果记上，再把这个日期删掉或换成下一个。",
        },
    },
    "no-decision-maker": {
        "title": {"en": "No decision-maker", "zh": "缺拍板的人"},
        "detects": {"en": "Nobody known there has the last word.", "zh": "认识的人里没有能拍板的。"},
        "why": {"en": "Nobody you know there has the last word", "zh": "认识的人里没有能拍板的"},
        "effect": {
            "en": "The decision falls in a room you have no picture of.",
            "zh": "最后怎么定，你一点都看不到。",
        },
        "countermeasure": {
            "en": "Ask who approves it in the end, and what that person looks at.",
            "zh": "问清最后谁批、他看重什么。",
        },
    },
    "single-contact": {
        "title": {"en": "Single contact", "zh": "只认识一个人"},
        "detects": {"en": "Only one person is known there.", "zh": "那边只认识一个人。"},
        "why": {"en": "{name} is the only one you know there", "zh": "那边只认识 {name}"},
        "effect": {
            "en": "If that person leaves or falls silent, so does the deal.",
            "zh": "他一走或者不回话，单子就断了。",
        },
        "countermeasure": {
            "en": "Ask to be introduced to one more whose agreement it needs.",
            "zh": "请他引见一位要点头的人。",
        },
    },
    "waiver-expired": {
        "title": {"en": "Waiver expired", "zh": "豁免过期"},
        "detects": {
            "en": "A finding was set aside until a day that is over, and it is still there.",
            "zh": "设了期限的豁免已到期，问题还在。",
        },
        "why": {"en": "The waiver of {rule} ended on {day}", "zh": "对 {rule} 的豁免 {day} 已到期"},
        "effect": {"en": "The finding counts again.", "zh": "问题又算数了。"},
        "countermeasure": {
            "en": "Clear what it set aside, or waive it anew with a reason and a day.",
            "zh": "把问题解决掉，或者写明理由和日期重新豁免。",
        },
    },
    "waiver-unused": {
        "title": {"en": "Waiver unused", "zh": "豁免没有用上"},
        "detects": {
            "en": "A waiver sets aside what is not found.",
            "zh": "豁免的问题并不存在。",
        },
        "why": {"en": "The waiver of {rule} sets nothing aside", "zh": "对 {rule} 的豁免没有用上"},
        "effect": {
            "en": "It would hide the finding the day it comes up.",
            "zh": "哪天真出了问题，会被它盖住。",
        },
        "countermeasure": {"en": "Take it out.", "zh": "把它删掉。"},
    },
}
