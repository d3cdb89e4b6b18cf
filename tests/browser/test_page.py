#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTML roster as people meet it: test_page.py MAKE_PAGE DIRECTORY [SCREENSHOTS]

Without Chromium the test is skipped, with a line that says so. With a third argument pictures are left there.
"""

import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "api"))
from browser import CHROMIUM, Browser  # noqa: E402
from tap import Tap  # noqa: E402

VISIBLE = "[...document.querySelectorAll('{}')].filter((e) => e.checkVisibility()).length"
A4, A3 = (842, 595), (1191, 842)  # points, landscape


def visible(browser, selector):
    return browser.evaluate(VISIBLE.format(selector))


def differs(found, wanted):
    return [] if found == wanted else [f"found {found}, wanted {wanted}"]


def unless(holds, text):
    return [] if holds else [text]


def pages_of(pdf):
    """(width, height) of every page, in whole points."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def near(page, size):
    return all(abs(a - b) <= 2 for a, b in zip(page, size))


def test_tabs(tap, browser, page):
    browser.open(page)
    tap.case("the page opens on its summary", differs(
        browser.evaluate("document.querySelector('.view.current').id"), "summary"))
    tap.case("shortages stand on the first screen", unless(
        browser.evaluate("document.querySelector('.shortages tbody tr').getBoundingClientRect().bottom < innerHeight"),
        "the first shortage lies below the fold"))
    for name in ("sites", "members", "units", "summary"):
        browser.click(f"nav a[href='#{name}']")
        shown = browser.evaluate("[...document.querySelectorAll('.view')].filter((v) => v.checkVisibility()).map((v) => v.id)")
        tap.case(f"a click on its tab shows {name} alone", differs(shown, [name]))
    tap.case("the tab says that it is the current one", differs(
        browser.evaluate("document.querySelector('[aria-current]').hash"), "#summary"))


def test_links(tap, browser, page):
    browser.open(page)
    browser.click(".shortages tbody a")
    browser.evaluate("new Promise((done) => setTimeout(done, 100))")
    tap.case("a shortage leads to its site, unfolded", unless(
        browser.evaluate("(() => { const s = document.querySelector(location.hash);"
                         " return s.open && s.checkVisibility() && document.querySelector('.view.current').id === 'sites'; })()"),
        "the site is not shown"))


def test_folding(tap, browser, page):
    browser.open(f"{page.as_uri()}#sites")
    before = visible(browser, ".week")
    browser.click("#unfold")
    after = visible(browser, ".week")
    browser.click("#fold")
    tap.case("sites fold and unfold", unless(before == 0 and after > 20 and visible(browser, ".week") == 0,
                                             f"{before}, {after} weeks"))


def test_filter(tap, browser, page):
    browser.open(f"{page.as_uri()}#members")
    everyone = visible(browser, "#members tr[data-m]")
    name = browser.evaluate("document.querySelector('#members tr[data-m] th').firstChild.textContent.trim()")
    browser.click("#find")
    browser.type(name)
    found = visible(browser, "#members tr[data-m]")
    tap.case("typing a name leaves its rows", unless(0 < found < everyone, f"{found} of {everyone} rows"))
    tap.case("the number of matches is told", unless(
        str(found) in browser.evaluate("document.querySelector('#found').textContent"), "it is not"))
    browser.click("nav a[href='#sites']")
    hits = visible(browser, "#sites li.hit")
    names = browser.evaluate("[...new Set([...document.querySelectorAll('#sites li.hit')]"
                             ".filter((e) => e.checkVisibility()).map((e) => e.firstChild.textContent))]")
    tap.case("the same filter marks the name at the sites, which unfold", differs(hits > 0 and names, [name]))
    browser.click("button[type=reset]")
    browser.evaluate("new Promise((done) => setTimeout(done, 50))")
    tap.case("clearing brings everything back, folded as before", unless(
        browser.evaluate("document.querySelectorAll('.hidden, .hit').length === 0") and visible(browser, ".week") == 0,
        "something stays hidden"))
    browser.evaluate("document.querySelector('#find').focus()")
    browser.type("没有这个人")
    tap.case("a word that occurs nowhere leaves nothing", differs(visible(browser, ".site"), 0))


def test_choices(tap, browser, page):
    browser.open(f"{page.as_uri()}#sites")
    day = browser.evaluate("document.querySelectorAll('#by-date option')[3].value")
    browser.choose("#by-date", day)
    tap.case("a date leaves its column alone", differs(
        browser.evaluate("[...new Set([...document.querySelectorAll('.week [data-d]')]"
                         ".filter((e) => e.checkVisibility()).map((e) => e.dataset.d))]"), [day]))
    browser.choose("#by-date", "")
    browser.choose("#by-site", "2")
    tap.case("a site leaves itself alone", differs(visible(browser, ".site"), 1))
    browser.choose("#by-site", "")
    browser.choose("#by-unit", "1")
    browser.click("nav a[href='#members']")
    tap.case("a unit leaves its own people, and those of the units below", unless(
        browser.evaluate("[...document.querySelectorAll('#members tr[data-m]')].filter((e) => e.checkVisibility())"
                         ".every((e) => ['1', '2', '3'].includes(e.dataset.u))")
        and visible(browser, "#members tr[data-m]") > 0, "others are shown"))
    browser.choose("#by-unit", "")
    browser.choose("#by-post", "1")
    tap.case("a post leaves its own duties", unless(
        browser.evaluate("[...document.querySelectorAll('.duties li')].filter((e) => e.checkVisibility())"
                         ".every((e) => e.dataset.p === '1')") and visible(browser, ".duties li") > 0,
        "others are shown"))


