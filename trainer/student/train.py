#!/usr/bin/env python3
"""train.py OUT.pt --gold train.npz --silver silver.npz --vocabulary V.json [--kind gated …] [--minutes N]

Trains the student on the teacher's candidates (soft) and on annotated articles (hard). What it learns of a candidate: whether a
cue stands there, how sure the teacher is of a report, which tokens are its content and its source."""
import argparse, json, random, time
import numpy as np, torch, torch.nn.functional as F
from model import Student, crf_loss


SIDE, WIDTH = 56, 120        # tokens that are read before a cue, and in all
COLUMNS, RELATIONS = 12, 53


class Data:
    def __init__(self, path, hard):
        z = np.load(path)
        self.feats, self.segs, self.cues, self.lens = z["feats"], z["segs"], z["cues"], z["lens"]
        self.spans, self.chars, self.ids, self.offsets, self.heads = z["spans"], z["chars"], z["ids"], z["offsets"], z["heads"]
        self.at = np.concatenate([[0], np.cumsum(self.lens)])
        self.hard = hard
        by = [[] for _ in self.segs]
        for k, c in enumerate(self.cues):
            by[int(c[0])].append(k)
        self.by = by


def collate(picks):
    """picks: (data, segment). Gives the tensors of a batch."""
    L = max(int(d.segs[g][1] - d.segs[g][0]) for d, g in picks)
    L = -(-L // 8) * 8
    B = len(picks)
    feats = np.zeros((B, L, COLUMNS), np.int64); mask = np.zeros((B, L), bool)
    target = np.zeros((B, L, 3), np.float32)
    rows, starts, ends, score, tags, rels, wspan, lows = [], [], [], [], [], [], [], []

    def add(s, e, n, t):
        lo = max(0, min(s - SIDE, n - WIDTH))
        both = np.zeros((2, WIDTH), np.int64)
        part = t[:, lo:lo + WIDTH]; both[:, :part.shape[1]] = part
        lows.append(lo); tags.append(both[0]); rels.append(both[1])
    for b, (d, g) in enumerate(picks):
        lo, hi = d.segs[g]
        n = int(hi - lo)
        feats[b, :n] = d.feats[lo:hi]; mask[b, :n] = True
        for k in d.by[g]:
            _, s, e, p, lp, lost = d.cues[k]
            s, e = int(s - lo), int(e - lo)
            target[b, s, 1] = max(target[b, s, 1], p); target[b, s + 1:e, 2] = np.maximum(target[b, s + 1:e, 2], p)
            if p < 0.1:
                if random.random() > 0.2:
                    continue
            t = d.spans[:, d.at[k]:d.at[k + 1]].astype(np.int64)
            rows.append(b); starts.append(s); ends.append(e); score.append(p); add(s, e, n, t)
            sure = 1.0 if d.hard else p * float(np.exp(max(lp, -3.0)))
            wspan.append(0.0 if lost > 3 else sure)
    s = target.sum(-1)
    target[..., 0] = np.maximum(0, 1 - s)
    target /= np.maximum(target.sum(-1, keepdims=True), 1)
    T = lambda x, dt=torch.long: torch.tensor(np.array(x), dtype=dt)
    if not rows:
        return None
    return (torch.from_numpy(feats), torch.from_numpy(mask), torch.from_numpy(target), T(rows), T(lows), T(starts), T(ends),
            T(score, torch.float32), T(tags), T(rels), T(wspan, torch.float32))


def losses(model, batch, unknown=0.02):
    feats, mask, target, rows, lows, starts, ends, score, tags, rels, wspan = batch
    if model.training and unknown:
        feats = feats.clone(); feats[..., 0][torch.rand(feats.shape[:2]) < unknown] = 0
    h = model.encode(feats, mask)
    logp = model.cue(h).log_softmax(-1)
    cue = -((target * logp).sum(-1) * mask).sum() / mask.sum() * 20
    edge, ok, real = model.read(h, feats, mask, rows, lows, starts, ends, rels)
    span = (crf_loss(edge, ok, tags) * wspan).sum() / wspan.sum().clamp(min=1)
    true = F.binary_cross_entropy_with_logits(real, score)
    return cue, span, true


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out"); ap.add_argument("--gold"); ap.add_argument("--silver"); ap.add_argument("--vocabulary")
    ap.add_argument("--kind", default="gated"); ap.add_argument("--layers", type=int, default=4); ap.add_argument("--d", type=int, default=192)
    ap.add_argument("--word", type=int, default=128); ap.add_argument("--s", type=int, default=64); ap.add_argument("--reads", type=int, default=4)
    ap.add_argument("--minutes", type=float, default=10); ap.add_argument("--rate", type=float, default=2e-3); ap.add_argument("--batch", type=int, default=24)
    ap.add_argument("--also", nargs="*", default=[], help="silver articles, or gold ones as GOLD.npz:gold, besides: the same in other houses' marks")
    ap.add_argument("--resume", help="weights to begin from")
    ap.add_argument("--gold-times", type=int, default=3); ap.add_argument("--threads", type=int, default=2); ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--no-trees", action="store_true"); ap.add_argument("--words", help="vectors of the vocabulary, .npy"); ap.add_argument("--epochs", type=float)
    o = ap.parse_args()
    torch.manual_seed(o.seed); random.seed(o.seed); np.random.seed(o.seed); torch.set_num_threads(o.threads); torch.set_flush_denormal(True)
    v = json.load(open(o.vocabulary))
    sets = [(Data(o.gold, True), o.gold_times)] if o.gold else []
    if o.silver:
        sets.append((Data(o.silver, False), 1))
    sets += [(Data(path.removesuffix(":gold"), path.endswith(":gold")), 1) for path in o.also]
    model = Student(len(v["words"]), RELATIONS, o.kind, o.layers, o.d, o.word, o.s, o.reads, trees=not o.no_trees)
    if o.words:
        w = np.load(o.words); model.word.weight.data[:, :w.shape[1]] = torch.from_numpy(w)
    if o.resume:
        model.load_state_dict(torch.load(o.resume)["model"])
    sparse = {id(model.word.weight)}
    opt = torch.optim.AdamW([{"params": [p for p in model.parameters() if p.dim() > 1 and id(p) not in sparse], "weight_decay": 0.01},
                             {"params": [p for p in model.parameters() if p.dim() == 1 or id(p) in sparse], "weight_decay": 0.0}], lr=o.rate, betas=(0.9, 0.98))
    all_ = [(d, g) for d, times in sets for _ in range(times) for g in range(len(d.segs))]
    print(len(all_), "segments an epoch;", sum(p.numel() for p in model.parameters()), "parameters", flush=True)
    began, step, epoch, used = time.time(), 0, 0, 0.0
    total = o.minutes * 60
    sums = np.zeros(3)
    # A running mean of the weights, over some 500 steps, is what is kept (Polyak and Juditsky 1992).
    mean = {k: p.clone() for k, p in model.state_dict().items()}
    while used < 1:
        random.shuffle(all_)
        # Batches of like length, in random order.
        chunks = []
        for i in range(0, len(all_), o.batch * 50):
            part = sorted(all_[i:i + o.batch * 50], key=lambda x: x[0].segs[x[1]][1] - x[0].segs[x[1]][0])
            chunks += [part[j:j + o.batch] for j in range(0, len(part), o.batch)]
        random.shuffle(chunks)
        for k, picks in enumerate(chunks):
            used = (time.time() - began) / total if not o.epochs else (epoch + k / len(chunks)) / o.epochs
            if used >= 1:
                break
            batch = collate(picks)
            if batch is None:
                continue
            rate = o.rate * min(1, step / 200) * max(0.02, 1 - used)
            for group in opt.param_groups:
                group["lr"] = rate
            model.train()
            parts = losses(model, batch)
            loss = parts[0] + 0.3 * parts[1] + parts[2]
            opt.zero_grad(); loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            opt.step(); step += 1
            if step % 10 == 0:
                with torch.no_grad():
                    for name, p in model.state_dict().items():
                        mean[name].lerp_(p, min(0.02, 1 / (1 + step / 10)) if step > 1000 else 1.0)
            if step % 500 == 0:
                torch.save({"config": model.config, "model": mean}, o.out)
            sums += [float(p.detach()) for p in parts]
            if step % 200 == 0:
                print(f"{time.time() - began:.0f} s epoch {epoch + k / len(chunks):.2f} step {step} cue {sums[0] / 200:.3f} span {sums[1] / 200:.3f} real {sums[2] / 200:.3f}", flush=True)
                sums[:] = 0
        epoch += 1
    torch.save({"config": model.config, "model": mean}, o.out)
    print("done", o.out, f"{time.time() - began:.0f} s", step, "steps", flush=True)


if __name__ == "__main__":
    main()
