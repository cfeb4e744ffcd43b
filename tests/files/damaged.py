#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Packed files and workbooks as their standards have them (RFC 1952, RFC 8878, PKWARE's APPNOTE,
ECMA-376), in the forms that few programs write, and with one thing wrong in each.

    damaged.py PROGRAM

What is sound gives the answers of the same lines as CSV; what is not ends with exit code 2 and a
message that names the file and what is wrong with it.
"""
import gzip
import io
import json
import os
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib

import make

sys.path.append(sys.path[0] + "/..")
from lib import check, environment, finish, leave_out, run, table, write  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
HEADER = ["id", "hts", "origin", "entered", "value", "description"]
ROWS = [["A", "6109.10.00.12", "CN", "2025-05-02T00:01", "54", "shirts"],
        ["B", "6109.10.00.12", "VN", "2025-05-02T00:01", "120", "shirts"]]
LINES = table(HEADER, ROWS).encode()
SHEET = "xl/worksheets/sheet1.xml"


def assess(folder, name, content, *options):
    return run(PROGRAM, "assess", *options, write(os.path.join(folder, name), content))


def told(answer):
    """What does not depend on the name of the file."""
    return {key: value for key, value in json.loads(answer).items() if key != "file"}


def sound(folder, name, content, *options, rows=None):
    """The same answers as the lines themselves have."""
    lines = LINES if rows is None else table(HEADER, rows).encode()
    usual = assess(folder, "lines.csv", lines)
    done = assess(folder, name, content, *options)
    same = [told(line) for line in done.out.splitlines()] == \
           [told(line) for line in usual.out.splitlines()]
    check(done.code == usual.code and done.out and same, f"{name} is read", done.err + done.out)


def refused(folder, name, content, why, *options):
    done = assess(folder, name, content, *options)
    check(done.code == 2 and not done.out and f"{name}:" in done.err and why in done.err,
          f"{name} is refused: {why}", f"exit {done.code}: {done.err}{done.out[:300]}")


def local(name, body, method, flags=0):
    """A file within an archive: its header and its bytes."""
    packed = deflated(body) if method == 8 else body
    name = name.encode()
    return struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, flags, method, 0, 0, zlib.crc32(body),
                       len(packed), len(body), len(name), 0) + name + packed, len(packed)


def deflated(body):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(body) + packer.flush()


def listed(name, body, packed, at, method=8, flags=0, wide=False, extra=b"", crc=None):
    """An entry of the directory; `wide` puts its sizes and its place into the extra field 1."""
    name = name.encode()
    crc = zlib.crc32(body) if crc is None else crc
    if wide:
        extra = struct.pack("<HHB", 0x5455, 1, 0) + struct.pack("<HHQQQ", 1, 24, len(body), packed,
                                                                at)
    unpacked, packed, at = (0xFFFFFFFF,) * 3 if wide else (len(body), packed, at)
    return struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 45, 45, flags, method, 0, 0, crc, packed,
                       unpacked, len(name), len(extra), 0, 0, 0, 0, at) + name + extra


def ended(directory, at, count, wide=False):
    """What stands behind the directory."""
    out = b""
    if wide:
        end = at + len(directory)
        out += struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count,
                           len(directory), at)
        out += struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
        return out + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF,
                                 0xFFFFFFFF, 0)
    return out + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(directory), at, 0)


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(content, method=8, wide=False, end=None, **changed):
    """An archive of these parts, put together here; `changed` is that of the sheet's entry."""
    out, directory = b"", b""
    for name, body in content.items():
        piece, size = local(name, body, method)
        extra = changed if name == SHEET else {}
        directory += listed(name, body, size, len(out), **{"method": method, "wide": wide, **extra})
        out += piece
    return out + directory + (end or ended(directory, len(out), len(content), wide))


def sheet(*rows):
    """A sheet of rows written out."""
    return f'{make.XML}<worksheet xmlns="{make.MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def book(xml=None, **more):
    """A workbook of the lines, or with the sheet `xml`."""
    given = {SHEET: xml} if xml is not None else {}
    given.update(more)
    return make.workbook({"Lines": [HEADER, *ROWS]}, more=given)


def text_cell(place, text, kind="inlineStr"):
    return f'<c r="{place}" t="{kind}"><is><t xml:space="preserve">{text}</t></is></c>'


def text_row(number, *cells):
    return f'<row r="{number}">' + "".join(
        text_cell(f"{make.letters(i)}{number}", cell) for i, cell in enumerate(cells, 1)) + "</row>"


HEAD = text_row(1, *HEADER)


