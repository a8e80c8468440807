"""The tables of the log, in one place. Other rooms have their own; each table has one owner, whose module holds its SQL."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

#: One line of the log. What it says is encrypted; of an erased line only its place and its commitment are left.
entries = Table(
    "log_entry",
    metadata,
    # In SQLite an INTEGER key is the row's own number, any other one an index more: 12 bytes and a page to write for each entry.
    Column("idx", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("case_id", String(32), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("epoch", Integer),  # which key wraps the line's own
    Column("wrapped", LargeBinary),  # the line's own key, wrapped
    Column("sealed", LargeBinary),  # salt, text and disclosures, encrypted with it
    Column("payload", String(32)),  # name of the encrypted file
    Column("finder", LargeBinary),  # keyed digest of the payload's SHA-256: finds it, tells nobody
    UniqueConstraint("case_id", "seq"),
)
# Only of entries that have one: the index of all the others would be written for nothing.
for _name in ("payload", "finder"):
    _some = entries.c[_name].is_not(None)
    Index(f"ix_log_entry_{_name}", entries.c[_name], sqlite_where=_some, postgresql_where=_some)

#: The tree, as tiles of 256 hashes; the last of each level above 0 may hold fewer.
tiles = Table(
    "log_tile",
    metadata,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("hashes", LargeBinary, nullable=False),
)

#: What was signed, with the witnesses' lines.
checkpoints = Table(
    "log_checkpoint", metadata, Column("size", BigInteger, primary_key=True, autoincrement=False), Column("note", Text, nullable=False)
)

#: Time stamps over checkpoints.
stamps = Table(
    "log_stamp",
    metadata,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("authority", String(64), primary_key=True),
    Column("reply", LargeBinary, nullable=False),
    Column("root_pem", LargeBinary, nullable=False),
)

#: The cases by the names that people here give them. A name should name nobody.
cases = Table("log_case", metadata, Column("case_id", String(32), primary_key=True), Column("name", Text, nullable=False, unique=True))

#: What was cosigned for other logs.
witnessed = Table(
    "log_witnessed",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
)

#: Single values, such as the current epoch.
state = Table("log_state", metadata, Column("name", String(32), primary_key=True), Column("value", Text, nullable=False))
