#!/usr/bin/env bash
# github.sh METHOD PATH [FILE]: calls GitHub's REST API for this repository, with the JSON of FILE as its body, and prints the answer.
# Needs curl, and the variables that GitHub Actions sets: GITHUB_API_URL, GITHUB_REPOSITORY and GH_TOKEN, the token of the job.
set -euo pipefail
method=${1:?usage: github.sh METHOD PATH [FILE]}
path=${2:?usage: github.sh METHOD PATH [FILE]}
# The token is read from a descriptor, so that the list of processes does not show it.
curl --silent --show-error --fail-with-body --max-time 60 --request "$method" \
  --header "Accept: application/vnd.github+json" --header "X-GitHub-Api-Version: 2022-11-28" --header "Content-Type: application/json" \
  --config <(printf 'header = "Authorization: Bearer %s"\n' "${GH_TOKEN:?}") ${3:+--data-binary "@$3"} \
  "${GITHUB_API_URL:?}/repos/${GITHUB_REPOSITORY:?}/$path"
