# SPDX-License-Identifier: GPL-3.0-or-later
"""Times of day, and the two areas that every zone has: where people live and where they work."""

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

# id, name, first minute, minute after the last, kind
SLOTS = [
    ("morning", "上午", 480, 720, "day"),
    ("noon", "中午", 720, 840, "day"),
    ("afternoon", "下午", 840, 1080, "day"),
    ("evening", "晚间", 1080, 1320, "evening"),
    ("night", "夜间", 1320, 1800, "night"),
    ("breakfast", "早餐", 390, 480, "meal"),
    ("lunch", "午餐", 660, 780, "meal"),
    ("dinner", "晚餐", 1020, 1140, "meal"),
    ("class-am", "上午课", 480, 600, "class"),
    ("class-pm", "下午课", 840, 960, "class"),
    ("reading", "晚自习", 1140, 1290, "evening"),
    ("round", "查寝", 1230, 1320, "evening"),
]
SPAN = {slot: (start, end) for slot, _, start, end, _ in SLOTS}

# The day of a timetable: eight blocks of two hours from six in the morning.
BLOCK_MIN = 120
BLOCKS = 8
FIRST_BLOCK_AT = 360

WALK_BETWEEN_AREAS = 15
WALK_BETWEEN_ZONES = 35


def clock(minute):
    """Minutes of a day as HH:MM; past midnight it is the next day's clock."""
    return "%02d:%02d" % (minute // 60 % 24, minute % 60)


def area(zone, lives):
    return "z%d-%s" % (zone + 1, "live" if lives else "work")


def slots_json():
    return [{"id": slot, "name": name, "from": clock(start), "to": clock(end), "kind": kind}
            for slot, name, start, end, kind in SLOTS]


def walks_json(zones):
    """Nothing to walk inside an area, so that equal duties of one area can be told from each other by nobody."""
    areas = [(zone, lives) for zone in range(zones) for lives in (True, False)]
    return [{"from": area(*a), "to": area(*b), "between_zones": True,
             "minutes": WALK_BETWEEN_AREAS if a[0] == b[0] else WALK_BETWEEN_ZONES}
            for i, a in enumerate(areas) for b in areas[i + 1:]]
