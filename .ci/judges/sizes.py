"""The smallest visible type of each page: sizes.py --min POINTS FILE... Exit status 0, 1 or 2."""

import sys

import pymupdf


def smallest(page):
    """The least size of a page's visible text, and the text that has it."""
    least = None
    for span in page.get_texttrace():
        text = "".join(chr(char[0]) for char in span["chars"] if char[0] > 0).strip()
        # Type 3 is text that paints nothing.
        if not text or span["type"] == 3 or span.get("opacity", 1) == 0:
            continue
        if least is None or span["size"] < least[0]:
            least = (span["size"], text)
    return least


def main(arguments):
    if len(arguments) < 3 or arguments[0] != "--min":
        print("sizes.py: --min POINTS FILE...", file=sys.stderr)
        return 2
    floor, status = float(arguments[1]), 0
    for name in arguments[2:]:
        try:
            with pymupdf.open(name) as document:
                pages = [smallest(page) for page in document]
        except Exception as problem:  # whatever a broken file does to the library
            print(f"ERROR {name}\n      {problem}")
            status = 1
            continue
        sizes = [least[0] for least in pages if least]
        small = [(number, *least) for number, least in enumerate(pages, 1) if least and least[0] < floor - 0.01]
        bad = small or not sizes
        least = f"{min(sizes):.2f} pt" if sizes else "no text at all"
        print(f"{'FAIL ' if bad else 'PASS '} {name}  ({least} on {len(pages)} pages, at least {floor:g} pt asked)")
        for number, size, text in small[:12]:
            print(f"      page {number}: {size:.2f} pt: {text[:60]}")
        status = max(status, 1 if bad else 0)
    return status


sys.exit(main(sys.argv[1:]))
