"""Writes tokenizers of each style, small and freshly trained, with the token ids that Transformers gives to lines of mixed text.

    python src/bench/token_ids.py OUT --lines 10000 --boolq ../shared/datasets/boolq
    ./mvnw test -Dtest=TransformersTokenIdsTest -Dbuckbench.token.ids=OUT

The tokenizers are laid out as published: the files of Transformers 4, and (folders that end in -5) what Transformers 5 saves after
reading those. Without --boolq all text is ours: the documents and sources of this repository, and characters drawn at random. The
test's own resources are one such run, with --lines 300.
"""

import argparse
import json
import pathlib
import random
import shutil
import sys

import tokenizers
import transformers
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPACE = "\u2581"
LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
QWEN = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")
BLOOM = " ?[^(\\s|[.,!?\u2026\u3002\uff0c\u3001\u0964\u06d4\u060c])]+"
# One pair of vocabulary and merges is trained for each way to divide a text into words.
WORDS = {
    "gpt2": lambda: pre_tokenizers.ByteLevel(add_prefix_space=False),
    "llama3": lambda: split(LLAMA3),
    "qwen2": lambda: split(QWEN),
    "bloom": lambda: split(BLOOM),
}
SPELLED = [
    "<|endoftext|>", "<|padding|>", "<s>", "</s>", "<unk>", "<pad>", "<|begin_of_text|>", "<|end_of_text|>", "<|eot_id|>",
    "<|start_header_id|>", "<|im_start|>", "<|im_end|>", "<|reserved_special_token_0|>", "<0x0A>", "[INST]", "<|im_end", "</s",
    "<mask>", "<tool>",
]  # fmt: skip
RANGES = {
    "Cyrillic": (0x410, 0x44F), "Greek": (0x391, 0x3C9), "Arabic": (0x621, 0x64A), "Hebrew": (0x5D0, 0x5EA), "Thai": (0xE01, 0xE3A),
    "Devanagari": (0x905, 0x94D), "Hangul": (0xAC00, 0xAD00), "Jamo": (0x1100, 0x1175), "Han": (0x4E00, 0x4F00), "Kana": (0x3041, 0x30FA),
    "Latin": (0xC0, 0x17F), "Georgian": (0x10D0, 0x10F0), "Tamil": (0xB85, 0xBCD), "Gothic": (0x10330, 0x1034A),
}  # fmt: skip
EMOJI = ["😀", "👍🏽", "👩‍👩‍👧‍👦", "🇩🇪", "🏳️‍🌈", "❤️", "☃", "🤷🏿‍♀️", "1️⃣", "🫠", "🧑‍🚀", "✊🏻"]
MARKS = ["\u0301", "\u0308", "\u0327", "\u20e3", "\ufe0f", "\u200d", "\u093c", "\u05bc"]
BLANKS = [" ", "  ", "   ", "\t", "\n", "\r\n", "\n\n", "\u00a0", "\u3000", "\u2009", "\u200b", "\ufeff", "\v", "\u2028", "\u0085", "▁"]
CONTRACTIONS = ["I'm", "you'll", "it's", "WE'RE", "they'd", "don't", "he'S", "o'clock", "'tis", "’s"]
SYMBOLS = ["½", "²", "№", "ﬁ", "Ⅷ", "①", "㎏", "٣", "५", "$", "€", "…", "—", "«", "。", "，", "।", "\u0001", "\u007f", "\ue000", "\ufffd"]


def split(pattern):
    """The pre-tokenizer of tiktoken's patterns."""
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(tokenizers.Regex(pattern), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )


# ---- Text


def own_lines():
    """The lines of this repository's documents and sources."""
    files = sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("src/main/java/**/*.java")])
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def boolq_lines(folder):
    rows = [json.loads(line) for line in (folder / "train.jsonl").read_text(encoding="utf-8").splitlines()]
    return [f"{row['passage']}\nQuestion: {row['question']}?\nAnswer:" for row in rows]


def word(draw, script=None):
    low, high = RANGES[script or draw.choice(list(RANGES))]
    letters = [chr(draw.randint(low, high)) + (draw.choice(MARKS) if draw.random() < 0.1 else "") for _ in range(draw.randint(1, 9))]
    return "".join(letters)


