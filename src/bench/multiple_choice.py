"""The likelihoods of answers of one and several tokens by Transformers in float64, and the scores of EleutherAI's
lm-evaluation-harness for multiple choice (acc, acc_norm, acc_mutual_info), on rows of the control task with opt-nano. Usage, in the
root of the repository:

    python src/bench/multiple_choice.py > src/test/resources/eval/multiple_choice.json
"""

import json
import pathlib

import numpy
import torch
import transformers
from tokenizers import Tokenizer

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODEL = ROOT / "src/main/resources/opt-nano"
ROWS = 24
CHOICES = ["yes", "no no", "yes no yes"]

tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
model = transformers.OPTForCausalLM.from_pretrained(MODEL, dtype=torch.float64).eval()


def log_prob(context, continuation):
    """As the harness: the continuation's tokens are those of both texts less those of the context, or follow the front token."""
    front = tokenizer.encode(context).ids
    whole = tokenizer.encode(context + continuation).ids
    assert whole[: len(front)] == front
    with torch.no_grad():
        logits = model(torch.tensor([whole])).logits[0]
    log_probs = torch.log_softmax(logits, -1)
    return sum(log_probs[at - 1, whole[at]].item() for at in range(len(front), len(whole)))


rows = [json.loads(line) for line in (ROOT / "datasets/control/validation.jsonl").read_text().splitlines()[:ROWS]]
alone = [log_prob("", " " + choice) for choice in CHOICES]
lengths = numpy.array([len(choice) for choice in CHOICES], dtype=float)
items = []
right = {"acc": 0, "acc_norm": 0, "acc_mutual_info": 0}
for number, row in enumerate(rows):
    context = f"{row['passage']}\nQuestion: {row['question']}?\nAnswer:"
    each = numpy.array([log_prob(context, " " + choice) for choice in CHOICES])
    # Every third row has the last choice as its right answer, so that each score takes another value.
    gold = 2 if number % 3 == 2 else 0 if row["answer"] else 1
    right["acc"] += int(numpy.argmax(each)) == gold
    right["acc_norm"] += int(numpy.argmax(each / lengths)) == gold
    right["acc_mutual_info"] += int(numpy.argmax(each - numpy.array(alone))) == gold
    items.append({"gold": gold, "log_probs": each.tolist()})

print(
    json.dumps(
        {
            "made_by": f"src/bench/multiple_choice.py, torch {torch.__version__}, transformers {transformers.__version__}",
            "choices": CHOICES,
            "tokens": [len(tokenizer.encode(" " + choice, add_special_tokens=False).ids) for choice in CHOICES],
            "alone": alone,
            "scores": {name: count / ROWS for name, count in right.items()},
            "items": items,
        },
        indent=1,
    )
)
