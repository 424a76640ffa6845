#!/usr/bin/env bash
# The accessibility of web pages, judged by axe-core in Chromium.
#
#   .ci/judges/html.sh FILE...
#   .ci/judges/html.sh --install       only gets the judge ready
#
# Each page is judged in light and dark colours, wide and as narrow as a telephone (where it must not scroll
# sideways, WCAG 1.4.10). A page that asks for anything outside its own file fails: it is meant to stand alone.
# Exit status: 0 all pass, 1 one fails or cannot be read, 2 the judge could not run.
# Needs: node (20 or newer), npm, chromium ($CHROMIUM names another). axe-core comes from npm.
set -uo pipefail
. "$(dirname "$0")/lib.sh"

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
install web "$WEB_VERSION" install_web
[ -n "$only_install" ] && exit 0
[ ${#files[@]} -gt 0 ] || cannot "no file was given"
NODE_PATH=$WEB/node_modules CHROMIUM=$chromium exec timeout 600 node "$HERE/axe.js" "${files[@]}"
