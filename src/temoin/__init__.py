"""Témoin: from many reports to the few sources behind them, with a sealed way back to every word.

The rooms: `temoin.capture` (bytes to reports), `temoin.read` (reports to claims), `temoin.account` (claims to one account),
`temoin.publish` (the account to a page, a file, a terminal); `temoin.desk` does whole pieces of work with them, and
`temoin.cli` is the front door. Importing this package costs nothing: each room is imported by whoever enters it.
"""

from __future__ import annotations

__version__ = "0.1.0"
