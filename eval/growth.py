#!/usr/bin/env python3
"""How time and memory grow with the size of one document, over texts that repeat one pattern.

    eval/growth.py target/release/onrecord                 growth exponents of all patterns
    eval/growth.py target/release/onrecord --only verbs    of those whose name has `verbs` in it
    eval/growth.py target/release/onrecord --hostile       whole hostile files, ingested: CPU time and memory of each

Time is CPU time (user and system), less that of an empty document; memory the largest resident set. An exponent is the slope
of a least-squares line through log time over log size. There are two: of small texts, which are analyzed as one, and of large
ones, which are analyzed in parts, so that a stage that is slow within a part hardly shows. A text of 256 KB has a bound of
its own. What is over a bound is measured again. Exits 1 where something is over its bound.
"""

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile

EXPONENT = 1.15
SMALL_EXPONENT = 1.3  # thousandths of a second, in which the clock is coarse
SECONDS = 10
PART_SECONDS = 3  # of a text of 256 KB
MEGABYTES = 500
KB = 1024
REPEATS = 1
FILES = 60
FILE_SIZES = [size * KB * KB for size in (1, 2, 3, 5, 8, 63)]
SMALL_SIZES = [4 * KB, 16 * KB, 64 * KB]
PART = 256 * KB
SIZES = [64 * KB, 128 * KB, 256 * KB, 512 * KB, 1024 * KB]

PATTERNS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "patterns.jsonl")
FIRST = ["Ana", "Leo", "Mia", "Teo", "Ida", "Max", "Eva", "Tom", "Zoe", "Ben"]
LAST = ["Ruiz", "Brandt", "Sand", "Holm", "Vidal", "Okoro", "Lind", "Moreau", "Kaya", "Novak"]


def patterns():
    """The patterns by name: what a text begins with, and what is repeated in it."""
    with open(PATTERNS, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return {row["name"]: (row.get("once", ""), row["unit"]) for row in rows}


def text(pattern, size):
    """A text of a pattern, of about so many bytes. In braces stands what is different each time."""
    out, unit = pattern
    if "{" not in unit:
        return out + unit * (size // len(unit.encode()))
    pieces, length, number = [out], 0, 0
    while length < size:
        word = letters(number + 700)
        piece = unit
        for name, value in [
            ("person", person(number)), ("PERSON", person(number).upper()), ("next", person(number + 1)),
            ("Word", word.title()), ("WORD", word.upper()),
        ]:
            piece = piece.replace("{" + name + "}", value)
        pieces.append(piece)
        length += len(piece.encode())
        number += 1
    return "".join(pieces)


def person(number):
    """One of 100 names, then others by number."""
    extra = letters(number // 100)
    return f"{FIRST[number % 10]} {LAST[number // 10 % 10]}{extra}"


def letters(number):
    """A number written in letters."""
    out = ""
    while number:
        out += chr(97 + number % 26)
        number //= 26
    return out


def run(command):
    """CPU seconds and megabytes of a command; fails with it."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):
        sys.exit(f"{command}: exit {process.returncode}: {said}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / KB, said


def extract(binary, folder, body):
    """CPU seconds and megabytes that the analysis of a text takes."""
    path = os.path.join(folder, "article.jsonl")
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps({"id": "a", "text": body}, ensure_ascii=False) + "\n")
    return run([binary, "extract", path])[:2]


def exponent(sizes, times):
    """The slope of log time over log size, by least squares."""
    xs, ys = [math.log(size) for size in sizes], [math.log(max(time, 0.002)) for time in times]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys)) / sum((a - x) ** 2 for a in xs)


def over_bounds(times):
    """Both exponents of the times by size, and whether one of them or the time of one part is over its bound."""
    small, large = (exponent(sizes, [times[size] for size in sizes]) for sizes in (SMALL_SIZES, SIZES))
    return small, large, small > SMALL_EXPONENT or large > EXPONENT or times.get(PART, 0) > PART_SECONDS


def growth(binary, only):
    """Prints and checks the growth of all patterns."""
    failed = 0
    sizes = sorted({*SMALL_SIZES, *SIZES})
    with tempfile.TemporaryDirectory() as folder:
        nothing = min(extract(binary, folder, "He left.")[0] for _ in range(5))
        print(f"# an empty document takes {nothing:.3f} s, which is taken off")
        print("small\tlarge\tCPU s at " + " / ".join(f"{size // KB} KB" for size in sizes) + "\tMB\tpattern")
        for name, pattern in patterns().items():
            if only and not any(part in name for part in only.split(",")):
                continue
            measured = {size: extract(binary, folder, text(pattern, size)) for size in sizes}
            times = {size: time - nothing for size, (time, _) in measured.items()}
            # A neighbor on the machine slows single runs down: of several, the fastest tells.
            for _ in range(REPEATS):
                if not over_bounds(times)[2]:
                    break
                for size in sizes:
                    times[size] = min(times[size], extract(binary, folder, text(pattern, size))[0] - nothing)
            small, large, over = over_bounds(times)
            failed += over
            shown = " / ".join(f"{time:.3f}" for time in times.values())
            memory = measured[sizes[-1]][1]
            print(f"{small:.2f}\t{large:.2f}{' !' if over else ''}\t{shown}\t{memory:.0f}\t{name}", flush=True)
    return failed


def hostile_files(count):
    """Name and text of so many hostile documents: one pattern or several in turn, of 1 MB up to the longest that is read."""
    chosen, rows = random.Random(11), list(patterns().items())
    for number in range(count):
        size = FILE_SIZES[number % len(FILE_SIZES)]
        first = [rows[number * len(rows) // count]]
        mixed = first + chosen.sample(rows, number % 4)
        share = size // len(mixed) // 4
        pieces = [text(pattern, share) for _, pattern in mixed]
        body = "".join(pieces * 4).encode()[:size].decode(errors="ignore")
        yield f"{size // KB // KB} MB of " + ", ".join(name for name, _ in mixed), body


def hostile(binary, only):
    """Ingests hostile files one by one; prints and checks CPU time and memory of each."""
    failed = 0
    print("CPU s\tMB\tfile: what was said")
    for name, body in hostile_files(FILES):
        if only and not any(part in name for part in only.split(",")):
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "article.txt")
            with open(path, "w", encoding="utf-8") as file:
                file.write(body)
            del body
            time, memory, said = run([binary, "--db", os.path.join(folder, "test.db"), "ingest", path])
        over = time > SECONDS or memory > MEGABYTES
        failed += over
        partial = [line for line in said.splitlines() if "in part" in line or "rejected: " in line]
        shown = " ".join(partial).replace(folder, "")
        print(f"{time:.2f}\t{memory:.0f}{' !' if over else ''}\t{name}: {shown}", flush=True)
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--hostile", action="store_true", help="ingest hostile files instead")
    parser.add_argument("--sizes", help="of large texts, in KB, instead of " + ",".join(str(size // KB) for size in SIZES))
    parser.add_argument("--only", help="those whose name has one of these in it, between commas")
    args = parser.parse_args()
    if args.sizes:
        SIZES[:] = [int(size) * KB for size in args.sizes.split(",")]
    failed = (hostile if args.hostile else growth)(args.binary, args.only)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
