"""Reads what `onrecord export` wrote into a folder with the programs that it is for, and fails where one reads something else.

    read.py FOLDER

The folder holds golden.db and the exports that tests/it/cli_export_readers.rs makes of it.
"""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import networkx
import pandas
import pyarrow.parquet


def same(found, expected, what):
    if found != expected:
        sys.exit(f"{what}: found {found!r}, expected {expected!r}")


def read_graphs(folder, expected):
    for graph in (networkx.read_graphml(folder / "net.graphml"), networkx.read_gexf(folder / "net.gexf")):
        same(graph.is_directed(), True, "directed")
        same((len(graph), graph.number_of_edges()), (expected["nodes"], expected["edges"]), "nodes and edges")
        same((graph.nodes["1"]["label"], graph.nodes["1"]["kind"]), ("Ana Ruiz", "person"), "a node")
        labels = {node["label"] for _, node in graph.nodes(data=True)}
        same(labels, set(expected["labels"]), "labels")
        edges = {(a, b, edge["predicate"]): edge for a, b, edge in graph.edges(data=True)}
        talk = edges["1", "3", "talks_about"]
        same((float(talk["weight"]), talk["articles"], talk["last_seen"]), (2.0, 2, "2017-05-02"), "an edge")


def read_tables(folder, expected):
    for name, rows in expected["rows"].items():
        table = pyarrow.parquet.read_table(folder / "parquet" / f"{name}.parquet")
        same(table.num_rows, rows, f"{name}.parquet")
        frames = [
            pandas.read_parquet(folder / "parquet" / f"{name}.parquet"),
            pandas.read_csv(folder / "csv" / f"{name}.csv"),
            pandas.read_json(folder / "jsonl" / f"{name}.jsonl", lines=True),
        ]
        for frame in frames:
            # An empty file of JSON lines says nothing of columns.
            if rows or len(frame.columns):
                same((len(frame), list(frame.columns)), (rows, table.column_names), name)
    quotes = pyarrow.parquet.read_table(folder / "parquet" / "quotes.parquet")
    types = {field.name: str(field.type) for field in quotes.schema}
    same((types["id"], types["confidence"], types["text"]), ("int64", "double", "string"), "types")
    same(quotes["text"].to_pylist(), expected["quotes"], "quotes")
    frame = pandas.read_json(folder / "jsonl" / "quotes.jsonl", lines=True)
    same(frame["text"].tolist(), expected["quotes"], "quotes")


def get(url):
    # Never by way of a proxy: the server is this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=20) as answer:
        return answer.read().decode()


def serve(folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", "golden.db", "--metadata", "metadata.json", "-p", str(port)]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        base = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while True:
            try:
                get(f"{base}/-/versions.json")
                break
            except (urllib.error.URLError, ConnectionError):
                if server.poll() is not None or time.monotonic() > deadline:
                    server.kill()
                    sys.exit(f"Datasette does not serve: {server.communicate()[0].decode()}")
                time.sleep(0.1)
        page = get(f"{base}/golden/quotes")
        if "the content as printed" not in page or "One row per piece of reported speech" not in page:
            sys.exit("the page of quotes shows no descriptions")
        for name, params in {"said_by": {"speaker": "ana ruiz"}, "most_quoted": {}}.items():
            query = urllib.parse.urlencode({"_shape": "objects", **params})
            rows = json.loads(get(f"{base}/golden/{name}.json?{query}"))["rows"]
            if not rows or "Ana Ruiz" not in json.dumps(rows):
                sys.exit(f"{name} finds nothing of Ana Ruiz: {rows}")
        names = [query["name"] for query in json.loads(get(f"{base}/golden.json"))["queries"]]
        same(len(names), 24, "canned queries")
        for name in names:
            get(f"{base}/golden/{name}?name=Ruiz&speaker=Ruiz&about=Ruiz&whom=Ruiz")
    finally:
        server.kill()
        server.wait()


def main():
    folder = Path(sys.argv[1])
    expected = json.loads((folder / "expected.json").read_text())
    read_graphs(folder, expected)
    read_tables(folder, expected)
    serve(folder)


main()
