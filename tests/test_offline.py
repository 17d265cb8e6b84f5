"""Nothing leaves this machine: a whole session in a process whose every attempt is written down."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from tests.model_server import ModelServer, says

_ROOT = Path(__file__).resolve().parents[1]
_RECORD_ATTEMPTS = """
import ipaddress, sys

def is_loopback(host):
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    try:
        return not host or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

def record(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    else:
        return
    if not is_loopback(host):
        with open("attempts", "a") as file:
            file.write(f"{event} {host}\\n")
        raise OSError(f"refused: {host}")

sys.addaudithook(record)
"""
_SESSION = """
import os, threading, time, urllib.request
from ui.cli import app

def run(*arguments):
    try:
        app(arguments)
    except SystemExit as ended:
        assert not ended.code, arguments

question = "which papers combine local and global features?"
run("ask", question)
run("add", "page.jsonl")
os.environ["OPENAI_BASE_URL"] = MODEL
run("ask", "what does it join local features with?", "--json")

from rag.environment.reading import read_settings
from ui.chat import Desk
from ui.server import serve
desk = Desk(read_settings(os.environ))
threading.Thread(target=serve, args=[desk], kwargs={"port": PORT, "open_window": False}, daemon=True).start()
while True:
    try:
        page = urllib.request.urlopen(f"http://127.0.0.1:{PORT}").read()
        break
    except OSError:
        assert threading.active_count() > 1, "the page is not served"
        time.sleep(0.05)
assert b"Footnote" in page
print("whole session done")
"""
_PAGE = '{"title": "Twin Scale Fusion", "abstract": "It joins local features with global ones."}\n'


def _run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "FOOTNOTE_HOME": str(folder / "home")}
    return subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", _RECORD_ATTEMPTS + code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_adding_asking_and_serving_the_page_reach_no_other_host(tmp_path: Path) -> None:
    (tmp_path / "page.jsonl").write_text(_PAGE)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with ModelServer(says("It joins local features with global ones [1].")) as server:
        ended = _run(f"PORT = {port}\nMODEL = {server.url!r}\n{_SESSION}", tmp_path)
        assert len(server.requests) == 2  # what kind of answer is asked for, and the answer
    assert "whole session done" in ended.stdout, ended.stderr
    assert '"writer": "llm:' in ended.stdout
    assert not (tmp_path / "attempts").exists(), (tmp_path / "attempts").read_text()


def test_the_record_notices_an_attempt(tmp_path: Path) -> None:
    ended = _run("import urllib.request\nurllib.request.urlopen('http://footnote.invalid')", tmp_path)
    assert ended.returncode == 1
    assert (tmp_path / "attempts").read_text() == "socket.getaddrinfo footnote.invalid\n"
