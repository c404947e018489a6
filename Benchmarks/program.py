#!/usr/bin/env python3
"""Measures the built program on 10,000 assets: import against a bare loop of prepared inserts, start to first page, memory,
page weight, and the list under load (wrk, 32 connections)."""
import csv
import gzip
import http.cookiejar
import json
import os
import pathlib
import re
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

PROGRAM = os.path.abspath(sys.argv[1])
ROWS = 10_000
HEADER = ["管理番号", "区分", "機器名称", "ホスト名", "OS・ファームウェア", "型番", "メーカー", "設置部署", "保守業者", "IPアドレス",
          "MACアドレス", "製造番号", "設置場所", "導入年月日", "ウイルス対策", "最終パッチ適用日", "調達区分", "備考"]


def rows():
    for n in range(ROWS):
        yield [f"B{n:06}", "端末", f"端末{n}", f"PC{n:05}", "Windows 11 Pro 25H2", "VersaPro VKT16", "NEC", f"部署{n % 40}",
               f"株式会社事業者{n % 30}", f"10.{n // 60000}.{n // 250 % 240}.{n % 250 + 1}",
               "02:" + ":".join(f"{n >> s & 255:02X}" for s in (24, 16, 8, 0)) + ":01", f"{100000000 + n}",
               f"本館{n % 7}階 {n % 90}室", "2023/4/1", "導入済", "2026/10/1", "購入", ""]


def bare_loop(folder):
    """The same rows into a plain table by one prepared statement, in one durable transaction."""
    base = sqlite3.connect(folder / "bare.sqlite")
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute(f"CREATE TABLE asset ({', '.join(f'c{i} TEXT' for i in range(len(HEADER)))})")
    data = list(rows())
    started = time.perf_counter()
    statement = f"INSERT INTO asset VALUES ({', '.join('?' * len(HEADER))})"
    for row in data:
        base.execute(statement, row)
    base.commit()
    return time.perf_counter() - started


def run(*arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout, time.perf_counter() - started, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    folder = pathlib.Path(tempfile.mkdtemp())
    data = folder / "data"
    (folder / "pw").write_text("kumo-9-takai-yama\n")
    run("init", "--data", data, "--facility", "測定病院", "--admin", "sato", "--password-file", folder / "pw", "--yes")
    _, empty, _ = run("facts", "--data", data, "--json")
    file = folder / "assets.csv"
    with open(file, "w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        writer.writerows(rows())
    started = time.perf_counter()
    file.read_bytes()
    reading = time.perf_counter() - started
    bare = bare_loop(folder)
    answer, whole, _ = run("import", "--data", data, "--kind", "assets", file, "--json")
    answer = json.loads(answer)
    print(f"import: {answer['new']} new in {whole:.2f} s (of which start and stop of the program {empty:.2f} s), "
          f"bare loop {bare:.3f} s, read {reading:.3f} s: ratio {(whole - reading) / bare:.1f} (target at most 10)")

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = open(folder / "serve.log", "wb")
    started = time.perf_counter()
    server = subprocess.Popen([PROGRAM, "serve", "--data", data, "--port", str(port)], stdout=log, stderr=log)
    try:
        while True:
            try:
                urllib.request.urlopen(address + "/sign-in", timeout=1).read()
                break
            except OSError:
                time.sleep(0.005)
        print(f"start to first page: {time.perf_counter() - started:.2f} s (target under 1)")
        time.sleep(3)
        print(f"idle resident memory: {resident(server.pid)} MB (target under 150)")
        cookie = sign_in(address)
        weigh(address, cookie)
        load(address, cookie, server.pid)
        print(f"resident memory after load: {resident(server.pid)} MB")
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder)


def resident(pid):
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) // 1024


def sign_in(address):
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(address + "/sign-in").read().decode()
    token = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
    form = urllib.parse.urlencode({"csrf": token, "userName": "sato", "password": "kumo-9-takai-yama"}).encode()
    opener.open(urllib.request.Request(address + "/sign-in", form, {"Origin": address}))
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def weigh(address, cookie):
    heaviest = 0
    for path in ["/", "/ledger/asset", "/ledger/asset/grid", "/ledger/connection/worries", "/ledger/quality", "/facts"]:
        total = 0
        seen = set()
        html = fetch(address + path, cookie)
        total += html[1]
        for name in re.findall(r'(?:src|href)="(/static/[^"]+)"', html[0]):
            if name not in seen:
                seen.add(name)
                total += fetch(address + name, cookie)[1]
        heaviest = max(heaviest, total)
        print(f"first view of {path}: {total / 1000:.1f} kB compressed")
    print(f"heaviest first view: {heaviest / 1000:.1f} kB (target at most 60)")


def fetch(url, cookie):
    answer = urllib.request.urlopen(urllib.request.Request(url, headers={"Cookie": cookie, "Accept-Encoding": "gzip"}))
    body = answer.read()
    text = gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
    return text.decode("utf-8", "replace"), len(body)


def load(address, cookie, pid):
    if not shutil.which("wrk"):
        print("wrk is not installed: no load test")
        return
    ticks = os.sysconf("SC_CLK_TCK")

    def processor():
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / ticks

    before = processor()
    done = subprocess.run(
        ["wrk", "-t1", "-c32", "-d10s", "--latency", "-H", f"Cookie: {cookie}", "-H", "Accept-Encoding: gzip",
         address + "/ledger/asset?size=50"], capture_output=True, text=True, check=True).stdout
    used = processor() - before
    requests = int(re.search(r"(\d+) requests in", done).group(1))
    median = re.search(r"50%\s+(\S+)", done).group(1)
    tail = re.search(r"99%\s+(\S+)", done).group(1)
    bad = re.search(r"Non-2xx.*", done)
    print(f"50 of 10,000 assets, 32 connections: {requests / 10:.0f} requests/s, {used / max(requests, 1) * 1000:.2f} ms of "
          f"processor each, p50 {median}, p99 {tail}{' ' + bad.group(0) if bad else ''}")


main()
