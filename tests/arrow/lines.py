# SPDX-License-Identifier: Apache-2.0
"""Random lines of goods, as cells of a CSV file and as columns of Arrow: the same lines twice.

A set of lines is a dict of columns; of each column the cells of CSV (texts, "" for none) and an
Arrow array that says the same in some type or other.
"""
import csv
import datetime
import decimal
import os
import random
import sys

import pyarrow as pa

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "bench"))
import generate  # noqa: E402

UTC = datetime.timezone.utc
FLAGS = ["usmca", "in_transit", "us_goods_returned", "informational", "donation"]
WORDS = generate.WORDS + ["cotton, dyed\n2 pieces", 'said "brand new"', "苯乙酸乙酯", "café, ground",
                          "N-phenyl-4-piperidone 98%", "CAS 103-63-9", "fentanyl citrate", "",
                          "benzaldehyde", "a" * 300, " blanks ", "=\"00123\"", "x;y|z"]
BAD = {"hts": ["", "6109", "abc", "61.09.10.00.12", "6109.10.00.12", "0101", "9999999999", "610910"],
       "origin": ["", "XX", "China", "CHN", "cn", "Atlantis", " CN "],
       "entered": ["", "2025-02-30", "5/2/2025", "02.05.2025", "2025-05-02T00:01",
                   "2025-11-02T01:30", "2025-05-02 12:30", "1999-01-01", "2031-01-01"],
       "value": ["", "-5", "12.345678", "1,000.50", "$12.50", "abc", "1e5", "0", "999999999999999"],
       "into": ["", "CN", "CA", "US", "us", "ZZ", "MX", "DE"],
       "qty": ["", "0", "-1", "1.5", "x"], "unit": ["", "no", "kg", "doz.", "furlong", "pcs"],
       "weight": ["", "0.5", "2", "heavy"], "channel": ["", "Express", "post", "drone"],
       "transport": ["", "air", "vessel", "10", "50", "sea", "truck"],
       "entry_type": ["", "01", "11", "86", "99"], "retail_value": ["", "20", "900.01", "y"],
       "currency": ["", "USD", "EUR", "dollars"], "via": ["", "HK", "HK,SG", "MX"],
       "ship_from": ["", "HK", "CN", "XX"], "cas": ["", "103-63-9", "103-63-8", "50-00-0"],
       "claims": ["", "usmca", "usmca=no", "usmca=yes;steel_value=10", "nonsense=1", ";;",
                  "steel_value=abc", "loaded=2025-04-01"]}


def choice_of(random_, values):
    return values[random_.randrange(len(values))]


def text_array(random_, cells):
    """Texts in one of the ways in which they may stand; empty is null or empty."""
    values = [cell if cell or random_.random() < 0.5 else None for cell in cells]
    kind = random_.randrange(7)
    array = pa.array(values, pa.string())
    if kind == 1:
        return array.cast(pa.large_string())
    if kind == 2:
        return pa.array(values, pa.string_view())
    if kind in (3, 4, 5):
        index = [pa.int32(), pa.int64(), pa.uint16()][kind - 3]
        encoded = array.dictionary_encode()
        return pa.DictionaryArray.from_arrays(encoded.indices.cast(index),
                                              encoded.dictionary.cast(pa.large_string())
                                              if kind == 4 else encoded.dictionary)
    if kind == 6:
        import pyarrow.compute as pc
        return pc.run_end_encode(array, run_end_type=[pa.int32(), pa.int64()][random_.randrange(2)])
    return array


def money_column(random_, count, empty):
    """Amounts as decimals, ints or float64, and as texts."""
    kind = random_.randrange(6)
    scale = [2, 4, 0, 2, 2, 3][kind]
    cents = [None if random_.random() < empty else random_.randrange(1, 10**random_.randrange(2, 8))
             for _ in range(count)]
    values = [None if c is None else decimal.Decimal(c).scaleb(-scale) for c in cents]
    if kind == 4:  # float64: the shortest decimal that is it
        array = pa.array([None if v is None else float(v) for v in values], pa.float64())
    elif kind == 2:
        array = pa.array(cents, [pa.int64(), pa.uint32(), pa.int32()][random_.randrange(3)])
    elif kind == 3:
        array = pa.array(values, pa.decimal256(40, scale))
    elif kind == 5:
        array = pa.array(values, pa.decimal64(18, scale))
    else:
        array = pa.array(values, pa.decimal128(20, scale))
    # a text that could be a thousand or a tenth is no good CSV: write it out
    cells = ["" if v is None else f"{v:f}" if scale != 3 else f"{v:f}0" for v in values]
    return cells, array


