#!/usr/bin/env bash
# The page boxes of PDFs, measured by MuPDF.
#
#   .ci/judges/boxes.sh --trim WxH[,WxH] [--bleed MM] FILE...
#   .ci/judges/boxes.sh --install      only gets the judge ready
#
# Every page must have one of these trimmed sizes, in millimetres, to 0.1 mm. With --bleed the file is for a print shop:
# every page must say its TrimBox and its BleedBox, the bleed so much larger on each side, and both inside the page.
# Exit status: 0 all pass, 1 one fails or cannot be read, 2 the judge could not run. Needs: python3 with venv.
set -uo pipefail
. "$(dirname "$0")/lib.sh"
install_mupdf() { python3 -m venv . && bin/python -m pip --quiet install pymupdf==1.26.7; }

case ${1:-} in
  -h | --help | "") usage; exit 0;;
esac
need python3 python3-venv
install mupdf 1.26.7 install_mupdf
[ "$1" = --install ] && exit 0
exec "$JUDGES/mupdf/bin/python" "$HERE/boxes.py" "$@"
