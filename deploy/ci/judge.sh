#!/usr/bin/env bash
# judge.sh SUITE STORE...: merges the stores of all shares into target/judged, judges it as a build does, and writes the report.
set -euo pipefail
cd "$(dirname "$0")/../.."
suite=${1:?usage: judge.sh SUITE STORE...}
shift
./buckbench merge "$@" --out target/judged
exec ./mvnw -B -ntp verify -DskipTests "-Dbuckbench.suite=$suite" -Dbuckbench.judge=target/judged
