"""`python -m buystage` and the console script."""

from buystage.cli import main

if __name__ == "__main__":
    main()
