# SPDX-License-Identifier: Apache-2.0
"""Samples whose bytes are no plain text: made anew at each run, so that what is in them can be read.

A function with @sample("NAME.EXT") gives the bytes of that file.
"""
import gzip
import io
import struct
import zipfile
from xml.sax.saxutils import escape

QUOTE = {'"': "&quot;"}

SAMPLES = {}


def sample(name):
    def keep(function):
        SAMPLES[name] = function
        return function
    return keep


@sample("utf16.csv")
def utf16():
    """A spreadsheet's "Unicode text"."""
    return "id,hts,origin,entered,value\r\nA,6109.10.00.12,CN,2025-05-02,54\r\n".encode("utf-16")


ORDERS = b"""shipment,id,hts,origin,entered,value
S1,A,6109.10.00.12,CN,2025-05-02T00:01,54.00
S2,B,8517.13.00.00,VN,2025-05-02T00:01,120.00
S1,C,6109.10.00.12,CN,2025-05-02T00:01,46.00
"""


@sample("gzip.csv.gz")
def two_members():
    """As `cat day1.gz day2.gz` makes it, filled up with zeros as tapes are."""
    half = len(ORDERS) // 2
    return gzip.compress(ORDERS[:half]) + gzip.compress(ORDERS[half:]) + bytes(512)


@sample("gzip-cut.csv.gz")
def cut():
    """A download that broke off."""
    return gzip.compress(ORDERS)[:-30]


def zstd_frame(content):
    """One frame of raw blocks: what zstd writes for what it cannot make smaller (RFC 8878)."""
    frame = b"\x28\xb5\x2f\xfd\xa0" + struct.pack("<I", len(content))
    for at in range(0, len(content), 60):
        block = content[at:at + 60]
        last = at + 60 >= len(content)
        frame += struct.pack("<I", len(block) << 3 | last)[:3] + block
    return frame


@sample("zstd.csv.zst")
def frames():
    """Two frames with one to be skipped between."""
    half = len(ORDERS) // 2
    skipped = b"\x50\x2a\x4d\x18\x04\x00\x00\x00skip"
    return zstd_frame(ORDERS[:half]) + skipped + zstd_frame(ORDERS[half:])


@sample("zstd-cut.csv.zst")
def zstd_cut():
    return zstd_frame(ORDERS)[:-20]


# Workbooks, by hand, as their standard (ECMA-376) has them.

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Number:
    """A number as it stands in the file, and the style of its cell."""

    def __init__(self, text, style=0):
        self.text, self.style = text, style

    def cell(self, place, _):
        return f'<c r="{place}" s="{self.style}"><v>{self.text}</v></c>'


class Raw:
    """A cell written out; {place} stands for its place."""

    def __init__(self, xml):
        self.xml = xml

    def cell(self, place, _):
        return self.xml.format(place=place)


def letters(column):
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def sheet_xml(rows, shared):
    """Rows of texts (shared), numbers and None; a row that is None is not there."""
    out = [f'{XML}<worksheet xmlns="{MAIN}"><sheetData>']
    for number, row in enumerate(rows, 1):
        if row is None:
            continue
        out.append(f'<row r="{number}">')
        for column, value in enumerate(row, 1):
            place = f"{letters(column)}{number}"
            if isinstance(value, str):
                index = shared.setdefault(value, len(shared))
                out.append(f'<c r="{place}" t="s"><v>{index}</v></c>')
            elif value is not None:
                out.append(value.cell(place, shared))
        out.append("</row>")
    out.append("</sheetData></worksheet>")
    return "".join(out)


