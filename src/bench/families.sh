#!/usr/bin/env bash
# Measures the decoder families beside Transformers with PEFT and prints a line of the table in docs/performance.md for each
# model and method. Nothing else may run on the machine. About 25 minutes with three pairs on two cores.
#   src/bench/families.sh [PAIRS [MODEL[:METHOD,METHOD...]]...]
# python must have torch, transformers and peft. A line whose programs fail is reported, and the others go on.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
pairs=${1:-3}
[ $# -eq 0 ] || shift
lora=lora/r8_default
others=ia3/default,prompt/p48,prefix/p30,full/full
all=(gpt2:$lora,$others pythia-160m:$lora,$others smollm2-135m:$lora,$others
  bloom-560m:$lora qwen2.5-0.5b:$lora qwen3-0.6b:$lora mistral-7b-2-layers:$lora)
[ $# -gt 0 ] || set -- "${all[@]}"
work=(--rows 2 --micro-batch 2 --tokens 128 --warmup 1 --repeats 2 --prompts 4 --prompt-batch 4)
./buckbench --help >/dev/null # compiles what has changed
header=0
failed=0
for line in "$@"; do
  model=${line%%:*}
  methods=${line#"$model"}
  methods=${methods#:}
  for method in $(tr ',' ' ' <<<"${methods:-$lora}"); do
    if table=$(python src/bench/pairs.py --pairs "$pairs" --threads 2 -- "$model" --method "$method" "${work[@]}" 2>/dev/null); then
      [ $header = 1 ] || head -n 2 <<<"$table"
      header=1
      tail -n +3 <<<"$table"
    else
      echo "no line for $model with $method: run src/bench/pairs.py alone to see why" >&2
      failed=1
    fi
  done
done
exit $failed
