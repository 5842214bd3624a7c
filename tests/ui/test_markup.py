"""Markup: everything that a page did not build itself is escaped."""

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
