# SPDX-License-Identifier: GPL-3.0-or-later
"""The instances of a run: campuses are drawn, public sets are found in the folder that the user has downloaded."""

import csv
import dataclasses
import os
import re

from bench.campus import Campus, Size
from bench.harness.paths import BEST_KNOWN, WORK
from bench.judges import curtois

SETS = ("campus-joint", "campus-staged", "campus-unforeseen", "curtois", "inrc2-static", "inrc2-dynamic")


@dataclasses.dataclass(frozen=True)
class Instance:
    """One instance; `facts` are members, days, duties, pairs where they are known."""

    set: str
    name: str
    path: str
    facts: dict
    best_known: int | None = None

    @property
    def format(self):
        return self.set.split("-")[0]

    @property
    def label(self):
        """How tables call it: two problems share each instance of INRC-II."""
        return "%s %s" % (self.name, self.set.split("-")[1]) if self.format == "inrc2" else self.name


def campuses(set_name, sizes, seeds):
    for size in sizes:
        for seed in seeds:
            yield draw(set_name, size, seed)


CAMPUS_LABELS = {"campus-joint": "", "campus-staged": " staged", "campus-unforeseen": " unforeseen"}


def draw(set_name, size, seed):
    """Drawn anew each time: the generator is cheap, and a stale file would be a wrong result."""
    joint = set_name == "campus-joint"
    folder = WORK / "instances"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / ("%s-%s-%d.json" % (set_name, size, seed))
    campus = Campus(Size.named(size), seed)
    with open(path, "w", encoding="utf-8") as file:
        campus.write(file, joint)
    facts = {"members": len(campus.people), "days": campus.size.days, "duties": len(campus.duties),
             "pairs": campus.pairs()}
    return Instance(set_name, "%s%s-%d" % (size, CAMPUS_LABELS[set_name], seed), str(path), facts)


def public(set_name, folder, pattern):
    """Instances of a downloaded set, in the order of the numbers in their names.

    Raises OSError or ValueError for bad files.
    """
    root = folder_of(set_name, folder)
    if root is None:
        return []
    best = best_known(root, set_name)
    names = curtois_names(root) if set_name == "curtois" else inrc2_names(root)
    chosen = sorted((name for name in names if re.search(pattern, name)), key=natural)
    if set_name != "curtois":
        return [Instance(set_name, name, root, {}, best.get(name)) for name in chosen]
    paths = [os.path.join(root, name + ".txt") for name in chosen]
    return [Instance(set_name, name, path, curtois.measures(path), best.get(name))
            for name, path in zip(chosen, paths)]


def folder_of(set_name, folder):
    """DIR/curtois or DIR/inrc2, or DIR itself."""
    inner = os.path.join(folder, set_name.split("-")[0])
    if os.path.isdir(inner):
        return inner
    return folder if os.path.isdir(folder) and set_name == "curtois" else None


def natural(name):
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


def curtois_names(root):
    return [name[:-4] for name in os.listdir(root) if re.fullmatch(r"Instance\d+\.txt", name)]


def inrc2_names(root):
    """Those of the list of published results whose scenario is there."""
    rows = read_rows(os.path.join(root, BEST_KNOWN))
    return [row["instance"] for row in rows if os.path.isdir(os.path.join(root, row["instance"].split("_")[0]))]


def read_rows(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


BEST_COLUMN = {"curtois": "ub_2026_09", "inrc2-static": "static_ub_legrain2017",
               "inrc2-dynamic": "dynamic_competition_best"}


def best_known(root, set_name):
    column = BEST_COLUMN[set_name]
    return {row["instance"]: int(row[column]) for row in read_rows(os.path.join(root, BEST_KNOWN))
            if (row.get(column) or "").isdigit()}