def code(draw, own):
    name = "".join(draw.choice("abcxyzTmp_09") for _ in range(draw.randint(1, 12)))
    return draw.choice(
        [
            lambda: f"{' ' * draw.choice([0, 2, 3, 4, 8])}if {name} != 0x{draw.getrandbits(32):x}: return f'{{{name}!r:>{draw.randint(1, 99)}}}'",
            lambda: f"\tfor (int i = 0; i < {name}.length; i++) {{ {name}[i] += {draw.random():.6f}e-{draw.randint(1, 30)}; }}",
            lambda: f"SELECT {name}, COUNT(*) FROM t WHERE a >= {draw.randint(0, 10**9)} AND b LIKE '%{name}%';--",
            lambda: f"https://{name}.example.org/{draw.getrandbits(64):b}?q={name}&x=%20#{draw.randint(0, 9999)}",
            lambda: f"{draw.choice(own)}\r\n{draw.choice(own)}",
            lambda: json.dumps({name: [draw.randint(-(10**12), 10**12), None, True, word(draw)]}, ensure_ascii=draw.random() < 0.5),
        ]
    )()


def odd(draw):
    parts = EMOJI + BLANKS * 2 + CONTRACTIONS + SYMBOLS + ["a", "Yes", " no", "the", "2024", "１２３", "007", "!!", "...", "é", "e\u0301", "각"]
    return "".join(draw.choice(parts) for _ in range(draw.randint(1, 25)))


def line(draw, own, published):
    kind = draw.random()
    if kind < 0.4 and published:
        text = draw.choice(published)
    elif kind < 0.5:
        text = draw.choice(own)
    elif kind < 0.7:
        text = code(draw, own)
    elif kind < 0.85:
        text = draw.choice(BLANKS).join(word(draw) for _ in range(draw.randint(1, 12)))
    else:
        text = odd(draw)
    for _ in range(draw.randint(1, 3) if draw.random() < 0.25 else 0):
        at = draw.randint(0, len(text))
        around = draw.choice(["", "", " ", "  ", "\n"])
        text = text[:at] + around + draw.choice(SPELLED) + draw.choice(["", around]) + text[at:]
    return text


def texts(count, seed, published):
    draw = random.Random(seed)
    own = own_lines()
    fixed = ["", " ", "  ", "a", " a", "  a", "a ", "yes", " yes", "Yes", "\n", " \n ", "▁", "▁a", " ▁a", "</s>", "a</s>b", "a </s> b", "<s> a"]
    return fixed + [line(draw, own, published) for _ in range(count - len(fixed))]


# ---- Tokenizers, as their families publish them


def trained(pre_tokenizer, size, **options):
    """Vocabulary and merges of byte pairs."""
    draw = random.Random(0)
    corpus = own_lines() + [line(draw, ["a"], []) for _ in range(2000)]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizer
    trainer = trainers.BpeTrainer(vocab_size=size, show_progress=False, **options)
    tokenizer.train_from_iterator(corpus, trainer)
    bpe = json.loads(tokenizer.to_str())["model"]
    return sorted(bpe["vocab"], key=bpe["vocab"].get), bpe["merges"]


def byte_level(words):
    return trained(WORDS[words](), 420, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()))


def pieces():
    """Sentencepiece's byte pairs with a token for each byte; letters beyond the commonest are spelled in bytes."""
    vocab, merges = trained(pre_tokenizers.Metaspace(), 420, limit_alphabet=160)
    return ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)] + vocab, merges


def model(family):
    """A config.json of the family, of the smallest size."""
    gpt2 = {"n_embd": 8, "n_layer": 1, "n_head": 2, "n_positions": 64}
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "max_position_embeddings": 64, "intermediate_size": 8}
    bloom = {"hidden_size": 8, "n_layer": 1, "n_head": 2}
    opt = {**sizes, "ffn_dim": 8, "word_embed_proj_dim": 8}
    gated = {**sizes, "num_key_value_heads": 2, "head_dim": 4}
    own = {"gpt2": gpt2, "bloom": bloom, "opt": opt, "gpt_neox": {**sizes, "rotary_pct": 1.0}}.get(family, gated)
    return {"model_type": family, "vocab_size": 1000, "bos_token_id": 1, "eos_token_id": 2, **own}


def added(token, number, **flags):
    settings = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {"id": number, "content": token, **settings, **flags}


def decoder_entry(token):
    return {key: value for key, value in token.items() if key != "id"}


