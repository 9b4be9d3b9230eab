#!/usr/bin/env bash
# share.sh SUITE I/N [OPTION...]: runs the share I of N shares of a suite into the store $RUNS (default: runs). I may be a sum: a scheduler
# that counts from 0 passes 0+1/N. The options go to ./buckbench run. $PROFILE is a Maven profile, by default -Pgpu; empty for a CPU.
set -euo pipefail
cd "$(dirname "$0")/../.."
suite=${1:?usage: share.sh SUITE I/N}
share=${2:?usage: share.sh SUITE I/N}
shift 2
profile=()
[ -z "${PROFILE--Pgpu}" ] || profile=("${PROFILE--Pgpu}")
exec ./buckbench "${profile[@]}" run "$suite" --shard "$((${share%/*}))/${share#*/}" --runs "${RUNS:-runs}" "$@"
