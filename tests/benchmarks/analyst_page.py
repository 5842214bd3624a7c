"""The page that an analyst writes today, to be beaten: one measure of a unit by month, two
breakdowns, the records. Streamlit, pandas and Altair over the sample's reports, as one file."""

import os
from pathlib import Path

import altair as alt
import pandas as pd
import streamlit as st


@st.cache_data
def reports(folder: str) -> pd.DataFrame:
    frame = pd.read_parquet(folder)
    frame["month"] = frame["reported_on"].astype("datetime64[ns]").dt.to_period("M").dt.start_time
    return frame


newest = max((Path(os.environ["DASHBOARD_DATA"]) / "snapshots").glob("[0-9]*/*/facts"))
frame = reports(str(newest / "crimes.parquet"))
unit = st.query_params.get("unit", "SCD7")
offence = st.query_params.get("offence", "")
st.title(f"{unit}: {offence or 'all offences'}")
own = frame[(frame["ocu"] == unit) & frame["no_crimed_on"].isna()]
if offence:
    own = own[own["offence"] == offence]
months = own.groupby("month").size().rename("reports").reset_index()
months["mean"] = months["reports"].rolling(12, min_periods=1).mean()
base = alt.Chart(months).encode(x="month:T")
st.altair_chart(
    base.mark_line(point=True).encode(y="reports:Q")
    + base.mark_line(strokeDash=[4, 4]).encode(y="mean:Q")
)
last = own[own["month"] >= own["month"].max() - pd.DateOffset(months=12)]
for column in ("borough", "branch"):
    parts = last.groupby(column, observed=True).size().rename("reports").reset_index()
    parts = parts.sort_values("reports", ascending=False)
    st.altair_chart(alt.Chart(parts).mark_bar().encode(x="reports:Q", y=alt.Y(column, sort="-x")))
st.dataframe(own.sort_values("reported_on", ascending=False).head(500))
