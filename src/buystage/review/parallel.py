"""The same work on many things in several processes, with the results in the order of the things.

Things are read only as far ahead as the processes have work, so that a stream of any length takes the same memory.
"""

import os
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice
from multiprocessing import Pipe, Process, get_start_method, parent_process
from multiprocessing.connection import wait
from threading import Thread
from time import sleep
from typing import Any, NamedTuple, TypeVar

from buystage.errors import Problem, WorkerLostError

BATCH = 50  # things sent at once: more save messages between processes, fewer spread the work better
AHEAD = 3  # batches for each process that are under way, or done and waiting for those before them
MOST = 61  # processes; some systems take no more
WATCH = 1.0  # seconds between two looks of a worker at whether its parent is there
FEW = 200  # things that one process is done with before others have started

ENDING = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}

Thing = TypeVar("Thing")
Result = TypeVar("Result")


def in_order(work: Callable[[Thing], Result], things: Iterable[Thing], workers: int | None) -> Iterator[Result]:
    """Yield what `work` returns for each thing, in their order, from so many processes (None: as many as pay).

    Where the system gives fewer processes, fewer do it, and this one alone where it gives none. `work` must be
    picklable. Raises what `work` raises, and WorkerLostError where a process ends before its work is done.
    """
    waiting = iter(things)
    if workers == 1:
        return map(work, waiting)
    first = list(islice(waiting, FEW + 1))
    all_things = chain(first, waiting)
    if workers is None and (len(first) <= FEW or cores() == 1):
        return map(work, all_things)
    return _in_processes(work, all_things, workers or cores())


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _in_processes(work: Callable[[Thing], Result], things: Iterator[Thing], workers: int) -> Iterator[Result]:
    team = _team(work, min(workers, MOST))
    try:
        yield from _results(team, things) if team else map(work, things)
    except (EOFError, ConnectionError):
        raise WorkerLostError(Problem("worker_lost", hint="worker_lost_hint")) from None
    finally:
        _dismiss(team)


def _results(team: "list[_Worker]", things: Iterator[Thing]) -> Iterator[Any]:
    """Yield the results in order. A worker has one batch at a time: neither side waits for the other to read."""
    batches = enumerate(iter(lambda: list(islice(things, BATCH)), []))
    idle, busy, done, turn = [worker.line for worker in team], dict[Any, int](), dict[int, list[Any]](), 0
    while True:
        while idle and len(busy) + len(done) < AHEAD * len(team) and (batch := next(batches, None)):
            idle[-1].send(batch[1])
            busy[idle.pop()] = batch[0]
        if turn in done:
            yield from done.pop(turn)
            turn += 1
        elif not busy:
            return
        for line in wait(list(busy), 0 if turn in done else None) if busy else ():
            done[busy.pop(line)] = _received(line)
            idle.append(line)


def _received(line: Any) -> list[Any]:
    """Return the results that a worker has sent. Raises what its work raised."""
    results: list[Any] | BaseException = line.recv()
    if isinstance(results, BaseException):
        raise results
    return results


# --- the processes ---------------------------------------------------------------------------------------------


class _Worker(NamedTuple):
    """A process that works, and this process's end of the line to it."""

    process: Process
    line: Any


def _team(work: Callable[[Any], Any], workers: int) -> list[_Worker]:
    """Return so many processes at work, or half as many as can be: what is left over others need, and this one too."""
    team = list[_Worker]()
    with _undisturbed():  # a signal amid the making of processes would leave them half made
        try:
            while len(team) < workers:
                team.append(_started(work, team))
        except (OSError, MemoryError):
            half = len(team) // 2
            _dismiss(team[half:])
            del team[half:]
    return team


def _started(work: Callable[[Any], Any], team: list[_Worker]) -> _Worker:
    """Return one more process at work. Raises OSError where the system has none to give."""
    mine, its = Pipe()
    inherited = [mine, *(each.line for each in team)] if get_start_method() == "fork" else []
    try:
        process = Process(target=_serve, args=(work, its, inherited), daemon=True)
        process.start()
    except BaseException:
        mine.close()
        raise
    finally:
        its.close()
    return _Worker(process, mine)


def _dismiss(team: Iterable[_Worker]) -> None:
    """End processes, whatever they are doing."""
    for worker in team:
        worker.line.close()
        worker.process.terminate()
    for worker in team:
        worker.process.join()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep signals waiting meanwhile, where the system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(work: Callable[[Any], Any], line: Any, inherited: Iterable[Any]) -> None:
    """Do what comes in on the line until nobody is at its other end."""
    _begin()
    for each in inherited:  # this process would keep the lines of the others open
        each.close()
    with suppress(EOFError, ConnectionError):
        while True:
            line.send(_done(work, line.recv()))


def _done(work: Callable[[Any], Any], batch: list[Any]) -> list[Any] | Exception:
    """Return the results of a batch, or what was raised instead, with where that was."""
    try:
        return [work(each) for each in batch]
    except Exception as error:
        with suppress(Exception):  # memory or handles may be what ran out
            error.add_note(traceback.format_exc())
        return error


def _begin() -> None:
    """Take signals as a process that only works does: a person's Ctrl-C is the first process's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in ENDING - {signal.SIGINT}:
        signal.signal(each, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    with suppress(RuntimeError):  # where no thread can be started, the end of the line ends the process
        Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process once its parent is gone, however that ended: nobody waits for its work any more."""
    parent = parent_process()
    while parent and parent.is_alive():
        sleep(WATCH)
    os._exit(1)
