"""Markup: everything that a page did not build itself is escaped."""

import ast
from pathlib import Path

import pytest

from dashboard.ui.kit import markup
from dashboard.ui.kit.markup import Column, Html

NASTY = '<img src=x onerror="alert(1)">'


def test_plain_strings_are_escaped_everywhere():
    made = [
        markup.text(NASTY),
        markup.strong(NASTY),
        markup.stack(NASTY, markup.small(NASTY)),
        markup.join([NASTY], NASTY),
        markup.link("ocu?unit=SCD7", NASTY),
        markup.table([NASTY], [[NASTY]], caption=NASTY, row_class=[NASTY]),
        markup.tag("p", "x", title=NASTY),
    ]
    assert not any("<img" in item for item in made)


def test_no_letter_turns_the_text_round():
    made = markup.tag("p", "a\u202eb", title="\u2066c")
    assert made == r'<p title="\u2066c">a\u202eb</p>'


def test_what_stands_in_one_paragraph_is_kept_apart():
    """'… of SCD [p] provisional …' was read as one remark."""
    said = ["all of SCD", "[p] provisional", "It may change.", markup.strong("Ours."), NASTY]
    assert markup.sentences(said) == (
        "all of SCD; [p] provisional; It may change. <strong>Ours.</strong> "
        "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;"
    )


def test_made_markup_is_not_escaped_again():
    assert markup.tag("p", markup.strong("a & b")) == "<p><strong>a &amp; b</strong></p>"


def test_none_is_said_to_be_missing():
    assert markup.text(None) == "[x]"


def test_a_link_refuses_other_schemes():
    assert markup.link("javascript:alert(1)", "x") == "x"
    assert 'href="ocu?measure=a&amp;unit=SCD7(5)"' in markup.link("ocu?measure=a&unit=SCD7(5)", "x")


def test_a_table_has_caption_heads_and_alignment():
    made = markup.table([Column("Now", "right"), "Where"], [[14, "Camden"]], caption="Alerts")
    assert '<caption class="unseen">Alerts</caption>' in made
    assert '<th scope="col" class="r">Now</th>' in made
    assert '<td class="r">14</td><td>Camden</td>' in made


def test_stack_leaves_out_nothing_but_blanks():
    assert markup.stack("a", None, "", 0) == "a<br>0"


def test_a_picture_says_its_words():
    made = markup.picture("<svg xmlns='x'><path d='M0 0'/></svg>", 'now "14"')
    assert made.startswith('<img class="spark" src="data:image/svg+xml,')
    assert 'alt="now &quot;14&quot;"' in made
    assert markup.picture("", "x") == Html("")


ROOT = Path(__file__).resolve().parents[2]
# What Streamlit reads as Markdown, which makes links of words.
MARKDOWN = {
    "markdown",
    "caption",
    "error",
    "warning",
    "info",
    "success",
    "toast",
    "title",
    "header",
}
MARKDOWN |= {"subheader", "popover", "expander"}
HELD = {"literal", "about", "markup.literal", "markup.about", "len"}


def loose(source: str) -> list[str]:
    """Calls that hand Markdown words that stand elsewhere, or a tip such words, as they are."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not ast.unparse(node.func).startswith("st."):
            continue
        given = node.args[:1] if ast.unparse(node.func)[3:] in MARKDOWN else []
        given += [item.value for item in node.keywords if item.arg == "help"]
        found += [ast.unparse(item) for item in given if not held(item)]
    return found


def held(item: ast.expr) -> bool:
    """Whether it is words that stand here, numbers in them, or words made literal."""
    if isinstance(item, ast.JoinedStr):
        return all(isinstance(part, ast.Constant) or held(part.value) for part in item.values)
    if isinstance(item, ast.IfExp):
        return held(item.body) and held(item.orelse)
    if isinstance(item, ast.Call):
        return ast.unparse(item.func) in HELD
    return isinstance(item, ast.Constant) or ast.unparse(item) in OURS


# Counts, and what the program's own files say, by their names.
OURS = {"count", "number", "handbook_text"}


@pytest.mark.parametrize(
    "path",
    [*ROOT.glob("dashboard/ui/**/*.py"), *ROOT.glob("pages/*.py")],
    ids=lambda path: path.name,
)
def test_nothing_that_was_typed_is_read_as_markdown(path):
    """Who saved under the name '[look](http://evil.example)' was a link on the other's screen."""
    assert loose(path.read_text("utf-8")) == []


def test_words_of_others_in_markdown_are_found():
    assert loose("st.warning(f'{row.by} was faster')") == ["f'{row.by} was faster'"]
    assert loose("st.button('Up', help=row.title)") == ["row.title"]
    assert loose("st.button('Up', help=literal(row.title))\nst.caption('Gives these again.')") == []
