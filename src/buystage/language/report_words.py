"""The words of reviews and of settings in both languages. `{name}` is filled in."""

REPORT_WORDS: dict[str, dict[str, str]] = {
    "review_deals": {"en": "{count} deals", "zh": "共 {count} 个商机"},
    "review_deals_1": {"en": "{count} deal", "zh": "共 {count} 个商机"},
    "comma": {"en": ", ", "zh": "，"},
    "review_ahead": {
        "en": "{count} claim more than the customer has shown",
        "zh": "其中 {count} 个 CRM 阶段比客户实际靠前",
    },
    "review_ahead_new": {
        "en": "{count} newly claim more than the customer has shown",
        "zh": "其中 {count} 个 CRM 阶段新近比客户实际靠前",
    },
    "review_ahead_new_1": {
        "en": "{count} newly claims more than the customer has shown",
        "zh": "其中 {count} 个 CRM 阶段新近比客户实际靠前",
    },
    "review_none_new": {
        "en": "none newly found to claim more than the customer has shown",
        "zh": "没有新发现阶段填早的",
    },
    "review_unchanged": {"en": "No deal has changed since {ref}", "zh": "{ref} 以来没有商机有变化"},
    "review_untold": {"en": "{count} can't be judged", "zh": "{count} 个没法核对"},
    "review_waived_claims": {"en": "{count} waived", "zh": "{count} 个已豁免"},
    "review_ahead_1": {
        "en": "{count} claims more than the customer has shown",
        "zh": "其中 {count} 个 CRM 阶段比客户实际靠前",
    },
    "review_worths": {"en": ": {worths}", "zh": "，涉及 {worths}"},
    "review_worth": {"en": "{mine} of {all} {currency}", "zh": "{mine}（共 {all}）{currency}"},
    "review_none_ahead": {
        "en": "none found to claim more than the customer has shown",
        "zh": "没有发现阶段填早的",
    },
    "review_reason": {"en": "{day}  {text}", "zh": "{day}  {text}"},
    "review_more": {"en": "and {count} more (-v shows all)", "zh": "还有 {count} 条（加 -v 可看全部）"},
    "review_and_more": {"en": " (and {count} more)", "zh": "（另有 {count} 处）"},
    "review_clear": {"en": "To clear: {how}", "zh": "怎么办：{how}"},
    "review_first": {"en": "First: {how}", "zh": "先做：{how}"},
    "review_in_the_log": {
        "en": "{count} more of this severity are in the log of this step: GitHub shows ten",
        "zh": "同级的另有 {count} 条，GitHub 只显示十条，其余请看本步骤的日志",
    },
    "review_stop": {"en": ". ", "zh": "。"},
    "review_no_sign": {"en": "No sign yet of: {jobs}", "zh": "还没有动静：{jobs}"},
    "review_hidden": {
        "en": "{count} more with notices only (-v shows them)",
        "zh": "另有 {count} 个商机只有提示（加 -v 可看）",
    },
    "review_still": {
        "en": "{name}: nothing new, still open: {count}  {file}",
        "zh": "{name}：没有新问题，原有 {count} 条未解决  {file}",
    },
    "review_nothing_new": {"en": "{name}: nothing new  {file}", "zh": "{name}：没有新问题  {file}"},
    "review_crm_moved": {"en": "CRM: {then} → {now}", "zh": "CRM：{then} → {now}"},
    "review_close_moved": {"en": "close date {then} → {now}", "zh": "预计成交日 {then} → {now}"},
    "review_amount_moved": {"en": "amount {then} → {now}", "zh": "金额 {then} → {now}"},
    "clear_and": {"en": ", and ", "zh": "，并且"},
    "clear_unknown": {
        "en": "say what it means in buystage.yaml, as in 'stage_words: {{{claim}: terms}}', or write a stage's name",
        "zh": "在 buystage.yaml 里写明它的意思，比如 'stage_words: {{{claim}: terms}}'，或者直接填阶段名",
    },
    "clear_unknown_crm": {
        "en": "say what the word means in buystage.yaml, as in 'stage_words: {{{claim}: terms}}', or take out 'crm'",
        "zh": "在 buystage.yaml 里写明它的意思，比如 'stage_words: {{{claim}: terms}}'，或者去掉 'crm'",
    },
    "clear_ambiguous": {"en": "name the 'crm' in the deal", "zh": "在商机文件里写明 'crm'"},
    "clear_internal_id": {"en": "write the name of the stage instead of the id", "zh": "请填阶段名称，不要填编号"},
    "clear_other_playbook": {
        "en": "add the playbook to 'playbooks' in buystage.yaml, or name it with --playbook",
        "zh": "把这个模型加进 buystage.yaml 的 'playbooks'，或用 --playbook 指定",
    },
    "clear_unmapped": {
        "en": "say which stage of {playbook} it means in buystage.yaml, as in 'stage_words: {{{claim}: {stage}}}'",
        "zh": "在 buystage.yaml 里写明它是 {playbook} 的哪个阶段，比如 'stage_words: {{{claim}: {stage}}}'",
    },
    "clear_no_stages": {
        "en": "use a model with stages besides, such as '--playbook linear'",
        "zh": "再加一个带阶段的模型，比如 '--playbook linear'",
    },
    "review_or_clear": {"en": "or: {how}", "zh": "或者：{how}"},
    "review_or": {"en": ", or ", "zh": "；或者"},
    "clear_by_word": {"en": "set the CRM to {word} ({stage})", "zh": "把 CRM 改成“{word}”（{stage}）"},
    "clear_by_stage": {"en": "set the CRM back to {stage}", "zh": "把 CRM 改回“{stage}”"},
    "clear_by_log": {
        "en": "log it in their words, once it is so: {facts}",
        "zh": "等客户做到了，把原话记进来：{facts}",
    },
    "review_waived": {"en": "waived until {until}: {reason}", "zh": "豁免到 {until}：{reason}"},
    "review_no_room": {
        "en": "and {count} more deals with findings, for which there is no room here",
        "zh": "还有 {count} 个有问题的商机，这里放不下了",
    },
    "review_clean": {"en": "{name}: no findings  {file}", "zh": "{name}：没有问题  {file}"},
    "config_shipped": {"en": "as shipped", "zh": "默认"},
    "config_locale": {"en": "locale", "zh": "系统区域设置"},
    "review_changed": {"en": "{deals} changed since {ref}", "zh": "{ref} 以来{deals}有变化"},
    "review_since": {"en": "Since {ref}: {moved}", "zh": "{ref} 以来：{moved}"},
    "review_gone": {"en": "gone since {ref}: {file}", "zh": "{ref} 以来已删除：{file}"},
    "review_left_out": {
        "en": "log entries dated after {day}, left out: {count}",
        "zh": "{day} 之后的记录没算，共 {count} 条",
    },
    "review_new": {"en": "new", "zh": "新增"},
    "review_unreadable_then": {"en": "could not be read then", "zh": "当时无法读取"},
    "review_fell_behind": {"en": "fell behind: {jobs}", "zh": "进度落后：{jobs}"},
    "review_cleared": {"en": "cleared: {titles}", "zh": "已解决：{titles}"},
    "review_tally": {
        "en": "deals: {deals}, errors: {errors}, warnings: {warnings}, notices: {notices}, waived: {waived}, "
        "not readable: {unread}",
        "zh": "商机：{deals}，错误：{errors}，警告：{warnings}，提示：{notices}，豁免：{waived}，无法读取：{unread}",
    },
}
