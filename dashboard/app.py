"""Entry of the dashboard: the pages, their order and their groups.

Run by the server of dashboard/asgi.py once a page, in a thread of its session.
"""

from typing import Literal

import streamlit as st
from streamlit.navigation.page import Page

from dashboard import ui
from dashboard.access import Role
from dashboard.ui.kit import links, person
from dashboard.ui.shell import frame

AUDIT, BOROUGHS, HELP = "../pages/audit.py", "../pages/boroughs.py", "../pages/help.py"
LOAD = "../pages/load.py"
# The rooms of the meeting stand open in the bar; those of analysts are grouped.
PAGES = {
    "": (
        ("../pages/tasking.py", "Tasking"),
        ("../pages/ocu.py", "OCU"),
        (BOROUGHS, "Boroughs"),
        ("../pages/overtime.py", "Overtime"),
        ("../pages/decisions.py", "Decisions"),
        ("../pages/accountability.py", "Accountability"),
    ),
    "Analysis": (
        ("../pages/strategy.py", "Strategy"),
        ("../pages/trends.py", "Trends"),
        ("../pages/quality.py", "Information quality"),
        ("../pages/equality.py", "Equality"),
        ("../pages/backtest.py", "Backtest"),
        ("../pages/explore.py", "Explore"),
    ),
    "Data": (
        ("../pages/reports.py", "Reports"),
        (LOAD, "Load"),
        ("../pages/snapshots.py", "Snapshots"),
        (AUDIT, "Audit"),
        (HELP, "Help"),
    ),
}
# Reached from another page only.
HIDDEN = (("../pages/meeting.py", "Meeting"),)
ADDRESSES = {"Information quality": "quality"}  # where it is not the title itself

st.set_page_config(page_title=frame.brand(), layout="wide")


def room(path: str, title: str, visibility: Literal["visible", "hidden"] = "visible") -> Page:
    """One page of the navigation."""
    address = ADDRESSES.get(title, title.lower())
    home = title == "Tasking"
    return st.Page(path, title=title, url_path=address, default=home, visibility=visibility)


def rooms(role: Role) -> dict[str, list[Page]]:
    """The pages, their groups and their order; what the role opens nothing on is not offered."""

    def offered(path: str) -> Literal["visible", "hidden"]:
        opens = {AUDIT: "audit" in role.may, BOROUGHS: role.sees != "none", HELP: True}
        opens[LOAD] = "load" in role.may
        return "visible" if opens.get(path, role.sees == "all") else "hidden"

    pages = {
        group: [room(path, title, offered(path)) for path, title in members]
        for group, members in PAGES.items()
        if members
    }
    pages[""] += [room(path, title, "hidden") for path, title in HIDDEN]
    return pages


if ui.admitted():
    role = person.here().role
    pages = rooms(role)
    chosen = st.navigation(pages, position="top")
    every = [page for group in pages.values() for page in group]
    links.followed([page.url_path for page in every])
    if role.sees != "all" and chosen is pages[""][0]:  # the home of who opens no tasking page
        st.switch_page(next(page for page in every if page.url_path == frame.HOMES[role.sees]))
    chosen.run()
