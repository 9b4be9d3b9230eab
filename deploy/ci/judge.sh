#!/usr/bin/env bash
# judge.sh SUITE STORE...: merges the stores of all shares into $JUDGED, by default target/judged, judges it as a build does,
# and writes the report. Nothing is trained; a trial without a record fails.
set -euo pipefail
cd "$(dirname "$0")/../.."
suite=${1:?usage: judge.sh SUITE STORE...}
shift
judged=${JUDGED:-target/judged}
rm -rf "$judged"
./buckbench merge "$@" --out "$judged"
exec ./mvnw -B -ntp verify "-Dbuckbench.suite=$suite" "-Dbuckbench.judge=$judged"