def front(token, number):
    """The post-processor that puts a token before a text."""
    special = {"SpecialToken": {"id": token, "type_id": 0}}
    first = [special, {"Sequence": {"id": "A", "type_id": 0}}]
    second = [{"SpecialToken": {"id": token, "type_id": 1}}, {"Sequence": {"id": "B", "type_id": 1}}]
    tokens = {token: {"id": token, "ids": [number], "tokens": [token]}}
    return {"type": "TemplateProcessing", "single": first, "pair": first + second, "special_tokens": tokens}


def bytes_of(**settings):
    return {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, **settings}


def splitting(pattern):
    return {
        "type": "Sequence",
        "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": False},
            bytes_of(trim_offsets=False, use_regex=False),
        ],
    }


def whole(vocab, merges, special, settings=None, **parts):
    """A tokenizer.json. The merges are written in the older form, as strings, unless a merge has a space."""
    bpe = {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None}
    bpe.update({"fuse_unk": False, "byte_fallback": False, **(settings or {})})
    bpe["vocab"] = {token: number for number, token in enumerate(vocab)}
    bpe["merges"] = [" ".join(merge) for merge in merges]
    base = {"version": "1.0", "truncation": None, "padding": None, "added_tokens": special}
    rest = {key: parts.get(key) for key in ("normalizer", "pre_tokenizer", "post_processor", "decoder")}
    return {**base, **rest, "model": {key: value for key, value in bpe.items() if key != "type" or value}}


def gpt2():
    vocab, merges = byte_level("gpt2")
    end = added("<|endoftext|>", len(vocab), normalized=True)
    vocab = vocab + ["<|endoftext|>"]
    level = bytes_of()
    settings = {"type": None, "continuing_subword_prefix": "", "end_of_word_suffix": ""}
    file = whole(vocab, merges, [end], settings, pre_tokenizer=level, post_processor=bytes_of(trim_offsets=False), decoder=level)
    yield "gpt2", {"config": model("gpt2"), "tokenizer": file, "tokenizer_config": {"model_max_length": 1024}}
    # As later models of this kind: a pad token that the vocabulary lacks, and a map of special tokens.
    named = {"bos_token": "<|endoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>", "pad_token": "<|pad|>"}
    config = {"add_prefix_space": False, "model_max_length": 1024, "tokenizer_class": "GPT2Tokenizer"}
    files = {"config": model("gpt2"), "tokenizer": file, "tokenizer_config": config, "special_tokens_map": named}
    yield "gpt2-pad", files
    # As SmolLM: digits one by one, which Transformers 4 reads from tokenizer.json and Transformers 5 does not.
    digits = {"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": True}, bytes_of(use_regex=True)]}
    special = [added("<|endoftext|>", len(vocab) - 1)]
    file = whole(vocab, merges, special, pre_tokenizer=digits, decoder=bytes_of(use_regex=True))
    config = {
        "add_prefix_space": False,
        "added_tokens_decoder": {str(token["id"]): decoder_entry(token) for token in special},
        "clean_up_tokenization_spaces": False,
        "tokenizer_class": "GPT2Tokenizer",
        **{name: "<|endoftext|>" for name in ("bos_token", "eos_token", "unk_token")},
    }
    yield "smollm", {"config": model("llama"), "tokenizer": file, "tokenizer_config": config}


def opt():
    vocab, merges = byte_level("gpt2")
    vocab = ["<s>", "<pad>", "</s>", "<unk>"] + vocab
    named = {"bos_token": "</s>", "eos_token": "</s>", "unk_token": "</s>", "pad_token": "<pad>"}
    token = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": True}
    typed = {name: {"__type": "AddedToken", "content": text, **token} for name, text in named.items()}
    config = {**typed, "add_bos_token": True, "add_prefix_space": False, "errors": "replace", "tokenizer_class": "GPT2Tokenizer"}
    untyped = {name: {"content": text, **token} for name, text in named.items()}
    untyped["pad_token"] = "<pad>"
    yield "opt", {
        "config": model("opt"),
        "vocab": {token: number for number, token in enumerate(vocab)},
        "merges": merges,
        "tokenizer_config": config,
        "special_tokens_map": untyped,
    }


