#!/usr/bin/env bash
# submit.sh SUITE N [OPTION of sbatch...] [-- OPTION of run...]: queues N shares of a suite, and the job that merges and judges them
# after the last one has ended. Prints the numbers of both jobs. trials.sbatch describes the variables.
set -euo pipefail
cd "$(dirname "$0")/../.."
suite=${1:?usage: submit.sh SUITE N}
count=${2:?usage: submit.sh SUITE N}
shift 2
sbatch=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  sbatch+=("$1")
  shift
done
[ $# -eq 0 ] || shift
logs=${RUNS:-runs/slurm}/logs
mkdir -p "$logs"
# Compiled once, here: the shares with the profile, the judge for a CPU. An image has its own.
if [ -z "${IMAGE:-}" ]; then
  [ -z "${PROFILE--Pgpu}" ] || ./buckbench "${PROFILE--Pgpu}" --version
  ./buckbench --version
fi
shares=$(sbatch --parsable "--array=1-$count" "--output=$logs/%A_%a.log" ${sbatch[@]+"${sbatch[@]}"} deploy/slurm/trials.sbatch "$suite" "$@")
judge=$(sbatch --parsable "--dependency=afterany:$shares" "--output=$logs/%j.log" deploy/slurm/judge.sbatch "$suite")
echo "$shares $judge"
