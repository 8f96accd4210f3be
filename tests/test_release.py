"""A site is whole at any moment, says what it is made of, and what was kept of earlier builds is never wrong."""

from __future__ import annotations

import errno
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build as mkdocs
from mkdocs.config import load_config
from support import RESULT, ROOT, SMALL
from test_site import tree

from generator import build, checking, cli, departments, mkdocs_pages, release, store, swap, workers
from generator.demo import district
from generator.diagnostics.model import has_errors

# Replaces a folder again and again by one whose files all say the same number; as fast as it can.
_REPLACING = """
import sys; from pathlib import Path; from generator import swap
for number in range(100_000):
    with swap.beside(Path(sys.argv[1])) as new:
        for name in range(40):
            (new / f"{name}.txt").write_text(str(number))
        swap.replace(Path(sys.argv[1]), new)
"""


@pytest.mark.parametrize("exchange", [True, False], ids=["exchanged", "renamed twice"])
def test_a_killed_process_leaves_a_whole_folder(tmp_path: Path, exchange: bool) -> None:
    folder, rng = tmp_path / "site", random.Random(7)
    program = _REPLACING if exchange else "from generator import swap; swap._exchange = lambda *_: False" + _REPLACING
    for _ in range(5):
        process = subprocess.Popen([sys.executable, "-c", program, str(folder)], cwd=ROOT)
        while not folder.exists():
            time.sleep(0.01)
        time.sleep(0.05 + rng.random() / 5)
        process.kill()
        process.wait()
        if not exchange and not folder.exists():  # between the two renames; the next build puts it right
            with swap.beside(folder):
                pass
        assert len({file.read_text() for file in folder.iterdir()}) == 1
        assert len(list(folder.iterdir())) == 40
    with swap.beside(folder):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_readers_never_miss_a_file(tmp_path: Path) -> None:
    """Also while the folder is replaced, where the system can exchange two folders."""
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    if not swap._exchange(one, two):
        pytest.skip("this system takes two renames")
    process = subprocess.Popen([sys.executable, "-c", _REPLACING, str(tmp_path / "site")], cwd=ROOT)
    try:
        while not (tmp_path / "site").exists():
            time.sleep(0.01)
        for _ in range(3000):
            assert (tmp_path / "site/39.txt").exists()
    finally:
        process.kill()
        process.wait()