def archives(folder):
    whole = parts(book())
    directory = b"".join(listed(name, body, len(body), 0) for name, body in whole.items())
    sound(folder, "stored.xlsx", packed(whole, method=0))
    sound(folder, "wide.xlsx", packed(whole, wide=True))
    sound(folder, "comment.xlsx", packed(whole)[:-2] + struct.pack("<H", 3) + b"abc")
    cut = packed(whole, wide=True)
    refused(folder, "no-locator.xlsx", cut.replace(b"PK\6\7", b"PK\6\0"), "its directory of files")
    refused(folder, "no-record.xlsx", cut.replace(b"PK\6\6", b"PK\6\0"), "its directory of files")
    refused(folder, "short-locator.xlsx", ended(b"", 0, 0, True)[-22:], "its directory of files")
    at = len(packed(whole)) - 22
    refused(folder, "outside.xlsx", packed(whole, end=ended(directory, at + 40, len(whole))),
            "its directory of files lies outside it")
    refused(folder, "large-list.xlsx", packed(whole, end=struct.pack(
        "<4sHHHHIIH", b"PK\5\6", 0, 0, 9, 9, 0xF0000000, 0, 0)), "of too many files")
    refused(folder, "no-entry.xlsx", packed(whole).replace(b"PK\1\2", b"PK\1\0"),
            "its directory of files cannot be read")
    good = packed(whole)
    first = good.index(b"PK\1\2")
    refused(folder, "long-name.xlsx", good[:first + 28] + b"\xff\xff" + good[first + 30:],
            "its directory of files ends early")
    refused(folder, "password.xlsx", packed(whole, flags=1), "protected by a password")
    refused(folder, "method.xlsx", packed(whole, method=8, **{}).replace(
        struct.pack("<HHH", 45, 0, 8), struct.pack("<HHH", 45, 0, 14)), "by method 14")
    refused(folder, "extra.xlsx", packed(whole, extra=struct.pack("<HH", 1, 9) + b"12345678"),
            "its directory of files cannot be read")
    entry = listed(SHEET, whole[SHEET], 0, 0, extra=struct.pack("<HHQ", 1, 8, 0))
    short = packed(whole, extra=struct.pack("<HHQ", 1, 8, 0))
    begins = short.index(entry[46:])
    refused(folder, "extra-short.xlsx", short[:begins - 26] + b"\xff" * 8 + short[begins - 18:],
            "its directory of files cannot be read")
    refused(folder, "checksum.xlsx", packed(whole, crc=7), "the checksum of a file in it is wrong")
    place = good.rindex(b"PK\3\4")
    refused(folder, "not-there.xlsx", good[:place + 2] + b"XX" + good[place + 4:],
            "is not where its directory states")


def sizes(folder):
    """The directory says another size than there is."""
    whole = parts(book())
    for name, change, why in (
            ("longer", lambda n: n - 1, "does not have the stated size"),
            ("shorter", lambda n: n + 1, "does not have the stated size")):
        body = whole[SHEET]
        wrong = packed(whole)
        entry = wrong.rindex(struct.pack("<I", len(body)))
        refused(folder, f"{name}.xlsx", wrong[:entry] + struct.pack("<I", change(len(body)))
                + wrong[entry + 4:], why)
    rows = "".join(text_row(i, *ROWS[i % 2]) for i in range(2, 3000))
    large = parts(book(sheet(HEAD, rows + "<!-- " + os.urandom(300000).hex() + " -->")))
    body = deflated(large[SHEET])
    wrong = packed(large)
    entry = wrong.rindex(struct.pack("<I", len(body)), 0, len(wrong) - 22)
    refused_late(folder, "truncated.xlsx", wrong[:entry] + struct.pack("<I", len(body) - 9)
                 + wrong[entry + 4:], "a file in it is truncated")
    wrong = packed(whole)
    at = wrong.index(deflated(whole[SHEET]))
    refused(folder, "deflate.xlsx", wrong[:at] + b"\xff" * 8 + wrong[at + 8:], "cannot be unpacked")


