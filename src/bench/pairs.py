"""Runs BuckBench's command bench and transformers_step.py in turns, and prints a table of medians and ratios.

    python src/bench/pairs.py --pairs 7 --threads 2 -- opt-125m --method lora/r8_qv

Options after -- go to both programs. Each method and precision is a pair of fresh processes; every other pair starts with the
other program, so that a drift of the machine's speed favours neither. Compile before: ./mvnw -q compile. The quotient is that of
the medians; the values in parentheses are the smallest and largest quotient of a pair.
"""

import argparse
import collections
import json
import os
import statistics
import subprocess
import sys

from reference import ROOT

# As BuckBench sets them for itself.
ENVIRONMENT = {**os.environ, "OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "5000"}


def lines(command):
    output = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]


def buckbench(arguments, threads):
    words = " ".join(["bench", *arguments, "--json"])
    return lines(["./buckbench", f"-Dbuckbench.threads={threads}", *words.split()])


def transformers(arguments, threads):
    script = ROOT / "src/bench/transformers_step.py"
    return lines([sys.executable, script, *arguments, "--threads", str(threads), "--json"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("arguments", nargs="*")
    args = parser.parse_args()
    measured = collections.defaultdict(list)
    programs = [buckbench, transformers]
    for pair in range(args.pairs):
        for program in programs if pair % 2 == 0 else reversed(programs):
            for line in program(args.arguments, args.threads):
                key = line["model"], line["method"], line["precision"]
                measured[key + (program.__name__,)].append(line)
        print(f"pair {pair + 1} of {args.pairs}", file=sys.stderr)
    print("| model | method | precision | BuckBench, s a step | Transformers | quotient | prompts/s, quotient | peak memory, quotient |")
    print("|---|---|---|---|---|---|---|---|")
    for key in sorted({key[:3] for key in measured}):
        ours, theirs = measured[key + ("buckbench",)], measured[key + ("transformers",)]

        def quotient(value):
            pairs = list(zip([value(line) for line in ours], [value(line) for line in theirs]))
            middle = statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)
            all_of = [a / b for a, b in pairs]
            return f"{middle:.2f} ({min(all_of):.2f}-{max(all_of):.2f})"

        seconds = [statistics.median(line["step_seconds"]["median"] for line in side) for side in (ours, theirs)]
        prompts = "-" if "prompts_per_second" not in ours[0] else quotient(lambda m: m["prompts_per_second"]["median"])
        print(
            f"| {key[0]} | {key[1]} | {key[2]} | {seconds[0]:.3f} | {seconds[1]:.3f} |"
            f" {quotient(lambda m: m['step_seconds']['median'])} | {prompts} | {quotient(lambda m: m['peak_bytes'])} |"
        )


if __name__ == "__main__":
    main()
