import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from report_examples import ALL, adverse, said, urgent

from necessity.charts.chart import Chart
from necessity.reports.to_html import to_html

VOID = {"meta", "line", "rect", "input", "br", "link", "img"}


class Page(HTMLParser):
    """What a test asks of a page: tags with attributes, ids, links, and the text of each chart document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.charts: list[str] = []
        self._chart_depth = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        self.tags.append((tag, given))
        if tag in VOID:
            return
        self.open.append(tag)
        if tag == "div" and given.get("class") == "text":
            self._chart_depth = len(self.open)
            self.charts.append("")

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.open.pop() == tag
        if len(self.open) < self._chart_depth:
            self._chart_depth = 0

    def handle_data(self, data):
        if self._chart_depth:
            self.charts[-1] += data

    def values(self, name):
        return [given[name] for _, given in self.tags if name in given]


@pytest.fixture(params=ALL)
def determination(request):
    return ALL[request.param]()


@pytest.fixture
def page(determination):
    return Page(to_html(determination).decode())


def test_every_tag_is_closed(page):
    assert page.open == []


def test_every_link_leads_somewhere_on_the_page(page):
    targets = set(page.values("id"))
    links = page.values("href")
    assert links and all(link.startswith("#") and link[1:] in targets for link in links)


def test_ids_are_used_once_and_labels_exist(page):
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert set(page.values("aria-labelledby")) <= set(ids)


def test_the_chart_is_shown_to_the_character(determination, page):
    assert page.charts == [document.text for document in determination.chart.documents]


def test_nothing_is_fetched(page):
    assert not page.values("src") and not page.values("style") and not page.values("onclick")
    assert not [tag for tag, _ in page.tags if tag in ("link", "img", "iframe")]


def test_the_page_allows_its_own_script_and_style_only(determination):
    html = to_html(determination).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")
    for tag in ("script", "style"):
        text = re.search(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_a_chart_cannot_put_markup_or_script_into_the_page():
    attack = "</div><script>alert(1)</script><img src=x onerror=alert(1)>\"'"
    first, *rest = adverse().chart.documents
    changed = replace(first, name=attack, text=first.text + attack, sha256="")
    determination = replace(
        adverse(), case=attack, answer=(said("answer", attack, "policy"),), chart=Chart(documents=(changed, *rest))
    )
    page = Page(to_html(determination).decode())
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not page.values("onerror")
    assert page.charts[0] == changed.text


def test_every_quotation_links_to_its_passage_without_script(page):
    links = [given for tag, given in page.tags if given.get("class") == "place"]
    anchors = {given["id"] for tag, given in page.tags if given.get("class") == "anchor"}
    assert links and {link["href"][1:] for link in links} == anchors


def test_a_finding_is_a_link_to_its_first_passage():
    html = to_html(urgent()).decode()
    finding = html[html.index('id="f-l1-radicular-pain"') :]
    assert re.match(r'.*?<h3><a href="#(p-d3-\d+-\d+)" data-passage="\1">Radicular', finding, re.DOTALL)


def test_the_answer_the_panes_and_the_skip_links_can_be_reached(page):
    first_links = [given["href"] for tag, given in page.tags if tag == "a"][:2]
    assert first_links == ["#report", "#chart"]
    panes = [given for _, given in page.tags if given.get("role") == "region"]
    assert [(pane["aria-label"], pane["tabindex"]) for pane in panes] == [
        ("Determination", "0"),
        ("Chart documents", "0"),
    ]
    assert [given["role"] for _, given in page.tags if "aria-live" in given] == ["status"]


def test_headings_leave_out_no_level(page):
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_the_same_determination_gives_the_same_page(determination):
    assert to_html(determination) == to_html(determination)
