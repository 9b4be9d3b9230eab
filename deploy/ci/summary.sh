#!/usr/bin/env bash
# summary.sh SUITE: prints the suite's summary in Markdown, or says why there is none.
set -euo pipefail
suite=${1:?usage: summary.sh SUITE}
summary=target/report/$suite/summary.md
if [ -s "$summary" ]; then
  cat "$summary"
else
  echo "No summary of $suite: the build ended before the suite was judged. Its log says why."
fi
