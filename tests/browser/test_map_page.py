"""The Map view: each paper has its point, which tells its title and opens it."""

from __future__ import annotations

from tests.browser.driving import Page, expect


def test_a_point_tells_its_title_and_opens_its_paper(page: Page) -> None:
    page.locator("nav a[data-view='map']").click()
    expect(page.locator("#map-state")).to_have_text("9 papers")
    point = page.evaluate(
        "(() => { const p = Footnote.map.points()[1]; return [p.title, ...Footnote.map.place(p)]; })()"
    )
    box = page.locator("#map-canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + point[1], box["y"] + point[2])
    expect(page.locator("#map-label")).to_contain_text(point[0])
    page.mouse.move(box["x"] + 5, box["y"] - 20)
    expect(page.locator("#map-label")).to_be_hidden()
    page.mouse.click(box["x"] + point[1], box["y"] + point[2])
    expect(page.locator("#map-paper .card h3")).to_have_text(point[0])


def test_points_are_coloured_by_theme_or_by_year_and_one_group_can_stand_alone(page: Page) -> None:
    page.locator("nav a[data-view='map']").click()
    legend = page.locator("#map-legend button")
    expect(legend.locator("small")).to_have_text("9")
    page.get_by_label("year", exact=True).check()
    expect(legend).to_have_text(["2019 1", "no date 8"])
    legend.first.click()
    expect(legend.first).to_have_attribute("aria-pressed", "true")
    page.get_by_label("theme", exact=True).check()
    expect(legend).to_have_count(1)
    expect(legend.first).to_have_attribute("aria-pressed", "false")


def test_more_like_a_paper_of_another_view_is_shown_beside_the_conversation(page: Page) -> None:
    page.locator("nav a[data-view='papers']").click()
    page.locator(".papers-list summary", has_text="Twin Scale Fusion").click()
    page.locator(".papers-list").get_by_role("button", name="More like this").click()
    expect(page.locator("#papers .hint")).to_contain_text("Papers like “Twin Scale Fusion”")
    expect(page.locator("#question textarea")).to_be_visible()
