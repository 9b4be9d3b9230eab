#!/usr/bin/env bash
# shares.sh N: prints the shares of N machines as a JSON list, for the matrix of a CI: ["1/2", "2/2"].
set -euo pipefail
count=${1:?usage: shares.sh N}
[[ $count =~ ^[1-9][0-9]{0,2}$ ]] || { echo "shares.sh: found '$count', expected a number from 1 to 999" >&2; exit 2; }
seq -f "\"%g/$count\"" -s ', ' 1 "$count" | sed 's/.*/[&]/'
