"""What is said of files that are no good YAML, and the hint that fits each slip."""

SYNTAX_WORDS: dict[str, dict[str, str]] = {
    "yaml_syntax": {"en": "not valid YAML: {problem}", "zh": "YAML 语法有误：{problem}"},
    "yaml_syntax_hint": {
        "en": "texts with ':', '?', '#' or quotes need quotes around them",
        "zh": "含有 ':'、'?'、'#' 或引号的文字要用引号括起来",
    },
    "too_many_wrong": {
        "en": "more than {limit} things in this file are wrong: is it the file you meant?",
        "zh": "这个文件有超过 {limit} 处错误，是不是给错了文件？",
    },
    "tab_hint": {"en": "use spaces instead of tabs", "zh": "请用空格，不要用制表符（Tab）"},
    "indentation_hint": {
        "en": "this line or the one before it is indented differently from its neighbours",
        "zh": "这一行或上一行的缩进和相邻的行不一致",
    },
    "bracket_hint": {
        "en": "a bracket opened here or above is not closed, or a text inside it needs quotes",
        "zh": "这里或上面有括号没闭合，或者括号里的文字要加引号",
    },
    "quote_hint": {
        "en": "a quote is not closed; inside '…' an apostrophe is written twice",
        "zh": "引号没闭合；写在 '…' 里的单引号要写两遍",
    },
    "colon_hint": {"en": "a key needs ': ', a half-width colon and a space", "zh": "键后面要用半角冒号加空格，即 ': '"},
    "wide_marks_hint": {
        "en": "inside braces only half-width marks count: {{ }} [ ] , :",
        "zh": "花括号里的标点要用半角：{{ }} [ ] , :",
    },
    "id_twice_in_folders": {
        "en": "give one of the two another id, or take the copy out",
        "zh": "两处换一个标识，或者删掉重复的那份",
    },
}
