#!/usr/bin/env bash
# history.sh take SUITE: adds to golden/history the runs of SUITE that the branch "history" has and this checkout lacks.
# history.sh keep SUITE: commits golden/history/SUITE.jsonl to the branch "history", which has nothing else, and pushes it.
# Runs of a CI are kept there, so that they do not add commits to the branches that people work on.
set -euo pipefail
verb=${1:?usage: history.sh take|keep SUITE}
suite=${2:?usage: history.sh take|keep SUITE}
file=golden/history/$suite.jsonl
branch=history
kept() {
  if git fetch --quiet origin "$branch" 2>/dev/null; then git show "FETCH_HEAD:$file" 2>/dev/null || true; fi
}
# Lines begin with the date of the run; those without a date are the oldest.
unite() {
  mkdir -p golden/history
  { kept; cat "$file" 2>/dev/null || true; } | sort -u >"$file.new"
  mv "$file.new" "$file"
  [ -s "$file" ] || rm "$file"
}
case $verb in
  take) unite ;;
  keep)
    unite
    [ -s "$file" ] || { echo "no run of $suite to keep"; exit 0; }
    blob=$(git hash-object -w "$file")
    parent=
    if git fetch --quiet origin "$branch" 2>/dev/null; then parent=$(git rev-parse FETCH_HEAD); fi
    index=$(mktemp -u)
    trap 'rm -f "$index"' EXIT
    export GIT_INDEX_FILE=$index
    [ -z "$parent" ] || git read-tree "$parent"
    git update-index --add --cacheinfo "100644,$blob,$file"
    tree=$(git write-tree)
    if [ -n "$parent" ] && [ "$tree" = "$(git rev-parse "$parent^{tree}")" ]; then
      echo "nothing new"
      exit 0
    fi
    commit=$(git -c user.name=buckbench -c user.email=buckbench@localhost commit-tree "$tree" ${parent:+-p "$parent"} -m "A run of $suite")
    git push --quiet origin "$commit:refs/heads/$branch" ;;
  *) echo "usage: history.sh take|keep SUITE" >&2; exit 2 ;;
esac
