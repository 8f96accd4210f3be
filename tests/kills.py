"""Kill a build of the site at random moments: readers find the old site or the new one, and the next build heals.

python -m tests.kills 100     so many kills, of a site of a few declarations (nox -s kills)
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import release
from generator.demo import district

SEED = 2026


def main(kills: int, work: Path) -> Counter[str]:
    """Build alternately two states of a content, each build killed; returns how often which state was found."""
    rng = random.Random(SEED)
    content, site, address = work / "content", work / "site", work / "content/site.yaml"
    district.write_demo(content, 2, 2, SEED)
    states = [address.read_text(encoding="utf-8"), address.read_text(encoding="utf-8") + "主办单位: 某区财政局\n"]
    command = [sys.executable, "-m", "generator", "site", str(content), "-d", str(work / "docs"), "-o", str(site)]
    names, took = {}, 0.0
    for number, state in enumerate(states):
        address.write_text(state, encoding="utf-8")
        begun = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        took = time.monotonic() - begun
        names[of(site)] = f"state {number + 1}"
    found: Counter[str] = Counter()
    for kill in range(kills):
        address.write_text(states[kill % 2], encoding="utf-8")
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(rng.uniform(0, 1.1 * took))
            found["not killed in time"] += 1
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            found["killed"] += 1
        differences = release.verify(site)
        if differences:
            raise SystemExit(f"kill {kill}: {differences}")
        found[names[of(site)]] += 1
        if kill % 10 == 9:
            subprocess.run(command, check=True, capture_output=True)
            found["healed"] += names[of(site)] == f"state {kill % 2 + 1}"
            left = sorted(path.name for path in work.iterdir() if path.name.startswith("."))
            if left:
                raise SystemExit(f"kill {kill}: the next build left {left}")
    return found


def of(site: Path) -> str:
    """Return what the manifest of a site says it was made from."""
    return str(json.loads((site / release.MANIFEST).read_bytes())["made_from"])


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        for what, number in sorted(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100, Path(folder)).items()):
            print(f"{what}: {number}")
