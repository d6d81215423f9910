#!/usr/bin/env python3
"""The code blocks of README.md are the files of the example, to the letter."""

import sys
from pathlib import Path

root = Path(sys.argv[1])
readme = (root / "README.md").read_text()
wrong = []
for language, name in (("cmake", "CMakeLists.txt"), ("cpp", "main.cpp")):
    text = (root / "tests/embed/example" / name).read_text()
    if f"```{language}\n{text}```\n" not in readme:
        wrong.append(f"README.md has no {language} block equal to tests/embed/example/{name}")
sys.exit("\n".join(wrong) or 0)
