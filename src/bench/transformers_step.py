"""Measures training steps and answers of Transformers with PEFT, like BuckBench's command bench: same shapes, tokens and options.

    python src/bench/transformers_step.py opt-125m --method lora/r8_qv --threads 2 [--json]

The model is a folder of benchmarks/shapes and gets random weights. The optimiser is torch.optim.AdamW with clipping, on a GPU
fused. A step, an answer and the columns are defined in docs/performance.md.
"""

import argparse
import json
import statistics
import time

from reference import create, method_file, precision

import torch

FIRST_TOKEN = 5
LABELLED = 2
NEW_TOKENS = 3


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", nargs="*", default=["opt-125m"])
    parser.add_argument("--method", default="lora/r8_qv,ia3/default,prompt/p48,ptuning/p48_h64,prefix/p30,full/full")
    parser.add_argument("--precision", default="float32")
    parser.add_argument("--rows", type=int, default=16)
    parser.add_argument("--micro-batch", type=int, default=4)
    parser.add_argument("--tokens", type=int, default=150)
    parser.add_argument("--warmup", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--prompts", type=int, default=32)
    parser.add_argument("--prompt-batch", type=int, default=32)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def batches(rows, size, tokens, vocabulary, device):
    row, column = torch.arange(rows)[:, None], torch.arange(tokens)
    ids = (FIRST_TOKEN + (7 * column + 13 * row) % (vocabulary - FIRST_TOKEN)).to(device)
    return ids.split(size)


def spread(values):
    return {"median": statistics.median(values), "low": min(values), "high": max(values)}


def rate(number, seconds):
    return {"median": number / seconds["median"], "low": number / seconds["high"], "high": number / seconds["low"]}


def peak_bytes(device):
    if device == "cuda":
        free, total = torch.cuda.mem_get_info()
        return total - free
    with open("/proc/self/status") as status:
        return next(1024 * int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def reset_peak():
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def measure(shape, method, mixed, args):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model, trained = create(shape, method, mixed, device)
    vocabulary = model.config.vocab_size
    optimizer = torch.optim.AdamW(trained, lr=1e-5, fused=device == "cuda")
    scaler = torch.amp.GradScaler(device, enabled=mixed)
    micro = batches(args.rows, args.micro_batch, args.tokens, vocabulary, device)
    reset_peak()

    def step():
        for ids in micro:
            labels = torch.full_like(ids, -100)
            labels[:, -LABELLED:] = ids[:, -LABELLED:]
            with precision(mixed, device):
                loss = model(input_ids=ids, attention_mask=torch.ones_like(ids), labels=labels).loss
            scaler.scale(loss * len(ids) / args.rows).backward()
        scaler.unscale_(optimizer)
        torch.nn.utils.clip_grad_norm_(trained, 1.0).item()
        scaler.step(optimizer)
        scaler.update()
        optimizer.zero_grad(set_to_none=True)

    def answer(ids):
        with torch.no_grad(), precision(mixed, device):
            model.generate(
                input_ids=ids,
                attention_mask=torch.ones_like(ids),
                max_new_tokens=NEW_TOKENS,
                min_new_tokens=NEW_TOKENS,
                do_sample=False,
                output_scores=True,
                return_dict_in_generate=True,
            )

    def seconds(work):
        start = time.perf_counter()
        work()
        if device == "cuda":
            torch.cuda.synchronize()
        return time.perf_counter() - start

    taken = [seconds(step) for _ in range(args.warmup + args.repeats)][args.warmup :]
    result = {
        "program": "Transformers",
        "model": shape,
        "method": method,
        "precision": "mixed" if mixed else "float32",
        "device": torch.cuda.get_device_name() if device == "cuda" else "cpu",
        "threads": torch.get_num_threads(),
        "rows": args.rows,
        "micro_batches": len(micro),
        "tokens": args.tokens,
        "step_seconds": spread(taken),
        "tokens_per_second": rate(args.rows * args.tokens, spread(taken)),
    }
    if args.prompts:
        model.eval()
        questions = batches(args.prompts, args.prompt_batch, args.tokens, vocabulary, device)
        answer(questions[0])
        passes = [seconds(lambda: [answer(ids) for ids in questions]) for _ in range(args.repeats)]
        result["prompts_per_second"] = rate(args.prompts, spread(passes))
    result["peak_bytes"] = peak_bytes(device)
    return result


def main():
    args = options()
    torch.set_num_threads(args.threads)
    for shape in args.models:
        for method in args.method.split(","):
            method_file(method)
            for name in args.precision.split(","):
                result = measure(shape, method, name.lower() == "mixed", args)
                if args.json:
                    print(json.dumps(result), flush=True)
                else:
                    step, prompts = result["step_seconds"], result.get("prompts_per_second")
                    print(
                        f"{shape:10} {method:17} {result['precision']:8}"
                        f" {step['median']:.3f} ({step['low']:.3f}-{step['high']:.3f}) s a step,"
                        f" {result['tokens_per_second']['median']:.0f} tokens/s, {result['peak_bytes'] / 2**20:.0f} MiB"
                        + (f", {prompts['median']:.1f} prompts/s" if prompts else ""),
                        flush=True,
                    )


if __name__ == "__main__":
    main()
