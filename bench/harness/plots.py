# SPDX-License-Identifier: GPL-3.0-or-later
"""Value and bound over time, how cost grows with size, and how much longer rivals take."""

import importlib.util
import math

from bench.harness import record as records_of
from bench.harness.contestants import PIONEER

COLOURS = {PIONEER: "#c00000", "cpsat": "#1f77b4", "highs": "#2ca02c", "cbc": "#9467bd", "scip": "#ff7f0e",
           "glpk": "#7f7f7f", "timefold": "#17becf"}


def available():
    return importlib.util.find_spec("matplotlib") is not None


def new_figure(columns=1, height=4):
    import matplotlib
    matplotlib.use("svg")
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(1, columns, figsize=(5.2 * columns + 2, height), squeeze=False,
                                   layout="constrained")
    return figure, axes[0]


def all_of(records):
    """(title, figure) of everything that the records can show."""
    import matplotlib.pyplot
    instances = dict.fromkeys((r["set"], r["instance"]) for r in records if r["trace"])
    for set_name, instance in instances:
        mine = [r for r in records if (r["set"], r["instance"]) == (set_name, instance) and r["trace"]]
        yield "%s, %s: value and bound over time" % (set_name, instance), over_time(mine)
    if len({pairs for pairs, _ in scaling_points(records, PIONEER, "seconds_to_first")}) > 1:
        yield "How cost grows with size", scaling(records)
    ratios = list(ratios_of(records))
    if ratios:
        yield "Rivals' time to 1 % over libpioneer's", ratio_bars(ratios)
    matplotlib.pyplot.close("all")


def over_time(records):
    """Values as lines, bounds dashed, the best known one dotted, gaps beside them; the first seed of each solver is
    enough to see the shape."""
    figure, (left, right) = new_figure(2)
    first_runs = {r["solver"]: r for r in reversed(records)}
    for solver, run in first_runs.items():
        colour = COLOURS.get(solver)
        for k, style in ((1, "-"), (2, "--")):
            points = [(max(p[0], 0.001), p[k]) for p in run["trace"] if p[k] is not None and p[k] >= 0]
            left.plot(*zip(*points) if points else ([], []), style, color=colour, drawstyle="steps-post",
                      label=solver if k == 1 else None)
        gaps = [(max(at, 0.001), drawn_gap(value, bound)) for at, value, bound in run["trace"]
                if value is not None and bound is not None]
        right.plot(*zip(*gaps) if gaps else ([], []), color=colour, drawstyle="steps-post", label=solver)
    best = records[0]["best_known"]
    if best is not None:
        left.axhline(best, color="black", linewidth=0.8, linestyle=":", label="best known")
    dress(left, "seconds, first seed", "value (line), bound (dashed)")
    dress(right, "seconds, first seed", "gap in percent")
    left.set_yscale("linear")
    low, high = sensible_range(first_runs.values())
    if low < high:
        left.set_ylim(low, high)
    show_gaps(right)
    return figure


# Gaps in percent, as they are drawn: a proof is the floor, and nothing else gets there.
PROVEN, SMALLEST, ALL = 1e-3, 2e-3, 100


def drawn_gap(value, bound):
    return PROVEN if records_of.is_proof(value, bound) else max(SMALLEST, records_of.gap(value, bound))


def show_gaps(axes):
    """The same scale on every instance, so that charts can be compared; with a bound below 0 a gap is above it."""
    axes.set_ylim(PROVEN, 1.5 * ALL)
    axes.set_yticks([PROVEN, 0.01, 0.1, 1, 10, ALL], ["proven", "0.01", "0.1", "1", "10", "100"])


def sensible_range(runs):
    """First rosters are so bad that nothing else could be seen: from the bounds to twice the best value, with room at
    either end."""
    values = [r["trace"][-1][1] for r in runs if r["trace"][-1][1] is not None]
    bounds = [r["trace"][-1][2] for r in runs if r["trace"][-1][2] is not None]
    if not values:
        return 0, 0
    highest = 2 * min(values)
    return max(-0.04 * highest, min(bounds + values) * 0.9 - 0.04 * highest), highest


def dress(axes, x_name, y_name):
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel(x_name)
    axes.set_ylabel(y_name)
    axes.grid(True, which="major", alpha=0.3)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(fontsize=8)


def scaling(records):
    """Medians against eligible pairs, on logarithmic scales: a slope of 1.15 is what is asked for."""
    figure, axes = new_figure(2)
    for panel, field, name in ((axes[0], "seconds_to_first", "seconds to the first roster"),
                               (axes[1], "peak_mib", "memory peak in MiB")):
        for solver in dict.fromkeys(r["solver"] for r in records):
            points = sorted(scaling_points(records, solver, field))
            panel.plot(*zip(*points) if points else ([], []), "o-", color=COLOURS.get(solver), label=solver)
        dress(panel, "eligible pairs", name)
        show_decades(panel)
    return figure


def show_decades(axes):
    """Both axes from a power of ten to another one: the marks of a narrow range run into each other."""
    points = [point for line in axes.get_lines() for point in line.get_xydata()]
    for values, limit in zip(zip(*points), (axes.set_xlim, axes.set_ylim)):
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        limit(0.9 * 10.0 ** low, 1.1 * 10.0 ** max(high, low + 1))


def scaling_points(records, solver, field):
    for (set_name, _, name), mine in records_of.groups(records).items():
        value = records_of.median(mine, field)
        if name == solver and set_name == "campus-joint" and mine[0]["pairs"] and value:
            yield mine[0]["pairs"], max(value, 0.001)


def ratios_of(records):
    groups = records_of.groups(records)
    for (set_name, instance, solver), mine in groups.items():
        ours = groups.get((set_name, instance, PIONEER))
        if solver != PIONEER and ours:
            ratio = records_of.ratio(ours, mine, "seconds_to_one_percent")
            if ratio:
                yield instance, solver, ratio


def ratio_bars(ratios):
    """Hatched: the rival or libpioneer never got there, so the bar is a lower or an upper limit."""
    figure, (axes,) = new_figure(height=max(2.5, 0.3 * len(ratios) + 1))
    for k, (instance, solver, (sign, factor)) in enumerate(ratios):
        axes.barh(k, factor, color=COLOURS.get(solver), hatch=None if sign == "=" else "//", alpha=0.8)
        axes.text(factor, k, " %s%.1f" % (sign.replace("=", ""), factor), va="center", fontsize=8)
    axes.set_yticks(range(len(ratios)), ["%s, %s" % (instance, solver) for instance, solver, _ in ratios], fontsize=8)
    axes.invert_yaxis()  # in the table's order
    axes.set_xscale("log")
    leave_room_for_labels(axes, [factor for _, _, (_, factor) in ratios])
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_xlabel("times longer than libpioneer; hatched: a limit")
    return figure


def leave_room_for_labels(axes, factors):
    """A label stands to the right of its bar, and takes less than a seventh of the width."""
    low, high = min(1.0, *factors) / 1.5, max(1.0, *factors) * 1.1
    axes.set_xlim(low, high * (high / low) ** (1 / 6))


