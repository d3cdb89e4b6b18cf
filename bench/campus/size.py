# SPDX-License-Identifier: GPL-3.0-or-later
"""What grows with the number of members, and how."""

import dataclasses
import datetime

FIRST_DAY = datetime.date(2020, 2, 17)  # a Monday


@dataclasses.dataclass(frozen=True)
class Size:
    """The shape of a campus.

    Nominees become a smaller share and the campus office's duties too as a university grows, as its colleges do more
    by themselves; `zones` are the parts of town in which it lies: nobody serves across them.
    """

    members: int
    days: int
    duties: int  # aimed at; the true number depends on how posts divide
    colleges: int
    zones: int
    nominee_percent: int
    campus_percent: int  # of the duties
    week_minutes: int  # the most a student serves in a week

    @classmethod
    def named(cls, name):
        """S, M, L, XL, or a number of members between the smallest and the largest."""
        if name in SIZES:
            return SIZES[name]
        if not str(name).isdigit():
            raise ValueError(f"no such size: {name}")
        return cls.between(int(name))

    @classmethod
    def between(cls, members):
        """Every measure on the straight line between its values at the two neighbouring sizes."""
        anchors = list(SIZES.values())
        if not anchors[0].members <= members <= anchors[-1].members:
            raise ValueError(f"a campus has {anchors[0].members} to {anchors[-1].members} members")
        low, high = next((a, b) for a, b in zip(anchors, anchors[1:]) if members <= b.members)
        part, whole = members - low.members, high.members - low.members
        values = {field.name: getattr(low, field.name)
                  + (getattr(high, field.name) - getattr(low, field.name)) * part // whole
                  for field in dataclasses.fields(cls)}
        return cls(**values)

    def stages(self):
        """(id, name, first day, day after the last), days counted from the first one."""
        prepare = max(2, 2 * self.days // 7)
        back = prepare + max(2, self.days // 8)
        return [("prepare", "准备阶段", 0, prepare), ("return", "返校报到阶段", prepare, back),
                ("steady", "常态防控阶段", back, self.days)]

    def stage_of(self, day):
        return next(stage for stage, _, first, end in self.stages() if first <= day < end)


def date(day):
    return (FIRST_DAY + datetime.timedelta(days=day)).isoformat()


SIZES = {
    "S": Size(80, 7, 102, 2, 1, 45, 60, 540),
    "M": Size(400, 14, 358, 5, 1, 40, 45, 300),
    "L": Size(3000, 21, 4136, 12, 2, 25, 35, 300),
    "XL": Size(20000, 28, 39800, 36, 4, 13, 25, 240),
}
