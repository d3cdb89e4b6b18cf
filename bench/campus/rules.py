# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules, wishes and levels of the two variants."""

from bench.campus.size import date

STAFF = "role in (office, teacher)"
NIGHTS = "tag = night_ok"


def rule(kind, ident, **settings):
    return dict({"kind": kind, "id": ident}, **settings)


def minutes_rules(size, percent, **scope):
    """The weekly limits of people.Member.week_limit(), as rules, for `percent` of the usual minutes."""
    suffix = "-" + scope["stages"][0] if scope else ""
    usual = size.week_minutes * percent // 100
    return [rule("minutes", "week-%s%s%s" % (group, night, suffix), window="week", max=usual + extra + more,
                 members="%s and %s%s" % (text, "" if night else "not ", NIGHTS), **scope)
            for group, text, extra in (("student", "role = student", 0), ("staff", STAFF, 60))
            for night, more in (("", 0), ("-night", 480))]


def member_rules(size):
    """What both variants ask of everybody."""
    rules = [
        rule("rest", "rest", minutes=600, night_minutes=720),
        rule("duties", "two-a-day", window="day", max=2),
        rule("count", "two-nights-a-week", window="week", max=2, slots=["night"]),
        rule("work_run", "five-days", max=5),
    ]
    if size.days >= 14:
        rules.append(rule("weekends", "weekends", max=-(-size.days // 7 * 2 // 3)))
    return rules


def staged_rules(size, posts):
    """The office's rules tighten after the return: more minutes during it, isolation once meals are served."""
    checkins = [post.id for post in posts if post.line.kind == "registration"]
    return member_rules(size) + [
        *minutes_rules(size, 100, stages=["prepare"]),
        *minutes_rules(size, 150, stages=["return"]),
        *minutes_rules(size, 100, stages=["steady"]),
        rule("kind_run", "nights-in-a-row", slot_kinds=["night"], max=2),
        rule("isolation", "canteen-or-dormitory", members="role = student", site_kinds=["canteen"],
             other_site_kinds=["dorm"], days=1, stages=["steady"]),
        rule("composition", "newcomers-at-registration", who="tag = newcomer", posts=checkins, max=2),
        rule("continuity", "same-post-again", weight=1, level="wishes", stages=["steady"]),
    ]


# The joint objective, in points; bench/README.md says why these weights.
JOINT_LEVEL = "cost"
JOINT_WEIGHTS = {"short_of_min": 60, "short_of_target": 20, "lead": 10000, "load_fairness": 1, "requests": 1000,
                 "preferences": 400}


def joint_rules(size):
    terms = [rule(kind, kind, weight=weight, level=JOINT_LEVEL) for kind, weight in JOINT_WEIGHTS.items()]
    return member_rules(size) + minutes_rules(size, 100) + terms


def draw_requests(dice, people, size):
    requests = []
    for member in people:
        if dice.chance(20):
            wish = "off" if dice.chance(75) else "on"
            requests.append({"member": member.id, "wish": wish, "date": date(dice.below(size.days)),
                             "weight": dice.between(1, 5)})
    return requests


def draw_preferences(dice, people, size, posts):
    """A post that could serve the member, or a time of day."""
    preferences = []
    for member in people:
        if not dice.chance(15):
            continue
        mine = [post.id for post in posts if post.zone == member.college % size.zones
                and post.college in (None, member.college)]
        key, value = ("post", dice.pick(mine)) if dice.chance(60) else ("slot", dice.pick(SLOT_WISHES))
        preferences.append({"member": member.id, key: value, "weight": dice.between(1, 3)})
    return preferences


SLOT_WISHES = ("morning", "afternoon", "evening", "lunch", "dinner", "class-am")
