"""Our own errors and hints in both languages, by message code. `{name}` is filled from the problem's parameters."""

from buystage.language.file_errors import FILE_ERRORS
from buystage.language.review_errors import REVIEW_ERRORS
from buystage.language.shortage_words import SHORTAGE_WORDS
from buystage.language.syntax_words import SYNTAX_WORDS

ERROR_WORDS: dict[str, dict[str, str]] = {
    **SYNTAX_WORDS,
    **REVIEW_ERRORS,
    **SHORTAGE_WORDS,
    # reading a file
    "unreadable": {"en": "can't read {file}: {reason}", "zh": "无法读取 {file}：{reason}"},
    "unwritable": {"en": "can't write {file}: {reason}", "zh": "无法写入 {file}：{reason}"},
    "list_rules": {"en": "'buystage explain' lists the rules", "zh": "运行 'buystage explain' 可看全部规则"},
    "ask_where": {
        "en": "asking needs a terminal, and a deal that is not standard input",
        "zh": "只能在终端里逐题提问，而且要给商机文件，不能用“-”",
    },
    "ask_where_hint": {
        "en": "without a terminal: buystage diagnose --no-input --answer SIGNAL=yes|no|unknown",
        "zh": "没有终端时可用：buystage diagnose --no-input --answer SIGNAL=yes|no|unknown",
    },
    "nothing_is_asked": {"en": "{option} needs questions: add --ask", "zh": "{option} 只在提问时有用，请加 --ask"},
    "with_where": {
        "en": "--with needs the text or the Markdown format, without --brief",
        "zh": "--with 只能配 text 或 markdown 格式，不能和 --brief 同用",
    },
    "private_without_with": {"en": "--private needs --with PERSON", "zh": "--private 要和 --with 人名 一起用"},
    "unknown_person": {"en": "nobody in the buying group is called '{id}'", "zh": "采购小组里没有“{id}”这个人"},
    "known_people": {"en": "known are: {names}", "zh": "已有：{names}"},
    "several_people": {"en": "'{id}' fits more than one: {names}", "zh": "“{id}”能对上好几个人：{names}"},
    "person_twice_hint": {
        "en": "add what tells them apart, such as the role",
        "zh": "请加上能区分的内容，比如职务",
    },
    "person_twice": {"en": "{id} is in the buying group twice", "zh": "采购小组里“{id}”写了两遍"},
    "nobody_known": {
        "en": "the deal names nobody under 'buying_group'",
        "zh": "商机文件的 'buying_group' 里还没有人",
    },
    "nobody_known_hint": {
        "en": "add the people whose agreement the decision needs",
        "zh": "请先把要点头的人写进去",
    },
    "list_people": {
        "en": "only people of the deal's buying group may stand here",
        "zh": "这里只能写商机文件采购小组里的人",
    },
    "no_deal_name": {
        "en": "a deal file is called NAME.yaml (got '{got}')",
        "zh": "文件名要以 .yaml 或 .yml 结尾（现在是“{got}”）",
    },
    "no_file": {"en": "{file} is no ordinary file; nothing was saved", "zh": "{file} 不是普通文件，没有保存"},
    "exists": {"en": "{file} is there already", "zh": "{file} 已经存在"},
    "exists_hint": {"en": "choose another name; nothing was overwritten", "zh": "请换个名字，原文件没有动"},
    "log_shape": {
        "en": "{file} keeps its log in a shape that can't be appended to",
        "zh": "{file} 的记录不是可以追加的写法",
    },
    "log_full": {
        "en": "{file} has {limit} log entries, as many as a deal may have",
        "zh": "{file} 已有 {limit} 条记录，到上限了",
    },
    "save_changed": {
        "en": "{file} was changed by someone else meanwhile; nothing was saved",
        "zh": "{file} 刚刚被别人改过，没有保存",
    },
    "save_locked": {
        "en": "{file} has been busy for {seconds} seconds; nothing was saved",
        "zh": "{file} 被占用已超过 {seconds} 秒，没有保存",
    },
    "paste_hint": {
        "en": "to keep the answers, put this into the log yourself (a list of entries under 'observations')",
        "zh": "可以把下面这段自己加进记录（放在 'observations' 下的列表里），回答就不会丢",
    },
    "nothing_to_save": {"en": "--save needs answers to save", "zh": "--save 要有可保存的回答"},
    "nothing_to_save_hint": {
        "en": "add --answer SIGNAL=yes|no|unknown",
        "zh": "请加上 --answer SIGNAL=yes|no|unknown",
    },
    "save_where": {"en": "--save needs a deal file to save to", "zh": "--save 要有可写入的商机文件"},
    "save_where_hint": {
        "en": "name one, or make one with 'buystage deal new FILE'",
        "zh": "请给出文件名，或先用 'buystage deal new FILE' 新建",
    },
    "save_in_the_future": {
        "en": "can't save answers of {day}: that day has not come",
        "zh": "{day} 还没到，不能保存这一天的回答",
    },
    "bad_source": {
        "en": "--source takes a text of 1 to {limit} characters",
        "zh": "--source 要 1 到 {limit} 个字符的文字",
    },
    "source_without_save": {
        "en": "--source says where saved answers come from; add --save",
        "zh": "--source 注明要保存的回答来自哪里，请加上 --save",
    },
    "too_large": {"en": "{file} is larger than {limit} MB", "zh": "{file} 超过 {limit} MB"},
    "empty_folder": {"en": "no .yaml or .yml file in {file}", "zh": "{file} 里没有 .yaml 或 .yml 文件"},
    **FILE_ERRORS,
    "not_utf8": {"en": "not UTF-8 text", "zh": "不是 UTF-8 文本"},
    "not_utf8_hint": {"en": "save the file as UTF-8 in your editor", "zh": "请在编辑器里把文件另存为 UTF-8"},
    "control_character": {
        "en": "control character {code} is not allowed in a file",
        "zh": "文件里不能有控制字符 {code}",
    },
    "empty_file": {"en": "the file is empty", "zh": "文件是空的"},
    "not_a_mapping": {"en": "must be a mapping of keys to values", "zh": "必须是“键: 值”的形式"},
    "second_document": {"en": "only one YAML document per file", "zh": "一个文件只能有一个 YAML 文档"},
    "alias": {
        "en": "aliases (*{name}) are not supported; write the value out",
        "zh": "不支持别名（*{name}），请把值直接写出来",
    },
    "tag": {"en": "tags ({tag}) are not allowed", "zh": "不允许使用标签（{tag}）"},
    "tag_hint": {"en": "to keep it as text, put it in quotes", "zh": "如果要当文字，请加引号"},
    "directive": {"en": "directives (%) are not supported", "zh": "不支持 % 开头的指令"},
    "too_many_values": {"en": "more than {limit} values in one file", "zh": "一个文件里的值超过 {limit} 个"},
    "too_deep": {"en": "nested deeper than {limit} levels", "zh": "嵌套超过 {limit} 层"},
    "key_not_text": {"en": "a key must be a plain word", "zh": "键必须是普通文字"},
    "duplicate_key": {
        "en": "key '{key}' stands here a second time, first in line {first}",
        "zh": "键 '{key}' 重复出现，第一次在第 {first} 行",
    },
    # fields
    "unknown_key": {"en": "unknown key '{key}'", "zh": "没有 '{key}' 这个键"},
    "comma_in_braces": {
        "en": "inside {{ }} a text with a comma needs quotes around it",
        "zh": "写在 {{ }} 里的文字，带英文逗号时要加引号",
    },
    "known_keys": {"en": "known keys: {known}", "zh": "可用的键：{known}"},
    "did_you_mean": {"en": "did you mean '{guess}'?", "zh": "是不是想写 '{guess}'？"},
    "missing": {"en": "'{key}' is missing", "zh": "缺少 '{key}'"},
    "invalid_value": {"en": "{path}: {reason} (got {got})", "zh": "{path}：{reason}（现在是 {got}）"},
    "string_type": {"en": "{path}: must be text (got {got})", "zh": "{path}：必须是文字（现在是 {got}）"},
    "quote_it": {"en": "put it in quotes, so that it is read as text", "zh": "请加引号，按文字读取"},
    "unquote_it": {"en": "take the quotes off, so that it is read as a number", "zh": "请去掉引号，按数字读取"},
    "int_from_float": {
        "en": "{path}: must be a whole number (got {got})",
        "zh": "{path}：必须是整数（现在是 {got}）",
    },
    "string_too_short": {"en": "{path}: must not be empty", "zh": "{path}：不能为空"},
    "nothing_visible": {"en": "{path}: has no character that can be seen", "zh": "{path}：没有一个看得见的字"},
    "string_too_long": {
        "en": "{path}: longer than {max_length} characters",
        "zh": "{path}：超过 {max_length} 个字符",
    },
    "int_type": {"en": "{path}: must be a whole number (got {got})", "zh": "{path}：必须是整数（现在是 {got}）"},
    "int_parsing": {"en": "{path}: must be a whole number (got {got})", "zh": "{path}：必须是整数（现在是 {got}）"},
    "float_type": {"en": "{path}: must be a number (got {got})", "zh": "{path}：必须是数字（现在是 {got}）"},
    "float_parsing": {"en": "{path}: must be a number (got {got})", "zh": "{path}：必须是数字（现在是 {got}）"},
    "finite_number": {"en": "{path}: must be a number (got {got})", "zh": "{path}：必须是数字（现在是 {got}）"},
    "greater_than": {
        "en": "{path}: must be more than {gt:g} (got {got})",
        "zh": "{path}：必须大于 {gt:g}（现在是 {got}）",
    },
    "greater_than_equal": {
        "en": "{path}: must be {ge:g} or more (got {got})",
        "zh": "{path}：不能小于 {ge:g}（现在是 {got}）",
    },
    "literal_error": {
        "en": "{path}: must be one of {expected} (got {got})",
        "zh": "{path}：只能是 {expected} 之一（现在是 {got}）",
    },
    "dict_type": {
        "en": "{path}: must be a mapping (got {got})",
        "zh": "{path}：必须是“键: 值”的形式（现在是 {got}）",
    },
    "model_type": {
        "en": "{path}: must be a mapping (got {got})",
        "zh": "{path}：必须是“键: 值”的形式（现在是 {got}）",
    },
    "not_an_answer": {
        "en": "{path}: must be yes, no or unknown, or a mapping with 'answer' (got {got})",
        "zh": "{path}：要写 yes、no 或 unknown，或者带 'answer' 的“键: 值”（现在是 {got}）",
    },
    "tuple_type": {"en": "{path}: must be a list (got {got})", "zh": "{path}：必须是列表（现在是 {got}）"},
    "too_short": {"en": "{path}: must not be empty", "zh": "{path}：不能为空"},
    "too_long": {"en": "{path}: more than {max_length} entries", "zh": "{path}：超过 {max_length} 项"},
    "text_missing": {"en": "{path}: needs a text for 'en' or 'zh'", "zh": "{path}：'en' 和 'zh' 至少写一个"},
    "malformed_id": {
        "en": "{path}: '{got}' is not a well-formed id (like {example})",
        "zh": "{path}：'{got}' 不是规范的标识（例如 {example}）",
    },
    "not_a_day": {
        "en": "{path}: must be a day like 2026-11-21 (got {got})",
        "zh": "{path}：日期要写成 2026-11-21（现在是 {got}）",
    },
    "future_day": {
        "en": "{path}: {got} lies in the future; log what has happened (up to {latest})",
        "zh": "{path}：{got} 还没到，只能记录已发生的事（最晚 {latest}）",
    },
    "private_in_deal": {
        "en": "'{key}' does not belong in a deal file that others read",
        "zh": "'{key}' 不能写在大家都看得到的商机文件里",
    },
    "private_in_deal_hint": {
        "en": "keep it in NAME.private.yaml beside the deal, and let git ignore *.private.yaml",
        "zh": "请写在同目录的 名称.private.yaml 里，并让 git 忽略 *.private.yaml",
    },
    # ids
    "unknown_id": {"en": "unknown id '{id}'", "zh": "没有 '{id}' 这个标识"},
    "list_signals": {"en": "'buystage explain' lists all signals", "zh": "'buystage explain' 列出全部事实"},
    "list_topics": {"en": "topics stand at the top of the file", "zh": "主题写在文件开头的 topics 里"},
    "id_twice": {"en": "'{id}' exists already, in {file}", "zh": "'{id}' 在 {file} 里已经有了"},
    "id_twice_hint": {
        "en": "give yours another id; to change built-in ones, install your checkout with 'pip install -e .'",
        "zh": "请换一个标识；要改内置的事实，请用 'pip install -e .' 安装你的代码目录",
    },
    "unknown_playbook": {"en": "no playbook is called '{id}'", "zh": "没有叫 '{id}' 的模型"},
    "playbook_twice": {
        "en": "two of the playbooks are called '{id}': {first} and {second}",
        "zh": "有两个模型都叫 '{id}'：{first} 和 {second}",
    },
    "malformed_name": {
        "en": "a playbook needs a name in small letters, digits and hyphens, such as 'field-sales' (got '{got}')",
        "zh": "模型名要用小写字母、数字和连字符，比如 'field-sales'（现在是“{got}”）",
    },
    "name_not_file": {
        "en": "the file is called '{file}', but 'name' says '{id}'",
        "zh": "文件叫 '{file}'，'name' 写的却是 '{id}'",
    },
    "name_not_file_hint": {"en": "make the two the same", "zh": "两个名字改成一致"},
    "list_playbooks": {"en": "'buystage playbook list' shows all", "zh": "'buystage playbook list' 列出全部模型"},
    "unknown_state": {
        "en": "{path}: unknown state '{id}' (known: {states})",
        "zh": "{path}：没有 '{id}' 这个状态（可用：{states}）",
    },
    # playbooks
    "kind_needs": {"en": "a {kind} playbook needs '{needs}'", "zh": "{kind} 类模型必须有 '{needs}'"},
    "kind_excludes": {"en": "a {kind} playbook has no '{key}'", "zh": "{kind} 类模型不能有 '{key}'"},
    "row_length": {
        "en": "{path}: the row must give one word to each of {states}, in order (got {count}, needs {needed})",
        "zh": "{path}：{needed} 个状态写了 {count} 个词；要按顺序各写一个：{states}",
    },
    "row_does_not_fit": {
        "en": "{path}: the row must give one word to each of {states}, in order (goes wrong at {at})",
        "zh": "{path}：必须按顺序给 {states} 各一个词（问题出在 {at}）",
    },
    "placed_twice": {
        "en": "'{id}' has a row already, at {first}",
        "zh": "'{id}' 已经在 {first} 有一行了",
    },
    "case_answers_twice": {
        "en": "{path}: a case has 'answers' or 'observations', not both",
        "zh": "{path}：'answers' 和 'observations' 只能写一个",
    },
    "case_expects_other_kind": {
        "en": "{path}: a {kind} playbook can't expect '{key}'",
        "zh": "{path}：{kind} 类模型的用例不能写 '{key}'",
    },
    "case_expects_nothing": {"en": "{path}: expects nothing", "zh": "{path}：没有写期望的结果"},
    "implies_ongoing": {
        "en": "{path}: '{id}' is 'ongoing' and can't be implied",
        "zh": "{path}：'{id}' 属于 ongoing，不能由别的事实推出",
    },
    "implies_itself": {"en": "{path}: '{id}' implies this signal again", "zh": "{path}：'{id}' 又推回到自己"},
    "excludes_itself": {"en": "{path}: '{id}' excludes itself", "zh": "{path}：'{id}' 排斥了自己"},
    "unknown_schema": {
        "en": "'schema' must be buystage.playbook/v1 or buystage.signals/v1 (got {got})",
        "zh": "'schema' 只能是 buystage.playbook/v1 或 buystage.signals/v1（现在是 {got}）",
    },
    # command line
    "output_is_input": {
        "en": "this would overwrite {file}, which was read",
        "zh": "这会覆盖刚读取的 {file}",
    },
    "unknown_language": {
        "en": "BUYSTAGE_LANG must be en or zh (got {got})",
        "zh": "BUYSTAGE_LANG 只能是 en 或 zh（现在是 {got}）",
    },
    "text_only": {
        "en": "{option} belongs to the text format (got --format {format})",
        "zh": "{option} 只用于 text 格式（现在是 --format {format}）",
    },
    "bad_answer": {
        "en": "'{got}' is not an answer; write SIGNAL=yes, SIGNAL=no or SIGNAL=unknown",
        "zh": "'{got}' 不是有效回答，请写成 事实=yes、事实=no 或 事实=unknown",
    },
    "bad_answer_hint": {
        "en": "':assumed' behind it marks our own guess: budget_approved=no:assumed",
        "zh": "只是我方猜测时在后面加 ':assumed'：budget_approved=no:assumed",
    },
    "bad_what_if": {
        "en": "'{got}' can't be supposed; write SIGNAL=yes or SIGNAL=no",
        "zh": "'{got}' 不能用来假设，请写成 事实=yes 或 事实=no",
    },
    "answered_twice": {"en": "'{id}' is answered twice", "zh": "'{id}' 回答了两次"},
    "nothing_to_diagnose": {
        "en": "nothing to diagnose: no deal file and no answer",
        "zh": "没有可诊断的内容：没给商机文件，也没给回答",
    },
    "nothing_to_diagnose_hint": {
        "en": "give a deal file ('-' for stdin) or --answer SIGNAL=yes; 'buystage explain' lists the signals",
        "zh": "请给一个商机文件（'-' 表示标准输入），或用 --answer 事实=yes；'buystage explain' 列出全部事实",
    },
    "bad_day": {
        "en": "--as-of must be a day like 2026-11-21 (got {got})",
        "zh": "--as-of 要写成 2026-11-21（现在是 {got}）",
    },
    "unknown_term": {"en": "nothing is called '{id}'", "zh": "没有叫 '{id}' 的东西"},
    "list_terms": {"en": "'buystage explain' lists all there is", "zh": "'buystage explain' 列出全部内容"},
    "internal": {
        "en": "internal error: {reason}. This is a bug in buystage, not in your files.",
        "zh": "内部错误：{reason}。这是 buystage 的问题，不是你的文件有错。",
    },
    "internal_hint": {
        "en": "run it again with --debug and report what it prints",
        "zh": "请加 --debug 再运行一次，并把输出反馈给我们",
    },
}
