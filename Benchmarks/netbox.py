#!/usr/bin/env python3
"""Lists of 50 of 10,000 devices: processor per request of NetBox and of the built program, side by side on this machine.

    python3 netbox.py PROGRAM [--rounds N]     N rounds, each in turns: NetBox, we, NetBox, we (3)

NetBox comes from PyPI into .build/netbox and runs as its makers describe it: gunicorn with two workers, PostgreSQL (a
throwaway one, by scripts/with-postgres) and Redis on ports of their own. It needs Python 3.12 or later, PostgreSQL and
redis-server; where one is missing this says so and measures nothing (exit code 0). The first run takes some ten minutes,
mostly NetBox's migrations; later ones restore a dump of what the first made.
"""
import glob
import http.cookiejar
import json
import os
import pathlib
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

import program

VERSION = "4.7.3"
HOME = pathlib.Path(__file__).resolve().parent.parent
FOLDER = HOME / ".build" / "netbox"
DUMP = FOLDER / f"seeded-{VERSION}-{program.ROWS}.dump"
PASSWORD = "kumo-9-takai-yama"
TICKS = os.sysconf("SC_CLK_TCK")


def main():
    python = python_for_netbox()
    missing = [] if python else ["Python 3.12 or later (NETBOX_PYTHON names one)"]
    missing += [name for name in ("redis-server", "wrk", "psql", "pg_dump") if not shutil.which(name)]
    if missing:
        print(f"NetBox cannot be measured here: {', '.join(missing)} missing. Nothing was measured.")
        return
    if "YAGURA_TEST_POSTGRES" not in os.environ:
        os.execv(HOME / "scripts/with-postgres", ["with-postgres", sys.executable, *sys.argv])
    folder = pathlib.Path(tempfile.mkdtemp())
    started = []
    try:
        redis = start_redis(folder, started)
        install(python)
        configure(redis)
        fill()
        netbox = start_netbox(folder, started)
        ours = start_ours(folder, started)
        measure(netbox, ours)
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(30)
        shutil.rmtree(folder)


def python_for_netbox():
    """The newest Python from 3.12 on, of this machine or of pyenv."""
    candidates = [os.environ.get("NETBOX_PYTHON"), sys.executable]
    candidates += [shutil.which(f"python3.{minor}") for minor in (13, 12, 14)]
    candidates += sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/3.1[2-9]*/bin/python3")), reverse=True)
    for candidate in filter(None, candidates):
        try:
            check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))"
            if subprocess.run([candidate, "-c", check], capture_output=True).returncode == 0:
                return candidate
        except OSError:
            continue
    return None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# MARK: Setting up


def start_redis(folder, started):
    port = free_port()
    started.append(
        subprocess.Popen(
            ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
            stdout=subprocess.DEVNULL))
    return port


def install(python):
    if (FOLDER / f"installed-{VERSION}").exists():
        return
    print(f"installing NetBox {VERSION} with {python}", flush=True)
    subprocess.run([python, "-m", "venv", "--clear", FOLDER / "venv"], check=True)
    subprocess.run(
        [FOLDER / "venv/bin/pip", "install", "-q", "--disable-pip-version-check", f"netbox=={VERSION}"], check=True)
    (FOLDER / f"installed-{VERSION}").touch()


def configure(redis):
    address = urllib.parse.urlsplit(os.environ["YAGURA_TEST_POSTGRES"])
    root = FOLDER / "root"
    (root / "conf").mkdir(parents=True, exist_ok=True)
    # The key of an installation that lives on this machine only; sessions and tokens are made anew by every run.
    secret = FOLDER / "secret"
    if not secret.exists():
        secret.write_text(secrets.token_hex(40))
    database = {
        "ENGINE": "django.db.backends.postgresql", "NAME": "netbox", "USER": address.username,
        "PASSWORD": address.password, "HOST": address.hostname, "PORT": str(address.port), "CONN_MAX_AGE": 300,
    }
    caches = {
        name: {"HOST": "127.0.0.1", "PORT": redis, "USERNAME": "", "PASSWORD": "", "DATABASE": number, "SSL": False}
        for number, name in enumerate(("tasks", "caching"))
    }
    (root / "conf/configuration.py").write_text(
        f"ALLOWED_HOSTS = ['*']\nDATABASES = {{'default': {database!r}}}\nREDIS = {caches!r}\n"
        f"SECRET_KEY = {secret.read_text()!r}\nAPI_TOKEN_PEPPERS = {{1: {secret.read_text()!r}}}\n"
        "RELEASE_CHECK_URL = None\nCENSUS_REPORTING_ENABLED = False\nMETRICS_ENABLED = False\n")


