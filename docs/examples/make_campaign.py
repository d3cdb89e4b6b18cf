#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the spring return of a made-up university as a campaign, to be saved as spring_return.json.

Everything is drawn from one seed by a generator of our own, so that every Python from 3.9 on writes the same
bytes. A summary of supply and demand goes to stderr. All people are made up.
"""

import argparse
import datetime
import json
import sys

from campaign_supply import summarise

FIRST_DAY = datetime.date(2020, 2, 19)
LAST_DAY = datetime.date(2020, 3, 15)
STUDENTS_BACK = ["2020-02-28T00:00"] * 6 + ["2020-02-29T12:00"] * 3 + ["2020-03-01T12:00"]
STAGES = [
    ("prepare", "准备阶段", "2020-02-19", "2020-02-28"),
    ("return", "返校报到阶段", "2020-02-29", "2020-03-01"),
    ("steady", "常态防控阶段", "2020-03-02", "2020-03-15"),
]
PREPARE, RETURN, STEADY = (stage[2:] for stage in STAGES)
RETURN_1, RETURN_2 = RETURN
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WORKDAYS = WEEKDAYS[:5]


class Dice:
    """splitmix64 (Steele, Lea and Flood, 2014): the same draws in every Python version."""

    def __init__(self, seed):
        self.state = seed

    def word(self):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)

    def below(self, bound):
        return self.word() % bound

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, items):
        return items[self.below(len(items))]

    def shuffled(self, items):
        items = list(items)
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]
        return items


def clock(minute):
    """Minutes of a day as HH:MM; past midnight it is the next day's clock."""
    return "%02d:%02d" % (minute // 60 % 24, minute % 60)


# ---- the organisation --------------------------------------------------------

# id, name, students and staff who signed up in tenths of an average college, student branches
COLLEGES = [
    ("info", "信息工程学院", 15, 3),
    ("mech", "机电工程学院", 14, 3),
    ("civil", "建筑工程学院", 13, 3),
    ("chem", "资源与化工学院", 10, 2),
    ("econ", "经济与管理学院", 15, 3),
    ("edu", "教育学院", 13, 3),
    ("music", "音乐学院", 8, 2),
    ("culture", "文化传播学院", 11, 2),
    ("foreign", "外国语学院", 10, 2),
    ("sports", "体育学院", 8, 2),
    ("art", "艺术设计学院", 10, 2),
    ("math", "数学与数据学院", 9, 2),
    ("tourism", "旅游学院", 8, 1),
    ("marxism", "马克思主义学院", 5, 1),
    ("health", "康养学院", 7, 1),
    ("strait", "海峡应用学院", 4, 1),
]
# id, name, staff who signed up, nominees
DEPARTMENTS = [
    ("dep-office", "党政办公室", 14, 9),
    ("dep-students", "学生处", 18, 14),
    ("dep-security", "保卫处", 20, 16),
    ("dep-logistics", "后勤处", 22, 14),
    ("dep-library", "图书馆", 20, 10),
    ("dep-teaching", "教务处", 14, 9),
    ("dep-staff", "人事处", 10, 7),
    ("dep-finance", "计财处", 10, 6),
    ("dep-youth", "团委", 8, 7),
    ("dep-clinic", "校医院", 12, 8),
]


def make_units():
    units = [{"id": "campus", "name": "沙溪学院"}]
    for college, name, size, branches in COLLEGES:
        units.append({"id": college, "name": name, "parent": "campus", "quota": 2 * size + 1})
        units.append({"id": college + "-staff", "name": name + "教工党支部", "parent": college})
        for k in range(branches):
            units.append({"id": "%s-s%d" % (college, k + 1), "parent": college,
                          "name": "%s学生第%s党支部" % (name, "一二三"[k])})
    for department, name, _, nominees in DEPARTMENTS:
        units.append({"id": department, "name": name, "parent": "campus", "quota": nominees})
    return units


# ---- places and times --------------------------------------------------------

SLOTS = [
    ("early", "清晨", "06:00", "08:00", "day"),
    ("morning", "上午", "08:00", "12:00", "day"),
    ("midday", "中午", "12:00", "14:00", "day"),
    ("afternoon", "下午", "14:00", "18:00", "day"),
    ("evening", "晚间", "18:00", "22:00", "evening"),
    ("night", "夜间", "22:00", "06:00", "night"),
    ("breakfast", "早餐", "06:40", "07:50", "meal"),
    ("lunch", "午餐", "11:00", "12:50", "meal"),
    ("dinner", "晚餐", "16:50", "18:40", "meal"),
    ("class-am", "上午课前", "07:30", "09:50", "class"),
    ("class-pm", "下午课前", "13:30", "15:50", "class"),
    ("reading", "晚自习", "18:50", "21:30", "evening"),
    ("exercise", "课外锻炼", "16:00", "18:30", "day"),
    ("round", "查寝", "20:50", "22:20", "evening"),
]

SITES = [
    ("gate-north", "北区校门", "gate", "north", 44),
    ("gate-south", "南区校门", "gate", "south", 0),
    ("duty-room", "总值班室", "office", "centre", 0),
    ("assembly", "应急集结点", "office", "centre", 0),
    ("clinic", "隔离观察点", "clinic", "south", 0),
    ("station", "火车站接站点", "station", "town", 0),
    ("store", "防疫物资仓库", "store", "centre", 0),
    ("dorm-area-1", "北区一片宿舍", "dorm", "north", 0),
    ("dorm-area-2", "北区二片宿舍", "dorm", "north", 0),
    ("dorm-area-3", "南区一片宿舍", "dorm", "south", 0),
    ("dorm-area-4", "南区二片宿舍", "dorm", "south", 0),
    ("canteen-1", "第一餐厅", "canteen", "north", 0),
    ("canteen-2", "第二餐厅", "canteen", "centre", 0),
    ("canteen-3", "第三餐厅", "canteen", "south", 0),
    ("teach-a", "A区教学楼", "teaching", "north", 0),
    ("teach-b", "B区教学楼", "teaching", "centre", 0),
    ("library", "图书馆", "library", "centre", 0),
    ("study", "自习中心", "study", "centre", 0),
    ("gym", "体育馆", "gym", "south", 0),
]

WALKS = [
    ("north", "north", 5), ("centre", "centre", 5), ("south", "south", 5),
    ("north", "centre", 10), ("centre", "south", 10), ("north", "south", 18),
    ("north", "town", 35), ("centre", "town", 35), ("south", "town", 40),
]


def dorm_zone(index):
    return "north" if index % 2 == 0 else "south"


def make_sites():
    sites = []
    for site, name, kind, zone, capacity in SITES:
        sites.append({"id": site, "name": name, "kind": kind, "zone": zone})
        if capacity:
            sites[-1]["capacity"] = capacity
    for i, (college, name, _, _) in enumerate(COLLEGES):
        sites.append({"id": "checkin-" + college, "name": name + "报到点", "kind": "checkin", "zone": "north"})
        sites.append({"id": "rooms-" + college, "name": name + "教学场所", "kind": "teaching", "zone": "centre"})
        for sex, word in (("m", "男生"), ("f", "女生")):
            sites.append({"id": "dorm-%s-%s" % (sex, college), "name": name + word + "宿舍楼", "kind": "dorm",
                          "zone": dorm_zone(i)})
    return sites


# ---- people ------------------------------------------------------------------

SURNAMES = list("陈林黄张吴李王郑刘杨蔡曾许叶邱罗谢邓江游廖何周赖徐苏魏余卢朱赵洪胡高钟肖郭范傅姜严童巫冯沈潘施"
                "孙马董梁宋唐韩曹彭吕丁任姚戴夏田白石孟秦") + ["上官", "欧阳"]
FIRST = "志文晓建小丽国海明雅永佳俊春玉思嘉子梓雨宇浩欣若美秀宏振泽庆"
SECOND = "强华芳敏静磊洋艳勇杰娟涛超霞平刚英辉玲丹红斌燕波宁婷凯雪峰琳颖楠旭晴轩涵怡航宸萱清源岚"


def make_name(dice):
    name = dice.pick(SURNAMES)
    if dice.chance(82):
        name += dice.pick(FIRST)
    return name + dice.pick(SECOND)


class Person:
    """One member while the campaign is drawn; `data` is what will be written."""

    def __init__(self, number, unit, college, role):
        self.role = role
        self.college = college
        self.data = {"id": "%s%04d" % ("s" if role == "student" else "t", number), "unit": unit}
        self.tags = []
        self.score = 0


STATUS_SHARES = {  # per hundred: party, probationary, prospect, activist
    "office": (88, 4, 3, 5),
    "teacher": (82, 6, 4, 8),
    "student": (24, 28, 16, 32),
}


def draw_status(dice, role):
    roll = dice.below(100)
    for status, share in zip(("party", "probationary", "prospect", "activist"), STATUS_SHARES[role]):
        if roll < share:
            return status
        roll -= share
    return "activist"


def draw_tags(dice, person, college_index):
    student = person.role == "student"
    if student:
        person.tags.append(dice.pick(["male_dorm", "female_dorm"]))
        person.tags.append("north_dorm" if dorm_zone(college_index) == "north" else "south_dorm")
        if dice.chance(22):
            person.tags.append("on_campus")
    elif dice.chance(45):
        person.tags.append(dice.pick(["male_dorm", "female_dorm"]))
    for tag, percent in (("newcomer", 30 if student else 10), ("night_ok", 7 if student else 14),
                         ("driver", 1 if student else 30), ("broadcast", 5)):
        if dice.chance(percent):
            person.tags.append(tag)


def draw_ratings(dice, person):
    base = 52 if person.role == "student" else 62
    ratings = {name: min(100, base + dice.below(25) + dice.below(20))
               for name in ("coordination", "fitness", "conduct")}
    if person.role != "student":
        ratings["fitness"] = max(30, ratings["fitness"] - dice.below(30))
    return ratings


LESSONS = [(480, 580), (600, 700), (840, 940), (960, 1060), (1140, 1240)]


def complement(busy, low, high):
    """What is left of [low, high) without the sorted spans in `busy`."""
    free = []
    for start, end in busy:
        if start > low:
            free.append((low, start))
        low = max(low, end)
    if low < high:
        free.append((low, high))
    return free


def free_share(windows):
    """Percent of 06:30-22:30 that the windows cover over the week."""
    inside = sum(min(end, 1350) - max(start, 390) for _, start, end in windows if start < 1350)
    return 100 * inside // (7 * 960)


def student_week(dice):
    """A timetable of 10 to 14 lessons of five a day, and a student's own plans on top."""
    lessons = dice.shuffled([(day, k) for day in range(5) for k in range(5)])[:dice.between(10, 14)]
    windows = []
    for day in range(7):
        start = 390 if dice.chance(55) else 470
        busy = sorted((LESSONS[k][0] - 5, LESSONS[k][1] + 5) for d, k in lessons if d == day)
        if day >= 5:
            rest = dice.pick([(390, 840), (840, 1110), (1080, 1350), (600, 1080)])
            busy = [rest]
        windows += [(day, a, b) for a, b in complement(busy, start, 1350) if b - a >= 70]
    windows = dice.shuffled(windows)
    while free_share(windows) > 59:
        windows.pop()
    return windows


def teacher_week(dice):
    lessons = dice.shuffled([(day, k) for day in range(5) for k in range(4)])[:dice.between(4, 8)]
    windows = []
    for day in range(7):
        busy = sorted((LESSONS[k][0] - 15, LESSONS[k][1] + 15) for d, k in lessons if d == day)
        low, high = (400 if dice.chance(35) else 450), (1350 if dice.chance(40) else 1125)
        if day < 5 and dice.chance(60):
            windows += [(day, a, b) for a, b in complement(busy, low, high) if b - a >= 70]
        elif day >= 5 and dice.chance(45):
            windows.append((day, low, high))
    return windows


def office_week(dice):
    """The days for which the office releases somebody, else meal times and evenings; some weekends."""
    windows = []
    for day in range(7):
        if dice.chance(62 if day < 5 else 50):
            windows.append((day, 400 if dice.chance(40) else 450, 1350 if dice.chance(40) else 1125))
        elif day < 5 and dice.chance(70):
            windows += [(day, 655, 845), (day, 1005, 1350 if dice.chance(40) else 1125)]
    return windows


def nights(dice, person):
    """Nights that a member who has agreed to nights can take, as windows over midnight."""
    count = dice.between(3, 5) if person.role == "student" else dice.between(4, 6)
    return [(day, 1320, 1800) for day in sorted(dice.shuffled(range(7))[:count])]


def merged(windows):
    """Windows of one day that touch become one."""
    out = []
    for day, start, end in sorted(windows):
        if out and out[-1][0] == day and out[-1][2] >= start:
            out[-1] = (day, out[-1][1], max(end, out[-1][2]))
        else:
            out.append((day, start, end))
    return out


def draw_availability(dice, person):
    week = {"student": student_week, "teacher": teacher_week, "office": office_week}[person.role](dice)
    person.free_percent = free_share(week)
    if "night_ok" in person.tags:
        week += nights(dice, person)
    person.week = merged(week)
    person.dated = []
    if person.role != "student" and dice.chance(40):
        person.dated = [(day, "07:00", dice.pick(["18:00", "22:00"])) for day in (RETURN_1, RETURN_2)]
    person.absences = []
    if person.role == "student" and "on_campus" not in person.tags:
        person.absences.append((FIRST_DAY.isoformat() + "T00:00", dice.pick(STUDENTS_BACK), "尚未返校"))
    elif dice.chance(4):
        person.absences.append((FIRST_DAY.isoformat() + "T00:00", "2020-02-24T00:00", "居家观察"))
    if dice.chance(6):
        day = FIRST_DAY + datetime.timedelta(days=dice.between(9, 23))
        back = day + datetime.timedelta(days=dice.between(1, 4))
        person.absences.append((day.isoformat() + "T00:00", back.isoformat() + "T00:00", "病假"))
    elif dice.chance(5):
        day = FIRST_DAY + datetime.timedelta(days=dice.between(3, 24))
        person.absences.append((day.isoformat() + "T12:00", day.isoformat() + "T18:00", "事假"))


def draw_person(dice, number, unit, college, college_index, role):
    person = Person(number, unit, college, role)
    person.data["name"] = make_name(dice)
    person.data["status"] = draw_status(dice, role)
    draw_tags(dice, person, college_index)
    person.data["ratings"] = draw_ratings(dice, person)
    draw_availability(dice, person)
    if role == "student":
        sex = "m" if "male_dorm" in person.tags else "f"
        person.data["home_site"] = "dorm-%s-%s" % (sex, college)
    rank = ("party", "probationary", "prospect", "activist").index(person.data["status"])
    person.score = sum(person.data["ratings"].values()) - 30 * rank + dice.below(60)
    return person


def draw_people(dice):
    people = []
    number = 0
    for i, (college, _, size, branches) in enumerate(COLLEGES):
        staff = [(role, college + "-staff") for role in ["office"] * (size // 2) + ["teacher"] * (2 * size)]
        students = [("student", "%s-s%d" % (college, k % branches + 1)) for k in range(59 * size // 10)]
        for role, unit in staff + students:
            number += 1
            people.append(draw_person(dice, number, unit, college, i, role))
    for department, _, staff, _ in DEPARTMENTS:
        for _ in range(staff):
            number += 1
            people.append(draw_person(dice, number, department, department, 0, "office"))
    return people


def draw_medical(dice, people):
    """The clinic's staff and some of the health college are trained; nights are for the clinic alone."""
    for person in people:
        percent = {"dep-clinic": 100, "health": 25, "sports": 8}.get(person.college, 1)
        if dice.chance(percent):
            person.tags.append("medical")
        if person.college == "dep-clinic" and "night_ok" not in person.tags and dice.chance(55):
            person.tags.append("night_ok")
            person.week = merged(person.week + nights(dice, person))
    for person in people:
        if "medical" in person.tags and "night_ok" in person.tags and person.college != "dep-clinic":
            person.tags.remove("night_ok")
            person.week = [w for w in person.week if w[1] != 1320]


def nominate(people):
    """Every unit ranks its best; some send more names than their quota, and the quota decides."""
    wanted = {college: 2 * size + 1 + (3 if size >= 13 else 0) for college, _, size, _ in COLLEGES}
    wanted.update({department: nominees + (2 if nominees >= 14 else 0)
                   for department, _, _, nominees in DEPARTMENTS})
    for unit, count in wanted.items():
        mine = sorted((p for p in people if p.college == unit), key=lambda p: (-p.score, p.data["id"]))
        shares = {"student": 6 * count // 10, "teacher": count // 4}
        if unit.startswith("dep-"):
            shares = {}
        shares["office"] = count - sum(shares.values())
        chosen = [p for role, share in shares.items() for p in [q for q in mine if q.role == role][:share]]
        for rank, person in enumerate(sorted(chosen, key=lambda p: (-p.score, p.data["id"])), 1):
            person.data["nominated"] = True
            person.data["rank"] = rank


def member_json(person):
    data = dict(person.data, role=person.role)
    if person.tags:
        data["tags"] = person.tags
    available = {"weekly": [{"weekday": WEEKDAYS[day], "from": clock(start), "to": clock(end)}
                            for day, start, end in person.week]}
    if person.dated:
        available["dated"] = [{"date": day, "from": a, "to": b} for day, a, b in person.dated]
    if person.absences:
        available["absences"] = [{"from": a, "to": b, "reason": why} for a, b, why in person.absences]
    data["available"] = available
    order = ("id", "name", "unit", "status", "role", "tags", "ratings", "home_site", "nominated", "rank",
             "available")
    return {key: data[key] for key in order if key in data}


# ---- posts and demand --------------------------------------------------------

STAFF = "role in (office, teacher)"
TRUSTED = "rating.conduct >= 75 and (role in (office, teacher) or status in (party, probationary))"
PARTY_LEAD = "status = party and rating.coordination >= 65"

# id, name, kind, eligible, priority, hardship, lead
CAMPUS_POSTS = [
    ("watch-gate", "值班值守岗（校门）", "duty-watch", TRUSTED, 4, 2, "status = party"),
    ("watch-night", "值班值守岗（夜间）", "duty-watch", "tag = night_ok and rating.fitness >= 55", 6, 6,
     "status = party and " + STAFF),
    ("watch-office", "值班值守岗（总值班室）", "duty-watch", "role = office", 4, 1, "status = party"),
    ("watch-clinic", "值班值守岗（隔离观察点夜间）", "duty-watch", "tag = medical and tag = night_ok", 8, 8,
     "tag = medical and status = party"),
    ("clinic-day", "值班值守岗（隔离观察点）", "duty-watch", "tag = medical", 8, 4, None),
    ("reg-gate", "报到服务岗（北区校门）", "registration", "rating.coordination >= 70", 6, 4, PARTY_LEAD),
    ("reg-temperature", "报到服务岗（体温检测）", "registration", "tag = medical or unit = dep-clinic", 8, 5, None),
    ("reg-station", "报到服务岗（接站）", "registration", "role = student or tag = driver", 4, 3, "tag = driver"),
    ("dorm-area", "楼栋管理岗（片区）", "dormitory",
     "role = teacher or role = student and status in (party, probationary)", 3, 3, None),
    ("canteen", "就餐秩序岗", "canteen", "role = student or unit = dep-logistics", 2, 2,
     "status in (party, probationary)"),
    ("teach", "教学秩序岗（教学楼）", "teaching", "role = teacher or unit = dep-teaching", 2, 1, None),
    ("library-hall", "教学秩序岗（图书馆、自习中心）", "teaching", "role = student or unit = dep-library", 2, 1, None),
    ("gym-hall", "教学秩序岗（体育场馆）", "teaching", "unit = sports or unit = health", 2, 1, None),
    ("standby", "应急机动岗", "standby", "rating.fitness >= 65 and role in (office, student)", 3, 0,
     None),
]


def post(ident, name, kind, unit, eligible, priority, hardship, lead=None):
    data = {"id": ident, "name": name, "kind": kind, "unit": unit}
    if eligible != "anyone":
        data["eligible"] = eligible
    data["priority"] = priority
    if hardship:
        data["hardship"] = hardship
    if lead:
        data["lead"] = lead
    return data


def need(ident, sites, slots, heads, dates=None, weekdays=None, span=None):
    """One demand line, for dates or for the days of a span; heads is (min, target) or (min, target, max)."""
    line = {"post": ident, "sites": sites, "slots": slots}
    if dates:
        line["dates"] = dates
    else:
        line["from"], line["to"] = span
    if weekdays:
        line["weekdays"] = weekdays
    line["min"], line["target"] = heads[:2]
    line["max"] = heads[2] if len(heads) > 2 else heads[1]
    return line


def standby(ident, sites, slots, span, posts, percent):
    line = need(ident, sites, slots, (0, 0), span=span)
    for key in ("min", "target", "max"):
        del line[key]
    line["standby_for"] = posts
    line["no_show_percent"] = percent
    return line


DESK_HOURS = ["morning", "afternoon", "evening"]
HALF_DAYS = ["morning", "afternoon"]
WATCHES = ["morning", "midday", "afternoon", "evening"]


def watch_demand():
    lines = []
    for span, south in ((PREPARE, WATCHES[:3]), (RETURN, WATCHES), (STEADY, WATCHES[:3])):
        lines.append(need("watch-gate", ["gate-north"], WATCHES, (1, 2), span=span))
        lines.append(need("watch-gate", ["gate-south"], south, (1, 1), span=span))
        lines.append(need("watch-night", ["gate-north"], ["night"], (2, 2, 3), span=span))
        lines.append(need("watch-office", ["duty-room"], DESK_HOURS, (1, 1), span=span))
    lines.append(need("watch-clinic", ["clinic"], ["night"], (1, 1), span=RETURN))
    lines.append(need("watch-clinic", ["clinic"], ["night"], (2, 2), span=STEADY))
    lines.append(need("clinic-day", ["clinic"], HALF_DAYS, (1, 1), span=RETURN))
    lines.append(need("clinic-day", ["clinic"], HALF_DAYS, (1, 1), span=STEADY))
    return lines


def checkin_posts():
    """Each college's check-in point is a campus post of its own: only its people know its students."""
    return [post("reg-" + college, "报到服务岗（%s）" % name, "registration", "campus",
                 "unit in (%s, dep-students, dep-youth)" % college, 5, 2, PARTY_LEAD)
            for college, name, _, _ in COLLEGES]


def checkin_demand(day, big, small):
    lines = []
    for college, _, size, _ in COLLEGES:
        heads = big if size >= 10 else small
        lines.append(need("reg-" + college, ["checkin-" + college], HALF_DAYS, heads, [day]))
        lines.append(need("reg-" + college, ["checkin-" + college], ["midday"], (1, 2), [day]))
    return lines


def registration_demand():
    lines = []
    for day, gate, temperature, station in ((RETURN_1, ((24, 34, 36), (16, 22, 24)), (3, 4), (6, 10)),
                                            (RETURN_2, ((18, 26, 28), (10, 16, 18)), (2, 3), (5, 8))):
        lines.append(need("reg-gate", ["gate-north"], HALF_DAYS, gate[0], [day]))
        lines.append(need("reg-gate", ["gate-north"], ["midday", "evening"], gate[1], [day]))
        lines.append(need("reg-temperature", ["gate-north"], WATCHES[:3], temperature, [day]))
        lines.append(need("reg-station", ["station"], DESK_HOURS, station, [day]))
    return lines + checkin_demand(RETURN_1, (4, 6, 7), (2, 4)) + checkin_demand(RETURN_2, (3, 4, 5), (2, 3))


def campus_demand():
    areas = ["dorm-area-1", "dorm-area-2", "dorm-area-3", "dorm-area-4"]
    canteens = ["canteen-1", "canteen-2", "canteen-3"]
    lines = watch_demand() + registration_demand()
    lines.append(need("dorm-area", areas, HALF_DAYS, (2, 3), span=PREPARE, weekdays=WORKDAYS))
    lines.append(need("dorm-area", areas, ["afternoon", "evening"], (1, 2), span=RETURN))
    lines.append(need("dorm-area", areas, ["round"], (1, 1), span=STEADY))
    lines.append(need("canteen", canteens[:1], ["breakfast", "lunch", "dinner"], (1, 2), span=PREPARE))
    lines.append(need("canteen", canteens, ["lunch", "dinner"], (2, 2, 3), span=RETURN))
    lines.append(need("canteen", canteens[:2], ["breakfast"], (1, 1, 2), span=STEADY))
    lines.append(need("canteen", canteens, ["lunch", "dinner"], (2, 3), span=STEADY))
    lines.append(need("teach", ["teach-a", "teach-b"], HALF_DAYS, (1, 2), span=PREPARE, weekdays=WORKDAYS))
    lines.append(need("teach", ["teach-a", "teach-b"], ["class-am", "class-pm"], (1, 2), span=STEADY,
                      weekdays=WORKDAYS))
    lines.append(need("library-hall", ["library", "study"], ["reading"], (1, 1), span=STEADY))
    lines.append(need("gym-hall", ["gym"], ["exercise"], (1, 1), span=STEADY))
    lines.append(standby("standby", ["assembly"], HALF_DAYS, RETURN,
                         ["reg-gate", "reg-station"] + [p["id"] for p in checkin_posts()], 5))
    lines.append(standby("standby", ["assembly"], ["morning", "evening"], STEADY,
                         ["watch-gate", "canteen", "dorm-area", "teach"], 10))
    return lines


# Departments with posts of their own: id, post, name, kind, site, slots, heads, weekdays by stage
DEPARTMENT_POSTS = [
    ("dep-students", "students-desk", "学生事务值班岗", "duty-watch", "duty-room", HALF_DAYS, (1, 1), None),
    ("dep-security", "patrol", "校园巡逻岗", "duty-watch", "gate-south", ["evening"], (1, 2), None),
    ("dep-logistics", "supplies", "防疫物资保障岗", "supplies", "store", HALF_DAYS, (1, 1), WORKDAYS),
    ("dep-library", "reading-room", "阅览室秩序岗", "teaching", "library", HALF_DAYS, (1, 1), WORKDAYS),
    ("dep-teaching", "inspection", "教学巡查岗", "teaching", "teach-b", ["class-am"], (1, 1), WORKDAYS),
]


def unit_posts_and_demand():
    posts, lines = [], []
    for college, name, size, _ in COLLEGES:
        for sex, tag, word in (("m", "male_dorm", "男生"), ("f", "female_dorm", "女生")):
            ident = "dorm-%s-%s" % (sex, college)
            posts.append(post(ident, name + "楼栋管理岗（%s）" % word, "dormitory", college, "tag = " + tag, 3, 2))
            lines.append(need(ident, [ident], HALF_DAYS, (1, 2), span=RETURN))
            lines.append(need(ident, [ident], ["round"], (1, 1), span=STEADY))
        ident = "rooms-" + college
        posts.append(post(ident, name + "教学秩序岗", "teaching", college, "anyone", 2, 1,
                          "status in (party, probationary)"))
        lines.append(need(ident, [ident], ["morning"], (1, 1), span=PREPARE, weekdays=WORKDAYS))
        heads = (1, 2) if size >= 13 else (1, 1)
        lines.append(need(ident, [ident], ["class-am"], heads, span=STEADY, weekdays=WORKDAYS))
    for unit, ident, name, kind, site, slots, heads, weekdays in DEPARTMENT_POSTS:
        posts.append(post(ident, name, kind, unit, "anyone", 2, 1))
        for span in (PREPARE, STEADY):
            lines.append(need(ident, [site], slots, heads, span=span, weekdays=weekdays))
    return posts, lines


# ---- rules, wishes, history --------------------------------------------------

def pairs(people, dice):
    """Two who want to serve together and two who must not, from the nominated students of large colleges."""
    nominees = [p.data["id"] for p in people
                if p.data.get("nominated") and p.role == "student" and "on_campus" in p.tags]
    chosen = dice.shuffled(nominees)[:4]
    return chosen[:2], chosen[2:]


def rule(kind, ident, **settings):
    return dict({"kind": kind, "id": ident}, **settings)


def minutes_rules():
    """Long days are for the return; in ordinary weeks everybody has work or lessons of their own."""
    ordinary = {"window": "week", "stages": ["prepare", "steady"]}
    return [
        rule("minutes", "week-minutes", window="week", max=1200, members=STAFF),
        rule("minutes", "week-minutes-students", window="week", max=960, members="role = student"),
        rule("minutes", "ordinary-week", max=240, replaces="week-minutes",
             members=STAFF + " and not tag = night_ok", **ordinary),
        rule("minutes", "ordinary-week-students", max=190, replaces="week-minutes-students",
             members="role = student and not tag = night_ok", **ordinary),
        rule("minutes", "week-with-nights", max=960, members="tag = night_ok", **ordinary),
    ]


def member_rules():
    return [
        rule("rest", "rest", minutes=660, night_minutes=720),
        rule("duties", "two-a-day", window="day", max=2),
        rule("work_run", "six-days", max=6),
        rule("weekends", "three-weekends", max=3),
        rule("count", "two-nights-a-week", window="week", max=2, slots=["night"]),
        rule("kind_run", "nights-in-a-row", slot_kinds=["night"], max=2),
        rule("isolation", "canteen-or-dormitory", members="role = student", site_kinds=["canteen"],
             other_site_kinds=["dorm"], days=1),
        rule("continuity", "same-post-again", weight=1, level="wishes", stages=["steady"]),
    ]


def team_rules(people, dice):
    together, apart = pairs(people, dice)
    return [
        rule("composition", "newcomers-at-the-gate", who="tag = newcomer", posts=["reg-gate", "watch-gate"],
             max=2),
        rule("cohort", "dormitory-cohorts", members="role = student", tags=["north_dorm", "south_dorm"],
             stages=["steady"]),
        rule("together", "tutor-pair", members="member in (%s)" % ", ".join(together),
             stages=["return"], weight=1),
        rule("apart", "same-family", members="member in (%s)" % ", ".join(apart)),
        rule("unit_quota", "security-at-the-gates", unit="dep-security", posts=["watch-gate"],
             stages=["steady"], min_percent=5, max_percent=30),
        rule("unit_quota", "clinic-not-in-canteens", unit="dep-clinic", posts=["canteen"], max=0),
        rule("site_capacity", "room-at-the-sites"),
    ]


def make_requests(people, dice):
    requests = []
    for person in people:
        if not person.data.get("nominated") or not dice.chance(24):
            continue
        day = FIRST_DAY + datetime.timedelta(days=dice.below((LAST_DAY - FIRST_DAY).days + 1))
        wish = "off" if dice.chance(70) else "on"
        request = {"member": person.data["id"], "wish": wish, "date": day.isoformat()}
        if wish == "off" and dice.chance(20):
            del request["date"]
            request["from"] = day.isoformat()
            request["to"] = min(LAST_DAY, day + datetime.timedelta(days=2)).isoformat()
        if wish == "on" and RETURN_1 <= day.isoformat() <= RETURN_2:
            request["post"] = "reg-gate"
        request["weight"] = dice.between(1, 5)
        requests.append(request)
    return requests


WISHES = [("post", "canteen"), ("post", "watch-gate"), ("post", "teach"), ("post", "reg-gate"),
          ("slot", "evening"), ("slot", "lunch"), ("site", "gate-north")]


def make_preferences(people, dice):
    preferences = []
    for person in people:
        if person.data.get("nominated") and dice.chance(16):
            key, value = dice.pick(WISHES)
            preferences.append({"member": person.data["id"], key: value, "weight": dice.between(1, 3)})
    return preferences


def make_history(people, dice):
    """Office staff who kept watch over the winter holiday bring what they have done."""
    history = []
    for person in people:
        if person.role == "office" and person.data.get("nominated") and dice.chance(25):
            load = 240 * dice.between(1, 3)
            history.append({"member": person.data["id"], "load_min": load, "entitled_min": 360,
                            "load_hardship": load // 120, "entitled_hardship": 3})
    return history


# ---- the whole ---------------------------------------------------------------

def make_campaign(seed):
    dice = Dice(seed)
    people = draw_people(dice)
    draw_medical(dice, people)
    nominate(people)
    own_posts, own_lines = unit_posts_and_demand()
    posts = [post(ident, name, kind, "campus", eligible, priority, hardship, lead)
             for ident, name, kind, eligible, priority, hardship, lead in CAMPUS_POSTS]
    next(p for p in posts if p["id"] == "standby")["load_percent"] = 25
    campaign = {
        "format": "pioneer-campaign",
        "version": 1,
        "name": "沙溪学院2020年春季学期返校党员先锋岗",
        "time_zone": "Asia/Shanghai",
        "walking_min": 10,
        "night": {"from": "00:00", "to": "05:00"},
        "units": make_units(),
        "members": [member_json(p) for p in people],
        "sites": make_sites(),
        "walks": [{"between_zones": True, "from": a, "to": b, "minutes": m} for a, b, m in WALKS],
        "slots": [{"id": i, "name": n, "from": a, "to": b, "kind": k} for i, n, a, b, k in SLOTS],
        "stages": [{"id": i, "name": n, "from": a, "to": b} for i, n, a, b in STAGES],
        "posts": posts + checkin_posts() + own_posts,
        "demand": campus_demand() + own_lines,
        "rules": minutes_rules() + member_rules() + team_rules(people, dice),
        "requests": make_requests(people, dice),
        "preferences": make_preferences(people, dice),
        "history": make_history(people, dice),
    }
    return campaign


def write(campaign, out):
    """One line an entry, so that a change of the generator shows as a readable difference."""
    def compact(value):
        return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))

    parts = []
    for key, value in campaign.items():
        if isinstance(value, list):
            lines = ",\n".join("    " + compact(entry) for entry in value)
            parts.append("  %s: [\n%s\n  ]" % (compact(key), lines))
        else:
            parts.append("  %s: %s" % (compact(key), compact(value)))
    out.write("{\n" + ",\n".join(parts) + "\n}\n")


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