def time_column(random_, count, empty):
    """Days and instants: date32, date64, timestamps of every unit, with a zone and without."""
    kind = random_.randrange(5)
    days = [datetime.date.fromisoformat(choice_of(random_, generate.DAYS)) for _ in range(count)]
    days = [None if random_.random() < empty else day for day in days]
    if kind == 0:
        return [d.isoformat() if d else "" for d in days], pa.array(days, pa.date32())
    if kind == 1:
        return [d.isoformat() if d else "" for d in days], pa.array(days, pa.date64())
    unit = ["s", "ms", "us", "ns"][random_.randrange(4)]
    seconds = [random_.randrange(1, 86400) for _ in days]
    times = [d and datetime.datetime.combine(d, datetime.time()) + datetime.timedelta(seconds=s)
             for d, s in zip(days, seconds)]
    if kind == 2:
        zone = choice_of(random_, ["UTC", "America/New_York", "+08:00"])
        array = pa.array([t and t.replace(tzinfo=UTC) for t in times], pa.timestamp(unit, zone))
        return [t.isoformat() + "Z" if t else "" for t in times], array
    return [t.isoformat() if t else "" for t in times], pa.array(times, pa.timestamp(unit))


def claims_column(random_, count):
    """Claims as a struct, a map, or lists of texts or of pairs."""
    names = ["usmca", "steel_value", "us_content_value", "melt_pour"]
    values = []
    for _ in range(count):
        row = {}
        if random_.random() < 0.4:
            row["usmca"] = random_.random() < 0.5
        if random_.random() < 0.2:
            row["steel_value"] = decimal.Decimal(random_.randrange(1, 5000)).scaleb(-2)
        if random_.random() < 0.1:
            row["us_content_value"] = decimal.Decimal(random_.randrange(1, 5000))
        if random_.random() < 0.1:
            row["melt_pour"] = choice_of(random_, ["US", "CN"])
        values.append(row if row or random_.random() < 0.5 else None)
    kind = random_.randrange(4)
    text = lambda v: ("yes" if v else "no") if isinstance(v, bool) else str(v)  # noqa: E731
    pairs = [None if row is None else [(k, text(row[k])) for k in names if k in row]
             for row in values]
    cells = [";".join(f"{k}={v}" for k, v in row or []) for row in pairs]
    if kind == 0:
        array = pa.array(values, pa.struct([("usmca", pa.bool_()),
                                            ("steel_value", pa.decimal128(10, 2)),
                                            ("us_content_value", pa.decimal128(10, 0)),
                                            ("melt_pour", pa.string_view())]))
    elif kind == 1:
        array = pa.array(pairs, pa.map_(pa.string(), pa.string()))
    elif kind == 2:
        array = pa.array([None if p is None else [f"{k}={v}" for k, v in p] for p in pairs],
                         [pa.list_(pa.string()), pa.large_list(pa.large_string()),
                          pa.list_view(pa.string())][random_.randrange(3)])
    else:
        array = pa.array([None if p is None else [{"key": k, "value": v} for k, v in p]
                          for p in pairs],
                         pa.list_(pa.struct([("key", pa.string()), ("value", pa.string())])))
    return cells, array


NAMES = {"hts": ["hts", "HS Code", "hts_code"], "origin": ["origin", "Country of Origin"],
         "entered": ["entered", "Entry Date"], "value": ["value", "Customs Value"],
         "qty": ["qty", "Quantity"], "description": ["description", "Description of Goods"]}


def name_of(random_, column):
    """One of the names under which a column is found."""
    return choice_of(random_, NAMES.get(column, [column]))


def ours(name):
    """The column that such a name is."""
    return next((column for column, names in NAMES.items() if name in names), name)


