#!/usr/bin/env python3
"""The check must be able to fail: it says exactly what stands in samples/bad.txt about samples/bad,
and nothing about samples/good."""

import subprocess
import sys
from pathlib import Path

here = Path(__file__).resolve().parent


def run(sample):
    done = subprocess.run([sys.executable, here / "check.py", here / "samples" / sample],
                          capture_output=True, text=True)
    return done.returncode, done.stdout


status, said = run("bad")
expected = (here / "samples" / "bad.txt").read_text()
if status != 1 or said != expected:
    sys.exit(f"samples/bad: status {status}, expected 1 and the lines of bad.txt, but it said\n{said}")

status, said = run("good")
if status != 0 or said:
    sys.exit(f"samples/good: status {status}, expected 0 and silence, but it said\n{said}")
