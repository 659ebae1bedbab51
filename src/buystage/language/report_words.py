"""The words of reviews and of settings in both languages. `{name}` is filled in."""

REPORT_WORDS: dict[str, dict[str, str]] = {
    "review_deals": {"en": "{count} deals", "zh": "共 {count} 个商机"},
    "review_deals_1": {"en": "{count} deal", "zh": "共 {count} 个商机"},
    "review_ahead": {
        "en": "{deals}, {count} claim more than the customer has shown",
        "zh": "{deals}，{count} 个填得比客户表现的超前",
    },
    "review_ahead_1": {
        "en": "{deals}, {count} claims more than the customer has shown",
        "zh": "{deals}，{count} 个填得比客户表现的超前",
    },
    "review_worths": {"en": ": {worths}", "zh": "：{worths}"},
    "review_worth": {"en": "{mine} of {all} {currency}", "zh": "{all} {currency} 里的 {mine}"},
    "review_none_ahead": {
        "en": "{deals}, none claims more than the customer has shown",
        "zh": "{deals}，没有填得比客户表现超前的",
    },
    "review_reason": {"en": "{day}  {text}", "zh": "{day}  {text}"},
    "review_more": {"en": "and {count} more (-v shows all)", "zh": "还有 {count} 条（加 -v 可看全部）"},
    "review_and_more": {"en": " (and {count} more)", "zh": "（另有 {count} 处）"},
    "review_clear": {"en": "To clear: {how}", "zh": "怎么办：{how}"},
    "review_or_clear": {"en": "or: {how}", "zh": "或者：{how}"},
    "review_or": {"en": ", or ", "zh": "；或者"},
    "clear_by_word": {"en": "set the CRM to {word} ({stage})", "zh": "把 CRM 改成“{word}”（{stage}）"},
    "clear_by_stage": {"en": "set the CRM back to {stage}", "zh": "把 CRM 改回“{stage}”"},
    "clear_by_log": {
        "en": "log it in their words, once it is so: {facts}",
        "zh": "等客户做到了，把原话记进来：{facts}",
    },
    "review_waived": {"en": "waived until {until}: {reason}", "zh": "豁免到 {until}：{reason}"},
    "review_left_out": {
        "en": "and {count} more deals with findings, for which there is no room here",
        "zh": "还有 {count} 个有问题的商机，这里放不下了",
    },
    "review_clean": {"en": "{name}: no findings  {file}", "zh": "{name}：没有问题  {file}"},
    "config_shipped": {"en": "as shipped", "zh": "默认"},
    "config_locale": {"en": "locale", "zh": "系统区域设置"},
    "review_changed": {"en": "{deals} changed since {ref}", "zh": "{ref} 以来{deals}有变化"},
    "review_since": {"en": "Since {ref}: {moved}", "zh": "{ref} 以来：{moved}"},
    "review_gone": {"en": "gone since {ref}: {file}", "zh": "{ref} 以来已删除：{file}"},
    "review_new": {"en": "new", "zh": "新增"},
    "review_unreadable_then": {"en": "could not be read then", "zh": "当时读不了"},
    "review_fell_behind": {"en": "fell behind: {jobs}", "zh": "落到后面：{jobs}"},
    "review_cleared": {"en": "cleared: {titles}", "zh": "已解决：{titles}"},
    "review_tally": {
        "en": "deals: {deals}, errors: {errors}, warnings: {warnings}, notices: {notices}, waived: {waived}, "
        "not readable: {unread}",
        "zh": "商机：{deals}，错误：{errors}，警告：{warnings}，提示：{notices}，豁免：{waived}，读不了：{unread}",
    },
}