def kinds(folder):
    """Archives that are no workbook, and workbooks in which something is missing."""
    whole = parts(book())
    rels = "_rels/.rels"
    main = "xl/_rels/workbook.xml.rels"
    without = {name: body for name, body in whole.items() if name != rels}
    refused(folder, "binary.xlsb", packed({"xl/workbook.bin": b"\0"}), ".xlsb")
    refused(folder, "sheet.ods", packed({"content.xml": b"<a/>"}), "OpenDocument")
    refused(folder, "other.zip", packed(without), "without a workbook in it")
    refused(folder, "no-main.xlsx", packed({**whole, rels: b"<Relationships/>"}),
            "without a workbook in it")
    refused(folder, "main-missing.xlsx", packed(
        {name: body for name, body in whole.items() if name != "xl/workbook.xml"}),
        "without a workbook in it")
    refused(folder, "no-relations.xlsx", packed(
        {name: body for name, body in whole.items() if name != main}), "without a workbook in it")
    refused(folder, "no-part.xlsx", packed(
        {name: body for name, body in whole.items() if name != SHEET}), f"{SHEET} is missing")
    refused(folder, "chart.xlsx", packed({**whole, main: whole[main].replace(
        b"/worksheet\"", b"/chartsheet\"")}), "without a sheet of cells")
    refused(folder, "chart-named.xlsx", packed({**whole, main: whole[main].replace(
        b"/worksheet\"", b"/chartsheet\"")}), 'no cells in the sheet "Lines"', "--sheet", "lines")
    refused(folder, "far.xlsx", packed({**whole, main: whole[main].replace(
        b"worksheets/sheet1", b"w" * 600)}), "without a sheet of cells")
    several = make.workbook({"Lines": [HEADER, *ROWS], "Other": [["x"]]})
    refused(folder, "several.xlsx", several, 'no sheet "Third"; it has 2: "Lines", "Other"',
            "--sheet", "Third")
    refused(folder, "several.xlsx", several, 'no sheet "3"', "--sheet", "3")
    sound(folder, "second.xlsx", make.workbook({"Other": [["x"]], "Lines": [HEADER, *ROWS]}),
          "--sheet", "2")
    plain = {name: body for name, body in whole.items() if not name.endswith("styles.xml")}
    sound(folder, "no-styles.xlsx", packed(plain))
    name = {"xl/workbook.xml": whole["xl/workbook.xml"].replace(b' name="Lines"', b"")}
    refused(folder, "nameless.xlsx", packed({**whole, **name}), "a sheet has no name")
    many = "".join(f'<sheet name="s{i}" r:id="r{i}"/>' for i in range(1025))
    refused(folder, "sheets.xlsx", packed({**whole, "xl/workbook.xml": (
        f'<workbook xmlns:r="{make.OFFICE}"><sheets>{many}</sheets></workbook>').encode()}),
        "more than 1024 sheets")
    styles = "xl/styles.xml"
    refused(folder, "formats.xlsx", packed({**whole, styles: (
        "<s>" + '<numFmt numFmtId="170" formatCode="0"/>' * 1025 + "</s>").encode()}),
        "more than 1024 formats")
    refused(folder, "styles.xlsx", packed({**whole, styles: (
        "<s><cellXfs>" + "<xf/>" * 65537 + "</cellXfs></s>").encode()}), "more than 65536 styles")


