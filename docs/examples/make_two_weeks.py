#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes two weeks of one college as a campaign of middle size: python3 make_two_weeks.py > two_weeks.json

The college is the root here: it uses its nominees at the check-in point and in its teaching rooms, and its
branches keep their own dormitories. Everything is drawn from one seed; all people are made up.
"""

import argparse
import sys

from make_campaign import WORKDAYS, Dice, draw_person, member_json, need, post, write
from campaign_supply import summarise

STAGES = [
    {"id": "return", "name": "返校报到", "from": "2020-02-29", "to": "2020-03-01"},
    {"id": "steady", "name": "常态防控", "from": "2020-03-02", "to": "2020-03-13"},
]
RETURN, STEADY = ([stage["from"], stage["to"]] for stage in STAGES)
BRANCHES = [("info-staff", "教工党支部", ["office"] * 6 + ["teacher"] * 14),
            ("info-s1", "学生第一党支部", ["student"] * 32), ("info-s2", "学生第二党支部", ["student"] * 28)]
SLOTS = [("morning", "上午", "08:00", "12:00", "day"), ("afternoon", "下午", "14:00", "18:00", "day"),
         ("evening", "晚间", "18:00", "22:00", "evening"), ("class-am", "上午课前", "07:30", "09:50", "class"),
         ("lunch", "午餐", "11:00", "12:50", "meal"), ("round", "查寝", "20:50", "22:20", "evening")]
SITES = [("gate-north", "北区校门", "gate", "north"), ("checkin-info", "学院报到点", "checkin", "north"),
         ("rooms-info", "学院教学场所", "teaching", "centre"), ("canteen-2", "第二餐厅", "canteen", "centre"),
         ("dorm-m-info", "男生宿舍楼", "dorm", "north"), ("dorm-f-info", "女生宿舍楼", "dorm", "north")]

DORM_POSTS = [("dorm-%s-%s" % (sex, branch), "info-" + branch, sex, word, tag) for branch in ("s1", "s2")
              for sex, word, tag in (("m", "男生", "male_dorm"), ("f", "女生", "female_dorm"))]
# The two student branches take turns in the dormitories.
BRANCH_DAYS = {"info-s1": ["mon", "wed", "fri", "sun"], "info-s2": ["tue", "thu", "sat"]}


def draw_members(dice):
    people = []
    for unit, _, roles in BRANCHES:
        mine = [draw_person(dice, len(people) + k + 1, unit, "info", 0, role) for k, role in enumerate(roles)]
        for rank, person in enumerate(sorted(mine, key=lambda p: (-p.score, p.data["id"]))[:14], 1):
            person.data["nominated"] = True
            person.data["rank"] = rank
        people += mine
    return people


def make_demand():
    lines = [
        need("reg", ["checkin-info", "gate-north"], ["morning", "afternoon"], (3, 5, 6), RETURN),
        need("reg", ["gate-north"], ["evening"], (2, 3), RETURN),
        need("rooms", ["rooms-info"], ["class-am", "afternoon"], (2, 3), None, WORKDAYS, STEADY),
        need("canteen", ["canteen-2"], ["lunch"], (2, 3, 4), None, None, STEADY),
    ]
    for ident, branch, sex, _, _ in DORM_POSTS:
        site = "dorm-%s-info" % sex
        lines.append(need(ident, [site], ["evening"], (1, 1), RETURN))
        lines.append(need(ident, [site], ["round"], (1, 2), None, BRANCH_DAYS[branch], STEADY))
    lines.append(need("desk", ["rooms-info"], ["morning", "afternoon"], (1, 1), None, WORKDAYS, STEADY))
    return lines


def make_campaign(seed):
    dice = Dice(seed)
    people = draw_members(dice)
    return {
        "format": "pioneer-campaign",
        "version": 1,
        "name": "信息工程学院返校两周先锋岗",
        "time_zone": "Asia/Shanghai",
        "walking_min": 10,
        "units": [{"id": "info", "name": "信息工程学院"}]
                 + [{"id": unit, "name": name, "parent": "info", "quota": 13} for unit, name, _ in BRANCHES],
        "members": [member_json(person) for person in people],
        "sites": [{"id": i, "name": n, "kind": k, "zone": z} for i, n, k, z in SITES],
        "walks": [{"between_zones": True, "from": "north", "to": "centre", "minutes": 12}],
        "slots": [{"id": i, "name": n, "from": a, "to": b, "kind": k} for i, n, a, b, k in SLOTS],
        "stages": STAGES,
        "posts": [
            post("reg", "报到服务岗", "registration", "info", "anyone", 5, 3, "status = party"),
            post("rooms", "教学秩序岗", "teaching", "info", "anyone", 2, 1, "status in (party, probationary)"),
            post("canteen", "就餐秩序岗", "canteen", "info", "role = student", 2, 2),
            post("desk", "教工支部值班岗", "duty-watch", "info-staff", "anyone", 1, 1),
        ] + [
            post(ident, "楼栋管理岗（%s）" % word, "dormitory", branch, "tag = " + tag, 3, 2)
            for ident, branch, _, word, tag in DORM_POSTS
        ],
        "demand": make_demand(),
        "rules": [
            {"kind": "rest", "id": "rest", "minutes": 660, "night_minutes": 720},
            {"kind": "duties", "id": "two-a-day", "window": "day", "max": 2},
            {"kind": "minutes", "id": "week-minutes", "window": "week", "max": 960},
            {"kind": "minutes", "id": "ordinary-week", "window": "week", "max": 360, "stages": ["steady"],
             "replaces": "week-minutes"},
            {"kind": "work_run", "id": "five-days", "max": 5},
            {"kind": "isolation", "id": "canteen-or-dormitory", "site_kinds": ["canteen"],
             "other_site_kinds": ["dorm"], "days": 1},
            {"kind": "composition", "id": "newcomers", "who": "tag = newcomer", "posts": ["reg"], "max": 2},
        ],
        "requests": [{"member": p.data["id"], "wish": "off", "date": "2020-03-%02d" % dice.between(2, 13),
                      "weight": dice.between(1, 3)} for p in people if dice.chance(25)],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=2020)
    parser.add_argument("--quiet", action="store_true", help="no summary on stderr")
    options = parser.parse_args()
    campaign = make_campaign(options.seed)
    if not options.quiet:
        summarise(campaign, sys.stderr)
    write(campaign, open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False))


if __name__ == "__main__":
    main()
