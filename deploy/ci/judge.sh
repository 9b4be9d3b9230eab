#!/usr/bin/env bash
# judge.sh SUITE STORE...: merges the stores of all shares into $JUDGED, by default target/judged, judges it as a build does,
# and writes the report. Nothing is trained; a trial without a record fails.
set -euo pipefail
cd "$(dirname "$0")/../.."
suite=${1:?usage: judge.sh SUITE STORE...}
shift
judged=${JUDGED:-target/judged}
for store in "$@"; do
  case $(realpath -m "$store")/ in
    "$(realpath -m "$judged")"/*)
      echo "judge.sh: found the store $store in $judged, which is deleted first; name another folder in JUDGED" >&2
      exit 2 ;;
  esac
done
rm -rf "$judged"
./buckbench merge "$@" --out "$judged"
exec ./mvnw -B -ntp verify "-Dbuckbench.suite=$suite" "-Dbuckbench.judge=$judged"