def workbook(sheets, formats=(), since_1904=False, hidden=(), more=()):
    """The bytes of an .xlsx. Style 0 is General, style n the n-th of the formats: a number of a
    built-in one, or a code."""
    shared, parts = {}, {}
    relation = f'<Relationship Id="{{}}" Type="{OFFICE}/{{}}" Target="{{}}"/>'
    names, relations = [], []
    for i, (name, rows) in enumerate(sheets.items(), 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = sheet_xml(rows, shared)
        state = ' state="hidden"' if name in hidden else ""
        names.append(f'<sheet name="{escape(name)}" sheetId="{i}"{state} r:id="rId{i}"/>')
        relations.append(relation.format(f"rId{i}", "worksheet", f"worksheets/sheet{i}.xml"))
    relations.append(relation.format("rIdS", "styles", "styles.xml"))
    relations.append(relation.format("rIdT", "sharedStrings", "/xl/sharedStrings.xml"))
    date = ' date1904="1"' if since_1904 else ""
    parts["xl/workbook.xml"] = (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr{date}/>'
        f'<sheets>{"".join(names)}</sheets></workbook>')
    parts["_rels/.rels"] = (f'{XML}<Relationships xmlns="{PACKAGE}">'
                            f'{relation.format("rId1", "officeDocument", "xl/workbook.xml")}'
                            '</Relationships>')
    parts["xl/_rels/workbook.xml.rels"] = (f'{XML}<Relationships xmlns="{PACKAGE}">'
                                           f'{"".join(relations)}</Relationships>')
    codes = [code for code in formats if isinstance(code, str)]
    ids = [code if isinstance(code, int) else 164 + codes.index(code) for code in formats]
    parts["xl/styles.xml"] = (
        f'{XML}<styleSheet xmlns="{MAIN}"><numFmts>'
        + "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{escape(code, QUOTE)}"/>'
                  for i, code in enumerate(codes))
        + '</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
        + "".join(f'<xf numFmtId="{i}"/>' for i in ids) + "</cellXfs></styleSheet>")
    parts["xl/sharedStrings.xml"] = (
        f'{XML}<sst xmlns="{MAIN}">'
        + "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in shared)
        + "</sst>")
    parts.update(more)
    return archive(parts)


