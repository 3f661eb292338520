"""The words of dates: months, weekdays, units, numbers, parts of the day, zones."""

from assistant.domain import number_words
from assistant.domain.when import Grain

MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "january jan",
        "february feb febr",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sept sep",
        "october oct",
        "november nov",
        "december dec",
    ),
    start=1,
):
    MONTHS.update(dict.fromkeys(_names.split(), _number))

WEEKDAYS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "monday mon",
        "tuesday tues tue",
        "wednesday wed weds wednes",
        "thursday thur thurs thu",
        "friday fri",
        "saturday sat",
        "sunday sun",
    )
):
    WEEKDAYS.update(dict.fromkeys(_names.split(), _number))

PLURAL_WEEKDAYS = {f"{name}s": day for name, day in WEEKDAYS.items() if name.endswith("day")} | {
    "mons": 0,
    "fris": 4,
    "sats": 5,
    "suns": 6,
}

PLURAL_BESIDE_PLURALS = {"tues": 1, "weds": 2, "thurs": 3}
"""Short names of one day, which are of each in “weds and fris”."""

UNITS: dict[str, tuple[Grain, int]] = {}
for _names, _unit, _times in (
    ("second seconds sec secs", Grain.SECOND, 1),
    ("minute minutes min mins minuts", Grain.MINUTE, 1),
    ("hour hours hr hrs h", Grain.HOUR, 1),
    ("day days", Grain.DAY, 1),
    ("night nights", Grain.DAY, 1),
    ("week weeks wk wks", Grain.WEEK, 1),
    ("fortnight fortnights", Grain.WEEK, 2),
    ("month months mon mos mths mth", Grain.MONTH, 1),
    ("quarter quarters qtr qtrs", Grain.QUARTER, 1),
    ("year years yr yrs", Grain.YEAR, 1),
    ("decade decades", Grain.DECADE, 1),
    ("century centuries", Grain.CENTURY, 1),
):
    UNITS.update(dict.fromkeys(_names.split(), (_unit, _times)))

GLUED_UNITS = {
    "s": Grain.SECOND,
    "m": Grain.MINUTE,
    "h": Grain.HOUR,
    "d": Grain.DAY,
    "w": Grain.WEEK,
    "y": Grain.YEAR,
    "mo": Grain.MONTH,
}
"""Letters that are units only where they stand right after digits."""

ONES = {name: number for number, name in enumerate(number_words.ONES)}
TENS = {name: 10 * number for number, name in enumerate(number_words.TENS, start=2)} | {
    "fourty": 40
}
ORDINALS = {
    name: number
    for number, name in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
        ],
        start=1,
    )
} | {"twentieth": 20, "thirtieth": 30}
DECADES = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}

SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter"})

PARTS = {
    "morning": "morning",
    "mornings": "morning",
    "afternoon": "afternoon",
    "afternoons": "afternoon",
    "evening": "evening",
    "evenings": "evening",
    "eve": "evening",
    "night": "night",
    "nights": "night",
    "nite": "night",
    "lunch": "lunch",
    "lunchtime": "lunch",
    "breakfast": "breakfast",
    "dinner": "dinner",
    "dinnertime": "dinner",
}

ZONES = {
    "utc": 0,
    "gmt": 0,
    "z": 0,
    "bst": 60,
    "cet": 60,
    "cest": 120,
    "eet": 120,
    "eest": 180,
    "ist": 330,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
    "jst": 540,
    "aest": 600,
}
"""Minutes east of Greenwich."""
