"""What can go wrong with links, private files and outputs, in both languages, as in `error_words`."""

FILE_ERRORS: dict[str, dict[str, str]] = {
    "links_only_hint": {
        "en": "links in a folder are left out; name one to have it read",
        "zh": "文件夹里的链接不会读；要读哪个，就直接写出它的路径",
    },
    "met_link": {
        "en": "{file} is a link, and links are followed only where you name them",
        "zh": "{file} 是链接；只有直接写出路径的链接才会打开",
    },
    "met_link_hint": {
        "en": "put the file itself there, or name what the link leads to",
        "zh": "请把文件本身放在这里，或直接写出链接指向的文件",
    },
    "private_named": {
        "en": "{file} is a private file: it is read beside its deal and never by itself",
        "zh": "{file} 是私密文件，只会随它的商机一起读，不会单独打开",
    },
    "private_named_hint": {
        "en": "name the deal, or its folder, which leaves private files out",
        "zh": "请写商机文件，或它所在的文件夹（私密文件会自动跳过）",
    },
    "private_misnamed": {
        "en": "{file} is private by its name, but git is told to ignore *.private.yaml only",
        "zh": "看名字 {file} 是私密文件，但 git 只会忽略 *.private.yaml",
    },
    "private_misnamed_hint": {
        "en": "rename it to NAME.private.yaml",
        "zh": "请改名为 名称.private.yaml",
    },
    "folder_abroad": {
        "en": "{folder} lies outside the folder of the settings that name it",
        "zh": "{folder} 不在配置文件所在的文件夹里",
    },
    "folder_abroad_hint": {
        "en": "to write there all the same, give the path of the file",
        "zh": "如果确实要写到那里，请给出文件的完整路径",
    },
    "output_is_link": {
        "en": "{file} is a link, and nothing is written through a link",
        "zh": "{file} 是链接，不会通过链接写文件",
    },
    "output_is_link_hint": {
        "en": "name the file it leads to, or another one",
        "zh": "请直接写出链接指向的文件，或换一个文件",
    },
    "stdout_twice": {"en": "standard output can't take two formats", "zh": "标准输出不能同时写两种格式"},
    "stdout_twice_hint": {"en": "name a file for one of them", "zh": "请给其中一种指定文件"},
    "bad_lock": {
        "en": "{file} is a link or no ordinary file, so it can't be the lock; nothing was saved",
        "zh": "{file} 是链接或不是普通文件，不能用来加锁，没有保存",
    },
}