def llama2():
    vocab, merges = pieces()
    special = [added(token, number) for number, token in enumerate(vocab[:3])]
    spaces = {"type": "Replace", "pattern": {"String": " "}, "content": SPACE}
    back = {"type": "Replace", "pattern": {"String": SPACE}, "content": " "}
    strip = {"type": "Strip", "content": " ", "start": 1, "stop": 0}
    file = whole(
        vocab,
        merges,
        special,
        {"unk_token": "<unk>", "fuse_unk": True, "byte_fallback": True},
        normalizer={"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": SPACE}, spaces]},
        post_processor=front("<s>", 1),
        decoder={"type": "Sequence", "decoders": [back, {"type": "ByteFallback"}, {"type": "Fuse"}, strip]},
    )
    named = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
    objects = {name: {"content": token, "lstrip": False, "normalized": False, "rstrip": False, "single_word": False} for name, token in named.items()}
    typed = {name: {"__type": "AddedToken", **token} for name, token in objects.items()}
    old = {**typed, "add_bos_token": True, "add_eos_token": False, "legacy": False, "pad_token": None, "tokenizer_class": "LlamaTokenizer"}
    llama = model("llama")
    yield "llama2", {"config": llama, "tokenizer": file, "tokenizer_config": old, "special_tokens_map": objects}
    decoder = {str(token["id"]): decoder_entry(token) for token in special}
    new = {**named, "add_bos_token": True, "added_tokens_decoder": decoder, "legacy": True, "pad_token": "</s>", "tokenizer_class": "LlamaTokenizer"}
    yield "llama2-legacy", {"config": llama, "tokenizer": file, "tokenizer_config": new}
    new = {**new, "legacy": False, "pad_token": None, "additional_special_tokens": []}
    yield "mistral", {"config": model("mistral"), "tokenizer": file, "tokenizer_config": new, "special_tokens_map": objects}


