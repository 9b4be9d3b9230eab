#!/usr/bin/env bash
# submit.sh SUITE N [OPTION of sbatch...]: queues N shares of a suite and the job that merges and judges them. Prints the two job ids.
set -euo pipefail
cd "$(dirname "$0")/../.."
suite=${1:?usage: submit.sh SUITE N}
count=${2:?usage: submit.sh SUITE N}
shift 2
shares=$(sbatch --parsable "--array=1-$count" "$@" deploy/slurm/trials.sbatch "$suite")
echo "shares: $shares"
echo "judge: $(sbatch --parsable "--dependency=afterany:$shares" deploy/slurm/judge.sbatch "$suite")"
