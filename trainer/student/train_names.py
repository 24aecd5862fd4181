#!/usr/bin/env python3
"""train_names.py OUT.pt --rows rows.jsonl.gz --raw raw.jsonl.gz --vocabulary V.json [--words words.npy] [--resume FROM.pt] [--minutes N]

Trains the encoder of names on what `trainer features` writes of the corpora of names: tables of embeddings, gated convolutions, a
label for each token. Prints exact F1 on the development parts, of the sequence that is allowed and likeliest."""
import argparse, gzip, itertools, json, random, time
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F
from model import Gated

LABELS = 9                    # outside; first and further token of a person, an organization, a place, another name
# Rows of each column behind the word: see `encoded.rs`.
SIZES = (4096, 4096, 4096, 1024, 7, 17, 512, 256, 256, 64, 513, 2049, 257, 257, 257, 2)
LENGTH = 160                  # tokens at a time
CASE, LISTS, CODES = 5, 7, range(11, 16)          # columns


class Names(nn.Module):
    def __init__(self, words, layers=3, d=128, word=128, drop=0.2):
        super().__init__()
        self.config = dict(words=words, layers=layers, d=d, word=word, drop=drop)
        self.drop = drop
        self.word = nn.Embedding(words, word); nn.init.normal_(self.word.weight, std=0.3)
        self.project = nn.Linear(word, d, bias=False)
        self.small = nn.ModuleList(nn.Embedding(n, d) for n in SIZES)
        for e in self.small:
            nn.init.normal_(e.weight, std=0.1)
        self.norm = nn.LayerNorm(d)
        self.encoder = Gated(d, layers, drop, (1, 2, 4, 8))
        self.last = nn.LayerNorm(d)
        self.label = nn.Linear(d, LABELS)

    def forward(self, feats, mask):
        x = self.project(self.word(feats[..., 0]))
        for i, e in enumerate(self.small):
            x = x + e(feats[..., i + 1])
        x = F.dropout(self.norm(x), self.drop, self.training)
        return self.label(self.last(self.encoder(x, mask)))


def allowed():
    """Scores of pairs of labels: nothing where the second may follow, else minus infinity."""
    t = np.zeros((LABELS, LABELS), np.float32)
    for a in range(LABELS):
        for b in range(2, LABELS, 2):
            if a not in (b, b - 1):
                t[a, b] = -1e9
    return t


def viterbi(scores, t):
    best, back = scores[0] + t[0], []
    for s in scores[1:]:
        v = best[:, None] + t
        back.append(v.argmax(0)); best = v.max(0) + s
    out = [int(best.argmax())]
    for b in reversed(back):
        out.append(int(b[out[-1]]))
    return out[::-1]


