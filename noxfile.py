"""The project's commands. On a machine with Python 3.11 or newer: pip install nox && nox -s site.

They share one environment, .nox/project; nothing is installed again while the lock file stays the same.
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["site"]
nox.options.error_on_missing_interpreters = False

# Material for MkDocs prints an end-of-life notice at each build; README.md says what we think of it.
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
BIN = "Scripts" if os.name == "nt" else "bin"
FAST_TESTS = ("pytest", "-n", "auto", "--dist", "loadfile")
ENGINES = ("properdocs", "zensical")  # each has a lock of its own
Run = Callable[..., object]


def use(session: nox.Session, name: str = "project") -> Run:
    """Return what runs a Python module in the environment .nox/NAME, which holds the project as well."""
    return install(session, environment(session, name))


def environment(session: nox.Session, name: str) -> Path:
    """Return the folder .nox/NAME with an environment that holds exactly what requirements/NAME.lock says."""
    folder, lock = Path(".nox", name).resolve(), f"requirements/{name}.lock"
    if not fresh(folder / "packages.txt", lock):
        session.run(sys.executable, "-m", "venv", "--clear", str(folder), external=True)
    packages(session, folder, lock)
    return folder


def packages(session: nox.Session, folder: Path, lock: str) -> None:
    """Install exactly the locked packages into an environment."""
    pip(session, folder, "packages", lock, "--require-hashes", "--requirement", lock)


def install(session: nox.Session, folder: Path) -> Run:
    """Install the project itself into an environment that has its packages; returns what runs a Python module there."""
    pip(session, folder, "project", "pyproject.toml", "--no-deps", "--no-build-isolation", "--editable", ".")
    return partial(session.run, python(folder), "-m", external=True)


def pip(session: nox.Session, folder: Path, stamp: str, source: str, *wanted: str) -> None:
    """Install what is wanted, unless `source` has not changed since that was done."""
    if not fresh(folder / f"{stamp}.txt", source):
        command = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        session.run(python(folder), *command, *wanted, external=True)
        (folder / f"{stamp}.txt").write_text(state(source))


def python(folder: Path) -> str:
    """Return the interpreter of an environment."""
    return str(folder / BIN / "python")


def fresh(stamp: Path, source: str) -> bool:
    """Say whether what `source` asks for is installed already, by this Python, in this folder."""
    return stamp.is_file() and stamp.read_text() == state(source)


def state(source: str) -> str:
    """Return what must be the same for an installation to hold."""
    return f"{hashlib.sha256(Path(source).read_bytes()).hexdigest()} {sys.version} {Path.cwd()}"


def generator(session: nox.Session, command: str) -> None:
    """Run a command of the generator with the arguments after --."""
    use(session)("generator", command, *session.posargs)


@nox.session
def site(session: nox.Session) -> None:
    """Turn content/ into site/."""
    use(session)("generator", "site", *session.posargs, env=QUIET)


@nox.session
def verify(session: nox.Session) -> None:
    """Compare a published folder with its manifest (nox -s verify -- site --content content: and with the content)."""
    use(session)("generator", "verify", *(session.posargs or ["site"]), env=QUIET)


@nox.session
def serve(session: nox.Session) -> None:
    """Show the site on this machine; a change in content/ shows at once."""
    use(session)("mkdocs", "serve", *session.posargs, env=QUIET)


@nox.session
def check(session: nox.Session) -> None:
    """List everything that is wrong with content/ (nox -s check -- --fix repairs what is safe)."""
    generator(session, "check")


@nox.session
def explain(session: nox.Session) -> None:
    """Say what a code of check means: nox -s explain -- N504."""
    generator(session, "explain")


@nox.session
def new(session: nox.Session) -> None:
    """Start a year's file from the year before: nox -s new -- DEPARTMENT YEAR."""
    generator(session, "new")


@nox.session(name="import")
def import_(session: nox.Session) -> None:
    """Write a year's file from the published form: nox -s import -- FORM.xlsx -o content/DEPARTMENT/YEAR.yaml."""
    generator(session, "import")


@nox.session
def incoming(session: nox.Session) -> None:
    """Say what the forms in content/*/incoming/ would become, and write the files into imported/."""
    generator(session, "incoming")


@nox.session
def diff(session: nox.Session) -> None:
    """Say what changes for readers since a revision: nox -s diff -- main."""
    generator(session, "diff")


@nox.session
def headers(session: nox.Session) -> None:
    """Write the security policy of site/ for its web server (-- --meta: into the pages, where nobody sets headers)."""
    generator(session, "headers")


