"""Tables as they come: compressed, by other commands, with other delimiters and names; the links are the same."""

import csv
import gzip
import sqlite3
import subprocess

PREDICT = ["predict", "--model", "model.yaml", "--input", "people.csv"]
RUN = ["run", "--model", "model.yaml", "--input", "people.csv", "--output-links", "links.csv", "--output-clusters", "clusters.csv"]


def test_compressed_tables_say_the_same(crowd):
    crowd.match(*PREDICT, "--output", "links.csv")
    with gzip.open(crowd / "packed.csv.gz", "wb") as file:
        file.write((crowd / "people.csv").read_bytes())

    crowd.match("predict", "--model", "model.yaml", "--input", "packed.csv.gz", "--output", "links.csv.gz")
    crowd.match("predict", "--model", "model.yaml", "--input", "packed.csv.gz", "--output", "links.csv.zst")

    assert gzip.open(crowd / "links.csv.gz").read() == (crowd / "links.csv").read_bytes()
    assert (crowd / "links.csv.zst").read_bytes()[:4] == b"\x28\xb5\x2f\xfd"
    for name in ["links.csv", "links.csv.gz", "links.csv.zst"]:
        crowd.match("cluster", "--links", name, "--output", f"{name}.clusters.csv")
    assert len({(crowd / f"links.csv{ending}.clusters.csv").read_bytes() for ending in ["", ".gz", ".zst"]}) == 1


def test_parquet_says_the_same(crowd):
    crowd.match(*PREDICT, "--output", "links.csv")
    crowd.match(*PREDICT, "--output", "links.parquet")
    for name in ["links.csv", "links.parquet"]:
        crowd.match("cluster", "--links", name, "--output", f"{name}.clusters.csv")

    assert (crowd / "links.parquet").read_bytes()[:4] == b"PAR1"
    assert (crowd / "links.csv.clusters.csv").read_bytes() == (crowd / "links.parquet.clusters.csv").read_bytes()


def test_a_table_of_a_database_says_the_same(crowd):
    crowd.match(*PREDICT, "--output", "links.csv")
    database = sqlite3.connect(crowd / "body.sqlite")
    rows = crowd.rows("people.csv")
    database.execute(f"CREATE TABLE people ({', '.join(rows[0])})")
    database.executemany("INSERT INTO people VALUES (?, ?, ?, ?, ?)", [[value or None for value in row.values()] for row in rows])
    database.commit()
    ask = ["predict", "--model", "model.yaml", "--output", "other.csv", "--input", "body.sqlite"]
    crowd.match(*ask)
    assert (crowd / "other.csv").read_bytes() == (crowd / "links.csv").read_bytes()

    database.execute("CREATE TABLE other (name)")
    database.commit()
    sentence = crowd.refused(*ask)
    assert "other, people" in sentence
    crowd.match(*ask, "--table", "people")
    assert (crowd / "other.csv").read_bytes() == (crowd / "links.csv").read_bytes()


def test_a_sheet_of_a_workbook_says_the_same(crowd):
    crowd.match(*PREDICT, "--output", "links.csv")
    for sheet in ["people", "second"]:
        copy = f"COPY (SELECT * FROM read_csv('people.csv', all_varchar = true)) TO '{sheet}.xlsx' (FORMAT xlsx, HEADER true, SHEET '{sheet}')"
        subprocess.run(["duckdb", "-init", "/dev/null", "-c", f"LOAD excel; {copy}"], cwd=crowd.path, check=True)

    crowd.match("predict", "--model", "model.yaml", "--output", "other.csv", "--input", "people.xlsx")
    assert (crowd / "other.csv").read_bytes() == (crowd / "links.csv").read_bytes()
    crowd.match("predict", "--model", "model.yaml", "--output", "other.csv", "--input", "second.xlsx", "--table", "second")
    assert (crowd / "other.csv").read_bytes() == (crowd / "links.csv").read_bytes()
    assert "second" in crowd.refused("predict", "--model", "model.yaml", "--output", "x.csv", "--input", "people.xlsx", "--table", "second")


def test_other_delimiters_line_ends_and_marks_say_the_same(crowd):
    crowd.match(*PREDICT, "--output", "links.csv")
    text = (crowd / "people.csv").read_text()
    crowd.write("people.csv", "\ufeff" + text.replace(",", ";").replace("\n", "\r\n"))
    crowd.match(*PREDICT, "--output", "other.csv")
    crowd.write("people.csv", text.replace(",", "~"))
    crowd.match(*PREDICT, "--delimiter", "~", "--output", "third.csv")

    assert (crowd / "other.csv").read_bytes() == (crowd / "links.csv").read_bytes() == (crowd / "third.csv").read_bytes()


def test_a_table_may_call_its_columns_otherwise(crowd):
    crowd.match(*PREDICT, "--output", "links.csv")
    text = (crowd / "people.csv").read_text().replace("forename", "first name", 1).replace("unique_id", "number", 1)
    crowd.write("people.csv", text)
    crowd.model(more='sources: {people: {columns: {forename: first name, unique_id: number}}}')

    crowd.match(*PREDICT, "--output", "other.csv")
    assert (crowd / "other.csv").read_bytes() == (crowd / "links.csv").read_bytes()


def test_what_is_written_reads_back_as_csv(folder):
    awkward = ['a "quoted" one', "with, a comma", "with\na break", " blank ", "ünïcode", "O'Neil"]
    rows = [dict(unique_id=name, forename="amina", surname="abel", born="1980-01-02", town="delft") for name in awkward]
    folder.table("people.csv", rows)
    folder.match(*RUN)

    with open(folder / "clusters.csv", newline="") as file:
        assert [row["unique_id"] for row in csv.DictReader(file)] == awkward
