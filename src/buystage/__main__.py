"""`python -m buystage` and the console script."""

import gc
import os
import sys
from contextlib import suppress

RESERVE = 4_000_000  # bytes to say with that there are no more; while nobody writes to them they take no memory
FEW_COLLECTIONS = 100_000  # objects more before garbage is looked for: a run makes many at once, and keeps most


def main() -> None:
    """Run the command line; what ends it while it is still being loaded has the same exit codes as later."""
    reserve = list[bytearray]()
    gc.set_threshold(FEW_COLLECTIONS)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would look through all that is installed
    try:
        reserve.append(bytearray(RESERVE))
        from buystage.cli import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except Exception as error:
        reserve.clear()
        raise SystemExit(_shortage(error)) from None
    finally:
        gc.freeze()  # at its end Python looks for garbage in all that there is, nearly as long as a diagnosis takes


def _shortage(error: Exception) -> int:
    """Say what the system has run out of, and return the exit code for it. Raises `error` where it was not that."""
    try:
        from buystage.cli.shortage import shortage
        from buystage.errors import plain_error
        from buystage.settings.language import choose_language

        lacking = shortage(error)
        said = plain_error(lacking, choose_language(None, os.environ)) if lacking else None
    except Exception:  # there is not even enough to find the words
        said = "error: memory or file handles ran out (内存或文件句柄不够用了)\n"
    if said is None:
        raise error
    with suppress(OSError, AttributeError):
        sys.stderr.write(said)
    return 3


if __name__ == "__main__":
    main()
