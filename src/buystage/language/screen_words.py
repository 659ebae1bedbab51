"""The words of the screens in both languages, by key. `{name}` is filled in by the renderers."""

SCREEN_WORDS: dict[str, dict[str, str]] = {
    # dates
    "day": {"en": "{day} {month}", "zh": "{number}月{day}日"},
    "day_and_year": {"en": "{day} {month} {year}", "zh": "{year}年{number}月{day}日"},
    "last_news": {"en": "last news {day}", "zh": "最近记录 {day}"},
    "no_news": {"en": "no news yet", "zh": "还没有记录"},
    "as_of": {"en": "{day} · {news}", "zh": "截至 {day} · {news}"},
    # headline
    "unnamed_deal": {"en": "Answers given", "zh": "未命名商机"},
    "headline_named": {"en": "{stage}: {customer}", "zh": "{stage}：{customer}"},
    "headline_between": {
        "en": "Between {first} and {last}, more likely {stage}: {customer}",
        "zh": "介于“{first}”和“{last}”之间，更像“{stage}”：{customer}",
    },
    "headline_range": {
        "en": "Too little is known to name a stage: anything from {first} to {last} fits.",
        "zh": "掌握的情况太少，还定不了阶段：从“{first}”到“{last}”都说得通。",
    },
    "headline_torn": {
        "en": "The answers point to different stages: anything from {first} to {last} fits.",
        "zh": "各条回答指向不同阶段，还定不下来：从“{first}”到“{last}”都说得通。",
    },
    "headline_jobs": {"en": "In the works: {jobs}.", "zh": "眼下在办：{jobs}。"},
    "headline_nothing": {
        "en": "Nothing is known yet about where this customer stands.",
        "zh": "还不知道客户走到哪一步。",
    },
    # labels
    "stage": {"en": "Stage", "zh": "阶段"},
    "crm": {"en": "CRM", "zh": "CRM"},
    "sure": {"en": "Sure?", "zh": "判断"},
    "why": {"en": "WHY", "zh": "依据"},
    "open_again": {"en": "OPEN AGAIN", "zh": "重新讨论"},
    "jobs": {"en": "JOBS", "zh": "任务"},
    "label": {"en": "{label}: {text}", "zh": "{label}：{text}"},
    "ask": {"en": "ASK", "zh": "这次问"},
    "do": {"en": "DO", "zh": "要做"},
    "not_now": {"en": "NOT NOW", "zh": "先别"},
    "what_if": {"en": "WHAT IF", "zh": "假如"},
    # certainty
    "clear": {"en": "Clear.", "zh": "明确。"},
    "likely": {"en": "Likely.", "zh": "初步明确。"},
    "open": {"en": "Open.", "zh": "未定。"},
    "no_single_answer": {"en": "No single answer would change it.", "zh": "单凭哪一条回答都改不了它。"},
    "only_a_surprise": {
        "en": "No answer still missing is likely to change it.",
        "zh": "还缺的回答里，没有哪条会轻易改变它。",
    },
    "would_be": {"en": "It would be {stage} if {fact}.", "zh": "如果{fact}，就更像“{stage}”。"},
    "old_news": {"en": "The last news is {days} days old.", "zh": "最近一条记录已是 {days} 天前。"},
    # claim
    "claim_ahead_1": {
        "en": "says {claim}, 1 stage ahead of the customer",
        "zh": "填的是“{claim}”，比客户实际超前 1 个阶段",
    },
    "claim_ahead": {
        "en": "says {claim}, {count} stages ahead of the customer",
        "zh": "填的是“{claim}”，比客户实际超前 {count} 个阶段",
    },
    "claim_behind_1": {
        "en": "says {claim}, 1 stage behind the customer",
        "zh": "填的是“{claim}”，比客户实际落后 1 个阶段",
    },
    "claim_behind": {
        "en": "says {claim}, {count} stages behind the customer",
        "zh": "填的是“{claim}”，比客户实际落后 {count} 个阶段",
    },
    "claim_same": {"en": "says {claim}, and so does the customer", "zh": "填的是“{claim}”，与判断一致"},
    "claim_open": {
        "en": "says {claim}; the customer has shown nothing of the kind yet",
        "zh": "填的是“{claim}”，从客户的言行还看不出来",
    },
    # why
    "quote": {"en": "“{quote}”", "zh": "“{quote}”"},
    "quote_by": {"en": "“{quote}” ({by})", "zh": "“{quote}”（{by}）"},
    "does_not_fit": {"en": "does not fit: {fact}", "zh": "与判断不符：{fact}"},
    "our_guess": {"en": "{fact} (only our guess)", "zh": "{fact}（我方猜测）"},
    "implied": {"en": "{fact} (follows from the rest)", "zh": "{fact}（由其他回答推出）"},
    "dated": {"en": "{fact} ({day})", "zh": "{fact}（{day}）"},
    "dated_guess": {"en": "{fact} ({day}, only our guess)", "zh": "{fact}（{day}，我方猜测）"},
    "conflict_excluded": {
        "en": "can't both hold today: {first}; {second}",
        "zh": "不可能同时成立，要再核实：{first}；{second}",
    },
    "conflict_denied": {
        "en": "one of the two needs another look: {first}; {second}",
        "zh": "两条互相矛盾，至少有一条要再核实：{first}；{second}",
    },
    "conflict_unexplained": {"en": "these do not fit the stage named: {facts}", "zh": "按这个判断说不通：{facts}"},
    "old": {"en": "{fact} (old, ask again)", "zh": "{fact}（太久没更新，要再问）"},
    # jobs
    "settled_when": {"en": "settled when", "zh": "怎样算定了"},
    "since_label": {"en": "since", "zh": "起始日"},
    "not_started": {"en": "nothing known yet", "zh": "暂无消息"},
    "active": {"en": "working on it", "zh": "进行中"},
    "satisfied": {"en": "settled", "zh": "已定"},
    "reopened": {"en": "open again", "zh": "重新讨论"},
    "job_list": {"en": "{state}: {jobs}", "zh": "{state}：{jobs}"},
    "and": {"en": ", ", "zh": "、"},
    # ask and do
    "ask_closes_job": {"en": "  (to settle {state})", "zh": "（定下“{state}”）"},
    "ask_closes_stage": {"en": "  (to finish {state})", "zh": "（推进“{state}”）"},
    "ask_changes_stage": {"en": "  (may make it {state})", "zh": "（可能改判为“{state}”）"},
    "ask_changes_job": {"en": "  (tells about {state})", "zh": "（关系到“{state}”）"},
    "ask_old": {"en": "  (last heard {day})", "zh": "（上次了解是{day}）"},
    "semicolon": {"en": "; ", "zh": "；"},
    # what if
    "supposed": {"en": "If {facts}: {result}.", "zh": "{facts} → {result}"},
    "if_and": {"en": " and ", "zh": "；"},
    "becomes": {"en": "it becomes {state}", "zh": "改判为“{state}”"},
    "stays": {"en": "it stays {state}", "zh": "仍是“{state}”"},
    "job_becomes": {"en": "{job} becomes {state}", "zh": "“{job}”变为“{state}”"},
    "unnamed_state": {"en": "no stage can be named", "zh": "定不了阶段"},
    # brief
    "brief_first": {"en": "{name} ({day}): {result}", "zh": "{name}（{day}）：{result}"},
    "brief_named": {"en": "{stage}, {certainty}", "zh": "{stage}（判断{certainty}）"},
    "brief_why": {"en": "Why: {text}", "zh": "依据：{text}"},
    "brief_against": {"en": "Against: {text}", "zh": "疑点：{text}"},
    "brief_ask": {"en": "Ask: {text}", "zh": "这次问：{text}"},
    "brief_do": {"en": "Do: {text}", "zh": "要做：{text}"},
    "brief_what_if": {"en": "What if: {text}", "zh": "假如：{text}"},
    "brief_and": {"en": " / ", "zh": " / "},
    # explain
    "points_title": {"en": "How the points add up: {title}", "zh": "分数怎么算出来的：{title}"},
    "points_weight": {"en": "counts {weight}", "zh": "按 {weight} 计"},
    "points_implied": {"en": "implied", "zh": "由其他回答推出"},
    "points_remarks": {"en": " ({remarks})", "zh": "（{remarks}）"},
    "points_topic": {"en": "= {topic}", "zh": "= {topic}"},
    "points_topic_held": {"en": "= {topic} (held to 8 of {most})", "zh": "= {topic}（原为 {most}，封顶 8）"},
    "points_total": {"en": "points against (dB)", "zh": "合计扣分（dB）"},
    "points_share": {"en": "how likely the stage is", "zh": "各阶段的可能性"},
    "points_margin": {
        "en": "{best} leads {runner_up} by {margin} dB:",
        "zh": "“{best}”比“{runner_up}”少扣 {margin} dB：",
    },
    "points_none": {"en": "no answer bears on it", "zh": "没有相关的回答"},
    "points_level": {"en": "level; the earlier one is named", "zh": "打平，取靠前的"},
    "points_change": {
        "en": "{signal} = {answer} would make it {state}",
        "zh": "若 {signal} = {answer}，改判为“{state}”",
    },
    "points_legend": {
        "en": "Each “=” line is a topic's points over its lowest stage, 8 dB at most; they add up to the total. "
        "An answer counts half if it is our guess, and is halved for every 30 days of age if it is about something "
        "that goes on. 3 dB halve the odds of a stage, 10 dB divide them by ten.",
        "zh": "带“=”的行是各主题的扣分：以扣得最少的那个阶段为 0，最多算 8 dB，各行相加就是合计。"
        "我方猜测减半计；正在进行的事，每过 30 天再减半。多扣 3 dB，可能性约减半；多扣 10 dB，约降到十分之一。",
    },
    # playbook show and list
    "never": {"en": "never", "zh": "从不"},
    "rarely": {"en": "rarely", "zh": "很少"},
    "sometimes": {"en": "sometimes", "zh": "有时"},
    "often": {"en": "often", "zh": "经常"},
    "always": {"en": "always", "zh": "总是"},
    "word_percent": {"en": "{word} ({percent} %)", "zh": "{word}（{percent}%）"},
    "show_customer": {"en": "Now", "zh": "客户情况"},
    "show_says": {"en": "They say", "zh": "客户会说"},
    "show_looks_like": {"en": "Looks like", "zh": "常见迹象"},
    "show_ends_when": {"en": "Ends when", "zh": "走完的标志"},
    "show_days": {"en": "Usually", "zh": "一般历时"},
    "show_days_count": {"en": "about {days} days", "zh": "约 {days} 天"},
    "show_do": {"en": "Do", "zh": "要做"},
    "show_why": {"en": "Why: {why}", "zh": "为什么：{why}"},
    "show_instead": {"en": "If contact is restricted: {instead}", "zh": "客户限制接触时：{instead}"},
    "show_not_if_restricted": {"en": "Not while contact is restricted.", "zh": "客户限制接触时不做。"},
    "show_avoid": {"en": "Not now", "zh": "先别"},
    "show_always_on": {"en": " (always on)", "zh": "（一直在进行）"},
    "show_facts_in": {
        "en": "What to look for, and how often customers here show it",
        "zh": "处在这一步的客户，各事实有多常见",
    },
    "show_reopens": {"en": "Open again when: {facts}", "zh": "怎样算重新讨论：{facts}"},
    "show_origin": {"en": "From: {origin}", "zh": "来源：{origin}"},
    "show_more": {
        "en": "'buystage playbook show {name} {state}' shows one of them in full, 'buystage explain ID' a fact.",
        "zh": "'buystage playbook show {name} {state}' 看其中一个的全部内容，'buystage explain 标识' 看一条事实。",
    },
    "kind_linear": {"en": "stages", "zh": "阶段"},
    "kind_jobs": {"en": "jobs", "zh": "任务"},
    "list_counts": {
        "en": "{states} {kind}, {signals} facts, {cases} cases",
        "zh": "{states} 个{kind}，{signals} 条事实，{cases} 个用例",
    },
    "built_in": {"en": "built-in", "zh": "内置"},
    "list_default": {"en": "used by default", "zh": "默认使用"},
    # explain
    "explain_signal": {"en": "signal", "zh": "事实"},
    "explain_state": {"en": "state", "zh": "状态"},
    "explain_action": {"en": "action", "zh": "动作"},
    "explain_playbook": {"en": "playbook", "zh": "模型"},
    "explain_yes": {"en": "Yes", "zh": "怎样答“是”"},
    "explain_no": {"en": "No", "zh": "怎样答“否”"},
    "explain_mistaken": {"en": "Mistaken for it", "zh": "容易误判"},
    "explain_ask": {"en": "Ask them", "zh": "怎么问客户"},
    "explain_sort": {"en": "Lasts", "zh": "有效期"},
    "sort_happened": {"en": "once true, it stays true", "zh": "发生过就一直算"},
    "sort_stands": {"en": "until it is undone; ask again after 60 days", "zh": "推翻之前都算，满 60 天要再问"},
    "sort_ongoing": {
        "en": "while it goes on; counts half for every 30 days of age",
        "zh": "正在进行才算，每过 30 天分量减半",
    },
    "explain_implies": {"en": "A yes implies", "zh": "答“是”可推出"},
    "explain_excludes": {"en": "Can't go with", "zh": "不能同时成立"},
    "explain_rows": {"en": "How often in: {where}", "zh": "在各阶段的常见程度：{where}"},
    "explain_in": {"en": "In", "zh": "属于"},
    "explain_topic": {"en": "Topic", "zh": "主题"},
    "explain_origin": {"en": "From", "zh": "来源"},
    "in_house": {"en": "in-house", "zh": "自有经验"},
    # checks
    "check_ok": {"en": "{file}: ok", "zh": "{file}：没问题"},
    "check_tally": {"en": "{files} checked, {bad} with errors", "zh": "检查了 {files} 个，{bad} 个有错"},
    "test_passed": {
        "en": "{playbook}: {passed} of {cases} cases passed",
        "zh": "{playbook}：{cases} 个用例通过 {passed} 个",
    },
    "test_failed": {"en": "FAILED  {playbook}: {case}", "zh": "未通过  {playbook}：{case}"},
    "test_difference": {
        "en": "{what}: expected {expected}, got {got}",
        "zh": "{what}：应为 {expected}，实际是 {got}",
    },
    # errors
    "error": {"en": "error: ", "zh": "错误："},
    "hint": {"en": "hint: ", "zh": "提示："},
    "more_problems": {"en": "and {count} more", "zh": "还有 {count} 处"},
}

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