def test_phone(tap, browser, page, width):
    for view in ("summary", "sites", "members", "units"):
        browser.open(f"{page.as_uri()}#{view}", width=width, height=740, phone=True)
        browser.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
        wide = browser.evaluate("[...document.querySelectorAll('body *')].filter((e) => e.checkVisibility() &&"
                                " e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map((e) => e.outerHTML.slice(0, 120))")
        scroll = browser.evaluate("document.documentElement.scrollWidth - innerWidth")
        tap.case(f"{view} needs no sideways scrolling at {width} pixels", wide + unless(scroll <= 0, f"{scroll} too wide"))


def test_print(tap, browser, page):
    browser.open(f"{page.as_uri()}#sites")
    sites = browser.evaluate("document.querySelectorAll('.site').length")
    pages = pages_of(browser.pdf())
    tap.case("the view by site prints on A4 landscape", [p for p in pages if not near(p, A4)] + unless(pages, "no page"))
    tap.case("each site begins a page, though folded on screen", unless(
        sites <= len(pages) <= 1.5 * sites, f"{len(pages)} pages for {sites} sites"))
    tap.case("paper leaves the screen as it was", differs(visible(browser, ".week"), 0))
    # Chromium lays paper out with the width of the window that it comes from.
    browser.open(f"{page.as_uri()}#sites", width=500)
    browser.call("Emulation.setEmulatedMedia", media="print")
    tap.case("paper has tables, not the cards of a telephone", differs(
        browser.evaluate("getComputedStyle(document.querySelector('.week tbody tr')).display"), "table-row"))
    tap.case("tools stay off the paper", differs(visible(browser, ".tools"), 0))
    tap.case("the header row is one that repeats", differs(
        browser.evaluate("getComputedStyle(document.querySelector('.week thead')).display"), "table-header-group"))
    browser.call("Emulation.setEmulatedMedia", media="")
    browser.evaluate("print = () => {}; document.querySelector('[data-paper=A3]').click()")
    tap.case("the button for A3 prints on A3", [p for p in pages_of(browser.pdf()) if not near(p, A3)])


def test_access(tap, browser, page):
    browser.open(page)
    tap.case("the page names its language", differs(browser.evaluate("document.documentElement.lang"), "zh-CN"))
    tap.case("no id stands twice", differs(browser.evaluate(
        "(() => { const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);"
        " return ids.filter((id, i) => ids.indexOf(id) !== i); })()"), []))
    tap.case("every table has headings with a scope", differs(browser.evaluate(
        "[...document.querySelectorAll('table')].filter((t) => !t.querySelector('th[scope=col]')).length"), 0))
    tap.case("every field has a name", differs(browser.evaluate(
        "[...document.querySelectorAll('input, select')].filter((e) => !e.getAttribute('aria-label')).length"), 0))
    tap.case("a name that is a script is a name", unless(
        browser.evaluate("document.body.textContent.includes(\"<script>alert('欧')</script>\")"
                         " && document.scripts.length === 1"), "it is not shown as text"))


def take_pictures(browser, page, directory):
    directory.mkdir(parents=True, exist_ok=True)
    for view in ("summary", "sites", "members", "units"):
        browser.open(f"{page.as_uri()}#{view}")
        browser.evaluate("document.querySelectorAll('.site, .parts').forEach((e, i) => { e.open = i < 2; }); scrollTo(0, 0)")
        browser.screenshot(directory / f"{view}.png")
        browser.open(f"{page.as_uri()}#{view}", width=360, height=740, phone=True)
        browser.evaluate("document.querySelectorAll('.site').forEach((e, i) => { e.open = i < 2; })")
        browser.evaluate("scrollTo(0, document.querySelector('.view.current').offsetTop - 60)")
        browser.screenshot(directory / f"{view}-phone.png")
        browser.open(f"{page.as_uri()}#{view}")
        (directory / f"{view}.pdf").write_bytes(browser.pdf())


def main(make_page, directory, pictures=None):
    tap = Tap()
    if not CHROMIUM:
        print("1..0 # SKIP Chromium is not installed (apt-get install chromium)")
        return
    page = pathlib.Path(directory).resolve() / "roster.html"
    subprocess.run([make_page, "zh", page], check=True)
    browser = Browser()
    try:
        test_tabs(tap, browser, page)
        test_links(tap, browser, page)
        test_folding(tap, browser, page)
        test_filter(tap, browser, page)
        test_choices(tap, browser, page)
        for width in (360, 760):
            test_phone(tap, browser, page, width)
        test_print(tap, browser, page)
        test_access(tap, browser, page)
        if pictures:
            take_pictures(browser, page, pathlib.Path(pictures))
        asked = {url.split("#")[0] for url in browser.requests} - {"about:blank"}
        tap.case("nothing was asked of any network", differs(asked, {page.as_uri()}))
        tap.case("the console stayed silent", browser.complaints)
    finally:
        browser.close()
    tap.finish()


if __name__ == "__main__":
    main(*sys.argv[1:])
