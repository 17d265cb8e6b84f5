"""A conversation on the page: follow-ups, what they were read as, corrections, and picked papers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.driving import Locator, Page, ask, complete, expect

_Visit = Callable[..., Page]

_ZEBRAS = "Which papers count zebras?"
_DRONES = "of those, which use drones?"


@pytest.fixture
def asked(visit: _Visit, herd_url: str) -> Page:
    """The page with a set: ten papers on zebras."""
    page = visit(herd_url)
    expect(ask(page, _ZEBRAS).locator("tr[data-paper]")).to_have_count(10)
    return page


def _titles(turn: Locator) -> list[str]:
    """The titles of the rows, by the alphabet."""
    return sorted(turn.locator("tr[data-paper] .title").all_inner_texts())


def test_a_follow_up_is_asked_of_the_papers_above_and_says_how_it_was_read(asked: Page) -> None:
    turn = ask(asked, _DRONES)
    assert _titles(turn) == ["Zebras and Drones, Part 1", "Zebras and Drones, Part 2"]
    expect(turn.locator(".read-as summary")).to_contain_text("read as “which papers use drones?”")
    expect(turn.locator(".read-as summary")).to_contain_text("asked of 10 papers")


def test_after_a_reload_the_conversation_goes_on(asked: Page) -> None:
    second = ask(asked, _DRONES).locator("tr[data-paper] .title").nth(1).inner_text()
    asked.reload()
    complete(asked, 2)
    turn = ask(asked, "the second one: on how many sites?")
    expect(turn.locator(".read-as summary")).to_contain_text(f"“{second}”: on how many sites?")
    expect(turn.locator("h3.paper")).to_have_text(second)


def test_editing_the_last_question_goes_on_from_the_state_before_it(asked: Page) -> None:
    ask(asked, _DRONES)
    asked.get_by_role("button", name="Edit question").last.click()
    asked.locator("#question textarea").fill("of those, which use collars?")
    asked.keyboard.press("Enter")
    expect(asked.locator("#turns h2").last).to_have_text("of those, which use collars?")
    turn = complete(asked, 2)
    assert _titles(turn) == ["Zebras and Collars, Part 1", "Zebras and Collars, Part 2"]


def test_asking_again_goes_on_from_the_state_before_it(asked: Page) -> None:
    first = ask(asked, _DRONES)
    before, name = _titles(first), first.get_attribute("data-turn")
    asked.get_by_role("button", name="Retry").last.click()
    expect(asked.locator(f'#turns [data-turn="{name}"]')).to_have_count(0)
    turn = complete(asked, 2)
    expect(turn.locator(".read-as summary")).to_contain_text("asked of 10 papers")
    assert _titles(turn) == before


def test_a_new_conversation_starts_empty(asked: Page) -> None:
    asked.get_by_role("button", name="New").click()
    turn = ask(asked, "the second one: on how many sites?")
    expect(turn).to_contain_text("Nothing was shown before")


def test_a_question_on_another_topic_leaves_the_set_and_says_so(asked: Page) -> None:
    turn = ask(asked, "How do microphones tell otters apart at night?")
    expect(turn.locator(".notice").first).to_contain_text(
        "asked of the whole library, not of the 10 papers before"
    )
    expect(turn.locator(".answer")).to_contain_text("Microphones record calls")


@pytest.mark.parametrize("said", ['{"papers": 1}', "x" * 500_001])
def test_a_state_that_was_tampered_with_is_refused(asked: Page, said: str) -> None:
    asked.wait_for_url("**/#/c/*")  # it is kept
    asked.evaluate(
        """async (said) => {
          const [, id] = location.hash.match(/c\\/(\\w+)/);
          for (const turn of await Footnote.storage.turns(id)) await Footnote.storage.keep({ ...turn, said });
        }""",
        said,
    )
    asked.reload()
    complete(asked, 1)
    asked.locator("#question textarea").fill(_DRONES)
    asked.keyboard.press("Enter")
    expect(asked.get_by_role("alert")).to_contain_text("begin a new conversation")


def test_rows_that_were_picked_are_what_the_next_question_is_asked_of(asked: Page) -> None:
    first = asked.locator("#turns .turn").first
    for way in ("Collars", "Microphones"):
        for row in first.locator("tr[data-paper]", has_text=f"Zebras and {way}").all():
            row.locator("[data-pick]").check()
    first.get_by_role("button", name="Ask about them").click()
    expect(asked.locator("#asked-of")).to_contain_text("Asked of 4 papers you picked")
    turn = ask(asked, "which use collars?")
    assert _titles(turn) == ["Zebras and Collars, Part 1", "Zebras and Collars, Part 2"]
    expect(turn.locator(".read-as summary")).to_contain_text("asked of 4 papers")
    expect(asked.locator("#asked-of")).to_be_empty()


def test_the_line_above_the_question_follows_what_is_picked(asked: Page) -> None:
    picks = asked.locator("#turns [data-pick]")
    picks.nth(0).check()
    expect(asked.locator("#asked-of")).to_contain_text("Asked of 1 paper you picked")
    picks.nth(1).check()
    turn = ask(asked, "on how many sites?")
    expect(turn.locator(".read-as summary")).to_contain_text("asked of 2 papers")
    picks.nth(1).uncheck()
    expect(asked.locator("#asked-of")).to_contain_text("Asked of 1 paper you picked")
    asked.locator("#turns .turn").first.get_by_role("button", name="Clear").click()
    expect(asked.locator("#asked-of")).to_be_empty()


def test_what_was_picked_in_an_answer_goes_with_it(asked: Page) -> None:
    asked.locator("#turns [data-pick]").first.check()
    asked.get_by_role("button", name="Retry").click()
    expect(asked.locator("#asked-of")).to_be_empty()


def test_the_kind_of_answer_can_be_chosen_for_one_question(asked: Page) -> None:
    asked.get_by_role("button", name="New").click()
    kinds = asked.locator("#asking-line").get_by_label("Answer with")
    kinds.select_option("fact")
    expect(ask(asked, _ZEBRAS).locator(".read-as summary")).to_contain_text("a question for a fact")
    expect(kinds).to_have_value("")
    expect(ask(asked, _ZEBRAS).locator(".read-as summary")).to_contain_text("a list of papers")


def test_criteria_can_be_corrected_and_asked_again(asked: Page) -> None:
    turn = asked.locator("#turns .turn").first
    turn.locator(".read-as summary").click()
    criteria = turn.get_by_label("A paper must meet")
    expect(criteria).to_have_value("count zebras")
    criteria.fill("(otters OR storks) AND NOT drones")
    turn.get_by_role("button", name="Ask again").click()
    expect(asked.locator("#turns .read-as summary")).to_contain_text("(otters OR storks) AND NOT drones")
    expect(asked.locator("#turns .turn")).to_have_count(1)
    again = complete(asked, 1)
    assert any("Storks" in title for title in _titles(again))
    expect(again.locator("h2")).to_have_text(_ZEBRAS)
    again.locator(".read-as summary").click()
    again.get_by_label("A paper must meet").fill("otters AND storks OR drones")
    again.get_by_role("button", name="Ask again").click()
    expect(asked.get_by_role("alert")).to_contain_text("put what OR joins in parentheses")


def test_a_corrected_question_is_asked_of_the_papers_that_were_meant(asked: Page) -> None:
    turn = ask(asked, _DRONES)
    turn.locator(".read-as summary").click()
    turn.get_by_label("Question").fill("which papers use microphones?")
    turn.get_by_role("button", name="Ask again").click()
    expect(asked.locator("#turns h2").last).to_have_text("which papers use microphones?")
    again = complete(asked, 2)
    assert _titles(again) == ["Zebras and Microphones, Part 1", "Zebras and Microphones, Part 2"]


def test_papers_side_by_side_have_a_footnote_in_each_cell_or_say_nothing(asked: Page) -> None:
    turn = ask(asked, "compare the first two")
    table = turn.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(2)
    cells = table.locator("tbody tr:not([data-column='year']) > td")
    assert cells.count() > 2
    for cell in cells.all():
        assert cell.locator("a.fn").count() == 1 or cell.inner_text() == "the abstract does not say"
    cells.locator("a.fn").first.click()
    quote = cells.locator("a.fn").first.get_attribute("data-quote") or "nothing"
    assert quote.split(" … ")[0] in asked.locator("#papers .card.current mark").all_inner_texts()


def test_criteria_that_cannot_be_read_stay_in_the_form_to_be_mended(asked: Page) -> None:
    asked.locator("#turns .read-as summary").click()
    asked.locator("[name=criteria]").fill("count zebras AND (drones")
    asked.get_by_role("button", name="Ask again").click()
    expect(asked.get_by_role("alert")).to_contain_text("parentheses")
    expect(asked.locator("#turns .turn")).to_have_count(1)
    asked.locator("[name=criteria]").fill("count zebras AND drones")
    asked.get_by_role("button", name="Ask again").click()
    expect(complete(asked, 1).locator(".read-as summary")).to_contain_text("count zebras AND drones")
    expect(asked.get_by_role("alert")).to_have_count(0)


def test_a_question_longer_than_criteria_can_be_is_asked_again_as_it_was(
    visit: _Visit, herd_url: str
) -> None:
    page = visit(herd_url)
    turn = ask(page, f"Which papers count zebras {'that are seen from drones ' * 60}?")
    name = turn.get_attribute("data-turn")
    turn.locator(".read-as summary").click()
    turn.get_by_role("button", name="Ask again").click()
    expect(page.locator(f'#turns [data-turn="{name}"]')).to_have_count(0)
    expect(complete(page, 1).locator("[role='alert']")).to_have_count(0)
