"""Adapters of every family and method, exchanged with PEFT: saved here and loaded there, saved there and loaded here, merged in both.

    python src/bench/adapters.py FOLDER [--seed 1] [--model gpt2,pythia-160m]

Writes to FOLDER/peft tiny models with random weights and random adapters that PEFT saved, with PEFT's logits before and after
merging; runs the command parity on them, which saves every adapter to FOLDER/buckbench; loads those in PEFT and compares logits
again. Prints a table of the largest differences, and ends with status 1 if one exceeds its tolerance. Compile before:
./mvnw -q compile.
"""

import argparse
import collections
import copy
import json
import pathlib
import re
import shutil
import subprocess
import sys
import warnings

warnings.filterwarnings("ignore")

import torch
import transformers
from peft import (
    IA3Config,
    LNTuningConfig,
    LoraConfig,
    PeftModel,
    PrefixTuningConfig,
    PromptEncoderConfig,
    PromptTuningConfig,
    VeraConfig,
    get_peft_model,
)
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

from reference import ROOT, config_of

transformers.logging.set_verbosity_error()

NARROW = ROOT / "src/test/resources/launches/narrow.json"
OPT = dict(vocab_size=512, hidden_size=32, ffn_dim=48, num_attention_heads=2, num_hidden_layers=4, max_position_embeddings=256)
EMBEDDING = {"gpt2": "wte", "bloom": "word_embeddings", "gpt_neox": "embed_in"}
LOGITS = 1e-4
TOKENS = 12
VIRTUAL = 5
ROW = re.compile(r"(?P<model>\S+)/(?P<method>\S+)  +(?P<quantity>\S.*?)  +(?P<difference>\S+)  +\S+  +")


def shapes():
    narrow = json.loads(NARROW.read_text())
    narrow["opt-125m"] = {**OPT, "word_embed_proj_dim": 32}
    narrow["opt-350m"] = {**OPT, "word_embed_proj_dim": 16}
    return narrow


def methods(config):
    embedding = EMBEDDING.get(config.model_type, "embed_tokens")
    linear = dict(task_type="CAUSAL_LM", target_modules="all-linear")
    common = dict(task_type="CAUSAL_LM")
    width = getattr(config, "word_embed_proj_dim", config.hidden_size)
    return {
        "lora": LoraConfig(r=4, **common),
        "lora_all_linear": LoraConfig(r=2, init_lora_weights="gaussian", **linear),
        "lora_patterns": LoraConfig(
            r=2, use_rslora=True, rank_pattern={".*0.*": 3}, alpha_pattern={".*1.*": 5}, exclude_modules=".*\\.1\\..*", **linear
        ),
        "lora_biases": LoraConfig(r=2, bias="all", **common),
        "lora_embedding_and_head": LoraConfig(
            r=2, target_modules=[embedding, "lm_head"], **common
        ),
        "lora_with_whole_head": LoraConfig(r=2, modules_to_save=["lm_head"], **common),
        "dora": LoraConfig(r=2, use_dora=True, **linear),
        "ia3": IA3Config(**common),
        "vera": VeraConfig(r=8, bias="vera_only", **common),
        "norms": LNTuningConfig(target_modules=".*(norm|ln_1|ln_2|ln_f)", **common),
        "prompt": PromptTuningConfig(num_virtual_tokens=VIRTUAL, token_dim=width, **common),
        "ptuning": PromptEncoderConfig(num_virtual_tokens=VIRTUAL, token_dim=width, encoder_hidden_size=16, **common),
        "prefix": PrefixTuningConfig(num_virtual_tokens=VIRTUAL, **common),
        "prefix_projected": PrefixTuningConfig(
            num_virtual_tokens=VIRTUAL, prefix_projection=True, encoder_hidden_size=16, **common
        ),
    }


def draw(parameters, random):
    """Overwrites parameters with values that matter: near one if they scale, otherwise near zero or where they were."""
    with torch.no_grad():
        for name, parameter in sorted(parameters):
            noise = torch.randn(parameter.shape, generator=random)
            if "ia3" in name:
                parameter.copy_(1 + 0.3 * noise)
            elif "magnitude" in name or "norm" in name or ".ln_" in name:
                parameter.copy_(parameter + 0.1 * noise)
            elif parameter.dim() == 1:
                parameter.copy_(parameter + 0.1 * noise)
            else:
                parameter.copy_(0.2 * noise)


def batches(config, random):
    rows = [torch.randint(4, config.vocab_size, (n,), generator=random).tolist() for n in (TOKENS, 9, 5)]
    pad = config.pad_token_id or 0

    def batch(left):
        padding = [[pad] * (TOKENS - len(row)) for row in rows]
        ids = [p + row if left else row + p for p, row in zip(padding, rows)]
        mask = [[0] * len(p) + [1] * len(row) if left else [1] * len(row) + [0] * len(p) for p, row in zip(padding, rows)]
        return {"input_ids": ids, "attention_mask": mask, "labels": [[-100] * TOKENS for _ in rows]}

    return {"right": batch(False), "left": batch(True)}


def logits(model, batch, virtual):
    ids, mask = (torch.tensor(batch[key]) for key in ("input_ids", "attention_mask"))
    more = {}
    if not virtual and model.config.model_type not in ("opt", "bloom"):
        more["position_ids"] = (mask.cumsum(-1) - 1).clamp(min=0)
    with torch.no_grad():
        return model(input_ids=ids, attention_mask=mask, **more).logits


