#!/usr/bin/env bash
# comment.sh PULL_REQUEST SUITE: writes the suite's summary as a comment, or replaces the comment that it wrote before. Needs GitHub's gh.
set -euo pipefail
pull_request=${1:?usage: comment.sh PULL_REQUEST SUITE}
suite=${2:?usage: comment.sh PULL_REQUEST SUITE}
mark="<!-- buckbench $suite -->"
body=$(mktemp)
trap 'rm -f "$body"' EXIT
{ echo "$mark"; "$(dirname "$0")/summary.sh" "$suite"; } > "$body"
comments=repos/{owner}/{repo}/issues
earlier=$(gh api --paginate "$comments/$pull_request/comments" --jq ".[] | select(.body | startswith(\"$mark\")) | .id" | head -n 1)
if [ -n "$earlier" ]; then
  gh api --method PATCH "$comments/comments/$earlier" --field "body=@$body" --silent
else
  gh api --method POST "$comments/$pull_request/comments" --field "body=@$body" --silent
fi
