# SPDX-License-Identifier: GPL-3.0-or-later
"""How every program of the benchmarks says that it was called wrongly: one line, exit code 2."""

import argparse
import re

EXIT_WRONG = 2  # wrong usage, or a file that cannot be read or written


class Parser(argparse.ArgumentParser):
    """Without the summary of all options in front of what is wrong."""

    def __init__(self, **about):
        super().__init__(allow_abbrev=False, **about)

    def error(self, message):
        self.exit(EXIT_WRONG, "%s: %s\n" % (self.prog, message))


def whole_number(low, high):
    """A reader of option values."""
    def read(word):
        if not re.fullmatch(r"[0-9]{1,19}", word) or not low <= int(word) <= high:
            raise argparse.ArgumentTypeError("%r is no whole number from %d to %d" % (word, low, high))
        return int(word)
    return read


def whole_numbers(low, high):
    """The same for a list with commas."""
    read = whole_number(low, high)
    return lambda words: [read(word) for word in words.split(",")]


def reason(wrong):
    """What an OSError or a ValueError has to say to people."""
    if not isinstance(wrong, OSError):
        return str(wrong)
    return "%s: %s" % (wrong.filename, wrong.strerror) if wrong.filename else wrong.strerror or str(wrong)
