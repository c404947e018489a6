#!/usr/bin/env python3
"""What a reader of the sample ledgers has to find, worked out another way: openpyxl and the csv module, regular
expressions and Unicode normalisation instead of our own readers.

    python3 Tests/Corpus/intake/expect-hospital-a.py ../shared/data/ledgers/hospital-a > Tests/Corpus/intake/hospital-a.json
"""

import collections, csv, datetime, io, json, re, sys, unicodedata
import openpyxl

FOLDER = sys.argv[1]
UNKNOWN = {"不明", "?", "未確認", "確認中"}
DASH = {"-", "ー", "―"}
ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}


def half(text):
    return unicodedata.normalize("NFKC", str(text)).strip()


def date(value):
    if value is None or value == "":
        return None
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d")
    text = half(value)
    if text in UNKNOWN:
        return "?"
    era = re.fullmatch(r"(令和|平成|昭和|R|H|S)(\d+|元)[年.](\d+)[月.](\d+)日?", text)
    if era:
        year = ERAS[era[1]] + (1 if era[2] == "元" else int(era[2]))
        return f"{year:04}-{int(era[3]):02}-{int(era[4]):02}"
    western = re.match(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", text)
    if western:
        return f"{int(western[1]):04}-{int(western[2]):02}-{int(western[3]):02}"
    raise SystemExit(f"no date: {text!r}")


def word(table):
    def read(value):
        text = half(value) if value not in (None, "") else ""
        if not text:
            return None
        if text in table:
            return table[text]
        if text in UNKNOWN:
            return "?"
        if text in DASH:
            return ""
        raise SystemExit(f"no choice: {text!r}")

    return read


def address(value):
    text = half(value) if value not in (None, "") else ""
    if not text:
        return None
    if text in UNKNOWN:
        return "?"
    if text in DASH:
        return ""
    if text == "DHCP":
        return text
    if not re.fullmatch(r"\d+\.\d+\.\d+\.\d+", text):
        raise SystemExit(f"no address: {text!r}")
    return text


def hardware(value):
    if value in (None, ""):
        return None
    digits = re.sub(r"[^0-9A-F]", "", half(value).upper())
    assert len(digits) == 12, value
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2))


def number(value):
    return None if value in (None, "") else half(value).replace(" ", "")


def text(value):
    if value in (None, ""):
        return None
    plain = half(value)
    if plain in UNKNOWN:
        return "?"
    if plain in DASH:
        return ""
    return re.sub(r"\s*\n\s*", " ", str(value).strip())


def lines(value):
    return None if value in (None, "") else str(value).strip()


YES_NO = {"有": "yes", "あり": "yes", "○": "yes", "無": "no", "なし": "no", "済": "yes", "未": "no"}
CATEGORY = {"サーバ": "server", "端末": "terminal", "NW機器": "network", "医療機器": "medical", "プリンタ": "printer", "IoT": "iot"}
ANTIVIRUS = {"導入済": "installed", "未": "none", "対象外": "exempt"}
TOOL_ANTIVIRUS = {"Defender": "installed", "Apex One": "installed", "なし": "none"}
PROCUREMENT = {"購入": "bought", "リース": "leased", "レンタル": "rented", "借用(デモ)": "loan"}
MODE = {"常時接続": "always", "常時": "always", "必要時": "on_demand", "都度": "on_demand"}
LINE = {
    "光回線": "fibre", "フレッツ光": "fibre", "専用線": "leased", "モバイル(LTE)": "lte", "LTE": "lte", "SIMルータ": "lte", "ISDN": "isdn",
}


def fnv(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def report(rows, fields, skipped=()):
    """rows: (row number, cells); fields: key → (column, reader)."""
    columns = {}
    for key, (column, read) in fields.items():
        values = [(row, read(cells[column])) for row, cells in rows]
        columns[key] = {
            "known": sum(v not in (None, "", "?") for _, v in values),
            "unknown": sum(v == "?" for _, v in values),
            "none": sum(v == "" for _, v in values),
            "distinct": len({v for _, v in values if v not in (None, "", "?")}),
            "digest": fnv("".join(f"{row}\t{v}\n" for row, v in values if v is not None)),
        }
    return {"rows": len(rows), "first": rows[0][0], "last": rows[-1][0], "skipped": list(skipped), "fields": columns}


def assets():
    sheet = openpyxl.load_workbook(f"{FOLDER}/機器管理台帳.xlsx")["機器台帳"]
    everything = [(i, r) for i, r in enumerate(sheet.iter_rows(values_only=True), 1)][4:]
    totals = [i for i, r in everything if str(r[0]).startswith("小計")]
    rows = [(i, r) for i, r in everything if i not in totals]
    fields = {
        "asset_number": (0, number), "category": (1, word(CATEGORY)), "name": (2, text), "os": (3, text), "model": (4, text),
        "manufacturer": (5, text), "ip_address": (8, address), "mac_address": (9, hardware), "serial_number": (10, number),
        "installed_on": (12, date), "antivirus": (13, word(ANTIVIRUS)), "last_patched_on": (14, date),
        "procurement": (15, word(PROCUREMENT)), "remarks": (16, lines),
    }
    result = report(rows, fields, totals)
    seen, same, reused = {}, [], []
    for i, cells in rows:
        key = number(cells[0])
        value = [read(cells[c]) for c, read in fields.values()] + [cells[6], cells[7], cells[11]]
        if key not in seen:
            seen[key] = value
        elif seen[key] == value:
            same.append(i)
        else:
            reused.append(i)
    result.update(same=same, reused=reused, private=sum("\ue000" in str(c) for _, r in rows for c in r))
    result["vendors"] = len({re.sub(r"株式会社|有限会社|㈱|㈲|（株）|\(株\)|\s", "", str(r[7]))[:4] for _, r in rows})
    return result


def table(name, encoding, separator, header, fields):
    rows = list(csv.reader(io.StringIO(open(f"{FOLDER}/{name}", encoding=encoding, newline="").read()), delimiter=separator))
    return report([(i, r) for i, r in enumerate(rows, 1) if i > header and any(r)], fields)


print(
    json.dumps(
        {
            "assets": assets(),
            "connections": table(
                "外部接続一覧.csv", "cp932", ",", 3,
                {
                    "system": (2, text), "has_connection": (3, word(YES_NO)), "purpose": (4, text), "mode": (5, word(MODE)),
                    "line_type": (6, word(LINE)), "mechanism": (7, text), "boundary_device": (8, text), "place": (9, text),
                    "source_restriction": (10, word(YES_NO)), "authentication": (11, text), "destination": (12, text),
                    "other_protection": (13, text), "patch_state": (14, text), "last_confirmed_on": (15, date),
                    "checklist_state": (16, word(YES_NO)),
                },
            ),
            **{
                f"people{month}": table(
                    f"職員名簿_2026年{month}月.csv", "cp932", ",", 1,
                    {
                        "staff_number": (0, number), "name": (1, text), "reading": (2, text), "occupation": (4, text),
                        "post": (5, text), "joined_on": (6, date), "left_on": (7, date), "email": (8, text),
                    },
                )
                for month in (10, 11)
            },
            "inventory": table(
                "端末一覧_資産管理ツール.csv", "utf-16", "\t", 1,
                {
                    "host_name": (0, number), "ip_address": (2, address), "mac_address": (3, hardware), "os": (4, text),
                    "antivirus": (6, word(TOOL_ANTIVIRUS)), "last_seen_on": (8, date), "serial_number": (9, number),
                },
            ),
        },
        ensure_ascii=False, indent=1,
    )
)
