# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws that are the same in every Python version, which the standard library's are not promised to be."""

MASK = (1 << 64) - 1


class Dice:
    """splitmix64 (Steele, Lea and Flood, 2014)."""

    def __init__(self, seed):
        self.state = seed & MASK

    def word(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, bound):
        return self.word() % bound

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, items):
        return items[self.below(len(items))]

    def rounded(self, value, unit):
        """value / unit, up or down so that the mean is exact."""
        return (value + self.below(unit)) // unit
