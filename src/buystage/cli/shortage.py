"""What the system has run out of, where that is why something failed: neither a bug of ours nor a fault of a file."""

import errno

from buystage.errors import Problem

_BY_NUMBER = {
    errno.ENOMEM: "no_memory",
    errno.EMFILE: "no_handles",
    errno.ENFILE: "no_handles",
    errno.EAGAIN: "no_processes",
    errno.ENOSPC: "no_space",
    getattr(errno, "EDQUOT", errno.ENOSPC): "no_space",
}
_HINTS = {
    "no_memory": "no_memory_hint",
    "no_handles": "no_handles_hint",
    "no_processes": "no_processes_hint",
    "no_space": "no_space_hint",
    "unloadable": "unloadable_hint",
}
_LOST = ("without exception set", "without setting an exception")  # what becomes of an error there is no memory for


def shortage(error: BaseException | None) -> Problem | None:
    """Return what the system had run out of when `error` was raised, or an error that led to it; None where nothing."""
    while error is not None:
        if code := _code(error):
            return Problem(code, {"reason": str(error)}, hint=_HINTS[code])
        error = error.__cause__ or error.__context__
    return None


def _code(error: BaseException) -> str | None:
    text = str(error)
    if isinstance(error, MemoryError) or (isinstance(error, SystemError) and any(lost in text for lost in _LOST)):
        return "no_memory"
    if isinstance(error, RuntimeError) and text == "can't start new thread":
        return "no_processes"
    if isinstance(error, ImportError) and "shared object" in text:
        return "unloadable"
    return _BY_NUMBER.get(error.errno or 0) if isinstance(error, OSError) else None
