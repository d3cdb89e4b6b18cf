# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may serve: each condition once, as the text that a campaign has and as a set of members.

A set of members is a Python integer with one bit a member: counting who is eligible and free for forty thousand duties
is then a matter of milliseconds.
"""


def bits(people, test):
    """The members that pass, the first one in the lowest bit."""
    return int("".join("1" if test(m) else "0" for m in reversed(people)) or "0", 2)


class Who:
    """An expression of docs/format.md and the test that it stands for."""

    def __init__(self, text, test, is_or=False):
        self.text, self.test, self.is_or = text, test, is_or

    def __and__(self, other):
        return Who(self.inner() + " and " + other.inner(), lambda m: self.test(m) and other.test(m))

    def __or__(self, other):
        return Who(self.text + " or " + other.text, lambda m: self.test(m) or other.test(m), True)

    def inner(self):
        """The text as a part of an "and", which binds closer than "or"."""
        return "(%s)" % self.text if self.is_or else self.text


def tag(word):
    return Who("tag = " + word, lambda m: word in m.tags)


def role(*words):
    return Who("role in (%s)" % ", ".join(words), lambda m: m.role in words)


def status(*words):
    return Who("status in (%s)" % ", ".join(words), lambda m: m.status in words)


def rating(name, low):
    return Who("rating.%s >= %d" % (name, low), lambda m: m.ratings[name] >= low)


def zone(index, text, zones):
    return Who("zone = " + text, lambda m: m.college % zones == index)


ANYONE = Who("anyone", lambda m: True)
