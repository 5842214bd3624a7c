"""Each duty of the framework is in a pack's section and answered by a command that there is."""

from __future__ import annotations

import pytest
from typer.main import get_command

from dashboard import queries
from dashboard.__main__ import app
from dashboard.reports.packs import contents
from tests.framework import duties


@pytest.mark.parametrize("duty", duties(), ids=lambda duty: duty.name)
def test_a_duty_has_its_section_and_its_command(duty):
    headings = [heading for heading, _ in contents.PACKS[duty.pack].sections]
    assert duty.section in headings
    first, *rest = duty.command.split()
    command = get_command(app).commands[first]
    if first == "query":
        assert rest[0] in queries.find("reports")
    elif first == "report":
        assert rest[0] in contents.NAMES
    elif rest:
        assert rest[0] in command.commands
