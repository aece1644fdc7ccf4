"""Has PDFs read by a process of its own, which may hang, crash or swell without harm to anybody.

A file of two kilobytes can keep pdfium at work for hours (a form that draws ten forms that draw ten forms …), and
nothing inside a process can stop native code. So a child reads one PDF after the other; one that takes too long is
killed, and the next document gets a new one. What it answers is JSON: a child that a hostile file took over cannot harm
its parent.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from functools import lru_cache

import msgspec

from communique.pages.flat import MOST_CHARACTERS
from communique.pages.pdf_reading import LENGTH_BYTES, Printout

# Reports take 10 to 30 ms a page; the first one of a process also waits for it to start.
MOST_SECONDS = 30.0
_CHILD = """
import json, os, sys
sys.path[:] = json.loads(sys.argv[1])
requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)  # whatever a native library prints must not get among the answers
from communique.pages.pdf_reading import serve
serve(requests, answers, int(sys.argv[2]))
"""


class PdfProcess:
    """A process that reads PDFs, started when the first one comes and again after it died."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()
        atexit.register(self.close)

    def print_out(self, content: bytes) -> Printout:
        """Reads one PDF.

        Returns:
            Its lines, or why there are none; never an exception for what is in the file.
        """
        with self._lock:
            child = self._start()
            is_late = threading.Event()
            timer = threading.Timer(MOST_SECONDS, _kill, (child, is_late))
            timer.start()
            try:
                return msgspec.json.decode(_ask(child, content), type=Printout)
            except (OSError, EOFError, msgspec.MsgspecError):
                self.close()
                if is_late.is_set():
                    complaint = f"a PDF that takes more than {MOST_SECONDS:.0f} s to read. Split it, or save it anew."
                    return Printout(refusal="too large", complaint=complaint)
                complaint = "a PDF that ends its reader or takes all its memory. Save it anew, or as text."
                return Printout(refusal="broken", complaint=complaint)
            finally:
                timer.cancel()

    def close(self) -> None:
        """Ends the process, if there is one."""
        child, self._child = self._child, None
        if child is not None and self._owner == os.getpid():
            child.kill()
            child.communicate()

    def _start(self) -> subprocess.Popen[bytes]:
        """The process; a new one in a fork, whose pipes would be shared with the parent's."""
        if self._child is None or self._owner != os.getpid() or self._child.poll() is not None:
            self.close()
            command = [sys.executable, "-c", _CHILD, json.dumps(sys.path), str(MOST_CHARACTERS)]
            self._child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            self._owner = os.getpid()
        return self._child


@lru_cache(maxsize=1)
def pdf_process() -> PdfProcess:
    """The process of this one, made once."""
    return PdfProcess()


def _ask(child: subprocess.Popen[bytes], content: bytes) -> bytes:
    if child.stdin is None or child.stdout is None:
        raise EOFError
    child.stdin.write(len(content).to_bytes(LENGTH_BYTES, "big") + content)
    child.stdin.flush()
    head = child.stdout.read(LENGTH_BYTES)
    if len(head) < LENGTH_BYTES:
        raise EOFError
    return child.stdout.read(int.from_bytes(head, "big"))


def _kill(child: subprocess.Popen[bytes], is_late: threading.Event) -> None:
    is_late.set()
    child.kill()