def cells(folder):
    # ECMA-376 part 1: 18.4.6 rPh is a phonetic hint, 18.18.11 t="b", 22.9.2.19 _xHHHH_.
    row = text_row(2, *ROWS[0][:5], "shi_x0072_ts").replace(
        "<t xml:space=\"preserve\">shi", "<rPh sb=\"0\" eb=\"1\"><t>say</t></rPh><t>shi")
    sound(folder, "hints.xlsx", book(sheet(HEAD, row, text_row(3, *ROWS[1]))))
    odd = [["C", "6109.10.00.12", "CN", "2025-05-02T00:01", "54", "a\tb _x00ZZ_ _x1_ é"]]
    escaped = text_row(2, *odd[0]).replace("\t", "_x0009_")
    sound(folder, "escapes.xlsx", book(sheet(HEAD, escaped)), rows=odd)
    high = [["C", "6109.10.00.12", "CN", "2025-05-02T00:01", "54", "a_x00E9_b _x0000_"]]
    sound(folder, "not-low.xlsx", book(sheet(HEAD, text_row(2, *high[0]))), rows=high)
    for written, text in ("1", "TRUE"), ("0", "FALSE"):
        truth = [[*ROWS[0][:5], text]]
        cell = f'<c r="F2" t="b"><v>{written}</v></c>'
        row = text_row(2, *ROWS[0][:5]).replace("</row>", cell + "</row>")
        sound(folder, f"{text}.xlsx", book(sheet(HEAD, row)), rows=truth)
    unplaced = text_row(2, *ROWS[0]).replace(' r="2"', "")
    for i in range(1, 7):
        unplaced = unplaced.replace(f' r="{make.letters(i)}2"', "")
    sound(folder, "unplaced.xlsx", book(sheet(HEAD, unplaced)), rows=ROWS[:1])
    number = ["A", "6109.10.00.12", "CN", "2025-05-02T00:01", "x"]
    blanks = text_row(2, *number).replace(
        text_cell("E2", "x"), '<c r="E2"><v> 54\n</v></c>')
    sound(folder, "blanks.xlsx", book(sheet(HEAD, blanks)), rows=[[*number[:4], "54", ""]])
    long = text_row(2, *number).replace(text_cell("E2", "x"), f'<c r="E2"><v>{"1" * 70}</v></c>')
    sound(folder, "digits.xlsx", book(sheet(HEAD, long)), rows=[[*number[:4], "1" * 70, ""]])
    shared = "xl/sharedStrings.xml"
    spoken = parts(book())[shared].replace(b"<t xml", b"<rPh><t>say</t></rPh><t xml", 3)
    sound(folder, "spoken.xlsx", book(**{shared: spoken}))
    long_text = book(**{shared: parts(book())[shared].replace(b"shirts", b"shirt " * 20000)})
    sound(folder, "long-shared.xlsx", long_text, rows=[[*row[:5], "shirt " * 20000]
                                                       for row in ROWS])
    cell = '<row r="2"><c r="A2" t="s"><v>{}</v></c></row>'
    for index in ("99", "", "x", "1" * 30):
        if index:
            refused(folder, "shared.xlsx", book(sheet(HEAD, cell.format(index))),
                    "a cell refers to a text that does not exist")
    for name, place in ("twice", "A2"), ("beyond", "XFE2"), ("none", "12"), ("far", "AAAAAAAA2"):
        refused(folder, f"{name}.xlsx", book(sheet(HEAD, '<row r="2">' + text_cell("A2", "a")
                                                   + text_cell(place, "b") + "</row>")),
                "a cell appears twice, or beyond the last column")
    refused(folder, "rows.xlsx", book(sheet(HEAD, text_row(1048577, *ROWS[0]))),
            "more rows than a spreadsheet can have")
    refused(folder, "cell.xlsx", packed(parts(book(sheet(HEAD, text_row(
        2, *ROWS[0][:5], "x" * 270000))))), "a cell has more than 256 KiB of text")
    wide = sheet(HEAD, text_row(2, *ROWS[0][:5], *["a\n" + "y" * 250000] * 5), text_row(3, *ROWS[1]))
    done = assess(folder, "record.xlsx", packed(parts(book(wide)), method=0))
    answers = [json.loads(line) for line in done.out.splitlines()]
    check(done.code == 1 and [answer["status"] for answer in answers] == ["refused", "ok"]
          and answers[0]["line"] == 2, "a row of more than 1 MiB is refused alone",
          done.err + done.out[:400])


def xml(folder):
    refused(folder, "deep.xlsx", book("<a>" * 65 + "</a>" * 65), "nested too deeply")
    refused(folder, "broken.xlsx", book("<worksheet><sheetData></worksheet>"), "line 1: ")
    refused(folder, "tag.xlsx", packed(parts(book(f'<worksheet a="{"x" * (3 << 20)}"/>')), method=0),
            "has a tag of more than 1 MiB")
    refused(folder, "rels.xlsx", book(**{"_rels/.rels": "<Relationships>"}), "_rels/.rels, line 1")


def forms(folder):
    """Files that are something else, known by their first bytes or by what stands in them."""
    body = LINES.decode()
    for name, content, why in (
            ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "the old format (.xls)"),
            ("wide.csv", body.encode("utf-32"), "is UTF-32: save it as UTF-8"),
            ("wide-be.csv", b"\0\0\xfe\xff" + body.encode("utf-32-be"), "is UTF-32"),
            ("lines.csv.xz", b"\xfd7zXZ\0" + bytes(50), "is compressed with xz"),
            ("lines.csv.bz2", b"BZh91AY&SY" + bytes(50), "is compressed with bzip2"),
            ("lines.tar", bytes(257) + b"ustar\x0000" + bytes(247), "is an archive of files (tar)"),
            ("array.json", b'[{"hts":"6109100012"}]', "is a JSON array"),
            ("columns.csv", ",".join(f"c{i}" for i in range(600)).encode() + b"\n1\n",
             "the first row names more than"),
            ("blank.csv", body.split("\n", 1)[0].encode() + b"\n,,,,,\n", "has no lines"),
            ("word.csv", b"htss,country\n1,2\n", "did you mean hts"),
            ("control.csv", b"a\x1bb;c\n1;2\n", "no header row was found in the first 64 rows; the")):
        refused(folder, name, content, why)
        done = run(PROGRAM, "assess", "-", given=content)
        check(done.code == 2 and why in done.err, f"{name} from a pipe: {why}", done.err)
    done = run(PROGRAM, "assess", folder)
    check(done.code == 2 and "is a folder: give the files in it" in done.err, "a folder", done.err)
    refused(folder, "plain.csv", LINES, "is not what --profile es-003 reads", "--profile", "es-003")
    refused(folder, "amazon.csv", LINES, "is not what --profile amazon reads", "--profile", "amazon")


