"""The same work on many things in several processes, with the results in the order of the things.

Things are read only as far ahead as the processes have work, so that a stream of any length takes the same memory.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import parent_process
from threading import Thread
from time import sleep
from typing import Any, TypeVar

from buystage.errors import Problem, WorkerLostError

BATCH = 50  # things sent at once: more save messages between processes, fewer spread the work better
AHEAD = 3  # batches that wait for each process
MOST = 61  # processes; some systems take no more
WATCH = 1.0  # seconds between two looks of a worker at whether its parent is there
FEW = 200  # things that one process is done with before others have started

ENDING = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}

Thing = TypeVar("Thing")
Result = TypeVar("Result")


def in_order(work: Callable[[Thing], Result], things: Iterable[Thing], workers: int | None) -> Iterator[Result]:
    """Yield what `work` returns for each thing, in their order, from so many processes (None: as many as pay).

    `work` must be picklable and raise nothing. Raises WorkerLostError where a process ends before its work is done.
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
    workers = min(workers, MOST)
    pool = ProcessPoolExecutor(workers, initializer=_begin, initargs=(work,))
    try:
        pending: deque[Future[list[Result]]] = deque()
        while batch := list(islice(things, BATCH)):
            with _undisturbed():  # a signal amid the making of processes would leave them half made
                pending.append(pool.submit(_do, batch))
            if len(pending) >= workers * AHEAD:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()
    except BrokenProcessPool:
        raise WorkerLostError(Problem("worker_lost", hint="worker_lost_hint")) from None
    finally:
        pool.shutdown(cancel_futures=True)


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


_work: Callable[[Any], Any]


def _begin(work: Callable[[Any], Any]) -> None:
    """Take over the work, once for each process; a person's Ctrl-C is the first process's business."""
    global _work  # the one way to keep something in a process of a pool
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in ENDING - {signal.SIGINT}:
        signal.signal(each, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process once its parent is gone, however that ended: nobody waits for its work any more."""
    parent = parent_process()
    while parent and parent.is_alive():
        sleep(WATCH)
    os._exit(1)


def _do(batch: list[Any]) -> list[Any]:
    return [_work(each) for each in batch]
