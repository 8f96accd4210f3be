"""The same work on many things: by as many processes as there are processors, where that is worth it."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def each(work: Callable[[Given], Made], things: Sequence[Given], worth_a_process: int) -> Iterator[Made]:
    """Yield what `work` makes of each thing, in their order; a process that is no copy takes half a second to start.

    Where the machine allows no processes, or kills one, this one does what is left.
    """
    done = 0
    processes = min(_processors(), len(things) // worth_a_process)
    if processes > 1:
        import multiprocessing  # slow to import, these: a check of one file goes without
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool

        context = multiprocessing.get_context("fork" if _is_alone() else "spawn")
        try:
            pool = ProcessPoolExecutor(processes, context, initializer=_begin)
            results = pool.map(work, things, chunksize=max(1, min(8, len(things) // processes // 4)))
        except (OSError, NotImplementedError):  # the machine allows no processes, or no more
            for begun in multiprocessing.active_children():
                begun.kill()
        else:
            with pool, suppress(BrokenProcessPool):
                for made in results:
                    done += 1
                    yield made
                return
    yield from map(work, things[done:])


def _begin() -> None:
    """Begin the life of a process that works for this one: it ends with this one, however that ends."""
    collect_rarely()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing

    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def collect_rarely() -> None:
    """Look for garbage in circles less often: all content is in memory, none of it in circles."""
    gc.set_threshold(100_000, 50, 100)


def _is_alone() -> bool:
    """Tell whether this process has one thread, also none of a library's: then a copy of it holds no foreign lock."""
    try:
        return len(os.listdir("/proc/self/task")) == 1  # Linux only; elsewhere system libraries are not made for copies
    except OSError:
        return False


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
