"""What can go wrong with settings and reviews, in both languages, as in `error_words`."""

REVIEW_ERRORS: dict[str, dict[str, str]] = {
    "no_folder": {"en": "there is no folder '{folder}'", "zh": "找不到文件夹“{folder}”"},
    "no_folder_hint": {
        "en": "create it, or take it out here; a relative path starts at this file",
        "zh": "请建好这个文件夹，或把它从这里删掉；相对路径从本文件所在位置算起",
    },
    "foreign_unit": {"en": "{rule} has no threshold in {key}", "zh": "{rule} 的门槛不按 {key} 算"},
    "foreign_unit_hint": {"en": "it counts in {own}", "zh": "它按 {own} 算"},
    "json_syntax": {"en": "this line is no JSON: {problem}", "zh": "这一行不是 JSON：{problem}"},
    "json_number": {
        "en": "this line is no JSON: it has NaN, Infinity or too long a number",
        "zh": "这一行不是 JSON：含有 NaN、Infinity 或过长的数字",
    },
    "unknown_claim": {
        "en": "'{id}' is neither a kind of claim nor a stage",
        "zh": "'{id}' 既不是阶段，也不是声明的类别",
    },
    "list_claims": {
        "en": "a kind of claim is one of {kinds}; a stage is the id of one ('buystage playbook show linear')",
        "zh": "声明的类别有 {kinds}；阶段要写标识（运行 'buystage playbook show linear' 可看）",
    },
    "word_twice": {
        "en": "'{second}' is the same word as '{first}': case and spaces do not count",
        "zh": "“{second}”和“{first}”算同一个词，不分大小写和空格",
    },
    "worker_lost": {
        "en": "a process that reviewed deals was ended from outside, so the review is not complete",
        "zh": "有一个检查进程被中途结束，检查没有做完",
    },
    "worker_lost_hint": {
        "en": "often memory ran out: try fewer with '--workers 1'",
        "zh": "多半是内存不够，可以加 '--workers 1' 再试",
    },
    "bad_report": {
        "en": "--report takes FORMAT=FILE with one of these formats: {formats} (got '{got}')",
        "zh": "--report 要写成 格式=文件，格式可选：{formats}（现在是“{got}”）",
    },
    "line_too_long": {
        "en": "{file}: line {line} is longer than {limit} MB",
        "zh": "{file}：第 {line} 行超过 {limit} MB",
    },
    "less_than_equal": {
        "en": "{path}: must be at most {le:g} (got {got})",
        "zh": "{path}：不能大于 {le:g}（现在是 {got}）",
    },
    "output_twice": {"en": "{file} can't take two outputs", "zh": "{file} 不能同时写两份输出"},
    "no_deals": {"en": "{file} holds no deal", "zh": "{file} 里没有商机"},
    "since_no_day": {
        "en": "--since must be a day like 2026-11-22, 'yesterday' or '2 weeks ago', or a git revision (got {got})",
        "zh": "--since 要写成 2026-11-22、“昨天”、“2周前”，或 git 版本（现在是 {got}）",
    },
    "reflog_day": {
        "en": "'{ref}' asks this clone's own log, which may not go back so far",
        "zh": "“{ref}”查的是本地仓库自己的日志，未必有那么早的记录",
    },
    "reflog_day_hint": {
        "en": "give the day alone, such as --since '1 week ago', or a commit",
        "zh": "直接给日期，比如 --since '1周前'，或者给提交",
    },
    "since_later": {
        "en": "--since {day} lies after the day of the review, {as_of}",
        "zh": "--since 的 {day} 在检查日 {as_of} 之后",
    },
    "since_where": {
        "en": "--since compares deal files in a git repository",
        "zh": "--since 只能比较 git 仓库里的商机文件",
    },
    "since_where_hint": {"en": "name folders or YAML files", "zh": "请给文件夹或 YAML 文件"},
    "no_git": {
        "en": "--since needs git, which can't be run: {reason}",
        "zh": "--since 要用 git，但它运行不了：{reason}",
    },
    "no_repository": {"en": "{folder} is in no git repository", "zh": "{folder} 不在 git 仓库里"},
    "git_refuses": {
        "en": "git refuses to read the repository {folder}: {reason}",
        "zh": "git 拒绝读取仓库 {folder}：{reason}",
    },
    "owner_hint": {
        "en": "if you trust it: git config --global --add safe.directory '{folder}'",
        "zh": "信得过的话，运行 git config --global --add safe.directory '{folder}'",
    },
    "git_late": {
        "en": "git gave no answer within {limit} seconds and was ended",
        "zh": "等了 {limit} 秒 git 还没有结果，已经停掉",
    },
    "git_too_much": {
        "en": "git answers with more than {limit} MB: the repository has too many files to compare",
        "zh": "git 给出的内容超过 {limit} MB：仓库里文件太多，没法比较",
    },
    "no_revision": {"en": "git knows no revision '{ref}' here", "zh": "git 里没有“{ref}”这个版本"},
    "ref_hint": {
        "en": "name a commit, tag or branch such as origin/main ('git fetch' gets the server's), or a day: 2026-11-22",
        "zh": "请给提交、标签或分支，比如 origin/main（服务器上的要先 'git fetch'）；也可以给日期，比如 2026-11-22",
    },
    "shallow_hint": {
        "en": "this clone is shallow: fetch the history first, 'git fetch --unshallow' or 'fetch-depth: 0' in CI",
        "zh": "这是浅克隆，先取全历史：'git fetch --unshallow'，CI 里设 'fetch-depth: 0'",
    },
    "unreadable_then": {
        "en": "git can't give a file as it was at '{ref}': {reason}",
        "zh": "git 取不出“{ref}”时的文件：{reason}",
    },
    "partial_hint": {
        "en": "this clone lacks old files, and none are fetched here: 'git fetch --refetch --no-filter' gets them",
        "zh": "这是部分克隆，没有旧文件，这里也不会联网去取；可以先运行 'git fetch --refetch --no-filter'",
    },
    "outside_repository": {
        "en": "{file} is outside the git repository {folder}",
        "zh": "{file} 不在 git 仓库 {folder} 里",
    },
}
