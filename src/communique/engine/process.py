"""A process of ours that works on requests, one at a time, under supervision.

Whatever a document does to it, the caller gets an answer or a reason: a process that dies (out of memory, a crash in
native code) or overruns its time is ended, and a new one takes the next request.
"""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any, Self

from communique.errors import CommuniqueError, WorkerDied, WorkerHung

# What a process does with a request; made once in each from an argument.
Handler = Callable[[Any], Any]
HandlerMaker = Callable[[Any], Handler]
# Starting takes a second or two; what is not ready after this on a busy machine never will be.
START_SECONDS = 300.0
# A process whose supervisor is gone ends itself so many seconds after the time for its request was up.
GRACE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessOptions:
    """How a process is run; travels to it, so it holds plain values only.

    Attributes:
        seconds: Time for one request; None for no limit.
        memory: Bytes of data that it may hold, where the system can limit that; None for no limit.
    """

    seconds: float | None = None
    memory: int | None = None


class WorkerStopped(RuntimeError):
    """A process was stopped, or could not be set up at all: nothing that a request did."""


class WorkerProcess:
    """One process and its successors. For use by one thread; use it as a context manager.

    Args:
        make_handler: Makes the handler inside the process; must be importable by name.
        argument: What it is given; must be possible to pickle.
        options: Limits.
    """

    def __init__(self, make_handler: HandlerMaker, argument: object, options: ProcessOptions | None = None) -> None:
        self._make_handler = make_handler
        self._argument = argument
        self._options = options or ProcessOptions()
        self._is_stopped = False
        self._process: SpawnProcess | None = None
        self._pipe: Connection[Any, Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def call(self, request: object) -> Any:
        """Has a request worked on.

        Returns:
            What the handler returns.

        Raises:
            WorkerDied: If the process ended without an answer.
            WorkerHung: If it took longer than the limit.
            WorkerStopped: If it was stopped, or cannot be set up.
            CommuniqueError: What the making of the handler raises.
            Exception: Whatever the handler raises.
        """
        if self._is_stopped:
            raise WorkerStopped("The process was stopped; make a new one.")
        pipe = self._pipe or self._start()
        try:
            pipe.send(request)
            return self._receive(pipe, self._options.seconds)
        except (EOFError, ConnectionError) as error:
            self._drop()
            complaint = "The process reading it died. It may be too large for the memory; read it alone to find out."
            raise WorkerDied(complaint) from error

    def stop(self) -> None:
        """Ends the process for good, whatever it is at; may be called by another thread than the one that waits."""
        self._is_stopped = True
        if (process := self._process) is not None:
            process.kill()

    def close(self) -> None:
        """Ends the process for good, and gives back what it held."""
        self._is_stopped = True
        self._drop()

    def _start(self) -> Connection[Any, Any]:
        """Starts a process, and waits until it is set up."""
        # Before the process begins, since it loads numpy before anything of ours runs: threads of several processes
        # would get into each other's way.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        context = multiprocessing.get_context("spawn")
        self._pipe, far_end = context.Pipe()
        arguments = (far_end, self._make_handler, self._argument, self._options)
        self._process = context.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        far_end.close()  # or its end would not be noticed here
        try:
            self._receive(self._pipe, START_SECONDS)
        except (WorkerHung, EOFError, ConnectionError) as error:
            self._drop()
            raise WorkerStopped("A process that reads ended while it was set up. Is there enough memory?") from error
        except CommuniqueError:
            self._drop()
            raise
        except Exception as error:
            self._drop()
            raise WorkerStopped(f"A process that reads cannot be set up: {error!r}.") from error
        return self._pipe

    def _receive(self, pipe: Connection[Any, Any], seconds: float | None) -> Any:
        if not pipe.poll(seconds):
            self._drop()
            complaint = f"Reading it took longer than {seconds:g} seconds, so it was given up."
            raise WorkerHung(f"{complaint} Raise the limit if that may be right.")
        is_answer, value = pipe.recv()
        if not is_answer:
            raise value
        return value

    def _drop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._pipe = self._process = None


def _serve(pipe: Connection[Any, Any], make_handler: HandlerMaker, argument: object, options: ProcessOptions) -> None:
    """Runs in the process: says that it is ready, then answers requests until the supervisor is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the supervisor, which ends its processes in order
    _limit_memory(options.memory)
    with contextlib.suppress(EOFError, ConnectionError), open(os.devnull, "w") as nowhere:  # noqa: PTH123
        try:
            handler = make_handler(argument)
        except Exception as error:
            pipe.send((False, error))
            return
        pipe.send((True, None))
        while True:
            request = pipe.recv()
            if options.seconds is not None:
                faulthandler.dump_traceback_later(options.seconds + GRACE, exit=True, file=nowhere)
            try:
                reply = (True, handler(request))
            except Exception as error:
                reply = (False, error)
            faulthandler.cancel_dump_traceback_later()
            pipe.send(reply)


def _limit_memory(most: int | None) -> None:
    if most is None:
        return
    with contextlib.suppress(ImportError):  # not on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