def archive(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(zipfile.ZipInfo(name, (2025, 5, 2, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


HEADER = ["id", "hts", "origin", "entered", "value", "description"]


@sample("xlsx-first.xlsx")
def first_sheet():
    """Codes as text and as number, a price as spreadsheets write 73.44, one with an exponent, days
    by the built-in format 14, a quote and a comma in a text."""
    day = Number("45779", 1)
    return workbook({"Orders": [
        HEADER,
        ["A", "6109.10.00.12", "CN", day, Number("73.439999999999998"), 'shirts, 15" wide'],
        ["B", Number("6109100012"), "CN", day, Number("1.2E3"), "笔记本电脑"],
        ["C", "0201305000", "AU", day, Number("1E-2"), "beef"],
        None,
        ["D", Number("201305000", 2), "AU", Number("45779.5", 3), Number("9.9949999999999992"),
         Raw('<c r="{place}" t="inlineStr"><is><r><t>bone</t></r><r><t>less</t></r></is></c>')],
    ], "Notes": [["nothing"]]}, formats=[14, "0000000000", "m/d/yy h:mm"])


@sample("xlsx-1904.xlsx")
def sheet_by_name():
    """As Excel for Macintosh counted days; the sheet is the third, the first is hidden; a report
    with rows above its header, a break in a cell, a cell that a formula never filled."""
    rows = [["Entry report"], None,
            HEADER,
            ["A", "6109.10.00.12", "CN", Number("44317.00069444444", 1), Number("54"), "two\nlines"],
            ["B", "6109.10.00.12", "CN", Number("44317", 2),
             Raw('<c r="{place}"><f>D4*2</f></c>'), None],
            ["C", "6109.10.00.12", "CN", Number("44317", 2),
             Raw('<c r="{place}"><f>27*2</f><v>54</v></c>')]]
    return workbook({"Secret": [["x"]], "Summary": [["y"]], "Entries": rows},
                    formats=["yyyy\\-mm\\-dd\\ hh:mm", "[$-409]d\\-mmm\\-yyyy;@"],
                    since_1904=True, hidden=["Secret"])


@sample("xlsx-report.xlsx")
def report():
    """An ES-003 report as ACE exports it to Excel."""
    header = ["Entry Summary Number", "Entry Summary Line Number", "Entry Type Code", "Entry Date",
              "Country of Origin Code", "Tariff Ordinal Number", "HTS Number - Full",
              "Line Tariff Goods Value Amount", "Line Tariff Duty Amount"]
    date = Number("45846", 1)
    return workbook({"Main Report": [
        ["ES-003 Entry Summary Line Tariff Details"], ["Run on", date], header,
        ["Z9Z70000115", "1", "01", date, "CN", "1", "99030124", Number("0"), Number("2000")],
        ["Z9Z70000115", "1", "01", date, "CN", "2", "99030125", Number("0"), Number("1000")],
        ["Z9Z70000115", "1", "01", date, "CN", "3", "9503000090", Number("10000"), Number("0")],
    ]}, formats=[14])


@sample("xlsx-bomb.xlsx")
def bomb():
    """A sheet that unpacks to a thousand times its size."""
    return workbook({"Sheet1": [HEADER]},
                    more={"xl/worksheets/sheet1.xml": b" " * (65 << 20)})


@sample("xlsx-entities.xlsx")
def entities():
    """A thousand million laughs."""
    lines = ['<!DOCTYPE x [<!ENTITY a "ha">']
    lines += [f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)]
    return workbook({"Sheet1": [HEADER]}, more={
        "xl/worksheets/sheet1.xml": "".join(lines) + "]><worksheet>&j;</worksheet>"})


@sample("xlsx-none.zip")
def no_workbook():
    return archive({"orders.csv": "id,hts\n"})


@sample("xlsx-packed.xlsx.gz")
def packed():
    """A workbook that somebody packed once more."""
    return gzip.compress(first_sheet())


@sample("controls.csv")
def controls():
    """A warehouse system's export: escapes of its printer in the descriptions, one Latin-1 line."""
    head = b"id,hts,origin,entered,value,note\n"
    return (head + b"A,6109.10.00.12,CN,2025-05-02,54,\x1b[1mbold\x1b[0m\x07\n"
            + b"B,6109.10.00.12,CN,2025-05-02,54,caf\xe9\n"
            + b"C,6109.10.00.12,CN,2025-05-02,54,\"tab\tand\nline\"\n")


@sample("utf16be.txt")
def utf16be():
    """The other order, with tabs, a character outside the first plane, and half of one."""
    text = ("id\thts\torigin\tentered\tvalue\tdescription\r\n"
            "A\t6109.10.00.12\tCN\t2025-05-02\t54\tbaumwolle \U0001F455 hemd\r\n"
            "B\t6109.10.00.12\tCN\t2025-05-02\t54\thalf \ud83d of it\r\n"
            "C\t6109.10.00.12\tCN\t2025-05-02\t54\t\"a \"\"b\"\" \u7b14\u8bb0\"\r\n")
    return b"\xfe\xff" + text.encode("utf-16-be", "surrogatepass")


@sample("utf16-cut.csv")
def utf16_cut():
    """A UTF-16 file that ends in the middle of a character."""
    return "id,hts,origin,entered,value\nA,6109.10.00.12,CN,2025-05-02,54\n".encode("utf-16")[:-1]


@sample("utf16-packed.csv.gz")
def utf16_packed():
    """UTF-16 within gzip."""
    return gzip.compress(utf16(), mtime=0)


@sample("cr-only.csv")
def cr_only():
    """Line ends of an old Macintosh, which Excel for Mac still offers; longer than the look ahead."""
    rows = [f"{i},6109.10.00.12,CN,2025-05-02,54,\"two\rlines\"" for i in range(3000)]
    return "\r".join(["id,hts,origin,entered,value,description"] + rows + [""]).encode()


@sample("decimal-later.csv")
def decimal_later():
    """What contradicts the first 64 KiB stands behind them."""
    line = "{},6109.10.00.12,CN,2025-05-02T00:01,{}\n"
    return ("id,hts,origin,entered,value\n" + "".join(line.format(i, "54.00") for i in range(2000))
            + line.format("last", '"54,00"')).encode()


@sample("doubled-later.csv")
def doubled_later():
    """Two origins that part behind the first 64 KiB."""
    line = "{},6109.10.00.12,CN,{},2025-05-02T00:01,54\n"
    return ("id,hts,Origin,Country of Origin,entered,value\n"
            + "".join(line.format(i, "CN") for i in range(2000)) + line.format("last", "VN")).encode()


@sample("xlsx-aside.xlsx")
def aside():
    """A note beside a row, under no header; a row that ends early; one that nobody filled."""
    return workbook({"S": [
        HEADER,
        ["A", "6109.10.00.12", "CN", "2025-05-02T00:01", Number("54"), "shirts", "ask Ann"],
        ["B", "6109.10.00.12", "CN", "2025-05-02T00:01", Number("54")],
        [None, "", None, ""],
        ["C", "6109.10.00.12", "CN", "2025-05-02T00:01", Raw('<c r="{place}" t="e"><v>#REF!</v></c>')],
    ]})


@sample("xlsx-cut.xlsx")
def workbook_cut():
    """A download that broke off: the list of its parts is at the end."""
    return first_sheet()[:-40]


@sample("xlsx-changed.xlsx")
def workbook_changed():
    """A byte that changed on the way."""
    body = bytearray(first_sheet())
    body[200] ^= 1
    return bytes(body)
