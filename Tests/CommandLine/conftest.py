"""What the tests of the command line start from: a folder with invented people, who they really are, and a model."""

import csv
import os
import random
import subprocess
from pathlib import Path

import pytest

import duckdb_command
from program import program

# For as long as these tests last.
HOME = duckdb_command.put_on_the_path()

FORENAMES = "amina bram carla dmitri elif femi grace hamid ines joao kofi lena mehmet nadia oskar priya".split()
SURNAMES = "abel bakker costa dietz eriksen fofana greco haddad ito jansen khan lopez moreau novak okafor peeters".split()
TOWNS = "delft leeds lyon porto turin".split()
COLUMNS = ["unique_id", "forename", "surname", "born", "town"]

# Numbers are given, so nothing has to be trained; a pair of the same people weighs some 10 bits.
MODEL = """
links: {links}
prior: 0.002
blocking: [surname, born]
comparisons:
  - forename: {{compare: jaro-winkler, at: [0.9, 0.7], m: [0.75, 0.15, 0.05, 0.05], u: [0.06, 0.01, 0.03, 0.9]}}
  - surname: {{compare: exact, frequencies: true, m: [0.85, 0.15], u: [0.06, 0.94]}}
  - born: {{compare: date, within: [1 month], format: "%Y-%m-%d", m: [0.8, 0.1, 0.04, 0.06], u: [0.003, 0.004, 0.003, 0.99]}}
  - town: {{compare: exact, m: [0.7, 0.3], u: [0.2, 0.8]}}
training: {{deterministic: [[forename, surname, born]], recall: 0.6, runs: [surname, born], pairs: 20000}}
{more}
"""


class Folder:
    """Files, and the program run among them."""

    def __init__(self, path: Path):
        self.path = path

    def __truediv__(self, name: str) -> Path:
        return self.path / name

    def write(self, name: str, text: str | bytes) -> str:
        (self.path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    def model(self, name: str = "model.yaml", links: str = "dedupe", more: str = "") -> str:
        return self.write(name, MODEL.format(links=links, more=more))

    def table(self, name: str, rows: list[dict], columns: list[str] = COLUMNS) -> str:
        with open(self.path / name, "w", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return name

    def rows(self, name: str) -> list[dict]:
        with open(self.path / name, newline="") as file:
            return list(csv.DictReader(file))

    def names(self) -> set[str]:
        return set(os.listdir(self.path))

    def contents(self) -> dict[str, bytes]:
        return {name: (self.path / name).read_bytes() for name in sorted(self.names()) if (self.path / name).is_file()}

    def start(self, *words, step: str = "match", **settings) -> subprocess.Popen:
        command = [str(program().resolve()), step, *map(str, words)]
        return subprocess.Popen(command, cwd=self.path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **settings)

    def match(self, *words, gives: int = 0, stdin: bytes = b"", step: str = "match") -> subprocess.CompletedProcess:
        """Runs `touchdown match` with these words and expects this exit code."""
        process = self.start(*words, step=step, stdin=subprocess.PIPE)
        out, error = process.communicate(stdin, timeout=60)
        assert process.returncode == gives, f"{words} gave {process.returncode}: {error.decode()}"
        return subprocess.CompletedProcess(words, process.returncode, out.decode(), error.decode())

    def plan(self, *words, gives: int = 0, stdin: bytes = b"") -> subprocess.CompletedProcess:
        """Runs `touchdown plan` with these words and expects this exit code."""
        return self.match(*words, gives=gives, stdin=stdin, step="plan")

    def plan_refused(self, *words, stdin: bytes = b"", code: int = 65) -> str:
        """Runs `touchdown plan`, expects a refusal that changes no file, and gives its sentence."""
        return self.refused(*words, stdin=stdin, code=code, step="plan")

    def refused(self, *words, stdin: bytes = b"", code: int = 65, step: str = "match") -> str:
        """Runs it, expects a refusal that changes no file, and gives its sentence."""
        before = self.contents()
        answer = self.match(*words, gives=code, stdin=stdin, step=step)
        assert self.contents() == before
        assert answer.stdout == ""
        assert answer.stderr.startswith("Error: "), answer.stderr
        return answer.stderr.removeprefix("Error: ").strip()


def people(count: int, seed: int = 1) -> list[dict]:
    """Rows of people, a third of whom stand there twice, the second time with a slip or a gap."""
    chance = random.Random(seed)
    rows: list[dict] = []
    for person in range(count):
        born = f"{chance.randint(1930, 2005)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        row = dict(forename=chance.choice(FORENAMES), surname=chance.choice(SURNAMES), born=born, town=chance.choice(TOWNS))
        rows.append(row | dict(unique_id=f"p{len(rows)}", cluster=person))
        if chance.random() < 0.33:
            again = row | dict(unique_id=f"p{len(rows)}", cluster=person)
            slip = chance.choice(["forename", "surname", "town", "gap"])
            if slip == "gap":
                again["town"] = ""
            else:
                again[slip] = again[slip][:-1] + chance.choice("aeiou")
            rows.append(again)
    return rows


@pytest.fixture
def folder(tmp_path) -> Folder:
    """An empty folder with the model in it."""
    folder = Folder(tmp_path)
    folder.model()
    return folder


@pytest.fixture
def crowd(folder) -> Folder:
    """A folder with people.csv, truth.csv and the model."""
    rows = people(400)
    folder.table("people.csv", rows)
    folder.table("truth.csv", rows, ["unique_id", "cluster"])
    return folder
