# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges a solution of a Curtois & Qu instance: python3 -m bench.judges.curtois INSTANCE SOLUTION.

A solution has one line an employee, in the file's order, of comma-separated shift ids, "-" for a day off. Written from
the set's description and reading the instance by itself.
"""

import itertools
import re
import sys

from bench.usage import Parser, reason


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        try:
            return [line.strip() for line in file]
        except UnicodeDecodeError as wrong:
            raise ValueError("%s: no text in UTF-8" % path) from wrong


def read_sections(path):
    sections, name = {}, None
    for line in lines_of(path):
        if line.startswith("SECTION_"):
            name = line
            sections[name] = []
        elif line and not line.startswith("#"):
            if name is None:
                raise ValueError("%s: no instance of Curtois & Qu: it does not begin with a section" % path)
            sections[name].append(line.split(","))
    return sections


def read_solution(path):
    return [line.split(",") for line in lines_of(path) if line]


def measures(path):
    """How many employees and days an instance has."""
    umpire = Judge(path)
    return {"members": len(umpire.staff), "days": umpire.horizon}


def runs(days):
    """(worked, first day, length) of every maximal run."""
    first = 0
    for worked, group in itertools.groupby(days):
        length = len(list(group))
        yield worked, first, length
        first += length


class Judge:
    def __init__(self, instance_path):
        """Raises OSError or ValueError, with a text for people."""
        self.sections = read_sections(instance_path)
        try:
            self.take(self.sections)
        except (LookupError, ValueError) as wrong:
            raise ValueError("%s: no instance of Curtois & Qu: %s" % (instance_path, wrong)) from wrong
        self.broken = []

    def take(self, sections):
        self.horizon = int(sections["SECTION_HORIZON"][0][0])
        self.shifts = {row[0]: (int(row[1]), set(row[2].split("|")) - {""}) for row in sections["SECTION_SHIFTS"]}
        self.staff = [self.employee(*row) for row in sections["SECTION_STAFF"]]
        self.days_off = {(row[0], int(day)) for row in sections["SECTION_DAYS_OFF"] for day in row[1:]}
        self.wanted, self.unwanted = (
            [(ident, int(day), shift, int(weight)) for ident, day, shift, weight in sections[name]]
            for name in ("SECTION_SHIFT_ON_REQUESTS", "SECTION_SHIFT_OFF_REQUESTS"))
        self.demands = [(int(day), shift, int(required), int(under), int(over))
                        for day, shift, required, under, over in sections["SECTION_COVER"]]

    @staticmethod
    def employee(ident, most_of_shifts, *limits):
        """Limits: most and least minutes, longest and shortest run, least days off, most weekends."""
        if len(limits) != 6:
            raise ValueError("%s has %d limits instead of 6" % (ident, len(limits)))
        return (ident, most_of_shifts, *map(int, limits))

    def judge(self, rows):
        """(penalty, list of broken rules)."""
        self.broken = []
        if len(rows) != len(self.staff) or any(len(row) != self.horizon for row in rows):
            return None, ["the solution has not one line an employee and one entry a day"]
        for row, employee in zip(rows, self.staff):
            self.judge_employee(row, employee)
        roster = {employee[0]: row for row, employee in zip(rows, self.staff)}
        return self.requests(roster) + self.cover(roster), self.broken

    def demand(self, employee, holds, text):
        if not holds:
            self.broken.append("%s: %s" % (employee[0], text))

    def judge_employee(self, row, employee):
        ident, most_text, most_minutes, least_minutes, *limits = employee
        unknown = set(row) - set(self.shifts) - {"-"}
        if unknown:
            self.broken.append("%s: no such shift %s" % (ident, sorted(unknown)))
            return
        total = sum(self.shifts[shift][0] for shift in row if shift != "-")
        self.demand(employee, least_minutes <= total <= most_minutes, "works %d minutes" % total)
        for shift, most in re.findall(r"([^|=]+)=(\d+)", most_text):
            self.demand(employee, row.count(shift) <= int(most), "shift %s too often" % shift)
        for today, tomorrow in zip(row, row[1:]):
            self.demand(employee, today == "-" or tomorrow not in self.shifts[today][1],
                        "%s after %s" % (tomorrow, today))
        for day, shift in enumerate(row):
            self.demand(employee, shift == "-" or (ident, day) not in self.days_off, "works on day off %d" % day)
        self.judge_runs([shift != "-" for shift in row], employee, *limits)

    def judge_runs(self, worked, employee, max_run, min_run, min_off, max_weekends):
        for is_work, first, length in runs(worked):
            inner = first > 0 and first + length < self.horizon
            if is_work:
                self.demand(employee, length <= max_run, "works %d days from %d" % (length, first))
            least = min_run if is_work else min_off
            self.demand(employee, not inner or length >= least, "a run of %d days from %d" % (length, first))
        weekends = sum(any(worked[day:day + 2]) for day in range(5, self.horizon, 7))
        self.demand(employee, weekends <= max_weekends, "works on %d weekends" % weekends)

    def requests(self, roster):
        unmet = sum(weight for ident, day, shift, weight in self.wanted if roster[ident][day] != shift)
        return unmet + sum(weight for ident, day, shift, weight in self.unwanted
                           if roster[ident][day] == shift)

    def cover(self, roster):
        total = 0
        for day, shift, required, under, over in self.demands:
            there = sum(row[day] == shift for row in roster.values())
            total += under * max(0, required - there) + over * max(0, there - required)
        return total


def judge(instance_path, solution_path):
    return Judge(instance_path).judge(read_solution(solution_path))


def main(words=None):
    parser = Parser(prog="python3 -m bench.judges.curtois",
                    description="Judge a solution of a Curtois & Qu instance.",
                    epilog="Prints the penalty, and a line for each broken rule. Exit codes: 0 none is "
                           "broken, 1 some are, 2 wrong usage or files.")
    parser.add_argument("instance", help="a file such as Instance1.txt")
    parser.add_argument("solution", help="a line an employee, of comma-separated shifts, \"-\" for a day off")
    given = parser.parse_args(words)
    try:
        umpire = Judge(given.instance)
        rows = read_solution(given.solution)
    except (OSError, ValueError) as wrong:
        parser.error(reason(wrong))
    value, broken = umpire.judge(rows)
    print("\n".join([str(value), *broken]))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
