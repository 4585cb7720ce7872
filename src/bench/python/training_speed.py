#!/usr/bin/env python3
"""The peer of the benchmark training-speed: a BERT fine-tuned by plain PyTorch.

The model is written as Hugging Face's eager BertModel is (separate query, key
and value, an additive mask, softmax, dropout 0.1 on attention, embeddings and
both blocks), with mean pooling and a classification head; the step is zeroed
gradients, forward, cross entropy, backward, clipping by the global norm and
torch.optim.AdamW. Needs torch and numpy alone: weights are read from
model.safetensors by hand.

    training_speed.py FOLDER BATCH LENGTH CLASSES THREADS ROWS PRECISION SEED

ROWS keeps only the first rows of the word embedding, as our trainer keeps only
the rows its texts use; "all" trains the whole table, as Hugging Face's Trainer
does. PRECISION is fp32, or bf16 for PyTorch's autocast. Reads numbers of steps,
one a line, and answers the seconds they took, the last loss (nan for 0 steps),
and the version and threads of PyTorch.

Debian's OpenBLAS has threads beside PyTorch's OpenMP ones; idle ones of either
kind spin and take the processors from the other. OMP_WAIT_POLICY=PASSIVE in the
environment makes this peer 1.7 times as fast on two processors: set it.
"""
import json
import math
import struct
import sys
import time

import numpy as np
import torch
from torch import nn


def read_safetensors(path):
    """Tensors by name; F32 only."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = np.frombuffer(file.read(), dtype=np.uint8)
    result = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] != "F32":
            raise SystemExit(f"{name} is {entry['dtype']}; this peer reads F32 alone")
        begin, end = entry["data_offsets"]
        values = data[begin:end].view("<f4").reshape(entry["shape"])
        result[name.removeprefix("bert.")] = torch.from_numpy(values.copy())
    return result


class Layer(nn.Module):
    def __init__(self, hidden, heads, wide, eps, dropout):
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)
        self.attention_out = nn.Linear(hidden, hidden)
        self.attention_norm = nn.LayerNorm(hidden, eps=eps)
        self.intermediate = nn.Linear(hidden, wide)
        self.out = nn.Linear(wide, hidden)
        self.norm = nn.LayerNorm(hidden, eps=eps)
        self.dropout = nn.Dropout(dropout)

    def split(self, x):
        batch, length, hidden = x.shape
        return x.view(batch, length, self.heads, hidden // self.heads).permute(0, 2, 1, 3)

    def forward(self, x, mask):
        query, key, value = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        scores = torch.matmul(query, key.transpose(-1, -2)) / math.sqrt(query.shape[-1])
        shares = self.dropout(torch.softmax(scores + mask, dim=-1))
        context = torch.matmul(shares, value).permute(0, 2, 1, 3).contiguous().view(x.shape)
        x = self.attention_norm(self.dropout(self.attention_out(context)) + x)
        wide = nn.functional.gelu(self.intermediate(x))
        return self.norm(self.dropout(self.out(wide)) + x)


class Bert(nn.Module):
    def __init__(self, config, classes, rows, dropout=0.1):
        super().__init__()
        hidden, eps = config["hidden_size"], config["layer_norm_eps"]
        self.words = nn.Embedding(rows, hidden, padding_idx=0)
        self.positions = nn.Embedding(config["max_position_embeddings"], hidden)
        self.types = nn.Embedding(config["type_vocab_size"], hidden)
        self.norm = nn.LayerNorm(hidden, eps=eps)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(
            Layer(hidden, config["num_attention_heads"], config["intermediate_size"], eps, dropout)
            for _ in range(config["num_hidden_layers"])
        )
        self.classifier = nn.Linear(hidden, classes)

    def forward(self, ids, types, attention_mask):
        positions = torch.arange(ids.shape[1]).unsqueeze(0)
        x = self.words(ids) + self.types(types) + self.positions(positions)
        x = self.dropout(self.norm(x))
        mask = (1.0 - attention_mask[:, None, None, :]) * torch.finfo(torch.float32).min
        for layer in self.layers:
            x = layer(x, mask)
        weights = attention_mask.unsqueeze(-1)
        pooled = (x * weights).sum(1) / weights.sum(1)
        return self.classifier(self.dropout(pooled))


def load(model, tensors, rows):
    names = {"words": "embeddings.word_embeddings", "positions": "embeddings.position_embeddings",
             "types": "embeddings.token_type_embeddings", "norm": "embeddings.LayerNorm"}
    for i in range(len(model.layers)):
        ours, theirs = f"layers.{i}.", f"encoder.layer.{i}."
        for name in ("query", "key", "value"):
            names[ours + name] = theirs + "attention.self." + name
        names[ours + "attention_out"] = theirs + "attention.output.dense"
        names[ours + "attention_norm"] = theirs + "attention.output.LayerNorm"
        names[ours + "intermediate"] = theirs + "intermediate.dense"
        names[ours + "out"] = theirs + "output.dense"
        names[ours + "norm"] = theirs + "output.LayerNorm"
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            module, kind = name.rsplit(".", 1)
            if module == "classifier":
                nn.init.normal_(parameter, std=0.02) if kind == "weight" else nn.init.zeros_(parameter)
            else:
                tensor = tensors[names[module] + "." + kind]
                parameter.copy_(tensor[:rows] if module == "words" else tensor)


def main():
    folder, (batch, length, classes, threads) = sys.argv[1], map(int, sys.argv[2:6])
    torch.set_num_threads(threads)
    words, precision, seed = sys.argv[6:9]
    torch.manual_seed(int(seed))
    with open(folder + "/config.json", encoding="utf-8") as file:
        config = json.load(file)
    rows = config["vocab_size"] if words == "all" else int(words)
    model = Bert(config, classes, rows)
    load(model, read_safetensors(folder + "/model.safetensors"), rows)
    model.train()
    plain = [p for n, p in model.named_parameters() if n.endswith(".bias") or "norm" in n]
    decayed = [p for n, p in model.named_parameters() if not (n.endswith(".bias") or "norm" in n)]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}], lr=1e-4)
    random = np.random.default_rng(int(seed) % 2**32)
    batches = [
        (torch.from_numpy(random.integers(1, 2500, (batch, length))),
         torch.from_numpy(random.integers(0, classes, batch)))
        for _ in range(8)
    ]
    types = torch.zeros(batch, length, dtype=torch.long)
    mask = torch.ones(batch, length)
    value = math.nan
    for line in sys.stdin:
        start = time.perf_counter()
        for step in range(int(line)):
            ids, truth = batches[step % len(batches)]
            optimizer.zero_grad(set_to_none=True)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bf16"):
                loss = nn.functional.cross_entropy(model(ids, types, mask), truth)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            value = loss.item()
        seconds = time.perf_counter() - start
        print(f"{seconds:.6f} {value:.6f} PyTorch {torch.__version__}, {torch.get_num_threads()} threads", flush=True)


if __name__ == "__main__":
    main()
