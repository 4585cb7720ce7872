"""The peer of `./channelwise bench gpu`: the same fine-tune in Hugging Face Trainer.

Reads one JSON object a line from standard input, trains, and answers one JSON object a line:

  {"model": DIR, "data": FILE, "classes": N, "batch_size": B, "max_length": T, "padded": true,
   "cut": false, "learning_rate": R, "warm_up": W, "steps": S, "precision": "fp32|bf16",
   "seed": N, "device": "gpu|cpu"}
  -> {"seconds": S, "step_seconds": [...], "loss": L, "allocated_bytes": ...,
      "device": "NVIDIA ...", "torch": "2.x", "transformers": "5.x"}

"cut" keeps only the words of FILE in the word embedding, as our trainer does; else the whole
table is trained, as the Trainer does by itself. "seconds" are those of all steps after the
warm-up; the card is waited for at their two ends and nowhere between.

FILE holds one {"text": ..., "label": index} a line. Needs transformers 4.46 or newer (with
accelerate) and a PyTorch that has the device. Everything but the answers goes to standard error.
"""

import json
import os
import sys
import tempfile
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch  # noqa: E402
import transformers  # noqa: E402
from transformers import (  # noqa: E402
    AutoModelForSequenceClassification,
    AutoTokenizer,
    DataCollatorWithPadding,
    Trainer,
    TrainerCallback,
    TrainingArguments,
)


class StepTimes(TrainerCallback):
    """Takes the time of the steps after the warm-up, all together and each."""

    def __init__(self, cuda, warm_up, steps):
        self.cuda = cuda
        self.warm_up = warm_up
        self.last = warm_up + steps
        self.marks = []  # one a step: on a card events, for waiting would slow the peer down
        self.ends = []

    def on_step_end(self, args, state, control, **kwargs):
        if self.cuda:
            mark = torch.cuda.Event(enable_timing=True)
            mark.record()
        else:
            mark = time.perf_counter()
        self.marks.append(mark)
        if len(self.marks) in (self.warm_up, self.last):
            if self.cuda:
                torch.cuda.synchronize()
            self.ends.append(time.perf_counter())

    def seconds(self):
        return self.ends[1] - self.ends[0]

    def step_seconds(self):
        marks = self.marks[self.warm_up - 1 :]
        if self.cuda:
            return [a.elapsed_time(b) / 1000 for a, b in zip(marks, marks[1:])]
        return [b - a for a, b in zip(marks, marks[1:])]


class Texts(torch.utils.data.Dataset):
    """Encoded texts; padding is the collator's."""

    def __init__(self, path, tokenizer, max_length):
        with open(path, encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        encoded = tokenizer([row["text"] for row in rows], truncation=True, max_length=max_length)
        self.rows = [
            {"input_ids": ids, "attention_mask": mask, "labels": row["label"]}
            for ids, mask, row in zip(encoded["input_ids"], encoded["attention_mask"], rows)
        ]

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        return self.rows[index]


def cut(model, texts, pad):
    """Keeps only the words of the texts, and padding, in the word embedding."""
    used = sorted({pad}.union(*(row["input_ids"] for row in texts.rows)))
    if used[0] != pad:
        raise SystemExit("hf_trainer.py: the padding token is not the first of the vocabulary.")
    places = {word: place for place, word in enumerate(used)}
    for row in texts.rows:
        row["input_ids"] = [places[word] for word in row["input_ids"]]
    weights = model.get_input_embeddings().weight.detach()[used].clone()
    model.set_input_embeddings(
        torch.nn.Embedding.from_pretrained(weights, freeze=False, padding_idx=places[pad])
    )
    model.config.vocab_size = len(used)


def arguments(wish, folder):
    cuda = wish["device"] == "gpu"
    return TrainingArguments(
        output_dir=folder,
        per_device_train_batch_size=wish["batch_size"],
        learning_rate=wish["learning_rate"],
        weight_decay=0.01,
        max_grad_norm=1.0,
        warmup_steps=wish["warm_up"],
        lr_scheduler_type="linear",
        max_steps=wish["warm_up"] + wish["steps"],
        optim="adamw_torch_fused" if cuda else "adamw_torch",
        bf16=wish["precision"] == "bf16",
        use_cpu=not cuda,
        dataloader_pin_memory=cuda,
        # The loss is read by the log alone; a log every step would slow the peer down.
        logging_steps=wish["warm_up"] + wish["steps"],
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
        seed=wish["seed"],
    )


def train(wish):
    cuda = wish["device"] == "gpu"
    if cuda and not torch.cuda.is_available():
        raise SystemExit(f"hf_trainer.py: PyTorch {torch.__version__} finds no CUDA GPU.")
    if wish["precision"] == "fp32":
        # Plain fp32 on both sides: ours multiplies without TF32.
        torch.backends.cuda.matmul.allow_tf32 = False
        torch.backends.cudnn.allow_tf32 = False
    transformers.set_seed(wish["seed"])
    tokenizer = AutoTokenizer.from_pretrained(wish["model"])
    model = AutoModelForSequenceClassification.from_pretrained(
        wish["model"], num_labels=wish["classes"]
    )
    texts = Texts(wish["data"], tokenizer, wish["max_length"])
    if wish["cut"]:
        cut(model, texts, tokenizer.pad_token_id)
    times = StepTimes(cuda, wish["warm_up"], wish["steps"])
    if cuda:
        torch.cuda.reset_peak_memory_stats()
    with tempfile.TemporaryDirectory() as folder:
        trainer = Trainer(
            model=model,
            args=arguments(wish, folder),
            train_dataset=texts,
            data_collator=DataCollatorWithPadding(
                tokenizer,
                padding="max_length" if wish["padded"] else "longest",
                max_length=wish["max_length"] if wish["padded"] else None,
            ),
            callbacks=[times],
        )
        result = trainer.train()
    return {
        "seconds": times.seconds(),
        "step_seconds": times.step_seconds(),
        "loss": result.training_loss,
        "allocated_bytes": torch.cuda.max_memory_allocated() if cuda else 0,
        "device": torch.cuda.get_device_name(0) if cuda else "cpu",
        "torch": torch.__version__,
        "transformers": transformers.__version__,
    }


def main():
    # The Trainer prints its log; our answers must stay alone on standard output.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin:
        print(json.dumps(train(json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
