"""The index of the commands: what each is called and is for, read from its module's source.

A module is imported when a command of it is called. So `--help` waits for nothing, a command for
its own imports only, and names and help stand once, where the command does.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Entry:
    """A command, or a group of commands, before it is imported.

    help    of a group what its `Commands` says, of a command its docstring
    module  of dashboard.cli, in which it stands
    """

    name: str
    help: str
    module: str


def entries(module: str) -> Iterator[Entry]:
    """The commands that a module adds: one where its `Commands` has a name, else each function."""
    tree = ast.parse((FOLDER / f"{module}.py").read_text("utf-8"))
    (group,) = (
        node.value for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == "Commands"
    )  # fmt: skip
    said = {item.arg: ast.literal_eval(item.value) for item in group.keywords}
    if "name" in said:
        yield Entry(said["name"], said["help"], module)
        return
    for node in tree.body:
        for call in getattr(node, "decorator_list", ()):
            if not isinstance(call, ast.Call) or not isinstance(node, ast.FunctionDef):
                continue
            if ast.unparse(call.func) == "app.command":
                named = [ast.literal_eval(item) for item in call.args]
                name = named[0] if named else node.name
                yield Entry(name, inspect.cleandoc(ast.get_docstring(node) or ""), module)


class Index(Mapping[str, Any]):
    """Each command by its name, as Typer makes it; its module is imported when it is taken."""

    def __init__(self, modules: tuple[str, ...]) -> None:
        self.entries = {entry.name: entry for module in modules for entry in entries(module)}

    def __getitem__(self, name: str) -> Any:
        entry = self.entries[name]
        group = get_group(import_module(f"dashboard.cli.{entry.module}").app)
        return group if group.name else group.commands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def indexed(modules: tuple[str, ...]) -> type[TyperGroup]:
    """A group of the commands that stand in modules of dashboard.cli, in that order."""

    class Indexed(TyperGroup):
        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            self.index = Index(modules)
            self.commands: MutableMapping[str, Any] = self.index  # type: ignore[assignment]

        def list_commands(self, _ctx: Any) -> list[str]:
            """The names, in order; Typer's own takes each command, which imports it."""
            return list(self.index)

        def get_command(self, _ctx: Any, cmd_name: str) -> Any:
            """What help and completion show of a command: its name and its help."""
            entry = self.index.entries.get(cmd_name)
            return entry and TyperCommand(entry.name, help=entry.help)

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            """The command itself, as it is called now."""
            name, command, rest = super().resolve_command(ctx, args)
            return name, command and self.index[str(name)], rest

    return Indexed