def real(values, batch):
    mask = torch.tensor(batch["attention_mask"]).bool()
    virtual = torch.ones(mask.shape[0], values.shape[1] - mask.shape[1], dtype=torch.bool)
    return values[torch.cat([virtual, mask], 1)]


def all_logits(model, all_batches):
    """Virtual tokens change the positions of text after padding in PEFT, so they are compared with padding on the right only."""
    virtual = hasattr(model, "peft_config") and model.active_peft_config.is_prompt_learning
    names = ["right"] if virtual else list(all_batches)
    return {name: logits(model, all_batches[name], virtual) for name in names}


def base(config, seed):
    torch.manual_seed(seed)
    config = copy.deepcopy(config)  # PEFT changes it
    config._attn_implementation = "eager"
    model = AutoModelForCausalLM.from_config(config, attn_implementation="eager", dtype=torch.float32)
    random = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in sorted(dict(model.named_parameters()).items()):
            noise = torch.randn(parameter.shape, generator=random)
            if parameter.dim() == 1:
                parameter.copy_((0.1 if name.endswith("bias") else 0.2) * noise + (0 if name.endswith("bias") else 1))
            else:
                parameter.copy_(noise * (0.4 if "emb" in name or "wte" in name or "wpe" in name else parameter.shape[-1] ** -0.5))
    model.tie_weights()
    return model.eval()


def write(tensors, file):
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: value.detach().clone().contiguous() for name, value in tensors.items()}, file)


def is_tied_target(config, method):
    return method == "lora_embedding_and_head" and config.tie_word_embeddings


def generate(folder, config, seed):
    """Writes what PEFT saves and computes; returns the methods, or why PEFT refuses one."""
    random = torch.Generator().manual_seed(seed + 1)
    tried = batches(config, random)
    base(config, seed).save_pretrained(folder / "model")
    (folder / "batches.json").write_text(json.dumps(tried))
    outcome = {}
    for name, settings in methods(config).items():
        try:
            model = get_peft_model(base(config, seed), settings).eval()
        except ValueError as e:
            outcome[name] = f"PEFT refuses it: {str(e)[:60]}"
            continue
        trained = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
        draw(trained, random)
        target = folder / name
        write(dict(trained), target / "init.safetensors")
        write(all_logits(model, tried), target / "logits.safetensors")
        model.save_pretrained(target / "adapter_init")
        if not settings.is_prompt_learning and not is_tied_target(config, name):
            write(all_logits(model.merge_and_unload(), tried), target / "merged_init_logits.safetensors")
        outcome[name] = None
    return outcome


def buckbench(folder, models):
    """Runs parity on all models; returns the largest difference by model, method and column."""
    command = ["./buckbench", "parity", *(str(folder / "peft" / m) for m in models), "--save", str(folder / "buckbench")]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    columns = {"adapter_init as loaded, logits": "loaded here", "merged logits right": "merged here", "merged logits left": "merged here"}
    worst = collections.defaultdict(float)
    for line in done.stdout.splitlines():
        row = ROW.match(line)
        if row and row["quantity"] in columns:
            key = row["model"], row["method"], columns[row["quantity"]]
            worst[key] = max(worst[key], float(row["difference"]))
        elif "compared on" in line or line.endswith("FAIL"):
            print(line, file=sys.stderr)
    return worst, done.returncode == 0


def peft(folder, model, config, method, seed, worst):
    """Loads what BuckBench saved and compares its logits, and those of its merged model, with PEFT's own adapter."""
    from safetensors.torch import load_file

    tried = json.loads((folder / "peft" / model / "batches.json").read_text())
    adapted = PeftModel.from_pretrained(base(config, seed), str(folder / "buckbench" / model / method)).eval()

    def compare(column, computed, file):
        for name, expected in load_file(file).items():
            gap = (real(computed[name], tried[name]) - real(expected, tried[name])).abs().max().item()
            worst[model, method, column] = max(worst[model, method, column], gap)

    folder = folder / "peft" / model / method
    compare("loaded there", all_logits(adapted, tried), folder / "logits.safetensors")
    merged = folder / "merged_init_logits.safetensors"
    if merged.exists():
        compare("merged there", all_logits(adapted.merge_and_unload(), tried), merged)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--model", type=lambda names: names.split(","), default=sorted(shapes()))
    args = parser.parse_args()
    torch.set_num_threads(1)
    shutil.rmtree(args.folder, ignore_errors=True)
    configs = {m: config_of(m, **shapes()[m]) for m in args.model}
    outcomes = {m: generate(args.folder / "peft" / m, config, args.seed) for m, config in configs.items()}
    worst, passed = buckbench(args.folder, args.model)
    columns = ["loaded here", "loaded there", "merged here", "merged there"]
    print("| model | method | " + " | ".join(columns) + " |")
    print("|---" * (2 + len(columns)) + "|")
    for model, config in configs.items():
        for method, refusal in outcomes[model].items():
            if refusal:
                print(f"| {model} | {method} | {refusal} | | | |")
                continue
            peft(args.folder, model, config, method, args.seed, worst)
            found = [worst.get((model, method, column)) for column in columns]
            passed &= all(value is None or value <= LOGITS for value in found)
            passed &= found[0] is not None and found[1] is not None
            cells = ["-" if value is None else f"{value:.1e}" for value in found]
            print(f"| {model} | {method} | " + " | ".join(cells) + " |", flush=True)
    print("all within " + str(LOGITS) if passed else "beyond a tolerance, or missing", file=sys.stderr)
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
