#!/usr/bin/env python3
"""What an edition reads out, against its source: lost, glued or disordered words, and lost links.

    .ci/judges/readback.py [--min PERCENT] SOURCE FILE...

SOURCE is a page.md; its chapters stand beside it. FILE is a tagged PDF (read in the order of its tags by poppler),
an EPUB (the pages of its spine) or an HTML page. Markup, attributes and values from the brand are left out of the
source; case and punctuation do not count.
Exit status: 0 all files hold PERCENT (default 99) of the source's words in order and every address of its links,
1 one does not or cannot be read, 2 poppler is missing. Needs: python3 (3.11 or newer), poppler-utils.
"""

import difflib
import html
import html.parser
import pathlib
import posixpath
import re
import shutil
import signal
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as xml
import zipfile

LETTERS = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": "", "\u200b": "", "\u2060": ""})


def words(text):
    """The words of a text, without case and punctuation."""
    bare = (re.sub(r"[^\w]+", "", word.translate(LETTERS).lower()) for word in text.split())
    return [word for word in bare if word]


# --- the source -------------------------------------------------------------------------------------------------

def source(path):
    """Words and addresses of a page and its chapters."""
    text = path.read_text(encoding="utf-8")
    head = re.match(r"\+\+\+\s*\n(.*?)\n\+\+\+\s*\n", text, re.S)
    front = tomllib.loads(head.group(1)) if head else {}
    body = text[head.end():] if head else text
    found, addresses = words(str(front.get("title", ""))), []
    for part in [body] + [(path.parent / name).read_text(encoding="utf-8") for name in front.get("chapters", [])]:
        addresses += re.findall(r"(?<!!)\[[^\]]*\]\(<?([^)\s>]+)", part)
        addresses += re.findall(r"<((?:https?|mailto|tel):[^>\s]+)>", part)
        found += words(plain(re.sub(r"\A\+\+\+\s*\n.*?\n\+\+\+\s*\n", "", part, flags=re.S)))
    outside = [address for address in dict.fromkeys(addresses) if re.match(r"https?:|mailto:|tel:", address)]
    return found, outside


