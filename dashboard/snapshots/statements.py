"""An analyst's statement as it may run: checked as a tree, and written anew from that tree.

What is checked is what runs: comments, letters that can't be seen and whatever the two readers
might read otherwise are gone. Names are resolved by scope, functions go by allow-list.
"""

from __future__ import annotations

import logging
import re
import unicodedata

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from dashboard.errors import NotAllowedError, UsageError, nearest
from dashboard.snapshots.unread import unread

LONGEST = 20_000  # letters of a statement
DEEPEST = 100  # brackets inside brackets
ONLY_SELECT = "only SELECT is allowed here: nothing can be changed, set or copied"
TABLE_FUNCTIONS = frozenset({"range", "generate_series", "unnest"})
# What is computed from values and touches nothing else; a new one is added here.
FUNCTIONS = TABLE_FUNCTIONS | frozenset(
    """
    any_value arg_max arg_min array_agg avg bool_and bool_or corr count count_if countif covar_pop
    covar_samp entropy first histogram kurtosis last list listagg mad max max_by median min min_by
    mode product quantile quantile_cont quantile_disc regr_count regr_intercept regr_r2 regr_slope
    skewness stddev stddev_pop stddev_samp string_agg sum var_pop var_samp variance
    approx_count_distinct approx_quantile grouping group_concat
    row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value
    nth_value
    abs acos asin atan atan2 bit_count cbrt ceil ceiling cos degrees div even exp factorial floor
    fmod gcd greatest isfinite isinf isnan lcm least ln log log10 log2 mod pi pow power radians
    random round sign sin sqrt tan trunc width_bucket
    ascii bar char_length chr concat concat_ws contains ends_with format format_bytes initcap
    instr left length levenshtein lower lpad ltrim md5 nfc_normalize ord position prefix printf
    regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace
    regexp_split_to_array repeat replace reverse right rpad rtrim sha256 split split_part
    starts_with str_position str_split string_split strip_accents strlen strpos substr substring
    suffix to_base translate trim ucase lcase unicode upper jaccard jaro_winkler_similarity
    age century date_add date_diff date_part date_sub date_trunc datediff datepart datetrunc day
    dayname dayofmonth dayofweek dayofyear decade epoch epoch_ms era extract hour isodow isoyear
    last_day make_date make_time make_timestamp minute month monthname now quarter second
    strftime strptime time_bucket to_days to_months to_weeks to_years today try_strptime week
    weekday weekofyear year yearweek date
    coalesce if ifnull nullif case cast try_cast exists typeof hash columns unnest
    array_length cardinality element_at flatten list_aggregate list_any_value list_append
    list_avg list_concat list_contains list_count list_distinct list_element list_extract
    list_filter list_has_all list_has_any list_max list_min list_position list_reduce list_reverse
    list_slice list_sort list_sum list_transform list_unique list_value map map_entries
    map_extract map_keys map_values row struct_extract struct_insert struct_pack len
    """.split()
)
# Read as functions, written without a name in front: an expression of values alone.
BARE = (
    exp.Case, exp.If, exp.Array, exp.Struct, exp.And, exp.Or, exp.Xor, exp.CurrentDate,
    exp.CurrentTimestamp, exp.Cast, exp.TryCast, exp.Lambda, exp.ToMap,
)  # fmt: skip

logging.getLogger("sqlglot").setLevel(logging.ERROR)  # what can't be parsed is no news for the log
LIKE = 0.7  # how much a table must be called like what was asked for, to be meant


def checked(sql: str, tables: frozenset[str]) -> str:
    """The statement that runs, written from the tree that was checked.

    tables  all that may be read
    raises  UsageError for what is no SQL, more than one statement or read anew means something
            else; NotAllowedError for what is no SELECT, reads anything else or calls a function
            that is not listed
    """
    written = _written(_visible(sql), tables)
    # Of what is read otherwise than it was written nobody knows what would run: list(1, 2).
    if _written(written, tables) != written:
        raise UsageError("this can be read as SQL in more than one way: write it otherwise")
    return written


