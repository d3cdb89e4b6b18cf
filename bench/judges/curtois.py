# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges a solution of a Curtois & Qu instance: python3 -m bench.judges.curtois INSTANCE SOLUTION.

A solution has one line an employee, in the file's order, of comma-separated shift ids, "-" for a day off. Written from
the set's description and reading the instance by itself.
"""

import itertools
import re
import sys


def read_sections(path):
    with open(path, encoding="utf-8") as file:
        lines = [line.strip() for line in file if not line.startswith("#")]
    sections, name = {}, None
    for line in lines:
        if line.startswith("SECTION_"):
            name = line
            sections[name] = []
        elif line:
            sections[name].append(line.split(","))
    return sections


def read_solution(path):
    with open(path, encoding="utf-8") as file:
        return [line.strip().split(",") for line in file if line.strip()]


def runs(days):
    """(worked, first day, length) of every maximal run."""
    first = 0
    for worked, group in itertools.groupby(days):
        length = len(list(group))
        yield worked, first, length
        first += length


class Judge:
    def __init__(self, instance_path):
        sections = read_sections(instance_path)
        self.horizon = int(sections["SECTION_HORIZON"][0][0])
        self.shifts = {row[0]: (int(row[1]), set(row[2].split("|")) - {""}) for row in sections["SECTION_SHIFTS"]}
        self.staff = sections["SECTION_STAFF"]
        self.days_off = {(row[0], int(day)) for row in sections["SECTION_DAYS_OFF"] for day in row[1:]}
        self.sections = sections
        self.broken = []

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
        self.demand(employee, int(least_minutes) <= total <= int(most_minutes), "works %d minutes" % total)
        for shift, most in re.findall(r"([^|=]+)=(\d+)", most_text):
            self.demand(employee, row.count(shift) <= int(most), "shift %s too often" % shift)
        for today, tomorrow in zip(row, row[1:]):
            self.demand(employee, today == "-" or tomorrow not in self.shifts[today][1],
                        "%s after %s" % (tomorrow, today))
        for day, shift in enumerate(row):
            self.demand(employee, shift == "-" or (ident, day) not in self.days_off, "works on day off %d" % day)
        self.judge_runs([shift != "-" for shift in row], employee, *map(int, limits))

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
        unmet = sum(int(weight) for ident, day, shift, weight in self.sections["SECTION_SHIFT_ON_REQUESTS"]
                    if roster[ident][int(day)] != shift)
        return unmet + sum(int(weight) for ident, day, shift, weight in self.sections["SECTION_SHIFT_OFF_REQUESTS"]
                           if roster[ident][int(day)] == shift)

    def cover(self, roster):
        total = 0
        for day, shift, required, under, over in self.sections["SECTION_COVER"]:
            there = sum(row[int(day)] == shift for row in roster.values())
            total += int(under) * max(0, int(required) - there) + int(over) * max(0, there - int(required))
        return total


def judge(instance_path, solution_path):
    return Judge(instance_path).judge(read_solution(solution_path))


if __name__ == "__main__":
    value, broken = judge(*sys.argv[1:3])
    print(value)
    print("\n".join(broken))
    sys.exit(1 if broken else 0)