def sheets(folder):
    """The lines may be in another sheet."""
    book = make.workbook({"Notes": [["nothing"]], "Lines": [HEADER, *ROWS]})
    refused(folder, "notes.xlsx", book, "rows of the first sheet (--sheet NAME|N reads another)")
    refused(folder, "notes.xlsx", book, "rows of that sheet", "--sheet", "Notes")


def slowly(*pieces):
    """The answers to what comes through a pipe in pieces, with time between them."""
    with subprocess.Popen([PROGRAM, "assess", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env=environment()) as child:
        for piece in pieces:
            child.stdin.write(piece)
            child.stdin.flush()
            time.sleep(0.3)
        out, err = child.communicate(timeout=60)
    return child.returncode, [told(line) for line in out.splitlines()], err.decode()


def pipes(folder):
    """A header may come after its report's title."""
    head, first, second, _ = LINES.split(b"\n")
    usual = [told(line) for line in assess(folder, "lines.csv", LINES).out.splitlines()]
    title = b"A report\n\n"
    code, answers, err = slowly(title, head + b"\n" + first + b"\n", second + b"\n")
    check(code == 0 and answers == usual, "rows above the header come first", err)


def streams(folder):
    done = assess(folder, "none.csv.gz", gzip.compress(LINES))
    if "built without" in done.err:
        leave_out("gzip", "the program was built without zlib")
        return
    whole = gzip.compress(LINES)
    sound(folder, "whole.csv.gz", whole)
    refused(folder, "twice.csv.gz", gzip.compress(whole), "is compressed twice: unpack it once first")
    half = LINES.decode().encode("utf-16")[:-2] + b"\x3d\xd8"  # half of a character outside plane 0
    answers = [json.loads(line) for line in assess(folder, "half.csv", half).out.splitlines()]
    check([(answer["id"], answer.get("reason")) for answer in answers] ==
          [("A", None), ("B", "bad-encoding")], "a text that ends within a character", answers)
    refused(folder, "behind.csv.gz", whole + b"more", "the gzip data is followed by other data")
    broken = bytearray(whole)
    broken[12:16] = b"\xff\xff\xff\xff"
    refused(folder, "broken.csv.gz", bytes(broken), "its gzip data cannot be unpacked")
    large = table(HEADER, ROWS * 20000).encode()
    done = assess(folder, "large.csv.gz", gzip.compress(large))
    check(done.code == 0 and len(done.out.splitlines()) == 2 * 20000,
          "every line of a file that unpacks to hundreds of times its size", done.err)
    sum_wrong = bytearray(gzip.compress(large))
    sum_wrong[-6] ^= 1
    refused_late(folder, "sum.csv.gz", bytes(sum_wrong), "its gzip data cannot be unpacked")


def refused_late(folder, name, content, why):
    """What is found at the end of a file: the lines before it have their answers."""
    done = assess(folder, name, content)
    check(done.code == 2 and f"{name}: " in done.err and why in done.err, f"{name}: {why}",
          f"exit {done.code}: {done.err}")


def zstd(folder):
    whole = make.zstd_frame(LINES)
    done = assess(folder, "whole.csv.zst", whole)
    if "built without" in done.err:
        leave_out("zstd", "the program was built without libzstd")
        return
    sound(folder, "whole.csv.zst", whole)
    # RFC 8878, 3.1.1.2.2: block type 3 is reserved.
    reserved = whole[:9] + struct.pack("<I", 8 << 3 | 3 << 1)[:3] + whole[12:]
    refused(folder, "reserved.csv.zst", reserved, "its zstd data cannot be unpacked")
    # 3.1.1.1.2: exponent 18, that is a window of 256 MiB.
    window = b"\x28\xb5\x2f\xfd\x00" + bytes([18 << 3]) + whole[9:]
    refused(folder, "window.csv.zst", window, "a window of more than 128 MiB")


def main():
    with tempfile.TemporaryDirectory(prefix="tidewaiter-damaged-") as folder:
        if "built without" in assess(folder, "probe.xlsx", book()).err:
            leave_out("workbooks", "the program was built without zlib or expat")
        else:
            for part in archives, sizes, kinds, cells, xml:
                part(folder)
            sheets(folder)
        for part in forms, pipes, streams, zstd:
            part(folder)
    return finish()


if __name__ == "__main__":
    sys.exit(main())
