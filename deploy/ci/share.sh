#!/usr/bin/env bash
# share.sh SUITE I/N [OPTION...]: runs the share I of N shares of a suite; the options go to ./buckbench run.
# $RUNS is the store, by default runs. $PROFILE is a Maven profile, by default -Pgpu; empty for a CPU.
set -euo pipefail
cd "$(dirname "$0")/../.."
suite=${1:?usage: share.sh SUITE I/N}
share=${2:?usage: share.sh SUITE I/N}
shift 2
profile=${PROFILE--Pgpu}
# Java replaces this shell, so that a signal reaches it.
exec ./buckbench ${profile:+"$profile"} "-Dbuckbench.runs=${RUNS:-runs}" run "$suite" --shard "$share" "$@"