@nox.session
def demo(session: nox.Session) -> None:
    """Build the site of a fictional district into demo/site (nox -s demo -- --departments 40 --years 3)."""
    run = use(session)
    run("generator", "demo", "demo/content", *session.posargs)
    run("generator", "site", "demo/content", "--docs", "demo/docs", "--output", "demo/site", env=QUIET)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the fast tests (nox -s tests -- --update-golden rewrites the golden cases: look at the difference)."""
    use(session)(*FAST_TESTS, *session.posargs, env=QUIET)


@nox.session
def coverage(session: nox.Session) -> None:
    """Run the fast tests and hold the share of lines and branches that they run, child processes too, to a limit."""
    run, folder = use(session), Path(".nox/coverage")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    measured = {"COVERAGE_FILE": str((folder / "data").resolve())}
    run("coverage", "run", "-m", *FAST_TESTS, *session.posargs, env=QUIET | measured)
    run("coverage", "combine", "--quiet", env=measured)
    run("coverage", "report", env=measured)


@nox.session
def mutants(session: nox.Session) -> None:
    """Count the faults in what computes and judges that no test notices (nox -s mutants -- figures: of a module)."""
    use(session, "mutants")("tests.mutants.run", *session.posargs)


@nox.session(python=["3.11", "3.12", "3.13", "3.14"], venv_backend="venv", reuse_venv=True)
def versions(session: nox.Session) -> None:
    """Run the fast tests with every Python that this machine has."""
    folder = Path(session.virtualenv.location).resolve()
    packages(session, folder, "requirements/project.lock")
    install(session, folder)(*FAST_TESTS, *session.posargs, env=QUIET)


@nox.session
def package(session: nox.Session) -> None:
    """Build the wheel, install it into an empty environment far from here, and use it."""
    use(session)("pytest", "tests/package", *session.posargs, env=QUIET)


@nox.session
def engines(session: nox.Session) -> None:
    """Build the demo with the engines that may follow MkDocs, and list where their pages are not the same."""
    others = [f"{name}={python(environment(session, name))}" for name in ENGINES]
    folder = session.create_tmp()
    shutil.rmtree(folder)
    use(session)("tests.engines.compare", folder, *others)


@nox.session
def kills(session: nox.Session) -> None:
    """Kill a build at a hundred random moments: the site is the old or the new one, whole (nox -s kills -- 20)."""
    use(session)("tests.kills", *session.posargs, env=QUIET)


@nox.session
def ocr(session: nox.Session) -> None:
    """Read pictures of forms with the extra [ocr], which no other session installs (Python 3.11 or 3.12)."""
    use(session, "ocr")("pytest", "tests/test_scan.py", *session.posargs)


@nox.session
def browser(session: nox.Session) -> None:
    """Try the site in a real browser; needs Debian's chromium, java and npm."""
    run = use(session, "browser")
    tools = session.create_tmp()
    wanted = ("vnu-jar@26.9.27", "yaml-language-server@2.0.0", "yaml@2.9.0", "esbuild@0.28.2")
    session.run("npm", "install", "--silent", "--ignore-scripts", "--prefix", tools, *wanted, external=True)
    modules = f"{tools}/node_modules"
    found = {"NODE_MODULES": modules, "VNU_JAR": f"{modules}/vnu-jar/build/dist/vnu.jar"}
    run("pytest", "tests/browser", "-n", "2", *session.posargs, env=QUIET | found)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure what a site costs beside plain MkDocs + Material (nox -s bench -- 500 10000: so many declarations)."""
    use(session)("tests.bench.run", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Change content/ in 100,000 ways: nothing may end in a traceback (nox -s fuzz -- --examples 1000 --seed 2)."""
    use(session)("tests.fuzz.fuzz_content", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and types."""
    run = use(session)
    run("ruff", "format", "--check", ".")
    run("ruff", "check", ".")
    run("mypy")


@nox.session(venv_backend="venv", reuse_venv=True)
def lock(session: nox.Session) -> None:
    """Renew the lock files from pyproject.toml (nox -s lock -- --upgrade)."""
    session.install("uv")
    ours = ("pyproject.toml", "--extra", "site", "--extra", "import", "--group", "tests", "--group", "build")
    wanted = {name: (*ours, "--group", name) for name in ("browser", "mutants")}
    wanted |= {"project": (*ours, "--group", "lint"), "ocr": (*ours, "--extra", "ocr")}
    for name, what in (wanted | {name: ("--group", name) for name in ENGINES}).items():
        session.run(
            *("uv", "pip", "compile", *what, "--universal"),
            *("--python-version", "3.11", "--generate-hashes", "--no-header", "--no-emit-index-url", "--quiet"),
            *("--output-file", f"requirements/{name}.lock", *session.posargs),
        )
