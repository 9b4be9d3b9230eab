"""Writes the float64 yardsticks of training beside the reference's float32 numbers.

The reference trained ten steps in float32. In a few folders rounding alone moves its own ten-step
losses and states by more than the tolerance (a unit at a ReLU's kink goes one way or the other), so
there it cannot be the only measure. This script repeats the training in float64 (all but the
softmax, which eager attention takes in float32) with Transformers and PEFT and writes, into each
folder named, what `parity` looks for:

    f64_train_losses.json             {"train_losses_<batch>": [11 losses]}
    f64_final_<batch>.safetensors     every trainable tensor after ten steps (adapters only)
    f64_final_right_logits.safetensors

The left-padded batch is not trained on: eager attention gives NaN in fully masked float64 rows.

Run by hand, never by the build:  python float64_training.py PARITY_DIR/A/lora_qv_r4 ...
Written with torch 2.13, transformers 5.18, peft 0.21.
"""

import json
import pathlib
import sys

import safetensors.torch
import torch
from peft import PeftModel
from transformers import OPTForCausalLM


def load(folder):
    base = OPTForCausalLM.from_pretrained(
        folder.parent / "model", attn_implementation="eager", dtype=torch.float64
    )
    model = base
    if (folder / "adapter_init").exists():
        model = PeftModel.from_pretrained(base, folder / "adapter_init", is_trainable=True).double()
    init = safetensors.torch.load_file(folder / "init.safetensors")
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(name in init)
        if name in init:
            parameter.data.copy_(init[name])
    return model


def train(folder, batch):
    model = load(folder)
    trainable = {n: p for n, p in model.named_parameters() if p.requires_grad}
    optimizer = torch.optim.AdamW(trainable.values(), lr=1e-2, weight_decay=0.01)
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = model(**batch).loss
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    losses.append(model(**batch).loss.item())
    return model, {n: p.detach().clone() for n, p in trainable.items()}, losses


def main(folders):
    for folder in map(pathlib.Path, folders):
        batches = json.loads((folder.parent / "batches.json").read_text())
        batches = {
            name: {key: torch.tensor(rows) for key, rows in batch.items()}
            for name, batch in batches.items()
        }
        losses = {}
        for name in ("right", "full"):
            model, state, losses["train_losses_" + name] = train(folder, batches[name])
            if (folder / "adapter_init").exists():
                safetensors.torch.save_file(state, folder / f"f64_final_{name}.safetensors")
            if name == "right":
                model.set_attn_implementation("sdpa")
                with torch.no_grad():
                    logits = {
                        other: model(
                            input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]
                        ).logits.contiguous()
                        for other, batch in batches.items()
                        if other != "generate"
                    }
                safetensors.torch.save_file(logits, folder / "f64_final_right_logits.safetensors")
        (folder / "f64_train_losses.json").write_text(json.dumps(losses, indent=1) + "\n")


main(sys.argv[1:])
