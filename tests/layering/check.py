#!/usr/bin/env python3
"""Checks every #include of the tree against the layers, and a few words Qt offers and we do not use.

    check.py ROOT

One line per finding, `file:line: rule: what`, and exit status 1 if there was any. The link lines in
CMake already make most forbidden includes fail to compile; this finds those that slip through.
"""

import re
import sys
from pathlib import Path

# What each layer stands on. What those stand on in turn is allowed as well; siblings are not.
BELOW = {
    "wire": [],
    "tls": ["wire"],
    "http": ["wire"],
    "exchange": ["http"],
    "formats": ["exchange"],
    "store": ["exchange"],
    "mock": ["exchange", "formats", "tls", "http"],
    "proxy": ["exchange", "formats", "tls", "http"],
    "script": ["exchange", "formats", "tls", "http"],
    "session": ["mock", "proxy", "script", "store"],
    "ui": ["session"],
    "app": ["ui"],
}
LIBRARIES = [layer for layer in BELOW if layer not in ("ui", "app")]

# Headers that a layer may link, by accident or by Qt's include folders, but must not use.
FORBIDDEN = {
    "wire": (
        re.compile(r"Q(Object|IODevice|Timer|DateTime|ElapsedTimer|Debug|LoggingCategory|CoreApplication)$|chrono$"),
        "wire has no objects, devices, clocks or logging",
    ),
    "ui": (
        re.compile(r"Q(AbstractSocket|Tcp\w+|Udp\w+|Ssl\w+|Local(Socket|Server)|Network\w+|Sql\w+)$"),
        "no sockets and no SQL in ui",
    ),
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
LONG_FORM = re.compile(r"Qt[A-Z]\w*/")
KEYWORDS = [
    (re.compile(r"(?<!\w)signals\s*:(?!:)"), "signals:", "Q_SIGNALS:"),
    (re.compile(r"(?<!\w)slots\s*:(?!:)"), "slots:", "Q_SLOTS:"),
    (re.compile(r"(?<![\w.>])emit\s+[A-Za-z_]"), "emit", "Q_EMIT"),
    (re.compile(r"(?<!\w)foreach\s*\("), "foreach", "a range-based for"),
]
NOT_CODE = re.compile(
    r"""//[^\n]*|/\*.*?\*/|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])'|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*\"""",
    re.DOTALL,
)


def reachable(layer):
    found = set()
    waiting = list(BELOW[layer])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += BELOW[name]
    return found


def layer_of(relative):
    """The layer a file belongs to, or None where every include is fair (tests across layers)."""
    parts = relative.parts
    if parts[0] == "lib" and len(parts) > 2:
        return parts[1]
    if parts[0] in ("ui", "app"):
        return parts[0]
    if parts[0] == "tests" and len(parts) > 2 and parts[1] in BELOW:
        return parts[1]
    return None


def without_text(source):
    """The source with comments and literals blanked, line numbers kept; include lines stay."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group())
    return NOT_CODE.sub(blank, source)


class Checker:
    def __init__(self, root):
        self.root = root
        self.findings = []
        ui = root / "ui"
        self.panels = {p.name for p in ui.iterdir() if p.is_dir()} if ui.is_dir() else set()

    def report(self, relative, number, rule, text):
        self.findings.append(f"{relative}:{number}: {rule}: {text}")

    def target_layer(self, name):
        """The layer an include path such as `http/agent.h` points into."""
        folder = name.split("/")[0]
        if "/" not in name:
            return None
        # A panel may be named as a library is (ui/mock, lib/mock); then the file decides.
        if folder in LIBRARIES and not (self.root / "ui" / name).is_file():
            return folder
        return "ui" if folder in self.panels else None

    def check_include(self, relative, number, quote, name):
        layer = layer_of(relative)
        in_tests = relative.parts[0] == "tests"
        shown = f'"{name}"' if quote == '"' else f"<{name}>"

        if ".." in name.split("/"):
            self.report(relative, number, "dotdot", f"{shown} leaves its folder")
            return
        if LONG_FORM.match(name):
            short = name.split("/", 1)[1]
            self.report(relative, number, "long-form", f"{shown} should be <{short}>")
            return
        if layer in FORBIDDEN and not in_tests and FORBIDDEN[layer][0].match(name):
            self.report(relative, number, "forbidden", f"{shown}: {FORBIDDEN[layer][1]}")

        target = self.target_layer(name)
        if target is None:
            if quote == '"' and "/" not in name and not self.is_beside(relative, name):
                self.report(relative, number, "quotes", f"{shown} is no file of this folder")
            return
        if layer is None:
            return
        if target == layer:
            if quote != '"' and not in_tests:
                self.report(relative, number, "quotes", f'{shown} is our own layer: "{name}"')
            return
        if target not in reachable(layer):
            self.report(relative, number, "layer", f"{layer} must not include {target}: {shown}")
        elif quote == '"':
            self.report(relative, number, "quotes", f"{shown} is another layer: <{name}>")

    def is_beside(self, relative, name):
        # moc output and ui_*.h are written by the build.
        if name.startswith(("moc_", "ui_")) or name.endswith(".moc"):
            return True
        folder = self.root / relative.parent
        return (folder / name).is_file() or (folder / f"{name}.in").is_file()

    def check_file(self, path):
        relative = path.relative_to(self.root)
        source = path.read_text(encoding="utf-8", errors="replace")
        code = without_text(source)
        for number, (line, bare) in enumerate(zip(source.split("\n"), code.split("\n")), start=1):
            found = INCLUDE.match(line)
            if found and bare.lstrip().startswith("#"):
                self.check_include(relative, number, *found.groups())
                continue
            for pattern, word, instead in KEYWORDS:
                if pattern.search(bare):
                    self.report(relative, number, "keyword", f"{word} should be {instead}")

    def run(self):
        for top in ("app", "lib", "ui", "tests"):
            for path in sorted((self.root / top).rglob("*")):
                inside = path.relative_to(self.root).parts
                if inside[:3] == ("tests", "layering", "samples"):
                    continue
                if path.suffix in (".h", ".cpp"):
                    self.check_file(path)
        return self.findings


def main():
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print(__doc__.strip(), file=sys.stderr)
        return 2
    findings = Checker(Path(sys.argv[1])).run()
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
