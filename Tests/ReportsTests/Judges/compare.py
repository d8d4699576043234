"""Compares the reports of a campaign cell by cell, as openpyxl and LibreOffice read them.

    DISCADOR=.build/release/discador python3 compare.py CAMPAIGN [--db PATH]

Needs openpyxl 3.1 and LibreOffice's soffice. The yardstick is `report --format jsonl`; times are compared in the zone of
the variable TZ. Prints what differs, and exits with 1 if anything does that should not.
"""
import datetime, json, os, re, subprocess, sys, tempfile, zoneinfo
import openpyxl

PROGRAM = os.environ.get("DISCADOR", "discador")
ZONE = zoneinfo.ZoneInfo(os.environ.get("TZ") or "UTC")
LONGEST = 32767


def report(folder, name, *options):
    path = os.path.join(folder, name)
    subprocess.run([PROGRAM, "report", *sys.argv[1:], "-o", path, "--lang", "en", *options], check=True)
    return path


def convert(folder, path, *options):
    target = os.path.join(folder, "libreoffice")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", *options, "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", target, path], check=True, capture_output=True)
    return os.path.join(target, os.path.splitext(os.path.basename(path))[0] + ".xlsx")


def cut(text):
    units = text.encode("utf-16-le")
    return text if len(units) <= 2 * LONGEST else units[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"


def unescaped(value):
    # openpyxl leaves these escapes as they are, and LibreOffice writes them anew.
    if not isinstance(value, str): return value
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), value)


def time_differs(value, text, seconds):
    if not text: return value is not None
    moment = datetime.datetime.fromisoformat(text).astimezone(ZONE).replace(tzinfo=None)
    return not isinstance(value, datetime.datetime) or abs((value - moment).total_seconds()) >= seconds


def compare(reader, path, sheet, calls, own, is_text):
    """is_text: whether own cells have to be text; else they may be quantities."""
    book = openpyxl.load_workbook(path, data_only=True)
    rows = list(book.worksheets[sheet].iter_rows(values_only=True))
    differences = {}
    for call, row in zip(calls, rows[1:]):
        row = list(row) + [None] * len(call)
        columns = [("own", name, call["contact"][name]) for name in own]
        columns += [("ours", name, value) for name, value in call.items() if name != "contact"]
        for (kind, name, wanted), value in zip(columns, row):
            if name.endswith("At") and kind == "ours": differs = time_differs(value, wanted, 0.0011 if is_text else 1)
            elif name in ("attempts", "httpStatus") and kind == "ours": differs = value != wanted
            elif name in ("state", "reason", "delivery", "answer") and kind == "ours":
                differs = (value is None) != (wanted is None)
            elif isinstance(value, (int, float)) and not isinstance(value, bool) and kind == "own" and not is_text:
                differs = False
            else:
                read, wanted = unescaped(value) or "", cut(wanted or "") if is_text else wanted or ""
                # LibreOffice has one kind of line end, and may keep the apostrophe before a formula.
                same = [wanted, wanted.replace("\r\n", "\n").replace("\r", "\n")]
                if not is_text: same += ["'" + wanted, wanted[:LONGEST]]
                differs = read not in (same if reader != "openpyxl" else same[:1]) and unescaped(wanted) != read
            if differs: differences.setdefault((name, repr(wanted)[:60], repr(value)[:60]), []).append(call["phone"])
    print(f"{reader}: {len(rows) - 1} rows of {len(calls)}, {sum(map(len, differences.values()))} cells differ")
    for difference in list(differences)[:20]: print("  ", *difference)
    return len(rows) - 1 != len(calls) or bool(differences)


with tempfile.TemporaryDirectory() as folder:
    calls = [json.loads(line) for line in open(report(folder, "calls.jsonl"), encoding="utf-8")]
    own = list(calls[0]["contact"])
    book = report(folder, "calls.xlsx")
    sheet = openpyxl.load_workbook(book).worksheets[1]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == sheet.dimensions, sheet.auto_filter.ref
    failed = compare("openpyxl", book, 1, calls, own, True)
    failed |= compare("LibreOffice", convert(folder, book), 1, calls, own, True)
    # Semicolon, quotes, UTF-8, from line 1, in Portuguese (1046), quoted cells are not always text, dates are recognized,
    # formulas are computed.
    options = "CSV:59,34,76,1,,1046,false,true,false,false,false,-1,true"
    excel = convert(folder, report(folder, "excel.csv", "--excel"), f"--infilter={options}")
    failed |= compare("LibreOffice, CSV for Excel in Portuguese", excel, 0, calls, own, False)
    sys.exit(failed)