def test_what_is_equal_stays_the_same_file(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    for number, text in enumerate(("a", "b")):
        with swap.beside(folder) as new:
            (new / "same").write_text("same")
            (new / "other").write_text(text)
            assert swap.replace(folder, new)
        if number == 0:
            before = (folder / "same").stat()
            (folder / ".well-known").mkdir()
            (folder / ".well-known/x").write_text("not ours")
    assert os.path.samestat(before, (folder / "same").stat())
    assert (folder / ".well-known/x").read_text() == "not ours"
    with swap.beside(folder) as new:
        (new / "same").write_text("same")
        (new / "other").write_text("b")
        assert not swap.replace(folder, new)


def test_a_folder_is_renewed(tmp_path: Path) -> None:
    """What is there already is not touched, the rest comes and goes with its folders."""
    kept, folder = tmp_path / "kept", tmp_path / "site"
    states = (
        {"a/b/x": "1", "a/y": "2"},
        {"a/y": "2", "c/x": "3"},
        {"a/y": "4", "a/b/x": "1"},
        {"a/y": "5", "a/b": "6"},  # a folder becomes a file
        {"a/y/x": "7"},
        {},
    )
    (folder / ".well-known").mkdir(parents=True)
    (folder / ".well-known/x").write_text("not ours")
    untouched = []
    for state in states:
        before = {path: (folder / path).stat().st_ino for path in state if (folder / path).exists()}
        for path, text in state.items():
            (kept / text / path).parent.mkdir(parents=True, exist_ok=True)
            if not (kept / text / path).exists():
                (kept / text / path).write_text(text)
        if (folder / "a").is_dir():
            (folder / "a/y.new").write_text("left by a full disk")
        swap.renew(folder, ((path, f"{kept}/{text}/{path}") for path, text in state.items()))
        assert {p: b.decode() for p, b in tree(folder).items()} == {**state, ".well-known/x": "not ours"}
        assert {path.name for path in folder.iterdir()} == {".well-known", *(path.split("/")[0] for path in state)}
        untouched.append([path for path, number in before.items() if (folder / path).stat().st_ino == number])
    assert untouched == [[], ["a/y"], [], [], [], []]


def test_two_builds_at_once(small: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docs = tmp_path / "docs"
    with swap.beside(docs):
        assert cli.main(["build", str(small()), "-d", str(docs)]) == 2
    assert "另一次生成正在写这个文件夹" in capsys.readouterr().err
    assert cli.main(["build", str(tmp_path / "content"), "-d", str(docs)]) == 0


@pytest.mark.parametrize(("code", "said"), [(errno.ENOSPC, "磁盘已满"), (errno.EROFS, "只能读")])
def test_what_the_machine_refuses_leaves_the_site(
    small: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    code: int,
    said: str,
) -> None:
    docs = tmp_path / "docs"
    assert cli.main(["build", str(small()), "-d", str(docs)]) == 0
    before = tree(docs)

    def refuse(there: Path, here: Path) -> None:
        raise OSError(code, os.strerror(code), str(here))

    monkeypatch.setattr(os, "link", refuse)
    content = small(("演练场次: ≥1.00(次)", "演练场次: ≥2.00(次)"))
    assert cli.main(["build", str(content), "-d", str(docs)]) == 2
    [sentence] = capsys.readouterr().err.splitlines()[-1:]
    assert said in sentence
    assert tree(docs) == before
    monkeypatch.undo()
    assert cli.main(["build", str(content), "-d", str(docs)]) == 0
    assert tree(docs) != before


def test_a_site_is_verified(
    small: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Made once; not again of the same; then three files are tampered with, and the next build mends that."""
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    site, content = (
        tmp_path / "site",
        small(files={"site.yaml": "网站名称: 测试站\n网址: https://www.example.org/a/\n"}),
    )
    arguments = ["site", str(content), "-d", str(tmp_path / "docs"), "-o", str(site)]
    assert cli.main(arguments) == 0
    assert cli.main(["verify", str(site), "--content", str(content)]) == 0
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(build, "prepare", None)  # nothing is made again
        assert cli.main(arguments) == 0
    stated = json.loads((site / release.MANIFEST).read_bytes())
    assert set(stated["files"]) == tree(site).keys() - {release.MANIFEST}

    (site / "index.html").write_text("x")
    (site / "404.html").unlink()
    (site / "more.html").write_text("x")
    capsys.readouterr()
    assert cli.main(["verify", str(site)]) == 1
    told = capsys.readouterr().out
    assert all(file in told for file in ("index.html", "404.html", "more.html"))
    assert len(told.splitlines()) == 3
    assert cli.main(arguments) == 0
    assert cli.main(["verify", str(site)]) == 0


def test_what_a_site_replaced_is_the_start_of_the_next(small: Callable[..., Path], tmp_path: Path) -> None:
    """Three states of the content, the last the first again: each site is what a clean build makes, dot files stay."""
    site, spare = tmp_path / "site", tmp_path / "cache/spare"
    clean = {}
    for number, name in enumerate(("演练场次", "演习场次", "演练场次")):
        content = small(("演练场次", name))
        (site / f".mine-{number}").mkdir(parents=True)
        if number:
            shutil.rmtree(site / f".mine-{number - 1}")
        assert release.make(content, tmp_path / "docs", site).changed
        assert [path.name for path in site.glob(".*")] == [f".mine-{number}"]
        assert release.verify(site) == []
        if name not in clean:
            release.make(content, tmp_path / f"clean-{number}/docs", tmp_path / f"clean-{number}/site")
            clean[name] = tree(tmp_path / f"clean-{number}/site")
        assert tree(site) == clean[name]
        assert (spare / "index.html").is_file() == (number > 0)


@pytest.mark.parametrize("together", [1, 20], ids=["departments first", "all at once"])
def test_the_pages_that_were_kept_are_those_of_a_whole_build(
    small: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    """MkDocs alone on the written configuration, and the plugin with two of three departments kept, agree."""
    monkeypatch.setattr(mkdocs_pages, "_TOGETHER", together)
    address = "网站名称: 测试站\n网址: https://www.example.org/a/\n"
    others = {f"{name}/department.yaml": f"部门名称: 某区{name}局\n" for name in ("b-bureau", "c-bureau")}
    years = {f"{name}/2024.yaml": SMALL.replace("某区示例局", f"某区{name}局") for name in ("b-bureau", "c-bureau")}
    content = small(files={"site.yaml": address, **others, **years})
    docs = tmp_path / "docs"
    shown: list[set[int]] = []  # which files the pages of 2024 are
    for text in (SMALL, SMALL.replace("演练场次", "演习场次")):
        (content / "some-bureau/2024.yaml").write_text(text, encoding="utf-8")
        made, _ = build.prepare(content, docs)
        assert made
        mkdocs_pages.render(docs, made, tmp_path / "site")
        shown.append({page.stat().st_ino for page in (tmp_path / "site").glob("*-bureau/2024/index.html")})
    assert [len(shown[0]), len(shown[0] & shown[1])] == [3, 2]  # two were kept, one was made anew
    build.build(content, docs)
    mkdocs(load_config(str(tmp_path / "docs.yml"), site_dir=str(tmp_path / "full"), strict=True))
    full, site = pages_and_files(tmp_path / "full"), pages_and_files(tmp_path / "site")
    assert full["sitemap.xml"].count(b"<loc>") > 10
    of_material = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
    unused = {path for path in full if path.startswith(of_material)}
    assert {path: found for path, found in full.items() if path not in unused} == site


def pages_and_files(folder: Path) -> dict[str, bytes]:
    """Read a site without the empty lines between tags, of which an engine alone leaves more."""
    blank = re.compile(rb"(?<=>)\s*\n\s*(?=<)")
    return {path: blank.sub(b"", found) if path.endswith(".html") else found for path, found in tree(folder).items()}


_EDITS = st.sampled_from(
    [
        ("a-bureau/2024.yaml", "演练场次: ≥1.00(次)", "演练场次: ≥2.00(次)"),
        ("a-bureau/2023.yaml", "演练场次: ≥1.00(次)", "演练场次: ≥3.00(次)"),
        ("a-bureau/2024.yaml", "年末资产总额: 5.00", "年末资产总额: 6.00"),
        ("a-bureau/2024.yaml", "部门整体预算总额: 100.00", "部门整体预算总额: 90.00"),  # a warning comes and goes
        ("a-bureau/2024.results.yaml", "演练场次: 2次", "演练场次: 0次"),
        ("a-bureau/sources/2024.txt", "the form", "another form"),
        ("a-bureau/sources/2024.txt", None, None),
        ("a-bureau/2024.yaml", "年末资产总额", "年末资产"),  # an error
        ("b-bureau/2024.yaml", "任务名称: 任务一", "任务名称: 任务二"),
        ("b-bureau/department.yaml", "b-bureau", "b局"),
        ("b-bureau/department.yaml", "部门名称: 某区b-bureau", "部门名称: 某区b-bureau\n上级部门: a-bureau"),
        ("site.yaml", "测试站", "另一个站"),
        ("site.yaml", "示例说明: 虚构", ""),
        ("b-bureau/2024.yaml", None, None),
        ("a-bureau/2023.yaml", None, None),
    ]
)


@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.lists(_EDITS, min_size=3, max_size=5))
def test_what_was_kept_is_never_wrong(edits: list[tuple[str, str | None, str | None]]) -> None:
    """After any sequence of edits, each made or taken back, a build with a store gives what one without it gives.

    The same findings, too; and the same site with its manifest.
    """
    with TemporaryDirectory() as folder:
        content, docs = Path(folder, "content"), Path(folder, "docs")
        first = {"site.yaml": "网站名称: 测试站\n示例说明: 虚构\n", "a-bureau/sources/2024.txt": "the form"}
        for name in ("a-bureau", "b-bureau"):
            first[f"{name}/department.yaml"] = f"部门名称: 某区{name}\n"
            for year in ("2023", "2024"):
                first[f"{name}/{year}.yaml"] = SMALL.replace("某区示例局", f"某区{name}").replace("2024", year)
        first["a-bureau/2024.yaml"] += "来源:\n  文件: sources/2024.txt\n"
        first["a-bureau/2024.results.yaml"] = RESULT.replace("某区示例局", "某区a-bureau")
        for path, text in first.items():
            (content / path).parent.mkdir(parents=True, exist_ok=True)
            (content / path).write_text(text, encoding="utf-8")
        build.build(content, docs)
        for path, old, new in edits:
            file = content / path
            if not file.exists():
                file.write_text(first[path], encoding="utf-8")
            elif old is None or new is None:
                file.unlink()
            else:
                text = file.read_text(encoding="utf-8")
                changed = text.replace(new, old) if new and new in text else text.replace(old, new)
                file.write_text(changed, encoding="utf-8")
            found = build.build(content, docs)[1]
            shutil.rmtree(Path(folder, "clean"), ignore_errors=True)
            assert build.build(content, Path(folder, "clean/docs"))[1] == found
            if not has_errors(found):
                assert tree(docs) == tree(Path(folder, "clean/docs"))


def test_several_processes_make_what_one_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = tmp_path / "content"
    district.write_demo(content, departments=2, years=1)
    for module in (checking, departments):
        monkeypatch.setattr(module, "_WORTH_A_PROCESS", 1)
    found = []
    for processes in (1, 2):
        monkeypatch.setattr(workers, "_processors", lambda processes=processes: processes)
        found.append(build.build(content, tmp_path / f"{processes}/docs")[1])
    assert found[0] == found[1] != []
    assert tree(tmp_path / "1/docs") == tree(tmp_path / "2/docs")


def test_what_one_process_cannot_go_on_with_another_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine may forbid processes, or end one that needs too much memory."""
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    assert list(workers.each(_dying_elsewhere, [os.getpid()] * 5, 1)) == [1] * 5


def test_only_a_process_with_one_thread_is_copied() -> None:
    """A copy would wait for ever for what another thread holds; a process that is begun anew holds nothing."""
    script = """
import threading
from generator import workers
workers._processors = lambda: 2
name = "__import__('multiprocessing').current_process().name"
def kinds():
    return {name.split("-")[0] for name in workers.each(eval, [name] * 4, 1)}
print(*kinds())
threading.Thread(target=threading.Event().wait, daemon=True).start()
print(*kinds())
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["ForkProcess" if sys.platform == "linux" else "SpawnProcess", "SpawnProcess"]


def _dying_elsewhere(where: int) -> int:
    if os.getpid() != where:
        os._exit(1)
    return 1


_KILLED = """
import os, sys, time; from pathlib import Path; from generator import swap, workers
def work(_): os.write(1, b"%d\\n" % os.getpid()); time.sleep(60)
workers._processors = lambda: 2
with swap.alone(Path(sys.argv[1])): list(workers.each(work, [1, 2], 1))
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only there are copies made")
def test_a_killed_process_takes_its_copies_and_its_lock_along(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _KILLED, str(tmp_path / "site")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout
        copies = [Path("/proc", process.stdout.readline().strip(), "stat") for _ in range(2)]
        with pytest.raises(BlockingIOError), swap.alone(tmp_path / "site"):
            pass
        process.kill()
        process.wait()
        with swap.alone(tmp_path / "site"):  # at once: the copies hold nothing
            pass
        for _ in range(1000):
            if not any(map(_is_running, copies)):
                break
            time.sleep(0.01)
        assert not any(map(_is_running, copies))


def _is_running(state: Path) -> bool:
    try:
        return state.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_damaged_entry_is_made_again(small: Callable[..., Path], tmp_path: Path) -> None:
    docs, content = tmp_path / "docs", small()
    build.build(content, docs)
    before = tree(docs)
    for file in (tmp_path / "cache").rglob("*.pdf"):
        file.write_bytes(b"damaged")
    build.build(content, docs)
    assert tree(docs) == before


def test_what_two_builds_did_not_use_goes(tmp_path: Path) -> None:
    """But not what a build for another folder has used, and what is young: another process may have just made it."""

    def use(name: str, *used: str, aged: bool = True) -> list[str]:
        kept = store.Store(tmp_path)
        for key in used:
            if kept.get(key) is None:
                with kept.put(key) as entry:
                    (entry / "file").write_text(key)
        for folder in tmp_path.iterdir():
            if aged:
                os.utime(folder, (0, 0))
        kept.prune(name)
        return sorted(path.name for path in tmp_path.iterdir() if path.is_dir())

    assert use("site", "a", "b") == ["a", "b"]
    assert use("site", "b") == ["a", "b"]
    assert use("preview", "d") == ["b", "d"]
    assert use("site", "c") == ["b", "c", "d"]
    assert use("site", "e", "c") == ["c", "d", "e"]
    assert use("site", "c", "f", aged=False) == ["c", "d", "e", "f"]
    for _ in range(2):
        assert use("site", "c", aged=False) == ["c", "d", "f"]
    assert use("site", "c") == ["c", "d"]


def test_what_changes_while_it_is_read_is_not_published(
    small: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that was checked and then saved anew, before its department was made."""
    content, checked = small(), build.check

    def save(*given: object, **named: object) -> object:
        done = checked(*given, **named)
        small(("演练场次", "演习场次"))
        return done

    monkeypatch.setattr(build, "check", save)
    assert cli.main(["build", str(content), "-d", str(tmp_path / "docs")]) == 2
    assert "生成的时候文件有改动" in capsys.readouterr().err
    monkeypatch.undo()
    assert cli.main(["build", str(content), "-d", str(tmp_path / "docs")]) == 0
    assert "演习场次" in (tmp_path / "docs/some-bureau/2024/index.md").read_text(encoding="utf-8")


def test_a_site_is_made_anew_on_the_day_after_results_were_due(
    small: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, made = small(), []
    for due in ([2023], [2023], [2023, 2024]):
        monkeypatch.setattr(release, "_due", lambda _, due=due: due)
        made.append(release.make(content, tmp_path / "docs", tmp_path / "site").changed)
    assert made == [True, False, True]  # the manifest says what it was made from
    monkeypatch.undo()
    assert release._due(content) == [2024]


def test_a_preview_and_a_build_share_no_folder(small: Callable[..., Path], tmp_path: Path) -> None:
    content, begun = small(), []
    for name in ("docs", "preview"):
        made, _ = build.prepare(content, tmp_path / name)
        assert made
        pages = mkdocs_pages.Pages(tmp_path / name, made, tmp_path / "site")
        begun.append((pages, pages.begin(True, lambda items, _: items)))
    assert all((folder / "index.md").is_file() for _, folder in begun)
    for pages, _ in begun:
        pages.on_build_error(error=ValueError())


def test_the_preview_shows_the_page_now_and_the_tables_later(small: Callable[..., Path], tmp_path: Path) -> None:
    def show(content: Path, late: bool) -> tuple[str, str]:
        made, _ = build.prepare(content, tmp_path / "docs", late=late)
        assert made
        mkdocs_pages.render(tmp_path / "docs", made, tmp_path / "site")
        page, table = (tmp_path / "site" / path for path in ("some-bureau/2024/index.html", "data/indicators.csv"))
        return page.read_text(encoding="utf-8"), table.read_text(encoding="utf-8")

    page, table = show(small(), late=True)
    assert ("演练场次" in page, "演练场次" in table) == (True, True)
    content = small(("演练场次", "演习场次"))
    page, table = show(content, late=True)
    assert ("演习场次" in page, "演练场次" in table) == (True, True)
    page, table = show(content, late=False)
    assert ("演习场次" in page, "演练场次" in table) == (True, False)
