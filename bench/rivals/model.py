# SPDX-License-Identifier: GPL-3.0-or-later
"""A mixed-integer program that no solver owns."""

import array

INFINITY = float("inf")


class Model:
    """minimise constant + cost·x, row_low <= A x <= row_high, low <= x <= high, some x whole.

    All costs and coefficients are whole numbers. Columns marked `integer` must be whole; the others are whole in some
    best solution anyway, so a solver that knows whole numbers only (CP-SAT) may take them as whole, too.
    """

    def __init__(self):
        self.constant = 0
        self.start = None  # a solution to begin with
        self.cost, self.low, self.high = array.array("q"), array.array("q"), array.array("q")
        self.integer = bytearray()
        self.row_start, self.row_low, self.row_high = array.array("q", [0]), [], []
        self.row_is_clique = bytearray()
        self.index, self.value = array.array("i"), array.array("q")

    def add_column(self, cost=0, low=0, high=1, integer=True):
        self.cost.append(cost)
        self.low.append(low)
        self.high.append(high)
        self.integer.append(integer)
        return len(self.cost) - 1

    def add_row(self, columns, values, low=-INFINITY, high=INFINITY):
        self._add(columns, values, low, high, False)

    def add_clique(self, columns):
        """At most one of these binaries."""
        if len(columns) > 1:
            self._add(columns, [1] * len(columns), -INFINITY, 1, True)

    def _add(self, columns, values, low, high, is_clique):
        self.index.extend(columns)
        self.value.extend(values)
        self.row_start.append(len(self.index))
        self.row_low.append(low)
        self.row_high.append(high)
        self.row_is_clique.append(is_clique)

    @property
    def columns(self):
        return len(self.cost)

    @property
    def rows(self):
        return len(self.row_low)

    @property
    def entries(self):
        return len(self.index)

    def row(self, i):
        """(columns, values, low, high)."""
        span = slice(self.row_start[i], self.row_start[i + 1])
        return self.index[span], self.value[span], self.row_low[i], self.row_high[i]

    def objective(self, solution):
        return self.constant + sum(c * x for c, x in zip(self.cost, solution) if c)

    def complete(self, solution):
        """Gives the columns that are not marked `integer` their cheapest values; returns the rows that stay broken.

        Solvers that are stopped leave slacks larger than need be. In every row such a column is the remedy for what
        columns before it have done, the cheapest remedy first; models add their rows in an order that makes this right.
        """
        for j, whole in enumerate(self.integer):
            if not whole:
                solution[j] = self.low[j]
        for i in range(self.rows):
            self._remedy(i, solution)
        return [i for i in range(self.rows) if not self.row_low[i] <= self._total(i, solution) <= self.row_high[i]]

    def _total(self, i, solution):
        columns, values, _, _ = self.row(i)
        return sum(v * solution[j] for j, v in zip(columns, values))

    def _remedy(self, i, solution):
        columns, values, low, high = self.row(i)
        total = self._total(i, solution)
        if low <= total <= high:
            return
        remedies = sorted((self.cost[j] / abs(v), k) for k, (j, v) in enumerate(zip(columns, values))
                          if not self.integer[j])
        for _, k in remedies:
            j, value = columns[k], values[k]
            while (total < low and value > 0 or total > high and value < 0) and solution[j] < self.high[j]:
                solution[j] += 1
                total += value
