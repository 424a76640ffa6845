"""Judges the plates of one press file: separations.py FILE.pdf FOLDER-OF-PLATES (see separations.sh)."""
import glob
import os
import re
import sys

import numpy as np
import pikepdf
from PIL import Image

Image.MAX_IMAGE_PIXELS = None
DPI = 150
PLATES = ("Cyan", "Magenta", "Yellow", "Black")
GAP = 0.5  # mm from the bleed to the marks
BLEED = 3.0


def dots(mm):
    return mm / 25.4 * DPI


def plate(folder, page, name):
    path = os.path.join(folder, f"page-{page:03d}({name}).tif")
    # in the file white is no ink
    return 1.0 - np.asarray(Image.open(path).convert("L"), dtype=np.float32) / 255.0


def matrix(values):
    return [float(v) for v in values]


def times(a, b):
    return [a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
            a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5]]


def words(page):
    """Where text begins, its size and its ink: (x, y, size, cmyk or None), in points."""
    found = []

    def run(stream, resources, ctm, fill):
        stack, text, line, size = [], [1, 0, 0, 1, 0, 0], [1, 0, 0, 1, 0, 0], 0.0
        for operands, operator in pikepdf.parse_content_stream(stream):
            op = str(operator)
            if op == "q": stack.append((ctm, fill, size))
            elif op == "Q" and stack: ctm, fill, size = stack.pop()
            elif op == "cm": ctm = times(matrix(operands), ctm)
            elif op == "k": fill = tuple(round(float(v), 3) for v in operands)
            elif op == "cs": fill = None if str(operands[0]) != "/DeviceCMYK" else fill
            elif op in ("sc", "scn"): fill = tuple(round(float(v), 3) for v in operands) if len(operands) == 4 else None
            elif op == "BT": text = line = [1, 0, 0, 1, 0, 0]
            elif op == "Tf": size = float(operands[1])
            elif op == "Tm": text = line = matrix(operands)
            elif op == "Td": text = line = times([1, 0, 0, 1, float(operands[0]), float(operands[1])], line)
            elif op in ("Tj", "TJ"):
                where = times(text, ctm)
                found.append((where[4], where[5], size * abs(where[3] or where[1]), fill))
            elif op == "Do":
                form = resources.get("/XObject", {}).get(str(operands[0]))
                if form is not None and form.get("/Subtype") == "/Form":
                    inner = times(matrix(form.get("/Matrix", [1, 0, 0, 1, 0, 0])), ctm)
                    run(form, form.get("/Resources", resources), inner, fill)

    run(page.obj, page.obj.get("/Resources", {}), [1, 0, 0, 1, 0, 0], (0, 0, 0, 1.0))
    return found


def judge(file, folder):
    faults, facts = [], {"words": 0, "marks": 0, "heaviest": 0.0, "spots": set()}
    for path in glob.glob(os.path.join(folder, "page-*(*).tif")):
        name = re.search(r"\((.+)\)\.tif$", path).group(1)
        if name not in PLATES:
            facts["spots"].add(name)
    with pikepdf.open(file) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            media, trim = (matrix(page.obj[key]) for key in ("/MediaBox", "/TrimBox"))
            inks = {name: plate(folder, number, name) for name in PLATES}
            high, wide = inks["Black"].shape
            left, low, right, top = (v / 72 * DPI for v in trim)
            left, right, head, foot = int(left), int(right), int(high - top), int(high - low)

            # the marks: the same dots at full strength on all four plates, outside trim and bleed
            beyond = np.ones((high, wide), bool)
            out = int(dots(BLEED)) + 2
            beyond[head - out:foot + out, left - out:right + out] = False
            full = {name: (inks[name] > 0.9) & beyond for name in PLATES}
            on_all = full["Cyan"] & full["Magenta"] & full["Yellow"] & full["Black"]
            facts["marks"] += int(on_all.sum() > 0)
            if on_all.sum() < 40:
                faults.append(f"page {number}: no marks on all four plates")
            for name in ("Cyan", "Magenta", "Yellow"):
                if (full[name] & ~on_all).sum() > 0:
                    faults.append(f"page {number}: something outside the bleed is on {name} and not on the others")

            # inside: how much ink there is
            total = sum(inks.values())
            inner = total[head - out + 4:foot + out - 4, left - out + 4:right + out - 4]
            heaviest = float(inner.max()) * 100
            facts["heaviest"] = max(facts["heaviest"], heaviest)
            if heaviest > 302:
                faults.append(f"page {number}: {heaviest:.0f} % of ink on one spot")

            # the bleed: what stands at the trim goes on beyond it
            step = int(dots(BLEED - 0.5))
            for side, at, over in (
                ("left", total[head:foot, left + 2], total[head:foot, left - step]),
                ("right", total[head:foot, right - 3], total[head:foot, right + step]),
                ("head", total[head + 2, left:right], total[head - step, left:right]),
                ("foot", total[foot - 3, left:right], total[foot + step, left:right]),
            ):
                bare = float(((at > 0.05) & (over < 0.02)).mean())
                if bare > 0.01:
                    faults.append(f"page {number}: {bare:.0%} of the {side} edge has colour and no bleed")

            # the words in black ink alone: on cyan, magenta and yellow there is no more than what lies behind them
            for x, y, size, fill in words(page):
                if y < trim[1]:
                    continue
                if fill and fill[3] > 0.85 and sum(fill[:3]) > 0:
                    faults.append(f"page {number}: words in rich black at {x / 72 * 25.4:.0f}, {y / 72 * 25.4:.0f} mm")
                if fill != (0, 0, 0, 1.0):
                    continue
                facts["words"] += 1
                px, py, s = x / 72 * DPI, high - y / 72 * DPI, size / 72 * DPI
                area = (slice(int(py - s * .75), int(py + s * .2)), slice(int(px), int(px + s * 3)))
                if inks["Black"][area].size == 0:
                    continue
                letters = inks["Black"][area] > 0.9
                for name in ("Cyan", "Magenta", "Yellow"):
                    part = inks[name][area]
                    # a tint may lie behind: letters knock it out or stand on it, but never add to it
                    if letters.any() and part[letters].max() > max(float(np.median(part)), 0.13) + 0.02:
                        faults.append(f"page {number}: words at {x / 72 * 25.4:.0f}, {y / 72 * 25.4:.0f} mm are on {name} too")
                        break
    if facts["words"] == 0:
        faults.append("no words in black ink alone were found: the body's text prints in other inks")
    spots = f", own inks: {', '.join(sorted(facts['spots']))}" if facts["spots"] else ""
    print(f"{'FAIL' if faults else 'ok  '} {file}: {number} pages, marks on four plates on {facts['marks']}, "
          f"{facts['words']} pieces of text on black alone, at most {facts['heaviest']:.0f} % of ink{spots}")
    for fault in dict.fromkeys(faults):
        print("    " + fault)
    return 1 if faults else 0


sys.exit(judge(sys.argv[1], sys.argv[2]))
