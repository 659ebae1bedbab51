"""`python -m buystage` and the console script."""

import gc
import os

FEW_COLLECTIONS = 100_000  # objects more before garbage is looked for: a run makes many at once, and keeps most


def main() -> None:
    """Run the command line; an interrupt ends with 130 even while the program is still being loaded."""
    gc.set_threshold(FEW_COLLECTIONS)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would look through all that is installed
    try:
        from buystage.cli import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    finally:
        gc.freeze()  # at its end Python looks for garbage in all that there is, nearly as long as a diagnosis takes


if __name__ == "__main__":
    main()
