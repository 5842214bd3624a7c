"""Entry of the dashboard: the pages and their order.

Started by `python -m dashboard run`, which calls `python -m streamlit run dashboard/app.py`.
"""

import streamlit as st

PAGES = (
    ("../pages/tasking.py", "Tasking"),
    ("../pages/ocu.py", "OCU"),
    ("../pages/snapshots.py", "Snapshots"),
)

st.set_page_config(page_title="SCD Performance", layout="wide")
pages = [
    st.Page(path, title=title, url_path=title.lower(), default=place == 0)
    for place, (path, title) in enumerate(PAGES)
]
st.navigation(pages, position="top").run()
