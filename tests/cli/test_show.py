# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables in a terminal and in a pipe."""

import re
import unicodedata

import pytest

SHOW = ["show", "campaign.json", "roster.json"]


def cells_by_column(text):
    """Cuts every line of a table where the rule under its headings says, counting columns as a terminal does."""
    lines = text.splitlines()
    spans = [match.span() for match in re.finditer("-+", lines[1])]
    rows = []
    for line in [lines[0], *lines[2:]]:
        cells = [""] * len(spans)
        column = 0
        for character in line:
            wide = 2 if unicodedata.east_asian_width(character) in "WF" else 1
            for number, (start, end) in enumerate(spans):
                if start <= column < end or (number == len(spans) - 1 and column >= start):
                    cells[number] += character
            column += wide
        rows.append([cell.strip() for cell in cells])
    return rows


def test_by_site_lists_every_duty_with_its_people(office):
    rows = cells_by_column(office.run(*SHOW).stdout)
    assert rows == [
        ["site", "date", "slot", "post", "people", "members"],
        ["北门", "2020-02-17 Mon", "08:00-12:00 上午", "值守岗", "2", "张三, 欧阳修文"],
        ["", "2020-02-17 Mon", "22:00-06:00+ 夜间", "值守岗", "1/2", "欧阳修文"],
        ["", "2020-02-18 Tue", "08:00-12:00 上午", "值守岗", "1/2", "张三"],
        ["", "2020-02-18 Tue", "22:00-06:00+ 夜间", "值守岗", "0/2", ""],
    ]


def test_chinese_tables_are_aligned(office):
    rows = cells_by_column(office.run(*SHOW, "--lang=zh").stdout)
    assert rows[0] == ["地点", "日期", "时段", "岗位", "人数", "人员"]
    assert rows[1] == ["北门", "2020-02-17 周一", "08:00-12:00 上午", "值守岗", "2", "张三、欧阳修文"]


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "POSIX"])
def test_the_locale_does_not_change_widths(office, locale):
    assert office.run(*SHOW, LC_ALL=locale).stdout == office.run(*SHOW).stdout


def test_by_member_groups_by_unit_and_member(office):
    rows = cells_by_column(office.run(*SHOW, "--by=member").stdout)
    assert [row[:3] for row in rows[1:]] == [
        ["三明校区", "欧阳修文", "2020-02-17 Mon"], ["", "", "2020-02-17 Mon"],
        ["信息工程学院", "张三", "2020-02-17 Mon"], ["", "", "2020-02-18 Tue"]]


def test_by_unit_adds_up(office):
    rows = cells_by_column(office.run(*SHOW, "--by", "unit").stdout)
    assert rows[1:] == [["三明校区", "1", "2", "12:00"], ["信息工程学院", "1", "2", "8:00"]]


def test_shortages_are_listed(office):
    rows = cells_by_column(office.run(*SHOW, "--by=shortages").stdout)
    assert [[row[0], row[4], row[5], row[6]] for row in rows[1:]] == [
        ["2020-02-17 Mon", "1", "1", "2"], ["2020-02-18 Tue", "1", "1", "2"], ["2020-02-18 Tue", "0", "1", "2"]]


def test_levels_of_a_roster_typed_by_hand_are_an_empty_table(office):
    assert len(office.run(*SHOW, "--by=levels").stdout.splitlines()) == 2


@pytest.mark.parametrize("filter_, rows", [
    (["--member=m1"], 2), (["--member=张三"], 2), (["--site=gate"], 4), (["--site=北门"], 4),
    (["--date=2020-02-17"], 2), (["--date=2020-02-18", "--member", "m2"], 0)])
def test_filters(office, filter_, rows):
    assert len(office.run(*SHOW, *filter_).stdout.splitlines()) == 2 + rows


def test_who_asks_for_a_member_sees_whole_duties(office):
    all_rows = cells_by_column(office.run(*SHOW).stdout)
    rows = cells_by_column(office.run(*SHOW, "--member=m1").stdout)
    assert rows == [all_rows[0], all_rows[1], ["", *all_rows[3][1:]]]


@pytest.mark.parametrize("filter_", ["--member=nobody", "--site=nowhere"])
def test_a_filter_by_what_is_not_there_is_said(office, filter_):
    done = office.run(*SHOW, filter_, code=3)
    assert filter_.split("=")[1] in done.stderr and done.stdout == ""


def test_a_pipe_gets_no_colours_and_no_trailing_blanks(office):
    for view in "site", "member", "unit", "levels", "shortages":
        text = office.run(*SHOW, "--by", view, TERM="xterm").stdout
        assert "\033" not in text
        assert not re.search(" +$", text, re.M)


def test_absence_is_marked(office):
    office.write("absent.json", {"format": "pioneer-roster", "version": 1, "assignments": [
        {"member": "m1", "post": "watch", "site": "gate", "slot": "am", "date": "2020-02-17", "state": "absent"}]})
    assert "张三 (absent)" in office.run("show", "campaign.json", "absent.json").stdout
