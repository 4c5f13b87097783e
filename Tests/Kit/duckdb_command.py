"""The `duckdb` command of the tests' own Python environment, with its extensions, for every program they start."""

import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# DuckDB calls its extension for SQLite by another name than its package.
EXTENSIONS = {"excel": "excel", "sqlite": "sqlite_scanner"}


def put_on_the_path() -> tempfile.TemporaryDirectory:
    """Puts the command on the PATH and its extensions into a home of its own, which lasts as long as what is returned."""
    home = tempfile.TemporaryDirectory(prefix="touchdown-home-")
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    os.environ["HOME"] = home.name
    ask = ["duckdb", "-init", "/dev/null", "-noheader", "-list", "-c", "SELECT version(); PRAGMA platform"]
    version, platform = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.split()
    folder = Path(home.name, ".duckdb", "extensions", version, platform)
    folder.mkdir(parents=True)
    for package, name in EXTENSIONS.items():
        package = importlib.util.find_spec(f"duckdb_extension_{package}")
        [file] = Path(package.submodule_search_locations[0]).glob("extensions/*/*.duckdb_extension")
        (folder / f"{name}.duckdb_extension").symlink_to(file)
    return home
