"""A TOML file of the catalogue under way: its keys, and a fault with its line for each that is
none or holds what it may not."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from dashboard.errors import nearest

FOLDER = "formats"


@dataclass
class File:
    """A format's file under way: its text, to find lines in, and the faults it has so far."""

    name: str
    text: str
    faults: list[str] = field(default_factory=list)

    def fault(self, key: str, sentence: str) -> None:
        """Notes a fault on the line that sets `key`; the first line where none does."""
        if not key:
            self.faults.append(f"{FOLDER}/{self.name}.toml:1: {sentence}")
            return
        pattern = re.compile(rf'^\s*(\[+\s*)?"?{re.escape(key)}"?\s*[\]=.]|\b{re.escape(key)}\s*=')
        numbered = enumerate(self.text.splitlines(), 1)
        line = next((number for number, row in numbered if pattern.search(row)), 1)
        self.faults.append(f"{FOLDER}/{self.name}.toml:{line}: {sentence}")

    def keys(self, table: str, said: Any, known: Collection[str]) -> dict[str, Any]:
        """The known keys of a table; any other is a fault that says which it may be."""
        if not isinstance(said, dict):
            self.fault(table, f"{table} is a table: write [{table}]")
            return {}
        for key in said.keys() - set(known):
            near = nearest(key, list(known)) or list(known)
            where = f"[{table}] " if table else ""
            self.fault(key, f"{where}{key} is no key; write one of {', '.join(near)}")
        return {key: said[key] for key in said if key in known}

    def text_of(self, said: dict[str, Any], key: str, table: str = "") -> str:
        value = said.get(key, "")
        if not isinstance(value, str) or (key in said and not value.strip()):
            self.fault(key, f"{table}{key} is a text in quotes; got: {value!r}")
            return ""
        return value.strip()

    def one_of(self, said: dict[str, Any], key: str, allowed: Collection[str], default: str) -> str:
        value = said.get(key, default)
        if value not in allowed:
            words = ", ".join(f'"{item}"' for item in allowed)
            self.fault(key, f"{key} is one of {words}; got: {value!r}")
            return default
        return value

    def words(self, said: dict[str, Any], key: str, where: str = "") -> tuple[str, ...]:
        value = said.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault(key, f'{where}{key} is a list of texts in quotes, such as ["a", "b"]')
            return ()
        return tuple(item.strip() for item in value)
