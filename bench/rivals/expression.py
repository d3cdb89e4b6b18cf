# SPDX-License-Identifier: GPL-3.0-or-later
"""The expressions of docs/rules.md section 8, as far as the joint campus uses them."""

import operator
import re

TOKEN = re.compile(r'\s*(!=|>=|<=|[=<>(),]|"[^"]*"|[^\s!=<>(),"]+)')
COMPARE = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq}


class Expression:
    """Reads a text once; test(member) then looks at a member as the campaign has it."""

    def __init__(self, text, zone_of_site):
        self.tokens, self.at = TOKEN.findall(text), 0
        self.zone_of_site = zone_of_site
        self.test = self.any_of()

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1].strip('"')

    def accept(self, word):
        found = self.tokens[self.at:self.at + 1] == [word]
        self.at += found
        return found

    def any_of(self):
        tests = [self.all_of()]
        while self.accept("or"):
            tests.append(self.all_of())
        return tests[0] if len(tests) == 1 else lambda member: any(test(member) for test in tests)

    def all_of(self):
        tests = [self.negation()]
        while self.accept("and"):
            tests.append(self.negation())
        return tests[0] if len(tests) == 1 else lambda member: all(test(member) for test in tests)

    def negation(self):
        if self.accept("not"):
            test = self.negation()
            return lambda member: not test(member)
        if self.accept("("):
            test = self.any_of()
            self.take()
            return test
        if self.accept("anyone"):
            return lambda member: True
        return self.comparison()

    def comparison(self):
        field, sign = self.take(), self.take()
        if sign == "in":
            words = set()
            while self.take() != ")":
                words.add(self.take())
            return lambda member: not words.isdisjoint(self.words(member, field))
        value = self.take()
        if field.startswith("rating."):
            name, low, compare = field[7:], int(value), COMPARE[sign]
            return lambda member: compare(member.get("ratings", {}).get(name, 0), low)
        return lambda member: (value in self.words(member, field)) == (sign == "=")

    def words(self, member, field):
        if field == "tag":
            return member.get("tags", ())
        if field in ("status", "role"):
            return (member.get(field, "other"),)
        if field == "zone":
            return (self.zone_of_site.get(member.get("home_site"), ""),)
        raise ValueError("expressions on %s are not read here" % field)
