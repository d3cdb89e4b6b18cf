# SPDX-License-Identifier: GPL-3.0-or-later
"""The instances of Curtois & Qu (2014) as a compact program x[employee, day, shift].

Runs of minimum length are written with start variables, which describes the feasible on/off sequences of one employee
completely (Rajan and Takriti 2005: minimum up and down times); successions are cliques over two days.
"""

import dataclasses

from bench.rivals.model import Model

SECTIONS = ("HORIZON", "SHIFTS", "STAFF", "DAYS_OFF", "SHIFT_ON_REQUESTS", "SHIFT_OFF_REQUESTS", "COVER")


@dataclasses.dataclass(frozen=True)
class Employee:
    id: str
    most_of: dict  # by shift
    max_minutes: int
    min_minutes: int
    max_run: int
    min_run: int
    min_off: int
    max_weekends: int


class Instance:
    """One file, as read: BENCHMARKS section of bench/README.md says what each number means."""

    def __init__(self, sections):
        self.days = int(sections["HORIZON"][0][0])
        self.minutes = {row[0]: int(row[1]) for row in sections["SHIFTS"]}
        self.after = {row[0]: frozenset(word for word in row[2].split("|") if word) for row in sections["SHIFTS"]}
        self.staff = [Employee(row[0], dict(limits(row[1])), *map(int, row[2:8])) for row in sections["STAFF"]]
        self.off = {row[0]: set(map(int, row[1:])) for row in sections["DAYS_OFF"]}
        self.on_requests = [(row[0], int(row[1]), row[2], int(row[3])) for row in sections["SHIFT_ON_REQUESTS"]]
        self.off_requests = [(row[0], int(row[1]), row[2], int(row[3])) for row in sections["SHIFT_OFF_REQUESTS"]]
        self.cover = [(int(row[0]), row[1], *map(int, row[2:5])) for row in sections["COVER"]]

    @classmethod
    def load(cls, path):
        sections, rows = {name: [] for name in SECTIONS}, None
        with open(path, encoding="utf-8") as file:
            for line in map(str.strip, file):
                if line.startswith("SECTION_"):
                    rows = sections[line[8:]]
                elif line and not line.startswith("#"):
                    rows.append([word.strip() for word in line.split(",")])
        return cls(sections)


def limits(text):
    for part in text.split("|"):
        shift, most = part.split("=")
        yield shift, int(most)


class CurtoisModel:
    """Builds the program, and turns its solutions into the set's own solution format."""

    def __init__(self, instance):
        self.instance, self.model = instance, Model()
        self.x = {}
        for employee in instance.staff:
            self.add_employee(employee)
        self.add_requests()
        self.add_cover()

    def add_employee(self, employee):
        days = range(self.instance.days)
        off = self.instance.off.get(employee.id, ())
        may = [shift for shift in self.instance.minutes if employee.most_of.get(shift, self.instance.days) > 0]
        for day in days:
            for shift in may if day not in off else ():
                self.x[employee.id, day, shift] = self.model.add_column()
        worked = [self.add_day(employee, day) for day in days]
        self.add_successions(employee, may)
        self.add_totals(employee, may)
        self.add_runs(employee, worked)
        self.add_weekends(employee, worked)

    def shifts_of(self, employee, day):
        return {shift: self.x[employee.id, day, shift] for shift in self.instance.minutes
                if (employee.id, day, shift) in self.x}

    def add_day(self, employee, day):
        shifts = list(self.shifts_of(employee, day).values())
        worked = self.model.add_column(high=1 if shifts else 0, integer=False)
        self.model.add_row([worked, *shifts], [1] + [-1] * len(shifts), 0, 0)
        return worked

    def add_successions(self, employee, may):
        """For each set of shifts that some shift forbids: whoever forbids all of it, and it, exclude each other."""
        after = self.instance.after
        for forbidden in {after[shift] for shift in may if after[shift]}:
            for day in range(self.instance.days - 1):
                today = [x for shift, x in self.shifts_of(employee, day).items() if after[shift] >= forbidden]
                tomorrow = [x for shift, x in self.shifts_of(employee, day + 1).items() if shift in forbidden]
                if today and tomorrow:
                    self.model.add_clique(today + tomorrow)

    def add_totals(self, employee, may):
        mine = [(shift, self.x[employee.id, day, shift]) for day in range(self.instance.days) for shift in may
                if (employee.id, day, shift) in self.x]
        self.model.add_row([x for _, x in mine], [self.instance.minutes[shift] for shift, _ in mine],
                           employee.min_minutes, employee.max_minutes)
        for shift in may:
            columns = [x for other, x in mine if other == shift]
            if len(columns) > employee.most_of.get(shift, len(columns)):
                self.model.add_row(columns, [1] * len(columns), high=employee.most_of[shift])

    def add_runs(self, employee, worked):
        """start[d] >= worked[d] - worked[d-1]; what touches the first or last day is exempt from minima."""
        for first in range(len(worked) - employee.max_run):
            run = worked[first:first + employee.max_run + 1]
            self.model.add_row(run, [1] * len(run), high=employee.max_run)
        start = [None] + [self.model.add_column(integer=False) for _ in worked[1:]]
        for day in range(1, len(worked)):
            self.model.add_row([start[day], worked[day], worked[day - 1]], [1, -1, 1], low=0)
            up = start[max(1, day - employee.min_run + 1):day + 1]
            self.model.add_row([*up, worked[day]], [1] * len(up) + [-1], high=0)
            if day >= employee.min_off:
                before = day - employee.min_off
                down = start[before + 1:day + 1]
                self.model.add_row([*down, worked[before]], [1] * (len(down) + 1), high=1)

    def add_weekends(self, employee, worked):
        weekends = []
        for saturday in range(5, len(worked), 7):
            weekends.append(self.model.add_column(integer=False))
            for day in worked[saturday:saturday + 2]:
                self.model.add_row([day, weekends[-1]], [1, -1], high=0)
        if len(weekends) > employee.max_weekends:
            self.model.add_row(weekends, [1] * len(weekends), high=employee.max_weekends)

    def add_requests(self):
        for ident, day, shift, weight in self.instance.on_requests:
            self.model.constant += weight
            if (ident, day, shift) in self.x:
                self.model.cost[self.x[ident, day, shift]] -= weight
        for ident, day, shift, weight in self.instance.off_requests:
            if (ident, day, shift) in self.x:
                self.model.cost[self.x[ident, day, shift]] += weight

    def add_cover(self):
        for day, shift, required, under, over in self.instance.cover:
            takers = [self.x[e.id, day, shift] for e in self.instance.staff if (e.id, day, shift) in self.x]
            slacks = [self.model.add_column(under, high=required, integer=False),
                      self.model.add_column(over, high=len(takers), integer=False)]
            self.model.add_row(takers + slacks, [1] * len(takers) + [1, -1], required, required)

    def write(self, path, solution, _value, _bound):
        """One line an employee, as the set's own judges read it."""
        with open(path, "w", encoding="utf-8") as out:
            for employee in self.instance.staff:
                line = ["-"] * self.instance.days
                for day in range(self.instance.days):
                    for shift, x in self.shifts_of(employee, day).items():
                        if solution[x] > 0.5:
                            line[day] = shift
                out.write(",".join(line) + "\n")


