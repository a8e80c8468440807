"""The things one can do, each one unit of work; the front doors call only these.

`gathering` turns arguments into reports, `reading` reads them on one core or all, `accounting` makes the account of them,
`health` looks at the machine. Nothing here prints, and nothing here knows which front door was used.
"""
