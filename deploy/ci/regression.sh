#!/usr/bin/env bash
# regression.sh SUITE: after a failed build, opens an issue for the rows that regressed, or replaces the text of the one that is open.
# It names the commits since the accepted results. A build that failed for another reason opens nothing. Needs curl, git and jq.
set -euo pipefail
here=$(dirname "$0")
suite=${1:?usage: regression.sh SUITE}
label=regression-$suite
summary=target/report/$suite/summary.json
if [ ! -s "$summary" ]; then
  echo "no report of $suite: the build failed before the suite was judged"
  exit 0
fi
# A row that differs by more than chance explains is called regressed only after it was trained again on fresh seeds.
rows=$(jq --raw-output '.changes.items[] | select(.subject == "ROW" and (.words | startswith("REGRESSED"))) | "- `\(.target)`: \(.words)"' "$summary")
if [ -z "$rows" ]; then
  echo "no row of $suite regressed; the build failed for another reason"
  exit 0
fi
accepted=$(git log -1 --format=%H -- "golden/$suite.*.json")
body=$(mktemp)
trap 'rm -f "$body"' EXIT
{
  echo "Confirmed at $(git rev-parse HEAD):"
  echo
  echo "$rows"
  echo
  echo "Commits since these results were accepted (${accepted:-never}):"
  echo
  git log --format='- %h %s (%an)' ${accepted:+"$accepted..HEAD"}
} | jq --raw-input --slurp --arg title "$suite regressed" --arg name "$label" '{title: $title, body: .[0:60000], labels: [$name]}' >"$body"
open=$("$here/github.sh" GET "issues?state=open&labels=$label&per_page=1" | jq --raw-output '.[0].number // empty')
if [ -n "$open" ]; then
  "$here/github.sh" PATCH "issues/$open" "$body" >/dev/null
  echo "the issue $open was updated"
else
  "$here/github.sh" POST issues "$body" | jq --raw-output '"the issue \(.number) was opened"'
fi
