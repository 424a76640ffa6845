"""The page boxes: boxes.py --trim WxH[,WxH] [--bleed MM] FILE... Exit status 0, 1 or 2."""

import sys

import pymupdf

MM = 72 / 25.4
NEAR = 0.1 * MM


def box(document, page, name):
    """A box as the page says it itself: left, bottom, right, top in points; none where it says nothing."""
    kind, value = document.xref_get_key(page.xref, name)
    if kind != "array":
        return None
    numbers = [float(word) for word in value.strip("[]").split()]
    return numbers if len(numbers) == 4 else None


def near(one, other):
    return abs(one - other) <= NEAR


def faults(document, page, sizes, bleed):
    trim, outer = box(document, page, "TrimBox"), box(document, page, "BleedBox")
    media = box(document, page, "MediaBox") or [0, 0, page.mediabox.width, page.mediabox.height]
    if bleed is None:
        width, height = page.rect.width, page.rect.height
    elif trim is None or outer is None:
        return ["it has no " + " and no ".join(n for n, b in (("TrimBox", trim), ("BleedBox", outer)) if b is None)]
    else:
        width, height = trim[2] - trim[0], trim[3] - trim[1]
    found = []
    if not any(near(width, w) and near(height, h) for w, h in sizes):
        found.append(f"its size is {width / MM:.2f} x {height / MM:.2f} mm")
    if bleed is not None:
        sides = (trim[0] - outer[0], trim[1] - outer[1], outer[2] - trim[2], outer[3] - trim[3])
        if not all(near(side, bleed) for side in sides):
            found.append("its bleed is " + ", ".join(f"{side / MM:.2f}" for side in sides) + " mm")
        if outer[0] < media[0] - NEAR or outer[1] < media[1] - NEAR or outer[2] > media[2] + NEAR or outer[3] > media[3] + NEAR:
            found.append("its bleed lies outside the page")
    return found


def main(arguments):
    sizes, bleed, files = [], None, []
    while arguments:
        word = arguments.pop(0)
        if word == "--trim" and arguments:
            sizes = [tuple(float(n) * MM for n in size.split("x")) for size in arguments.pop(0).split(",")]
        elif word == "--bleed" and arguments:
            bleed = float(arguments.pop(0)) * MM
        else:
            files.append(word)
    if not sizes or not files:
        print("boxes.py: --trim WxH[,WxH] [--bleed MM] FILE...", file=sys.stderr)
        return 2
    status = 0
    for name in files:
        try:
            with pymupdf.open(name) as document:
                found = [(n, fault) for n, page in enumerate(document, 1) for fault in faults(document, page, sizes, bleed)]
                pages = len(document)
        except Exception as problem:  # whatever a broken file does to the library
            print(f"ERROR {name}\n      {problem}")
            status = 1
            continue
        print(f"{'FAIL ' if found or not pages else 'PASS '} {name}  ({pages} pages)")
        for number, fault in found[:12]:
            print(f"      page {number}: {fault}")
        if found or not pages:
            status = 1
    return status


sys.exit(main(sys.argv[1:]))
