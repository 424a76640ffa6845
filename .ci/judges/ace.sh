#!/usr/bin/env bash
# The accessibility of EPUBs, judged by Ace by DAISY in Chromium.
#
#   .ci/judges/ace.sh FILE...
#   .ci/judges/ace.sh --install        only gets the judge ready
#
# One line per file, and below it each violation of any weight. Two files are judged at a time.
# Exit status: 0 all pass, 1 one fails or cannot be read, 2 the judge could not run.
# Needs: node (20 or newer), npm, chromium ($CHROMIUM names another). Ace comes from npm.
set -uo pipefail
. "$(dirname "$0")/lib.sh"

# One file: its own home and temporary folder, so that two runs do not meet.
judge() {
  local room=$1 file=$2
  mkdir -p "$room"
  HOME=$room XDG_CONFIG_HOME=$room TMPDIR=$room timeout 300 \
    "$ACE_PROGRAM" --force --silent --outdir "$room/report" "$file" >"$room/log" 2>&1
  node "$HERE/ace-report.js" "$file" "$room/report/report.json" "$room/log"
}
# `ace` on the PATH is used where there is one.
ACE_PROGRAM=$(command -v ace || echo "$WEB/node_modules/.bin/ace-cli")
if [ "${1:-}" = --one ]; then judge "$2" "$3"; exit; fi

files=()
only_install=
for argument in "$@"; do
  case $argument in
    --install) only_install=1;;
    -h | --help) usage; exit 0;;
    *) files+=("$argument");;
  esac
done
need node nodejs
chromium=$(browser) || exit 2
command -v ace >/dev/null || install web "$WEB_VERSION" install_web
[ -n "$only_install" ] && exit 0
[ ${#files[@]} -gt 0 ] || cannot "no file was given"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Ace cannot be told the browser's switches, so a script that has them stands in for the browser.
cat >"$work/browser" <<SCRIPT
#!/bin/sh
exec "$chromium" --disable-background-networking --disable-component-update --disable-gpu --disable-dev-shm-usage "\$@"
SCRIPT
chmod +x "$work/browser"
export PUPPETEER_EXECUTABLE_PATH=$work/browser ACE_TIMEOUT_INITIAL=${ACE_TIMEOUT_INITIAL:-90000}

number=0
for file in "${files[@]}"; do
  number=$((number + 1))
  printf '%s\0%s\0' "$work/$number" "$file"
done | xargs -0 -n 2 -P 2 "$0" --one
# xargs has an exit status of its own where a run failed; the reports say how.
[ $? -eq 0 ] || exit 1
