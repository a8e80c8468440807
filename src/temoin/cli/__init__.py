"""The front door: `temoin`, its verbs, and what every verb has in common.

Results go to stdout, talk to stderr. Exit 0 done, 1 failed, 2 misused, 3 does not verify, 130 stopped by Ctrl-C. What goes wrong is
told as what was seen and a hint, never as a trace. A reader that closes the pipe early is no failure.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from temoin.errors import TemoinError

STOPPED = 130


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command with these arguments (None for the process's own) and leave with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; everything that can go wrong has been told on stderr."""
    try:
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        # Whoever was reading has enough. What is left in the buffer must not be tried again when Python closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(arguments: list[str]) -> int:
    import click

    from temoin.cli.group import temoin
    from temoin.cli.talk import faults_are_shown, tell, tell_misuse

    try:
        # Not `temoin.main(…)`: click would turn a closed pipe into exit code 1 by itself.
        with temoin.make_context("temoin", arguments) as context:
            code = temoin.invoke(context)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.UsageError as error:
        tell_misuse(error)
        return 2
    except click.ClickException as error:
        tell(error.format_message())
        return 1
    except TemoinError as error:
        tell(str(error), hint=error.hint)
        return error.exit_code
    except BrokenPipeError:
        raise
    except OSError as error:
        tell(f"{error.filename or 'the system'}: {error.strerror or error}", hint="temoin doctor looks at disk and memory")
        return 1
    except Exception as error:
        if faults_are_shown():
            raise
        tell(f"a fault in Témoin ({type(error).__name__}: {error})", hint="TEMOIN_FAULTS=yes shows where; please report it")
        return 1
    return code if isinstance(code, int) else 0
