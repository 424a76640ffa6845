#!/usr/bin/env bash
# The smallest type of PDFs, measured by MuPDF: the font's size through every matrix.
#
#   .ci/judges/sizes.sh --min POINTS FILE...
#   .ci/judges/sizes.sh --install      only gets the judge ready
#
# One line per file, and below it each page that has smaller type.
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
exec "$JUDGES/mupdf/bin/python" "$HERE/sizes.py" "$@"
