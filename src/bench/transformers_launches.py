"""Counts the CUDA launches of one micro-batch of Transformers with PEFT, and writes them as JSON to standard output.

    python src/bench/transformers_launches.py > src/test/resources/launches/transformers.json

It needs no GPU: it multiplies the calls of PyTorch's operators on the CPU by the same table as BuckBench's count. The model
has the layers of opt-125m and is narrow, since no count depends on a width. The other families are counted with LoRA, on the
models of src/test/resources/launches/narrow.json, which have four layers. Attention is SDPA where a family has it.
"""

import collections
import csv
import importlib.metadata
import json
import sys

import torch

from reference import ROOT, create, precision

METHODS = ["lora/r8_qv", "full/full", "prompt/p48", "ptuning/p48_h64", "prefix/p30", "ia3/default"]
FAMILIES_METHOD = "lora/r8_default"
NARROW = dict(vocab_size=512, hidden_size=24, word_embed_proj_dim=24, ffn_dim=48, max_position_embeddings=256)
FAMILIES = ROOT / "src/test/resources/launches/narrow.json"
TABLE = ROOT / "src/main/resources/io/buckbench/tensor/launches.csv"

MISSING = set()


def table():
    lines = (line for line in TABLE.open() if not line.startswith("#"))
    return {row["operator"]: row["launches"] for row in csv.DictReader(lines)}


def launches(work, rules):
    """Launches by operator. Of nested calls the outermost are counted that the table does not enter."""
    with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU]) as profile:
        work()
    threads = collections.defaultdict(list)
    for event in profile.events():
        if event.name.startswith("aten::"):
            threads[event.thread].append((event.time_range.start, -event.time_range.end, event.name))
    counts = collections.Counter()
    for calls in threads.values():
        enclosing = []
        for start, end, name in sorted(calls):
            while enclosing and enclosing[-1][0] <= start:
                enclosing.pop()
            if not enclosing or rules.get(enclosing[-1][1]) == "inner":
                enclosing.append((-end, name))
                if rules.get(name) != "inner":
                    counts[name] += int(rules.get(name, 0))
                    MISSING.update({name} - rules.keys())
    return collections.Counter({name: count for name, count in counts.items() if count})


def micro_batch(shape, changes, method, mixed, rules):
    model, trained = create(shape, method, mixed, **changes)
    ids = torch.arange(2)[:, None] + 5 + 7 * torch.arange(16)
    mask = torch.ones_like(ids)
    mask[0, -3:] = 0
    labels = torch.full_like(ids, -100)
    labels[0, 12], labels[1, 15] = ids[0, 12], ids[1, 15]

    def step(micro_batches):
        for _ in range(micro_batches):
            with precision(mixed):
                loss = model(input_ids=ids, attention_mask=mask, labels=labels).loss
            (loss / micro_batches).backward()
        for parameter in trained:
            parameter.grad = None

    step(2)
    one, two = (launches(lambda: step(n), rules) for n in (1, 2))
    two.subtract(one)
    return {name: count for name, count in sorted(two.items()) if count}


def main():
    rules = table()
    result = {
        "versions": {name: importlib.metadata.version(name) for name in ("torch", "transformers", "peft")},
        "program": "src/bench/transformers_launches.py",
    }
    rows = [("opt-125m", NARROW, method) for method in METHODS]
    rows += [(shape, changes, FAMILIES_METHOD) for shape, changes in json.loads(FAMILIES.read_text()).items()]
    for shape, changes, method in rows:
        for mixed in (False, True):
            counts = micro_batch(shape, changes, method, mixed, rules)
            model = "" if shape == "opt-125m" else shape + " "
            key = f"{model}{method} {'mixed' if mixed else 'float32'}"
            result[key] = {"launches": sum(counts.values()), "byOperator": counts}
    if MISSING:
        sys.exit(f"{TABLE} has no row for {', '.join(sorted(MISSING))}")
    json.dump(result, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
