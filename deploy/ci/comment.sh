#!/usr/bin/env bash
# comment.sh PULL_REQUEST SUITE: writes the suite's summary as a comment, or replaces the comment that it wrote before. Needs curl and jq.
set -euo pipefail
here=$(dirname "$0")
pull_request=${1:?usage: comment.sh PULL_REQUEST SUITE}
suite=${2:?usage: comment.sh PULL_REQUEST SUITE}
mark="<!-- buckbench $suite -->"
body=$(mktemp)
trap 'rm -f "$body"' EXIT
# 65,536 characters are the most that GitHub takes.
{ echo "$mark"; "$here/summary.sh" "$suite"; } | jq --raw-input --slurp '{body: .[0:60000]}' >"$body"
earlier=
for ((page = 1; ; page++)); do
  comments=$("$here/github.sh" GET "issues/$pull_request/comments?per_page=100&page=$page")
  earlier=$(jq --raw-output --arg mark "$mark" '[.[] | select(.body | startswith($mark)) | .id][0] // empty' <<<"$comments")
  if [ -n "$earlier" ] || [ "$(jq length <<<"$comments")" -lt 100 ]; then break; fi
done
if [ -n "$earlier" ]; then
  "$here/github.sh" PATCH "issues/comments/$earlier" "$body" >/dev/null
else
  "$here/github.sh" POST "issues/$pull_request/comments" "$body" >/dev/null
fi
