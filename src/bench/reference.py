"""Transformers with PEFT, set up like BuckBench: the same config.json, method file and precision, with random weights."""

import contextlib
import json
import os
import pathlib

# As BuckBench sets them; read when PyTorch loads its threads.
if "OMP_WAIT_POLICY" not in os.environ:
    os.environ.setdefault("GOMP_SPINCOUNT", "5000")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import torch
from peft import get_peft_config, get_peft_model
from transformers import AutoConfig, AutoModelForCausalLM
from transformers.pytorch_utils import Conv1D

ROOT = pathlib.Path(__file__).resolve().parents[2]


def method_file(method):
    """The settings of a method file such as lora/r8_qv."""
    return json.loads((ROOT / "benchmarks/methods" / (method + ".json")).read_text())


def config_of(shape, **changes):
    """The configuration of a folder of benchmarks/shapes, with some keys changed before anything is derived from them."""
    values = json.loads((ROOT / "benchmarks/shapes" / shape / "config.json").read_text())
    values.pop("torch_dtype", None)
    values.update(changes)
    return AutoConfig.for_model(values.pop("model_type"), **values)


def create(shape, method, mixed, device="cpu", **changes):
    """A model in training mode, and its trained parameters.

    In mixed precision the weights and biases of frozen linear modules are float16, as BuckBench stores them; autocast alone
    would convert them again in each pass. Everything else stays float32: PEFT's adapters, layer norms, and the embeddings,
    which make the residual stream float32.
    """
    torch.manual_seed(1)
    config = config_of(shape, **changes)
    # Transformers' BLOOM has no other.
    config._attn_implementation = "eager" if config.model_type == "bloom" else "sdpa"
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32).to(device)
    settings = method_file(method)
    full = settings["peft_type"] == "FULL"
    if mixed and not full:
        for module in model.get_decoder().modules():
            if isinstance(module, (torch.nn.Linear, Conv1D)):
                module.half()
    if not full:
        model = get_peft_model(model, get_peft_config({"task_type": "CAUSAL_LM", **settings}))
    model.train()
    trained = [p for p in model.parameters() if p.requires_grad]
    for parameter in trained:
        parameter.data = parameter.data.float()
    return model, trained


def precision(mixed, device="cpu"):
    """The context of a forward pass."""
    return torch.autocast(device, dtype=torch.float16) if mixed else contextlib.nullcontext()
