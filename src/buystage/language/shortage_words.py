"""What is said where the system has run out of something, in both languages."""

SHORTAGE_WORDS: dict[str, dict[str, str]] = {
    "no_memory": {"en": "memory ran out", "zh": "内存不够用了"},
    "no_memory_hint": {
        "en": "close other programs or raise the limit ('ulimit -v'), then run it again; many deals take fewer at once",
        "zh": "请关掉其他程序，或调高上限（'ulimit -v'）后再试；商机很多时，可以分几次检查",
    },
    "no_handles": {"en": "too many files are open at once", "zh": "同时打开的文件太多了"},
    "no_handles_hint": {
        "en": "raise the limit ('ulimit -n'), then run it again",
        "zh": "请调高上限（'ulimit -n'）后再试",
    },
    "no_processes": {"en": "the system starts no more processes", "zh": "系统开不了新进程了"},
    "no_processes_hint": {
        "en": "end others or raise the limit ('ulimit -u'), then run it again",
        "zh": "请结束一些进程，或调高上限（'ulimit -u'）后再试",
    },
    "no_space": {"en": "the disk is full", "zh": "磁盘满了"},
    "no_space_hint": {"en": "make room on it, then run it again", "zh": "请腾出一些空间再试"},
    "unloadable": {"en": "a part of the program can't be loaded: {reason}", "zh": "程序有一部分加载不了：{reason}"},
    "unloadable_hint": {
        "en": "mostly memory or file handles have run out ('ulimit -a'), else the installation is broken",
        "zh": "多半是内存或文件句柄不够（'ulimit -a' 可看上限），不然就是安装有问题",
    },
}
