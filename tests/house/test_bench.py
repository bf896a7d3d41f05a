"""`make bench` runs to its end. How fast is for docs/explain/speed.md to say: a time held here would fail elsewhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_bench_measures_a_small_city(tmp_path: Path) -> None:
    ours = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "tools/bench.py", "--rows", "500", "--times", "2", "--json"]
    run = subprocess.run(
        command, cwd=ROOT, env=ours | {"PARVIS_BENCH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout)
    assert report["import"]["rows"] == 500
    assert [figure["what"] for figure in report["figures"] if figure["median"] <= 0] == []
    assert {"submit()", "move()", "queue open", "text search", "case page", "public list", "Open311 request"} <= {
        figure["what"] for figure in report["figures"]
    }
