# SPDX-License-Identifier: GPL-3.0-or-later
"""MPS in its fixed columns, which every solver reads alike (CBC guesses whether a file is free, and guesses wrong)."""

from bench.rivals.model import INFINITY


def write(model, path):
    """Rows are R0, R1, …, columns C0, C1, …; the constant is left out, for solvers differ about its sign."""
    with open(path, "w", encoding="ascii") as out:
        out.write("NAME          campus\nROWS\n N  COST\n")
        for i in range(model.rows):
            out.write(" %s  R%d\n" % (kind(model.row_low[i], model.row_high[i]), i))
        write_columns(model, out)
        write_sides(model, out)
        write_bounds(model, out)
        out.write("ENDATA\n")


def write_number(out, field, name, other, number):
    out.write(" %-2s %-8s  %-8s  %12d\n" % (field, name, other, number))


def write_marker(out, number, word):
    out.write("    %-8s  %-8s                 %s\n" % ("M%d" % number, "'MARKER'", "'%s'" % word))


def kind(low, high):
    if low == high:
        return "E"
    return "G" if high == INFINITY else "L"


def write_columns(model, out):
    out.write("COLUMNS\n")
    entries = [[] for _ in range(model.columns)]
    for i in range(model.rows):
        columns, values, _, _ = model.row(i)
        for j, value in zip(columns, values):
            entries[j].append((i, value))
    inside = False
    for j, column in enumerate(entries):
        if bool(model.integer[j]) != inside:
            inside = not inside
            write_marker(out, j, "INTORG" if inside else "INTEND")
        if model.cost[j] or not column:
            write_number(out, "", "C%d" % j, "COST", model.cost[j])
        for i, value in column:
            write_number(out, "", "C%d" % j, "R%d" % i, value)
    if inside:
        write_marker(out, model.columns, "INTEND")


def write_sides(model, out):
    out.write("RHS\n")
    for i, (low, high) in enumerate(zip(model.row_low, model.row_high)):
        side = low if kind(low, high) == "G" else high
        if side:
            write_number(out, "", "RHS", "R%d" % i, side)
    out.write("RANGES\n")
    for i, (low, high) in enumerate(zip(model.row_low, model.row_high)):
        if -INFINITY < low < high < INFINITY:
            write_number(out, "", "RANGE", "R%d" % i, high - low)


def write_bounds(model, out):
    out.write("BOUNDS\n")
    for j in range(model.columns):
        if model.low[j] == model.high[j]:
            write_number(out, "FX", "BOUND", "C%d" % j, model.low[j])
            continue
        if model.low[j]:
            write_number(out, "LO", "BOUND", "C%d" % j, model.low[j])
        write_number(out, "UP", "BOUND", "C%d" % j, model.high[j])
