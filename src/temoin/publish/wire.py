"""An account as JSON, whole: what is written decodes back to an equal account, and a schema says what may stand in it."""

from __future__ import annotations

import json as standard
from typing import Any

import msgspec

from temoin.errors import Unreadable
from temoin.publish.neutral import encodable
from temoin.records_account import Account


def json(account: Account) -> bytes:
    """Return the account as UTF-8 JSON, keys in the order of the records, the same bytes for equal accounts, a newline at the end.

    Lone surrogates, which UTF-8 cannot hold, become U+FFFD one for one, so that offsets still hold.
    """
    try:
        body = msgspec.json.encode(account)
    except UnicodeEncodeError:
        body = msgspec.json.encode(_encodable(msgspec.to_builtins(account)))
    return body + b"\n"


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, dict):
        return {key: _encodable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_encodable(each) for each in value]
    return value


def from_json(body: bytes) -> Account:
    """Return the account that `json` wrote. Raises Unreadable where it is none."""
    try:
        return msgspec.json.decode(body, type=Account)
    except (msgspec.DecodeError, UnicodeDecodeError) as err:
        raise Unreadable(f"this is not an account: {err}", hint="the fields are described in docs/reference/account.schema.json") from err


def schema() -> bytes:
    """Return the JSON Schema (2020-12) of an account, made from the records themselves."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Account)}
    return standard.dumps(made, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"
