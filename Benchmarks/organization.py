#!/usr/bin/env python3
"""Measures a roster of 50,000 people, compared and applied through its pages, and the first page with 5,000 open duties
and a training that asks all of them, as it stands and right after somebody has taken it.
Every figure stands beside a limit, or beside the same without what is measured.

    python3 organization.py PROGRAM
"""
import csv
import datetime
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

import program

PEOPLE = 50_000
DUTIES = 5_000
HEADER = ["職員番号", "氏名", "フリガナ", "所属部署", "職種", "役職", "雇用形態", "入職日", "退職日", "メールアドレス"]
SURNAMES = ["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "髙橋", "渡邉", "𠮷野"]
GIVEN = ["美咲", "健一", "真由美", "大輔", "恵", "拓也", "陽子", "翔太", "直樹", "さくら", "誠"]


def person(number, department, left=""):
    return [f"S{number:06}", f"{SURNAMES[number % 13]} {GIVEN[number % 11]}{number}", "サトウ ミサキ", f"部署{department}", "看護師",
            "主任" if number % 9 == 0 else "", "常勤", "2020/4/1", left, f"p{number}@hospital.example"]


def first():
    return [person(number, number % 120) for number in range(PEOPLE)]


def second():
    """A month later: 500 moved, 300 leave, 250 are missing, 250 are new."""
    rows = []
    for number in range(PEOPLE):
        if number % 200 == 7:
            continue
        moved = number % 100 == 3
        rows.append(person(number, (number + (1 if moved else 0)) % 120, "2027/3/31" if number % 167 == 5 else ""))
    return rows + [person(PEOPLE + number, number % 120) for number in range(PEOPLE // 200)]


def write(file, rows):
    with open(file, "w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([HEADER, *rows])


class Browser:
    def __init__(self, address, process):
        self.address = address
        self.process = process
        self.cookie = program.sign_in(address)
        self.token = re.search(r'name="csrf" value="([^"]+)"', self.get("/account")[1]).group(1)

    def processor(self):
        """Seconds of processor the server has used: on a busy machine the clock tells of others, too."""
        fields = pathlib.Path(f"/proc/{self.process}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def get(self, path):
        request = urllib.request.Request(self.address + path, headers={"Cookie": self.cookie})
        return self.send(request)

    def send(self, request):
        request.add_header("Cookie", self.cookie)
        request.add_header("Origin", self.address)
        with urllib.request.urlopen(request, timeout=300) as answer:
            return answer.geturl(), answer.read().decode()

    def post(self, path, form):
        body = urllib.parse.urlencode({"csrf": self.token, **form}).encode()
        return self.send(urllib.request.Request(self.address + path, body))

    def upload(self, path, file):
        mark = "measured-boundary-7f2c"
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{self.token}\r\n'.encode(),
                 f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n'
                 "Content-Type: text/csv\r\n\r\n".encode(), file.read_bytes(), f"\r\n--{mark}--\r\n".encode()]
        request = urllib.request.Request(self.address + path, b"".join(parts))
        request.add_header("Content-Type", f"multipart/form-data; boundary={mark}")
        return self.send(request)


def measure_roster(browser, folder):
    file = folder / "roster-2.csv"
    write(file, second())
    before = browser.processor()
    started = time.perf_counter()
    address, _ = browser.upload("/organization/roster", file)
    compared = time.perf_counter() - started
    started = time.perf_counter()
    end, _ = browser.post(urllib.parse.urlparse(address).path + "/apply", {"absent": "keep"})
    applied = time.perf_counter() - started
    assert urllib.parse.urlparse(end).path == "/ledger/person", end
    print(f"roster of {PEOPLE:,} people against {PEOPLE:,}: compared {compared:.2f} s, applied {applied:.2f} s; "
          f"{browser.processor() - before:.2f} s of processor; load average {os.getloadavg()[0]:.1f}")
    program.verdict("  compared and applied", compared + applied, 5, " s", "{:.2f}")


def homes(browser):
    """Milliseconds of the clock (the median) and of the processor for each."""
    times = []
    before = browser.processor()
    for _ in range(60):
        started = time.perf_counter()
        browser.get("/")
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), (browser.processor() - before) * 1000 / len(times)


def measure_home(browser):
    without = homes(browser)
    for number in range(DUTIES):
        browser.post("/duties", {"title": f"確かめること {number}", "due": f"2027/{number % 12 + 1}/{number % 28 + 1}",
                                     "owner": "administrator", "reason": "手順書のとおり", "recurrence": ""})
    with_duties = homes(browser)
    total = re.search(r"(?:すべてのやること |All )([\d,]+)", browser.get("/")[1]).group(1)
    assert int(total.replace(",", "")) >= DUTIES, total
    print(f"home beside {PEOPLE:,} people and {program.ROWS:,} devices: {without[0]:.1f} ms without duties made by hand, {with_duties[0]:.1f} ms with {DUTIES:,}; "
          f"processor {without[1]:.1f} and {with_duties[1]:.1f} ms; load average {os.getloadavg()[0]:.1f}")
    program.verdict(f"  home with {DUTIES:,} open duties, median", with_duties[0], 50, " ms")
    program.verdict("  with / without, by work of the processor", with_duties[1] / without[1], 3)


def table(data, folder, kind, header, rows):
    file = folder / f"{kind}.csv"
    with open(file, "w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([header, *rows])
    program.run("import", "--data", data, "--kind", kind, file, "--json")


def measure_training(browser, data, folder):
    today = datetime.date.today()
    year = today.year if today.month >= 4 else today.year - 1
    due = f"{year + 1}/3/31"
    table(data, folder, "trainings", ["研修名", "年度", "種類", "開始日", "受講期限", "対象", "受け方"],
          [["全職員の研修", year, "年次", f"{year}/4/1", due, "全職員", "画面で読む"]])
    taken = ["研修名", "職員番号", "受講日", "受け方"]
    day = today.strftime("%Y/%m/%d")
    table(data, folder, "training_attendances", taken,
          [["全職員の研修", f"S{number:06}", day, "画面"] for number in range(0, PEOPLE, 2)])
    standing = homes(browser)
    after = []
    for number in range(1, 17, 2):
        table(data, folder, "training_attendances", taken, [["全職員の研修", f"S{number:06}", day, "画面"]])
        started = time.perf_counter()
        browser.get("/")
        after.append((time.perf_counter() - started) * 1000)
    print(f"home with a training for all, half of them done: {standing[0]:.1f} ms, {statistics.median(after):.0f} ms after each change; "
          f"load average {os.getloadavg()[0]:.1f}")
    program.verdict("  home with the training, median", standing[0], 50, " ms")


def main():
    folder = pathlib.Path(tempfile.mkdtemp())
    server = None
    try:
        data = folder / "data"
        (folder / "pw").write_text("kumo-9-takai-yama\n")
        program.run("init", "--data", data, "--facility", "測定病院", "--admin", "sato", "--password-file", folder / "pw", "--yes")
        write(folder / "roster-1.csv", first())
        _, whole, _ = program.run("import", "--data", data, "--kind", "people", folder / "roster-1.csv", "--json")
        program.verdict(f"first roster of {PEOPLE:,} people, the whole command", whole, 5, " s", "{:.2f}")
        program.write_file(folder / "assets.csv")
        program.run("import", "--data", data, "--kind", "assets", folder / "assets.csv", "--json")
        server, address = program.serve(data, folder / "serve.log")
        browser = Browser(address, server.pid)
        measure_roster(browser, folder)
        measure_home(browser)
        measure_training(browser, data, folder)
    finally:
        if server:
            server.terminate()
            server.wait(20)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