def spans(labels):
    found, start = set(), None
    for i, l in enumerate([*labels, 0]):
        if start is not None and (l == 0 or l % 2 or l // 2 != (labels[start] + 1) // 2):
            found.add((start, i, (labels[start] - 1) // 2)); start = None
        if l % 2:
            start = i
    return {s for s in found if s[2] < 3}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out"); ap.add_argument("--rows"); ap.add_argument("--raw", help="rows of raw articles with the names that the product found")
    ap.add_argument("--articles", type=int, default=1800, help="so many of them"); ap.add_argument("--gold-times", type=int, default=2); ap.add_argument("--vocabulary"); ap.add_argument("--words")
    ap.add_argument("--minutes", type=float, default=10); ap.add_argument("--rate", type=float, default=2e-3); ap.add_argument("--batch", type=int, default=32)
    ap.add_argument("--layers", type=int, default=3); ap.add_argument("--d", type=int, default=128); ap.add_argument("--drop", type=float, default=0.2)
    ap.add_argument("--resume", help="weights to begin from"); ap.add_argument("--threads", type=int, default=1); ap.add_argument("--seed", type=int, default=1); ap.add_argument("--hide", type=float, default=0.1)
    o = ap.parse_args()
    torch.manual_seed(o.seed); random.seed(o.seed); np.random.seed(o.seed); torch.set_num_threads(o.threads); torch.set_flush_denormal(True)
    vocabulary = json.load(open(o.vocabulary))["words"]
    known = {w: i for i, w in enumerate(vocabulary)}
    train, dev = [], {}
    raw = itertools.islice(gzip.open(o.raw, "rt"), o.articles) if o.raw else ()
    for line in itertools.chain(gzip.open(o.rows, "rt"), raw):
        row = json.loads(line)
        if not row["rows"]:
            continue
        row["times"] *= o.gold_times if row["part"] != "raw" else 1
        f = np.array(row["rows"], np.int64); f[:, 0] = [known.get(w, 0) for w in f[:, 0]]
        l = np.array(row["labels"])
        if row["times"]:
            starts = np.nonzero(f[:, -1])[0].tolist() + [len(f)]
            begin = 0
            for a, b in zip(starts, starts[1:]):
                if b - begin > LENGTH and a > begin:
                    train.append((f[begin:a], l[begin:a], row["times"])); begin = a
            train.append((f[begin:], l[begin:], row["times"]))
        else:
            dev.setdefault(row["part"], []).append((f, l))
    model = Names(len(vocabulary), o.layers, o.d, drop=o.drop)
    if o.resume:
        model.load_state_dict(torch.load(o.resume)["model"])
    elif o.words:
        w = np.load(o.words); model.word.weight.data[:, :w.shape[1]] = torch.from_numpy(w)
    order = [i for i, x in enumerate(train) for _ in range(x[2])]
    print(len(order), "texts an epoch", sum(len(train[i][0]) for i in order), "tokens", sum(p.numel() for p in model.parameters()), "parameters", flush=True)
    opt = torch.optim.AdamW([{"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": 0.01}, {"params": [p for p in model.parameters() if p.dim() == 1], "weight_decay": 0.0}], lr=o.rate, betas=(0.9, 0.98))
    mean = {k: p.clone() for k, p in model.state_dict().items()}
    began, step, used, epoch, total, summed = time.time(), 0, 0.0, 0, o.minutes * 60, 0.0

    def evaluate():
        keep = {k: p.clone() for k, p in model.state_dict().items()}
        model.load_state_dict(mean); model.eval()
        t, out = allowed(), []
        with torch.no_grad():
            for part, texts in dev.items():
                n = [0, 0, 0]
                for f, l in texts:
                    s = model(torch.from_numpy(f)[None], torch.ones(1, len(f), dtype=torch.bool))[0].log_softmax(-1).numpy()
                    p, g = spans(viterbi(s, t)), spans(l.tolist())
                    n[0] += len(p & g); n[1] += len(p); n[2] += len(g)
                out.append(f"{part} {2 * n[0] / (n[1] + n[2]):.4f}")
        model.load_state_dict(keep)
        print(f"{time.time() - began:.0f} s epoch {epoch} step {step}", *out, flush=True)

    while used < 1:
        random.shuffle(order); chunks = []
        for i in range(0, len(order), o.batch * 50):
            part = sorted(order[i:i + o.batch * 50], key=lambda x: len(train[x][0]))
            chunks += [part[j:j + o.batch] for j in range(0, len(part), o.batch)]
        random.shuffle(chunks)
        for picks in chunks:
            used = (time.time() - began) / total
            if used >= 1:
                break
            L = max(len(train[i][0]) for i in picks)
            feats = np.zeros((len(picks), L, 1 + len(SIZES)), np.int64); labels = np.full((len(picks), L), -100); mask = np.zeros((len(picks), L), bool)
            for b, i in enumerate(picks):
                f, l, _ = train[i]
                feats[b, :len(f)] = f; labels[b, :len(f)] = l; mask[b, :len(f)] = True
            # Some capitalized words are hidden, as if no text had ever had them; half of them are in no list either.
            draw = np.random.rand(*mask.shape)
            capital = feats[..., CASE] >= 3
            hidden = capital & (draw < o.hide)
            feats[..., 0][hidden | (draw > 0.99)] = 0
            for c in CODES:
                feats[..., c][hidden] = 0
            feats[..., LISTS][capital & (draw < o.hide / 2)] = 0
            for group in opt.param_groups:
                group["lr"] = o.rate * min(1, (step + 1) / 200) * max(0.02, 1 - used)
            model.train()
            loss = F.cross_entropy(model(torch.from_numpy(feats), torch.from_numpy(mask)).flatten(0, 1), torch.from_numpy(labels).flatten(), label_smoothing=0.02)
            opt.zero_grad(); loss.backward(); torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0); opt.step(); step += 1
            summed += float(loss.detach())
            if step % 10 == 0:
                with torch.no_grad():
                    for k, p in model.state_dict().items():
                        mean[k].lerp_(p, min(0.03, 1 / (1 + step / 10)) if step > 300 else 1.0)
        epoch += 1
        print(f"loss {summed / max(step, 1):.4f}", end=" "); evaluate()
    torch.save({"config": model.config, "model": mean}, o.out)


if __name__ == "__main__":
    main()
