"""How soon is a model's first sentence shown? `python -m eval.bench.first_sentence [--home HOME]`.

A scripted server on loopback speaks the protocol and streams a sentence of the first source it was shown,
with its number, a few letters at a time, then a second one. What is told is what Footnote adds: from the
moment at which the model had sent its first sentence to the moment at which that was released, checked and
cited; and everything that is not the model's own time, the search before the request included. Without
HOME, the bundled sample is asked.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from eval.metrics.intervals import percentile
from eval.reference import load_questions
from rag.app import build_answerer, open_any
from rag.environment.reading import read_settings
from rag.types import SentenceReady

_TYPES = ("fact", "howwhy")
_LETTERS = 4  # a token of English
_SOURCE = re.compile(r'<source number="1">\nTitle: [^\n]*\n(?P<abstract>.+?)\n</source>', re.DOTALL)
_SENTENCE = re.compile(r".+?[.!?](?= |$)")


@dataclass(slots=True)
class _Clock:
    """When the request came, and when the first sentence had been sent, by `perf_counter`."""

    received: float = 0.0
    sent: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """Seconds that Footnote added after the model's first sentence, and in all before it was shown."""

    after: float
    whole: float


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, pause: float) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pause = pause
        self.clock = _Clock()

    def handle_error(self, request: object, client_address: object) -> None:
        """The reader hangs up after the first sentence: no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        """Stream two true sentences, and note when the first was out."""
        clock = self.server.clock
        clock.received = time.perf_counter()
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        first, second = _sentences(body["messages"][-1]["content"])
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self._stream(first)
        clock.sent = time.perf_counter()
        self._stream(f" {second}")
        self.wfile.write(b"data: [DONE]\n\n")

    def _stream(self, text: str) -> None:
        for start in range(0, len(text), _LETTERS):
            piece = {"index": 0, "delta": {"content": text[start : start + _LETTERS]}, "finish_reason": None}
            chunk = {
                "id": "1",
                "object": "chat.completion.chunk",
                "created": 0,
                "model": "m",
                "choices": [piece],
            }
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()
            time.sleep(self.server.pause)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base's name
        """Keep quiet."""


def main() -> None:
    """Ask, and print the spread."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--home", type=Path, help="a FOOTNOTE_HOME with papers")
    parser.add_argument("-n", type=int, default=40, help="number of questions")
    parser.add_argument("--rate", type=float, default=50.0, help="tokens a second that the model writes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as empty:
        asked = list(_measure(options.home or Path(empty), n=options.n, pause=1 / options.rate))
    print(f"n = {len(asked)}, a model of {options.rate:.0f} tokens/s; milliseconds that Footnote adds")
    for said, seconds in (
        ("after the model's first sentence", [one.after for one in asked]),
        ("in all, the search included", [one.whole for one in asked]),
    ):
        middle, late = (percentile([1000 * value for value in seconds], share) for share in (0.5, 0.95))
        print(f"{said:<34} p50 {middle:.0f}, p95 {late:.0f}, most {1000 * max(seconds):.0f}")


def _measure(home: Path, *, n: int, pause: float) -> Iterator[Asked]:
    questions = [q.question for q in load_questions() if q.type in _TYPES]
    with _serve(pause) as server:
        url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        settings = read_settings({"FOOTNOTE_HOME": str(home), "OPENAI_BASE_URL": url})
        library = open_any(settings).library
        list(library.index())
        answerer = build_answerer(settings, library)
        for place, question in enumerate([questions[0], *questions[:n]]):
            began = time.perf_counter()
            ready = next((e for e in answerer.answer(question) if isinstance(e, SentenceReady)), None)
            shown, clock = time.perf_counter(), server.clock
            if ready and place:  # the first one warms
                model = clock.sent - clock.received
                yield Asked(shown - clock.sent, shown - began - model)


@contextmanager
def _serve(pause: float) -> Iterator[_Server]:
    server = _Server(pause)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def _sentences(prompt: str) -> tuple[str, str]:
    """Two sentences of the first source, each with its number."""
    match = _SOURCE.search(prompt)
    found: Sequence[str] = _SENTENCE.findall(match["abstract"]) if match else ()
    first, second, *_ = (*found, "", "")
    return f"{first.strip().rstrip('.')} [1].", f"{second.strip().rstrip('.')} [1]."


if __name__ == "__main__":
    main()
