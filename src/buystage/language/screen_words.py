"""The words of the screens in both languages, by key. `{name}` is filled in by the renderers."""

from buystage.language.reference_words import REFERENCE_WORDS

SCREEN_WORDS: dict[str, dict[str, str]] = {
    **REFERENCE_WORDS,
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
    "headline_reopened": {"en": "Open again: {jobs}.", "zh": "重新讨论：{jobs}。"},
    "headline_active": {"en": "In progress: {jobs}.", "zh": "进行中：{jobs}。"},
    "headline_satisfied": {"en": "Settled: {jobs}.", "zh": "已定：{jobs}。"},
    "headline_not_begun": {"en": "Nothing shows that they have begun.", "zh": "还看不出客户已经着手。"},
    "headline_nothing": {
        "en": "Nothing is known yet about where this customer stands.",
        "zh": "还不知道客户走到哪一步。",
    },
    "since_day": {"en": "Since {day}: {moved}.", "zh": "{day}以来：{moved}。"},
    "nothing_moved": {"en": "nothing moved", "zh": "没有变化"},
    "moved_to": {"en": "now {now}", "zh": "走到“{now}”"},
    "moved_unclear": {"en": "no longer clear that it is {then}", "zh": "已看不准是不是“{then}”"},
    "moved_back": {"en": "back from {then} to {now}", "zh": "从“{then}”退回“{now}”"},
    "moved_on": {"en": "from {then} to {now}", "zh": "从“{then}”到“{now}”"},
    # labels
    "stage": {"en": "Stage", "zh": "阶段"},
    "crm": {"en": "CRM", "zh": "CRM"},
    "sure": {"en": "Sure?", "zh": "判断"},
    "next": {"en": "Next", "zh": "下一步"},
    "key": {"en": "Date", "zh": "日期"},
    "date_off": {"en": "{day}, {off}: {what}", "zh": "{day}（{off}）：{what}"},
    "today": {"en": "today", "zh": "今天"},
    "days_ahead": {"en": "in {days} days", "zh": "还有 {days} 天"},
    "days_past": {"en": "{days} days ago", "zh": "已过 {days} 天"},
    "by_customer": {"en": " (theirs)", "zh": "（客户来办）"},
    "by_us": {"en": " (ours)", "zh": "（我们来办）"},
    "by_both": {"en": " (both)", "zh": "（双方一起）"},
    "why": {"en": "WHY", "zh": "依据"},
    "open_again": {"en": "OPEN AGAIN", "zh": "重新讨论"},
    "jobs": {"en": "JOBS", "zh": "任务"},
    "label": {"en": "{label}: {text}", "zh": "{label}：{text}"},
    "people": {"en": "PEOPLE", "zh": "人员"},
    "with": {"en": "WITH", "zh": "面谈"},
    "gap_opponents": {
        "en": "{names}: against. Ask what would have to change for a yes.",
        "zh": "{names}反对，问清要改哪一点才能同意。",
    },
    "gap_single": {
        "en": "You know {names} alone. Ask for an introduction to a second person.",
        "zh": "只认识{names}一个人，请他再引见一位。",
    },
    "gap_roles": {
        "en": "Nobody known in: {roles}. Ask who has that part.",
        "zh": "还没有人的角色：{roles}。问清是谁。",
    },
    "gap_one_sided": {
        "en": "All of this is for {roles} alone; write one page for the whole group too.",
        "zh": "这次要做的只照顾到{roles}，再写一页给所有人看的。",
    },
    "gap_few": {
        "en": "You know {count} people; usually 6 to 10 are involved (newer surveys: 5 to 16).",
        "zh": "认识 {count} 个人；一般有 6～10 人参与（新近调查是 5～16 人）。",
    },
    "with_person": {"en": "{name}: {role}, {stance}", "zh": "{name}：{role}，{stance}"},
    "with_needs": {"en": "Needs: {text}", "zh": "看重：{text}"},
    "with_goal": {"en": "Wants for the company: {text}", "zh": "组织目标：{text}"},
    "with_goal_unknown": {"en": "not known; ask", "zh": "还不知道，问一问"},
    "with_private": {"en": "Wants for themselves: {text}", "zh": "个人目标：{text}"},
    "with_career": {"en": "Situation: {text}", "zh": "处境：{text}"},
    "with_ask": {"en": "Ask: {text}", "zh": "问：{text}"},
    "with_do": {"en": "Do: {text}", "zh": "做：{text}"},
    "with_avoid": {"en": "Avoid: {text}", "zh": "切忌：{text}"},
    "risks": {"en": "RISKS", "zh": "风险"},
    "ask": {"en": "ASK", "zh": "这次问"},
    "do": {"en": "DO", "zh": "要做"},
    "not_now": {"en": "NOT NOW", "zh": "先别"},
    "what_if": {"en": "WHAT IF", "zh": "假如"},
    # certainty
    "clear": {"en": "Clear.", "zh": "明确。"},
    "likely": {"en": "Likely.", "zh": "初步明确。"},
    "open": {"en": "Unclear.", "zh": "未定。"},
    "no_single_answer": {"en": "No single answer would change it.", "zh": "改任何一条回答，结论都不变。"},
    "nothing_likely": {
        "en": "No answer still missing is likely to change it.",
        "zh": "没答的问题补上哪一个，结论多半都不变。",
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
    "claim_same": {"en": "says {claim}, and what the customer does fits", "zh": "填的是“{claim}”，与判断一致"},
    "claim_open": {
        "en": "says {claim}; the customer has shown nothing of the kind yet",
        "zh": "填的是“{claim}”，从客户的言行还看不出来",
    },
    # why
    "quote": {"en": "“{quote}”", "zh": "“{quote}”"},
    "quote_by": {"en": "“{quote}” ({by})", "zh": "“{quote}”（{by}）"},
    "fact_and_quote": {"en": "{fact}: {quote}", "zh": "{fact}：{quote}"},
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
    "conflict_unexplained": {"en": "these do not fit the stage shown: {facts}", "zh": "按这个判断说不通：{facts}"},
    "old": {"en": "{fact} (old, ask again)", "zh": "{fact}（太久没更新，要再问）"},
    # jobs
    "settled_when": {"en": "settled when", "zh": "怎样算定"},
    "since_label": {"en": "since", "zh": "从哪天起"},
    "not_started": {"en": "nothing known yet", "zh": "暂无消息"},
    "active": {"en": "in progress", "zh": "进行中"},
    "satisfied": {"en": "settled", "zh": "已定"},
    "reopened": {"en": "open again", "zh": "重新讨论"},
    "job_list": {"en": "{state}: {jobs}", "zh": "{state}：{jobs}"},
    "lagging": {"en": "lagging behind the other jobs: {jobs}", "zh": "进度落后：{jobs}"},
    "because": {"en": "because: “{cause}”", "zh": "起因：“{cause}”"},
    "ask_in_writing": {
        "en": "Contact is restricted: only through the channel they allow.",
        "zh": "客户限制接触：只走对方允许的渠道。",
    },
    "and": {"en": ", ", "zh": "、"},
    # ask and do
    "ask_closes_job": {"en": "  (to settle {state})", "zh": "（推进“{state}”）"},
    "ask_closes_stage": {"en": "  (to move {state} on)", "zh": "（推进“{state}”）"},
    "ask_changes_stage": {"en": "  (may make it {state})", "zh": "（可能改判为“{state}”）"},
    "ask_changes_job": {"en": "  (says something about {state})", "zh": "（与“{state}”有关）"},
    "ask_goes_on_stage": {"en": "  (about {state})", "zh": "（与“{state}”有关）"},
    "ask_goes_on_job": {"en": "  (about {state})", "zh": "（与“{state}”有关）"},
    "ask_unknown": {"en": "  (not known so far)", "zh": "（一直没问到）"},
    "ask_old": {"en": "  (last heard {day})", "zh": "（上次了解是{day}）"},
    "semicolon": {"en": "; ", "zh": "；"},
    # what if
    "supposed": {"en": "If {facts}: {result}.", "zh": "{facts} → {result}"},
    "if_and": {"en": " and ", "zh": "；"},
    "becomes": {"en": "it becomes {state}", "zh": "改判为“{state}”"},
    "stays": {"en": "it stays {state}", "zh": "仍是“{state}”"},
    "nothing_changes": {"en": "nothing changes", "zh": "没有变化"},
    "job_becomes": {"en": "{job} becomes {state}", "zh": "“{job}”变为“{state}”"},
    "unnamed_state": {"en": "no stage can be named", "zh": "定不了阶段"},
    # brief
    "brief_first": {"en": "{name} ({day}): {result}", "zh": "{name}（{day}）：{result}"},
    "brief_named": {"en": "{stage}, {certainty}", "zh": "{stage}（判断：{certainty}）"},
    "brief_why": {"en": "Why: {text}", "zh": "依据：{text}"},
    "brief_against": {"en": "Against: {text}", "zh": "疑点：{text}"},
    "brief_open": {"en": "; open again: {jobs}", "zh": "；重新讨论：{jobs}"},
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
    "points_share": {"en": "how likely the stage is", "zh": "可能性"},
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
        "我方猜测减半计；正在进行的事，每过 30 天分量减半一次。多扣 3 dB，可能性约减半；多扣 10 dB，约降到十分之一。",
    },
    # errors
    "error": {"en": "error: ", "zh": "错误："},
    "hint": {"en": "hint: ", "zh": "提示："},
    "more_problems": {"en": "and {count} more", "zh": "还有 {count} 处"},
}

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