def netbox(*arguments, text=None):
    environment = os.environ | {"NETBOX_ROOT": str(FOLDER / "root")}
    done = subprocess.run(
        [FOLDER / "venv/bin/netbox", *arguments], env=environment, input=text, text=True, capture_output=True,
        cwd=FOLDER)
    if done.returncode:
        sys.exit(f"netbox {' '.join(arguments)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def fill():
    """The database with as many devices as we have assets, each with a place, a department and an address."""
    server = os.environ["YAGURA_TEST_POSTGRES"]
    base = server.rsplit("/", 1)[0] + "/netbox"
    subprocess.run(["psql", "-qc", "CREATE DATABASE netbox", server], check=True)
    if DUMP.exists():
        subprocess.run(["pg_restore", "--no-owner", "-d", base, DUMP], check=True)
    else:
        print("migrating NetBox's empty database", flush=True)
        netbox("migrate", "--no-input")
        netbox("collectstatic", "--no-input")
        print(f"filling it with {program.ROWS:,} devices", flush=True)
        netbox("shell", text=SEED.format(rows=program.ROWS, password=PASSWORD))
        subprocess.run(["pg_dump", "-Fc", "-f", DUMP, base], check=True)
    subprocess.run(["psql", "-qc", "ANALYZE", base], check=True)


SEED = """exec('''
from dcim.models import Device, DeviceRole, DeviceType, Interface, Location, Manufacturer, Site
from ipam.models import IPAddress
from tenancy.models import Tenant
from users.models import User
from django.contrib.contenttypes.models import ContentType
User.objects.create_superuser("sato", "sato@example.jp", "{password}")
site = Site.objects.create(name="測定病院", slug="hospital")
maker = Manufacturer.objects.create(name="NEC", slug="nec")
kind = DeviceType.objects.create(manufacturer=maker, model="VersaPro VKT16", slug="vkt16")
role = DeviceRole.objects.create(name="端末", slug="terminal")
tenants = [Tenant.objects.create(name=f"部署{{n}}", slug=f"d{{n}}") for n in range(40)]
places = [Location.objects.create(name=f"本館{{n // 90}}階 {{n % 90}}室", slug=f"l{{n}}", site=site) for n in range(630)]
Device.objects.bulk_create([
    Device(name=f"PC{{n:05}}", device_type=kind, role=role, site=site, location=places[n % 7 * 90 + n % 90],
           tenant=tenants[n % 40], serial=str(100000000 + n), asset_tag=f"B{{n:06}}", status="active")
    for n in range({rows})], batch_size=1000)
devices = list(Device.objects.order_by("pk"))
Interface.objects.bulk_create(
    [Interface(device=device, name="eth0", type="1000base-t", _site=site, _location=device.location)
     for device in devices], batch_size=1000)
ports = list(Interface.objects.order_by("pk"))
content = ContentType.objects.get_for_model(Interface)
IPAddress.objects.bulk_create(
    [IPAddress(address=f"10.{{n // 60000}}.{{n // 250 % 240}}.{{n % 250 + 1}}/16", assigned_object_type=content,
               assigned_object_id=ports[n].pk) for n in range({rows})], batch_size=1000)
addresses = list(IPAddress.objects.order_by("pk"))
for device, address in zip(devices, addresses):
    device.primary_ip4 = address
Device.objects.bulk_update(devices, ["primary_ip4"], batch_size=500)
assert Device.objects.count() == {rows}
print("filled")
''')
"""

TOKEN = """exec('''
from users.models import Token, User
token = Token(version=1, user=User.objects.get(username="sato"), token="{token}")
token.save()
''')
"""


def start_netbox(folder, started):
    token = secrets.token_hex(20)
    netbox("shell", text=TOKEN.format(token=token))
    port = free_port()
    log = open(folder / "gunicorn.log", "wb")
    server = subprocess.Popen(
        [FOLDER / "venv/bin/gunicorn", "-w", "2", "--timeout", "120", "-b", f"127.0.0.1:{port}", "netbox.wsgi"],
        env=os.environ | {"NETBOX_ROOT": str(FOLDER / "root")}, stdout=log, stderr=log, cwd=FOLDER)
    started.append(server)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address + "/login/", 120)
    except OSError:
        sys.exit(f"NetBox does not answer:\n{(folder / 'gunicorn.log').read_text()[-4000:]}")
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(address + "/login/").read().decode()
    form = urllib.parse.urlencode({
        "csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1),
        "username": "sato", "password": PASSWORD,
    }).encode()
    opener.open(urllib.request.Request(address + "/login/", form, {"Referer": address + "/login/"}))
    cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
    lists = {
        "NetBox, page": (f"{address}/dcim/devices/?per_page=50", {"Cookie": cookie}),
        "NetBox, API": (f"{address}/api/dcim/devices/?limit=50", {"Authorization": f"Token {token}"}),
    }
    page = fetch(*lists["NetBox, page"])
    assert page.count('href="/dcim/devices/') >= 50 and "PC00049" in page, "the page lacks its devices"
    answer = json.loads(fetch(*lists["NetBox, API"]))
    assert answer["count"] == program.ROWS and len(answer["results"]) == 50, "the API lacks its devices"
    return server, lists


