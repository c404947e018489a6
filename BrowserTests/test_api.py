"""schemathesis walks everything /api/v1 describes, on a running server, and finds nothing to say."""
import os
import pathlib
import subprocess
import sys

import pytest

from conftest import PROGRAM, Server, demo_folder

HERE = pathlib.Path(__file__).resolve().parent
PERMISSIONS = ("readLedger,editLedger,importLedger,readJournal,manageUsers,manageSettings,readMetrics,readVulnerabilities,"
               "editVulnerabilities,manageDuties")
# They may end the very token the walk goes on with; the Swift tests try them.
LEFT_OUT = ["revokeToken", "lockAccount", "revokeRole"]


@pytest.fixture
def server(tmp_path_factory):
    folder = demo_folder(tmp_path_factory, "api")
    settings = folder / "yagura.yaml"
    settings.write_text((settings.read_text() if settings.exists() else "") + "\napi:\n  requestsPerMinute: 0\n")
    running = Server(folder)
    yield running
    running.stop()


def test_nothing_answers_otherwise_than_described(server):
    token = subprocess.run(
        [PROGRAM, "token", "create", "schemathesis", "--data", str(server.folder), "--user", "sato",
         "--permissions", PERMISSIONS], check=True, capture_output=True, text=True).stdout.strip()
    # A few thousand requests; `make test-long` makes many more.
    examples = "200" if os.environ.get("YAGURA_LONG_TESTS") == "1" else "5"
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"), "run",
        server.address + "/api/v1/openapi.json", "-H", "Authorization: Bearer " + token, "--max-examples", examples,
        "--generation-deterministic", "--no-color", "--continue-on-failure",
    ]
    for operation in LEFT_OUT:
        command += ["--exclude-operation-id", operation]
    walk = subprocess.run(
        command, capture_output=True, text=True, cwd=server.folder.parent, timeout=3000,
        env=os.environ | {"SCHEMATHESIS_HOOKS": str(HERE / "schemathesis_hooks.py")})
    assert walk.returncode == 0, walk.stdout[-20000:]
    assert int(walk.stdout.split("Tested: ")[1].split()[0]) > 90, walk.stdout[-3000:]