def _written(sql: str, tables: frozenset[str]) -> str:
    """The statement written anew from its checked tree."""
    try:
        statement = _parsed(sql)
        for node in statement.walk():
            _check(node, tables)
        return statement.sql(dialect="duckdb", identify=True, comments=False)
    # Writing it can fail where reading did not: of date() there is nothing to write.
    except (SqlglotError, RecursionError) as error:
        raise unread(error, sql, tables) from error


def _visible(sql: str) -> str:
    """The text without letters that nobody sees at its ends, and none of them elsewhere."""
    kept = sql.strip()
    while kept and _unseen(kept[0]):
        kept = kept[1:].lstrip()
    while kept and _unseen(kept[-1]):
        kept = kept[:-1].rstrip()
    if not kept:
        raise UsageError("write a SELECT first")
    if len(kept) > LONGEST:
        raise UsageError(f"a statement has at most {LONGEST:,} letters; got: {len(kept):,}")
    for place, letter in enumerate(kept, 1):
        if _unseen(letter):
            raise UsageError(f"letter {place} of the statement can't be seen: take it out")
    return kept


def _unseen(letter: str) -> bool:
    return letter not in "\n\r\t" and unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cn", "Cs")


def _parsed(sql: str) -> exp.Query:
    depth = deepest = 0
    for letter in sql:
        depth += (letter in "([{") - (letter in ")]}")
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise UsageError(f"this can't be read as SQL: over {DEEPEST} brackets inside each other")
    parsed = [item for item in sqlglot.parse(sql, read="duckdb") if item is not None]
    if len(parsed) != 1:
        raise UsageError(f"one statement at a time; got: {len(parsed)}")
    (statement,) = parsed
    if not isinstance(statement, exp.Query):
        raise NotAllowedError(ONLY_SELECT)
    return statement


def _check(node: exp.Expr, tables: frozenset[str]) -> None:
    changes = exp.Command | exp.DDL | exp.DML | exp.Into | exp.Set | exp.Pragma
    if isinstance(node, changes) and not isinstance(node, exp.Query):
        raise NotAllowedError(ONLY_SELECT)
    if isinstance(node, exp.Table):
        _check_table(node, tables)
    elif isinstance(node, exp.Func):
        name = _called(node)
        if name not in FUNCTIONS and not (not name and isinstance(node, BARE)):
            said = name or type(node).__name__.lower()
            raise NotAllowedError(f"the function {said[:40]} may not be used here")


def _called(node: exp.Func) -> str:
    """The name under which DuckDB will be asked for a function; '' for none."""
    if isinstance(node, exp.Anonymous):
        return str(node.this).lower()
    written = re.match(r'"?(\w+)"?\s*\(', node.sql(dialect="duckdb", comments=False))
    return written[1].lower() if written else ""


def _check_table(node: exp.Table, tables: frozenset[str]) -> None:
    inner = node.this
    if isinstance(inner, exp.Func):
        if (name := _called(inner)) not in TABLE_FUNCTIONS:
            raise NotAllowedError(f"the function {name[:40]} may not be read from here")
        return
    known = {name.lower() for name in tables | _steps(node)}
    if node.db or node.catalog or node.name.lower() not in known:
        near = nearest(node.name, sorted(known), 1, LIKE)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise NotAllowedError(f"there is no table {node.name[:40]!r} that may be read here{hint}")


def _steps(node: exp.Expr) -> frozenset[str]:
    """The names of the WITH steps that can be seen from a node: those of the queries around it,
    and of the steps before the one that it stands in."""
    seen: set[str] = set()
    child, parent = node, node.parent
    while parent is not None:
        if isinstance(parent, exp.With):
            for step in parent.expressions:
                if step is child and not parent.args.get("recursive"):
                    break
                seen.add(step.alias)
                if step is child:
                    break
        else:
            steps = parent.args.get("with_")
            if steps is not None and steps is not child:
                seen |= {step.alias for step in steps.expressions}
        child, parent = parent, parent.parent
    return frozenset(seen)