def plain(text):
    """Markdown without its marks."""
    text = re.sub(r"\{\{[^}]*\}\}|\{[.#](?:[^}\"\n]|\"[^\"\n]*\")*\}", " ", text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", " ", text)
    for _ in range(2):
        text = re.sub(r"\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)", r"\1", text)
    text = re.sub(r"\[\^[^\]]+\]:?|\[!\w+\]", " ", text)
    text = re.sub(r"(?m)^\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*$|^\s*(?:[-*_]\s*){3,}$", " ", text)
    # Marks of quotations, lists and headings stand at the front of a line, one behind the other.
    for _ in range(4):
        text = re.sub(r"(?m)^(\s*)(?:#{1,6}|[*+>:-]|\d+[.)]|\[[ xX]\])(?=\s)", r"\1 ", text)
    return html.unescape(re.sub(r"\\(?=[^\w\s])|[*`|<>]", " ", re.sub(r"\*+|`", "", text)))


# --- the editions -----------------------------------------------------------------------------------------------

class Page(html.parser.HTMLParser):
    """Text and addresses of an HTML page."""

    INLINE = set("a abbr b bdi bdo cite code dfn em i kbd mark q ruby s samp small span strong sub sup time u var".split())
    SILENT = {"head", "script", "style", "svg", "template"}

    def __init__(self):
        super().__init__()
        self.text, self.addresses, self.silent = [], [], 0

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in self.SILENT:
            self.silent += 1
        if tag == "a" and attributes.get("href"):
            self.addresses.append(attributes["href"])
        # The number of a note stands on the word before it, but is no part of it.
        if tag not in self.INLINE or "noteref" in (attributes.get("role") or ""):
            self.text.append(" ")

    def handle_endtag(self, tag):
        if tag in self.SILENT:
            self.silent = max(0, self.silent - 1)
        if tag not in self.INLINE:
            self.text.append(" ")

    def handle_startendtag(self, tag, attributes):
        if tag not in self.INLINE:
            self.text.append(" ")

    def handle_data(self, data):
        if not self.silent:
            self.text.append(data)


def read_html(text):
    page = Page()
    page.feed(text)
    page.close()
    return words("".join(page.text)), page.addresses


def read_epub(path):
    with zipfile.ZipFile(path) as book:
        package = next(iter(xml.fromstring(book.read("META-INF/container.xml")).findall(".//{*}rootfile"))).get("full-path")
        tree = xml.fromstring(book.read(package))
        names = {item.get("id"): item.get("href") for item in tree.findall(".//{*}item")}
        found, addresses = [], []
        for reference in tree.findall(".//{*}itemref"):
            name = posixpath.normpath(posixpath.join(posixpath.dirname(package), names[reference.get("idref")]))
            got, at = read_html(book.read(name).decode("utf-8"))
            found += got
            addresses += at
    return found, addresses


def poppler(*arguments):
    done = subprocess.run(["pdfinfo", *arguments], capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[:200])
    return done.stdout


def read_pdf(path):
    """poppler prints each run of text in quotes on a line of its own."""
    runs = re.findall(r'(?m)^\s*"(.*)"\s*$', poppler("-struct-text", path))
    rows = [line.split(None, 2) for line in poppler("-url", path).splitlines()[1:]]
    return words(rejoin(runs)), [row[2].strip() for row in rows if len(row) == 3]


def rejoin(runs):
    """Runs as text: a word that a soft hyphen broke is whole again."""
    text = " ".join(runs)
    return re.sub("\u00ad\\s*", "", text)


def read(path):
    if path.endswith(".epub"):
        return read_epub(path)
    if path.endswith((".html", ".xhtml")):
        return read_html(pathlib.Path(path).read_text(encoding="utf-8"))
    return read_pdf(path)


# --- the verdict ------------------------------------------------------------------------------------------------

def same(one, other):
    return one.rstrip("/") == other.rstrip("/")


def judge(path, wanted, addresses, floor):
    got, have = read(path)
    matcher = difflib.SequenceMatcher(None, wanted, got, autojunk=False)
    share = 100 * sum(block.size for block in matcher.get_matching_blocks()) / max(1, len(wanted))
    lost = [address for address in addresses if not any(same(address, other) for other in have)]
    missing = [word for kind, i, j, _, _ in matcher.get_opcodes() if kind in ("delete", "replace") for word in wanted[i:j]]
    bad = share < floor or lost or not wanted
    print(f"{'FAIL ' if bad else 'PASS '} {path}  ({share:.1f} % of {len(wanted)} words in order, "
          f"{len(addresses) - len(lost)} of {len(addresses)} links)")
    if missing and bad:
        print("      missing:", " ".join(missing[:24]))
    for address in lost:
        print("      lost link:", address)
    return 1 if bad else 0


def main(arguments):
    floor = 99.0
    if "-h" in arguments or "--help" in arguments or len(arguments) < 2:
        print(__doc__.strip())
        return 0
    if arguments[0] == "--min":
        floor, arguments = float(arguments[1]), arguments[2:]
    if not shutil.which("pdfinfo"):
        print("readback.py: pdfinfo is missing (Debian package poppler-utils)", file=sys.stderr)
        return 2
    wanted, addresses = source(pathlib.Path(arguments[0]))
    status = 0
    for path in arguments[1:]:
        try:
            status = max(status, judge(path, wanted, addresses, floor))
        except (OSError, RuntimeError, LookupError, UnicodeDecodeError, StopIteration, xml.ParseError, zipfile.BadZipFile) as problem:
            print(f"ERROR {path}\n      {type(problem).__name__}: {problem}")
            status = 1
    return status


if __name__ == "__main__":
    # Who reads only the first lines must not see a fault.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main(sys.argv[1:]))
