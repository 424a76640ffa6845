#!/usr/bin/env bash
# The plates of press files, as Ghostscript parts them: what is meant for one plate stands on that plate alone.
#
#   .ci/judges/separations.sh FILE.pdf...
#
# For each page it is checked that
#   - the registration marks stand on cyan, magenta, yellow and black, in the same place and at full strength
#   - there is ink in the bleed where the artwork touches the trim (a page with colour at its edge has it 3 mm beyond)
#   - words of the body (text that is painted in black ink alone) leave nothing on cyan, magenta and yellow
# and that no plate bears more than 300 % together, but for the marks.
# Exit status: 0 all pass, 1 one fails or cannot be read, 2 the judge could not run.
# Needs: Ghostscript, python3 with venv (for pikepdf, numpy and Pillow).
set -uo pipefail
. "$(dirname "$0")/lib.sh"
[ $# -eq 0 ] || [ "$1" = -h ] || [ "$1" = --help ] && { usage; exit 0; }

install_plates() {
  python3 -m venv venv
  venv/bin/python -m pip --quiet install pikepdf==10.17.0 numpy==2.3.4 Pillow==12.0.0
}
need gs ghostscript
need python3 python3
install plates 1 install_plates
[ "$1" = --install ] && exit 0

WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
failed=0
for file in "$@"; do
  rm -f "$WORK"/*
  if ! gs -q -dNOPAUSE -dBATCH -dSAFER -sDEVICE=tiffsep -r150 -o "$WORK/page-%03d.tif" "$file" >"$WORK/log" 2>&1; then
    echo "FAIL $file: Ghostscript cannot part it"; tail -n 3 "$WORK/log"; failed=1; continue
  fi
  "$JUDGES/plates/venv/bin/python" "$HERE/separations.py" "$file" "$WORK" || failed=1
done
exit $failed
