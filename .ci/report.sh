# What the runs share: a heading for each part, a line for each result. Sourced, not run.
#
# A result is ok, FAILED, or NOT RUN where a judge is missing; with CI=true what is missing has failed too.
results=()
failed=0
heading() { printf '\n==== %s (at %s s)\n' "$1" "$SECONDS"; }
# result NAME STATUS SECONDS: 2 is "could not run".
result() {
  local word=ok
  case $2 in
    0) ;;
    2) if [ "${CI:-}" = true ]; then word=FAILED failed=1; else word='NOT RUN'; fi;;
    *) word=FAILED failed=1;;
  esac
  results+=("$(printf '%-8s %5s s  %s' "$word" "$3" "$1")")
}
# section NAME COMMAND...: now, in sight. A command that ends with 2 has failed like any other.
section() {
  local name=$1 began=$SECONDS status
  shift
  heading "$name"
  "$@"
  status=$?
  [ $status -ne 0 ] && status=1
  result "$name" $status $((SECONDS - began))
  return $status
}
# finish NAME LOG: shows what ran in the background and left its status and seconds beside its log.
finish() {
  local status seconds
  read -r status seconds <"$2.status" 2>/dev/null || { status=2; seconds=0; }
  heading "$1"
  cat "$2"
  result "$1" "$status" "$seconds"
}
# quietly LOG COMMAND...: for the background.
quietly() {
  local log=$1 began=$SECONDS status
  shift
  "$@" >"$log" 2>&1
  status=$?
  echo "$status $((SECONDS - began))" >"$log.status"
  return $status
}
# summary: all results, and the exit status of the run.
summary() {
  heading "Summary"
  printf '%s\n' "${results[@]}"
  [ $failed -eq 0 ] && echo "Everything holds that was run." || echo "Something does not hold."
  return $failed
}
