"""The project's commands. On a machine with Python 3.11 or newer: pip install nox && nox -s site."""

from pathlib import Path

import nox

nox.options.default_venv_backend = "venv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["site"]

# Material for MkDocs prints an end-of-life notice at each build; README.md says what we think of it.
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def install(session: nox.Session) -> None:
    """Install exactly the locked packages, then the project itself."""
    session.install("--require-hashes", "-r", "requirements.lock")
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")


@nox.session
def site(session: nox.Session) -> None:
    """Turn content/ into site/."""
    install(session)
    session.run("mkdocs", "build", "--strict", *session.posargs, env=QUIET)
    index(session, "site")


def index(session: nox.Session, site: str) -> None:
    """Make the search index of a finished site; one thread, for an order that does not change."""
    command = ("python", "-m", "pagefind", "--site", site, "--force-language", "zh", "--silent")
    session.run(*command, env={"RAYON_NUM_THREADS": "1"})


@nox.session
def serve(session: nox.Session) -> None:
    """Show the site on this machine; a change in content/ shows at once."""
    install(session)
    session.run("mkdocs", "serve", *session.posargs, env=QUIET)


@nox.session
def check(session: nox.Session) -> None:
    """List everything that is wrong with content/ (nox -s check -- --fix repairs what is safe)."""
    install(session)
    session.run("python", "-m", "generator", "check", *session.posargs)


@nox.session
def explain(session: nox.Session) -> None:
    """Say what a code of check means: nox -s explain -- N504."""
    install(session)
    session.run("python", "-m", "generator", "explain", *session.posargs)


@nox.session
def new(session: nox.Session) -> None:
    """Start a year's file from the year before: nox -s new -- DEPARTMENT YEAR."""
    install(session)
    session.run("python", "-m", "generator", "new", *session.posargs)


@nox.session(name="import")
def import_(session: nox.Session) -> None:
    """Write a year's file from the published form: nox -s import -- FORM.xlsx -o content/DEPARTMENT/YEAR.yaml."""
    install(session)
    session.run("python", "-m", "generator", "import", *session.posargs)


@nox.session
def diff(session: nox.Session) -> None:
    """Say what changes for readers since a revision: nox -s diff -- main."""
    install(session)
    session.run("python", "-m", "generator", "diff", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the fast tests (nox -s tests -- --update-golden rewrites the golden cases: look at the difference)."""
    install(session)
    session.run("pytest", "-n", "auto", "--dist", "loadfile", *session.posargs, env=QUIET)


@nox.session
def demo(session: nox.Session) -> None:
    """Build the site of a fictional district into demo/site (nox -s demo -- --departments 40 --years 3)."""
    install(session)
    session.run("python", "-m", "generator", "demo", "demo/content", *session.posargs)
    Path("demo/docs").mkdir(exist_ok=True)
    places = {"CONTENT": "demo/content", "DOCS_DIR": "demo/docs", "SITE_DIR": "demo/site"}
    session.run("mkdocs", "build", "--strict", env=QUIET | places)
    index(session, "demo/site")


@nox.session
def browser(session: nox.Session) -> None:
    """Try the site in a real browser; needs Debian's chromium, java and npm."""
    session.install("--require-hashes", "-r", "requirements-browser.lock")
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    tools = session.create_tmp()
    session.run("npm", "install", "--silent", "--ignore-scripts", "--prefix", tools, "vnu-jar@26.9.27", external=True)
    checker = {"VNU_JAR": f"{tools}/node_modules/vnu-jar/build/dist/vnu.jar"}
    session.run("pytest", "tests/browser", "-n", "2", *session.posargs, env=QUIET | checker)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Change content/ in 100,000 ways: nothing may end in a traceback (nox -s fuzz -- --examples 1000 --seed 2)."""
    install(session)
    session.run("python", "tests/fuzz/fuzz_content.py", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and types."""
    install(session)
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")
    session.run("mypy")


@nox.session
def lock(session: nox.Session) -> None:
    """Renew the lock files from pyproject.toml (nox -s lock -- --upgrade)."""
    session.install("uv")
    groups = {
        "requirements.lock": ["tests", "lint", "build"],
        "requirements-browser.lock": ["tests", "build", "browser"],
    }
    for file, names in groups.items():
        wanted = [word for name in names for word in ("--group", name)]
        session.run(
            *("uv", "pip", "compile", "pyproject.toml", *wanted, "--universal", "--python-version", "3.11"),
            *("--generate-hashes", "--no-header", "--no-emit-index-url", "--quiet", "--output-file", file),
            *session.posargs,
        )
