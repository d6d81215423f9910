#!/usr/bin/env python3
"""Checks the table of the reference's entries in lib/http/README.md: each row names its C++ counterpart and
tests that exist. Usage: entries.py README.md TESTS_FOLDER

A row is `| entry | C++ | tests |`; tests are `file: function, function; file: function`, where `file` is
tests/http/tst_<file>.cpp, or with a folder before it ("wire/names") tests/<folder>/tst_<name>.cpp."""

import pathlib
import re
import sys


def rows(readme):
    """The rows of all tables whose head is Entry, C++, Test."""
    inside = False
    for line in readme.read_text().splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        cells = [cell.strip() for cell in line.strip("|").replace(r"\|", "\0").split("|")]
        if cells == ["Entry", "C++", "Test"]:
            inside = True
        elif inside and not set(line) <= set("|- "):
            yield [cell.replace("\0", "|") for cell in cells]


def functions_of(path, cache={}):
    if path not in cache:
        text = path.read_text() if path.is_file() else ""
        cache[path] = set(re.findall(r"^void \w+::(\w+)\(\)", text, re.MULTILINE))
    return cache[path]


def problems_of(row, tests):
    if len(row) != 3 or not all(row):
        yield "is not three filled cells"
        return
    for group in row[2].split(";"):
        name, _, functions = group.partition(":")
        folder, _, subject = name.strip().rpartition("/")
        path = tests / (folder or "http") / f"tst_{subject}.cpp"
        known = functions_of(path)
        if not known:
            yield f"names {name.strip()}, and there is no {path}"
        for function in (part.strip() for part in functions.split(",")):
            if known and function not in known:
                yield f"names {function}, which is not in {path.name}"


def main():
    readme, tests = map(pathlib.Path, sys.argv[1:3])
    table = list(rows(readme))
    found = [f"{row[0]}: {problem}" for row in table for problem in problems_of(row, tests)]
    print(*found, sep="\n")
    print(f"{len(table)} entries, {len(found)} problems")
    return 1 if found or not table else 0


if __name__ == "__main__":
    sys.exit(main())
