"""Documents → grids of cells. One module a container; what the cells mean is the business of form.py.

A document is an untrusted file: its size is limited before it is opened, and it is read in a process of its own
with limits on time and memory, so that no file, however made, can do more than fail with one sentence.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import warnings
import zipfile
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from generator.forms.grid import Grid

MAX_BYTES = 20_000_000
MAX_UNPACKED = 60_000_000  # of a zip container such as .xlsx and .docx
MAX_AREA = 1_000_000  # cells, merged ones counted by what they cover
MAX_SECONDS_TO_END = 5


class Limits(NamedTuple):
    """What a reader may use: seconds, and bytes of address space."""

    seconds: int = 60
    memory: int = 1_200_000_000


LIMITS = {"scan": Limits(300, 3_000_000_000)}  # a page of a picture takes some seconds; others as they are

READERS = {
    **dict.fromkeys((".txt", ".tsv"), "text"),
    **dict.fromkeys((".html", ".htm"), "html"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls"), "excel"),
    ".docx": "word",
    ".pdf": "pdf",
    **dict.fromkeys((".png", ".jpg", ".jpeg"), "scan"),
}


class UnreadableError(Exception):
    """A document that cannot be read: what is wrong, and what to do, in Chinese."""

    def __init__(self, message: str, repair: str) -> None:
        super().__init__(message, repair)
        self.message, self.repair = message, repair


class StoppedError(UnreadableError):
    """A document whose reader was stopped, or died: another time, or on another machine, it may be read."""


class NoTextError(Exception):
    """A document without text: its pages are pictures."""


def read(file: Path) -> Grid:
    """Read a document of any known kind; UnreadableError says in one sentence why it cannot be."""
    if not file.is_file():
        raise UnreadableError("这不是文件，是文件夹、设备或管道。", "选申报表的文件。")
    if (size := file.stat().st_size) > MAX_BYTES:
        raise UnreadableError(
            f"文件有 {size:,} 字节，超过上限 {MAX_BYTES:,}。", "申报表不会这样大，核对是不是选错了文件。"
        )
    kind = _kind(file)
    if kind is None:
        known = "、".join(READERS)
        raise UnreadableError(f"不认识“{file.suffix}”文件。", f"可以导入的有：{known}；旧的 .doc 先另存为 .docx。")
    try:
        grid = _apart(kind, file)
    except NoTextError:
        grid = _apart("scan", file)
    if sum(cell.rows * cell.columns for cell in grid.cells) > MAX_AREA:
        raise UnreadableError(f"表格超过 {MAX_AREA:,} 格。", "申报表不会这样大，核对是不是选错了文件。")
    return grid


def load(file: Path) -> None:
    """Load what reading a file of this kind takes; ModuleNotFoundError names the package that is not installed."""
    if kind := READERS.get(file.suffix.lower()):
        import_module(f"generator.importers.containers.{kind}")


def _kind(file: Path) -> str | None:
    """Name the reader of a file, by its ending; what systems export as .xls is often a page or a text."""
    kind = READERS.get(file.suffix.lower())
    if file.suffix.lower() == ".xls":
        with file.open("rb") as opened:
            begin = opened.read(200).replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        kind = "html" if begin.startswith(b"<") else kind if begin.startswith((b"\xd0\xcf", b"PK")) else "text"
    return kind


def _apart(kind: str, file: Path) -> Grid:
    """Run a reader in a process of its own, within limits."""
    limits = LIMITS.get(kind, Limits())
    here, there = multiprocessing.Pipe(duplex=False)
    worker = multiprocessing.get_context("spawn").Process(
        target=_work, args=(kind, file, limits.memory, there), daemon=True
    )
    worker.start()
    there.close()
    try:
        if not here.poll(limits.seconds):
            raise StoppedError(f"读了 {limits.seconds} 秒还没有读完。", "核对是不是选错了文件，或另存一份再试。")
        outcome: Grid | Exception = here.recv()
    except EOFError:
        raise StoppedError("文件太大或已经损坏，读到一半停了。", "用原来的程序打开，另存一份再试。") from None
    finally:
        worker.terminate()
        worker.join(MAX_SECONDS_TO_END)
        worker.kill()
        worker.join()
        here.close()
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _limit_unpacked(file: Path) -> None:
    """Refuse a zip container that would fill the memory, before anything is unpacked."""
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED:
            message = f"文件解开后有 {unpacked:,} 字节，超过上限 {MAX_UNPACKED:,}。"
            raise UnreadableError(message, "申报表不会这样大，核对是不是选错了文件。")


def _work(kind: str, file: Path, memory: int, answer: Connection) -> None:
    _be_silent()
    _limit_memory(memory)
    warnings.simplefilter("ignore")  # what a library remarks about a file says nothing to a clerk
    logging.disable()
    answer.send(_outcome(kind, file))


def _outcome(kind: str, file: Path) -> Grid | UnreadableError | NoTextError | ModuleNotFoundError:
    """Run a reader; returns what it read, or why it could not."""
    try:
        if kind in ("excel", "word"):
            _limit_unpacked(file)
        reader: Callable[[Path], Grid] = import_module(f"generator.importers.containers.{kind}").read
        return reader(file)
    except (UnreadableError, NoTextError, ModuleNotFoundError) as refused:
        return refused
    except Exception as failed:  # whatever a library makes of a damaged file
        reason = f"{type(failed).__name__}: {failed}"[:200]
        return UnreadableError(f"文件打不开，可能已经损坏（{reason}）。", "用原来的程序打开，另存一份再试。")


def _be_silent() -> None:
    """Keep from the terminal what libraries print and log about a document: what matters comes back as remarks."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _limit_memory(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; time and size still hold
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
