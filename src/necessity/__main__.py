"""`python -m necessity` is the command line."""

from __future__ import annotations

from necessity.cli import main

if __name__ == "__main__":
    main()