def start_ours(folder, started):
    """On SQLite, and on the same PostgreSQL that NetBox uses: two servers with the same ledger."""
    file = folder / "assets.csv"
    program.write_file(file)
    (folder / "pw").write_text(PASSWORD + "\n")
    postgres = os.environ["YAGURA_TEST_POSTGRES"]
    subprocess.run(["psql", "-qc", "CREATE DATABASE yagura", postgres], check=True)
    environments = {
        "Yagura, SQLite": os.environ,
        "Yagura, PostgreSQL": os.environ | {"YAGURA_DATABASE_URL": postgres.rsplit("/", 1)[0] + "/yagura"},
    }
    lists = {}
    for name, environment in environments.items():
        data = folder / name.split()[1]

        def run(*arguments):
            subprocess.run([program.PROGRAM, *map(str, arguments)], env=environment, check=True, capture_output=True)

        run("init", "--data", data, "--facility", "測定病院", "--admin", "sato", "--password-file", folder / "pw", "--yes")
        run("import", "--data", data, "--kind", "assets", file, "--json")
        if "YAGURA_DATABASE_URL" in environment:
            # As autovacuum does of itself, and as `fill` did for NetBox: the throwaway server has none.
            subprocess.run(["psql", "-qc", "ANALYZE", environment["YAGURA_DATABASE_URL"]], check=True)
        token = program.bearer(folder, data, environment)
        port = free_port()
        log = open(folder / "serve.log", "ab")
        server = subprocess.Popen(
            [program.PROGRAM, "serve", "--data", str(data), "--port", str(port)], env=environment, stdout=log, stderr=log)
        started.append(server)
        address = f"http://127.0.0.1:{port}"
        wait_for(address + "/sign-in", 30)
        lists[name] = (server, f"{address}/ledger/asset?size=50", {"Cookie": program.sign_in(address)})
        lists[name + ", interface"] = (server, address + program.API_LIST, {"Authorization": f"Bearer {token}"})
    return lists


def wait_for(address, seconds):
    until = time.monotonic() + seconds
    while True:
        try:
            return urllib.request.urlopen(address, timeout=30).read()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def fetch(address, headers):
    return urllib.request.urlopen(urllib.request.Request(address, headers=headers)).read().decode()


# MARK: Measuring


def measure(netbox_server, ours):
    rounds = int(sys.argv[sys.argv.index("--rounds") + 1]) if "--rounds" in sys.argv else 3
    server, lists = netbox_server
    database = postmaster()
    plan = [(name, [server.pid, database], address, headers) for name, (address, headers) in lists.items()]
    own = [(name, [process.pid] + ([database] if "PostgreSQL" in name else []), address, headers)
           for name, (process, address, headers) in ours.items()]
    best = {}
    for _ in range(rounds):
        for theirs in plan:
            for name, processes, address, headers in [theirs, *own]:
                figures = load(address, headers, processes, 15 if "NetBox" in name else 6)
                best[name] = min(best.get(name, figures), figures)
                print(f"  {name}: {figures[0]:.2f} ms of processor each, {figures[1]:.0f} requests/s, "
                      f"load average {os.getloadavg()[0]:.1f}", flush=True)
    print(f"50 of {program.ROWS:,} devices, 32 connections, processor per request with the database's (best of {rounds}):")
    for name, figures in best.items():
        print(f"  {name}: {figures[0]:.2f} ms")
    for name in ours:
        for theirs in lists:
            program.verdict(f"{name} / {theirs}", best[name][0] / best[theirs][0], 1 / 50, shown="{:.4f}")


def postmaster():
    """The process of the database server, whose children serve the connections."""
    folder = subprocess.run(
        ["psql", "-Atqc", "SHOW data_directory", os.environ["YAGURA_TEST_POSTGRES"]],
        check=True, capture_output=True, text=True).stdout.strip()
    return int((pathlib.Path(folder) / "postmaster.pid").read_text().split()[0])


def processor(roots):
    """Seconds of processor of these processes and their children, those that have ended included."""
    ticks = 0
    for stat in glob.glob("/proc/[0-9]*/stat"):
        try:
            text = pathlib.Path(stat).read_text()
        except OSError:
            continue
        fields = text.rsplit(")", 1)[1].split()
        if int(text.split()[0]) in roots:
            ticks += sum(map(int, fields[11:15]))
        elif int(fields[1]) in roots:
            ticks += sum(map(int, fields[11:13]))
    return ticks / TICKS


def load(address, headers, processes, seconds):
    options = [option for name, value in headers.items() for option in ("-H", f"{name}: {value}")]
    before = processor(processes)
    done = subprocess.run(
        ["wrk", "-t1", "-c32", f"-d{seconds}s", "--timeout", "60s", *options, "-H", "Accept-Encoding: gzip", address],
        capture_output=True, text=True, check=True).stdout
    used = processor(processes) - before
    assert "Non-2xx" not in done, done
    requests = int(re.search(r"(\d+) requests in", done).group(1))
    return used / max(requests, 1) * 1000, requests / seconds


if __name__ == "__main__":
    main()
