#!/usr/bin/env bash
# regression-issue.sh SUITE: after a failed build, opens an issue for a confirmed regression, or adds a comment to the one that is open.
# It names the commits since the accepted results. A build that failed for another reason opens nothing. Needs GitHub's gh.
set -euo pipefail
suite=${1:?usage: regression-issue.sh SUITE}
label="regression-$suite"
rows=$(deploy/ci/regressed.sh "$suite")
if [ -z "$rows" ]; then
  echo "no row of $suite regressed; the build failed for another reason"
  exit 0
fi
accepted=$(git log -1 --format=%H -- "golden/$suite.*.json")
body=$(mktemp)
trap 'rm -f "$body"' EXIT
{
  echo "Confirmed on fresh seeds at $(git rev-parse HEAD):"
  echo
  echo "$rows"
  echo
  echo "Commits since the results were accepted ($accepted):"
  echo
  git log --format='- %h %s (%an)' "$accepted..HEAD"
} > "$body"
open=$(gh issue list --label "$label" --state open --json number --jq '.[0].number // empty')
if [ -n "$open" ]; then
  gh issue comment "$open" --body-file "$body"
else
  gh label create "$label" --force --description "a confirmed regression of the suite $suite"
  gh issue create --title "$suite regressed" --label "$label" --body-file "$body"
fi