def llama3():
    vocab, merges = byte_level("llama3")
    names = ["<|begin_of_text|>", "<|end_of_text|>", "<|reserved_special_token_0|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]
    special = [added(token, len(vocab) + i) for i, token in enumerate(names)]
    processors = {"type": "Sequence", "processors": [bytes_of(trim_offsets=False, use_regex=True), front(names[0], special[0]["id"])]}
    level = bytes_of(use_regex=True)
    file = whole(vocab, merges, special, {"ignore_merges": True}, pre_tokenizer=splitting(LLAMA3), post_processor=processors, decoder=level)
    config = {
        "added_tokens_decoder": {str(token["id"]): decoder_entry(token) for token in special},
        "bos_token": names[0],
        "eos_token": "<|eot_id|>",
        "clean_up_tokenization_spaces": True,
        "tokenizer_class": "PreTrainedTokenizerFast",
    }
    named = {"bos_token": names[0], "eos_token": "<|end_of_text|>"}
    files = {"config": model("llama"), "tokenizer": file, "tokenizer_config": config, "special_tokens_map": named}
    yield "llama3", files


def qwen2():
    vocab, merges = byte_level("qwen2")
    names = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    special = [added(token, len(vocab) + i) for i, token in enumerate(names)]
    # Recognised in a text, but not special.
    special.append(added("<tool>", len(vocab) + 3, special=False))
    level = bytes_of(trim_offsets=False, use_regex=False)
    parts = {"normalizer": {"type": "NFC"}, "pre_tokenizer": splitting(QWEN), "post_processor": level, "decoder": level}
    file = whole(vocab, merges, special, {"continuing_subword_prefix": "", "end_of_word_suffix": ""}, **parts)
    config = {
        "add_bos_token": False,
        "add_prefix_space": False,
        "added_tokens_decoder": {str(token["id"]): decoder_entry(token) for token in special},
        "additional_special_tokens": names[1:],
        "bos_token": None,
        "eos_token": "<|im_end|>",
        "pad_token": "<|endoftext|>",
        "unk_token": None,
        "clean_up_tokenization_spaces": False,
        "tokenizer_class": "Qwen2Tokenizer",
    }
    for family in ("qwen2", "qwen3"):
        yield family, {"config": model(family), "tokenizer": file, "tokenizer_config": config}


def bloom():
    vocab, merges = byte_level("bloom")
    names = ["<unk>", "<s>", "</s>", "<pad>"]
    special = [added(token, number) for number, token in enumerate(names)]
    level = bytes_of(add_prefix_space=True)
    parts = {"pre_tokenizer": splitting(BLOOM), "post_processor": bytes_of(add_prefix_space=True, trim_offsets=False), "decoder": level}
    file = whole(names + vocab, merges, special, **parts)
    named = {"unk_token": "<unk>", "bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>"}
    config = {**named, "add_prefix_space": False, "tokenizer_class": "BloomTokenizerFast", "padding_side": "left"}
    yield "bloom", {"config": model("bloom"), "tokenizer": file, "tokenizer_config": config, "special_tokens_map": named}


def neox():
    vocab, merges = byte_level("gpt2")
    vocab = ["<|endoftext|>", "<|padding|>"] + vocab
    special = [added(token, number) for number, token in enumerate(vocab[:2])]
    # Runs of spaces are tokens that a text may contain, and not special.
    special += [added(" " * count, len(vocab) + i, normalized=True, special=False) for i, count in enumerate((4, 3, 2))]
    level = bytes_of(use_regex=True)
    parts = {"normalizer": {"type": "NFC"}, "pre_tokenizer": level, "post_processor": level, "decoder": level}
    file = whole(vocab, merges, special, **parts)
    named = {name: "<|endoftext|>" for name in ("unk_token", "bos_token", "eos_token")}
    config = {**named, "add_prefix_space": False, "tokenizer_class": "GPTNeoXTokenizer"}
    files = {"config": model("gpt_neox"), "tokenizer": file, "tokenizer_config": config, "special_tokens_map": named}
    yield "gpt_neox", files


STYLES = [gpt2, opt, llama2, llama3, qwen2, bloom, neox]


# ---- Writing


def write(folder, files):
    folder.mkdir(parents=True)
    for name, content in files.items():
        if name == "merges":
            text = "#version: 0.2\n" + "".join(" ".join(merge) + "\n" for merge in content)
            (folder / "merges.txt").write_text(text, encoding="utf-8")
        else:
            text = json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
            (folder / f"{name}.json").write_text(text, encoding="utf-8")


def compact(folder):
    for file in folder.glob("*.json"):
        text = json.dumps(json.loads(file.read_text(encoding="utf-8")), ensure_ascii=False, separators=(",", ":"))
        file.write_text(text + "\n", encoding="utf-8")


def expect(folder, lines):
    """Writes what the folder's tokenizer gives: for each line the ids, and the text that they decode to if it is another."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    before = tokenizer("")["input_ids"]
    pad = tokenizer.pad_token_id
    head = {
        "versions": f"transformers {transformers.__version__}, tokenizers {tokenizers.__version__}",
        "class": type(tokenizer).__name__,
        "front": before,
        "end": tokenizer.eos_token_id,
        "pad": tokenizer.eos_token_id if pad is None else pad,
        "largest": max(tokenizer.get_vocab().values()),
    }
    rows = [head]
    for text in lines:
        ids = tokenizer(text)["input_ids"]
        bare = tokenizer(text, add_special_tokens=False)["input_ids"]
        if ids != before + bare:
            raise SystemExit(f"{folder}: {text!r} has {ids}, which are not {before} and {bare}")
        row = {"ids": bare}
        plain = tokenizer.decode(bare, clean_up_tokenization_spaces=False)
        without = tokenizer.decode(bare, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        if plain != text:
            row["decoded"] = plain
        if without != plain:
            row["skipped"] = without
        rows.append(row)
    out = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    (folder / "expected.jsonl").write_text(out, encoding="utf-8")
    print(f"{folder.name}: {head['class']}, {sum(len(row['ids']) for row in rows[1:])} ids", flush=True)
    return tokenizer


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--boolq", type=pathlib.Path, help="a folder with BoolQ's train.jsonl")
    arguments = parser.parse_args()
    if arguments.out.exists():
        sys.exit(f"{arguments.out} exists; name a new folder")
    lines = texts(arguments.lines, arguments.seed, boolq_lines(arguments.boolq) if arguments.boolq else [])
    arguments.out.mkdir(parents=True)
    content = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in lines)
    (arguments.out / "lines.jsonl").write_text(content, encoding="utf-8")
    for style in STYLES:
        for name, files in style():
            folder = arguments.out / name
            write(folder, files)
            tokenizer = expect(folder, lines)
            again = arguments.out / f"{name}-5"
            tokenizer.save_pretrained(again)
            shutil.copy(folder / "config.json", again / "config.json")
            compact(again)
            expect(again, lines)


if __name__ == "__main__":
    main()