def make(seed, count, shipments=False, bad=0.01, points=False):
    """Columns by name: (cells, array), in one of many shapes that the seed decides; points: none
    with decimal commas."""
    random_ = random.Random(seed)
    codes = generate.codes()
    typed = random_.random() < 0.6  # numbers and days as such; else texts, some of them bad
    comma = random_.random() < 0.1 and not points  # the decimal mark of all texts
    columns = {"id": [f"r{i}" for i in range(count)],
               "hts": [choice_of(random_, generate.POPULAR if random_.random() < 0.6 else codes)
                       for _ in range(count)],
               "origin": [choice_of(random_, generate.ORIGINS) for _ in range(count)]}
    several = {"channel": generate.CHANNELS, "description": WORDS, "unit": ["no", "kg", "doz."],
               "transport": ["air", "vessel", ""], "into": ["US", "US", "US", "CN", "CA", ""],
               "entry_type": ["", "01", "11"], "ship_from": ["", "HK", "CN"], "via": ["", "HK"],
               "cas": ["", "", "103-63-9"]}
    for name, values in several.items():
        if random_.random() < 0.5:
            columns[name] = [choice_of(random_, values) for _ in range(count)]
    for flag in ["usmca", "steel_value"]:
        if random_.random() < 0.2:
            columns[flag] = [choice_of(random_, ["", "yes", "no"] if flag == "usmca"
                                       else ["", "10", "3,5" if comma else "3.5"])
                             for _ in range(count)]
    numbers = {"value": 0.02}
    for name in ("retail_value", "qty", "weight"):
        if random_.random() < 0.3:
            numbers[name] = 0.3
    times = {"entered": 0.01}
    if random_.random() < 0.2:
        times["loaded"] = 0.5
    found = {}
    for name, empty in numbers.items():
        cells, array = money_column(random_, count, empty)
        if comma:  # typed columns stand beside texts
            cells = [cell.replace(".", ",") for cell in cells]
        found[name] = (cells, array if typed and not (comma and name == "value") else None)
    for name, empty in times.items():
        cells, array = time_column(random_, count, empty)
        found[name] = (cells, array if typed else None)
    if random_.random() < 0.4:
        cells, array = claims_column(random_, count)
        found["claims"] = (cells, array)
    if shipments:
        columns["shipment"] = [f"s{random_.randrange(1 + count // 3)}" if random_.random() < 0.7
                               else "" for _ in range(count)]
        columns["consignee"] = [f"Person {random_.randrange(1 + count // 4)}" if
                                random_.random() < 0.8 else "" for _ in range(count)]
        columns["order"] = [f"o{random_.randrange(1 + count // 4)}" if random_.random() < 0.2
                            else "" for _ in range(count)]
    for name, cells in columns.items():
        found[name] = (cells, None)
    for name, (cells, array) in found.items():
        if array is None:
            for i in range(count) if name in BAD and not (comma and name in numbers) else ():
                if random_.random() < bad:
                    cells[i] = choice_of(random_, BAD[name])
            found[name] = (cells, text_array(random_, cells))
    order = list(found)
    random_.shuffle(order)
    return {name_of(random_, name): found[name] for name in order}


def strangers(seed, count):
    """Columns that no line is read from, of every type that may be kept."""
    random_ = random.Random(seed)
    some = lambda make: [None if random_.random() < 0.2 else make()  # noqa: E731
                         for _ in range(count)]
    number = lambda: random_.randrange(1000)  # noqa: E731
    text = lambda: "x" * random_.randrange(30)  # noqa: E731
    of_list = lambda: [number() for _ in range(random_.randrange(4))]  # noqa: E731
    made = [pa.array(some(lambda: text().encode()), pa.binary()),
            pa.array(some(lambda: text().encode()), pa.binary_view()),
            pa.array(some(lambda: b"abc"), pa.binary(3)),
            pa.array(some(lambda: number() / 8), pa.float32()),
            pa.array(some(lambda: random_.random() < 0.5), pa.bool_()),
            pa.array(some(of_list), pa.list_(pa.int16())),
            pa.array(some(of_list), pa.large_list_view(pa.int64())),
            pa.array(some(lambda: [1, 2]), pa.list_(pa.int8(), 2)),
            pa.array(some(lambda: {"a": text(), "b": of_list()}),
                     pa.struct([("a", pa.string_view()), ("b", pa.list_(pa.int32()))])),
            pa.array(some(lambda: [(text(), number())]), pa.map_(pa.string(), pa.int32())),
            pa.array(some(lambda: datetime.timedelta(seconds=number())), pa.duration("ms")),
            pa.nulls(count),
            pa.array(some(text)).dictionary_encode()]
    return {f"stranger {i}": ([""] * count, array) for i, array in enumerate(made)}


def write_csv(columns, path, first=0, count=None):
    last = None if count is None else first + count
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*(cells[first:last] for cells, _ in columns.values())))


def batches(columns, seed, sizes=(0, 1, 7, 64, 1000, 5000)):
    """The batches of the lines, of any size, some of them empty, all of them slices."""
    random_ = random.Random(seed)
    whole = pa.record_batch([array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
                             for _, array in columns.values()], names=list(columns))
    at, pieces = 0, []
    while at < whole.num_rows:
        size = random_.choice(sizes)
        pieces.append(whole.slice(at, size))
        at += size
    return whole.schema, pieces
