#!/usr/bin/env python3
"""evaluate.py MODEL.pt DATA.npz ARTICLES.jsonl OUT.jsonl [--cut .5]: what the student finds, as attributions for score_quotes.py."""
import argparse, json, time
import numpy as np, torch
from model import Student, crf_decode
from train import Data, SIDE, WIDTH
from prepare import relation_to


def load(path):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model = Student(**saved["config"]); model.load_state_dict(saved["model"]); model.eval()
    return model


@torch.no_grad()
def found(model, data, floor=0.08, alpha=0.3):
    """An article: candidates (score, cue tokens, content tokens, source tokens), token numbers within all of data."""
    out = []
    feats = data.feats.astype(np.int64)
    for g, (lo, hi) in enumerate(data.segs):
        n = int(hi - lo)
        f = torch.from_numpy(feats[lo:hi])[None]; mask = torch.ones(1, n, dtype=torch.bool)
        h = model.encode(f, mask)
        p = model.cue(h).softmax(-1)[0].numpy()
        taken, cues = np.zeros(n, bool), []
        for i in sorted((i for i in range(n) if p[i, 1] >= floor), key=lambda i: -p[i, 1]):
            j = i + 1
            while j < n and p[j, 2] > 0.5 and p[j, 1] < 0.5:
                j += 1
            if not taken[i:j].any():
                taken[i:j] = True; cues.append((i, j))
        if not cues:
            continue
        head = data.heads[lo:hi] - lo
        head = np.where((head >= 0) & (head < n), head, -1)
        deprel = feats[lo:hi, 5]
        rows, lows, starts, ends, rels = [], [], [], [], []
        for i, j in cues:
            low = max(0, min(i - SIDE, n - WIDTH))
            rel = np.zeros(WIDTH, np.int64)
            r = relation_to(range(i, j), low, min(n, low + WIDTH), head, deprel); rel[:len(r)] = r
            rows.append(0); lows.append(low); starts.append(i); ends.append(j); rels.append(rel)
        T = lambda x: torch.tensor(np.array(x))
        edge, ok, real = model.read(h, f, mask, T(rows), T(lows), T(starts), T(ends), T(rels))
        tags, lp = crf_decode(edge, ok)
        for (i, j), low, t, r in zip(cues, lows, tags.numpy(), real.sigmoid().tolist()):
            score = float(p[i, 1]) ** (1 - alpha) * r ** alpha
            out.append((score, [int(lo) + k for k in range(i, j)], (np.nonzero(t == 2)[0] + low + int(lo)).tolist(), (np.nonzero(t == 1)[0] + low + int(lo)).tolist()))
    return out


def spans(tokens, chars):
    out = []
    for t in tokens:
        if out and out[-1][2] == t - 1:
            out[-1][1], out[-1][2] = int(chars[t][1]), t
        else:
            out.append([int(chars[t][0]), int(chars[t][1]), t])
    return [[a, b] for a, b, _ in out]


def decode(candidates, data, cut):
    bounds = data.offsets
    by = {i: [] for i in data.ids}
    used = set()
    for score, cue, content, source in sorted(candidates, key=lambda c: -c[0]):
        if score < cut or not content:
            continue
        rest = [t for t in content if t not in used]
        if 2 * len(rest) < len(content):
            continue
        used.update(rest)
        k = int(np.searchsorted(bounds, cue[0], "right")) - 1
        by[data.ids[k]].append({"source": spans(source, data.chars), "cue": spans(cue, data.chars), "content": spans(rest, data.chars), "confidence": round(score, 3)})
    return by


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("model"); ap.add_argument("data"); ap.add_argument("articles"); ap.add_argument("out"); ap.add_argument("--cuts", default="0.35,0.45,0.55")
    o = ap.parse_args()
    torch.set_num_threads(1)
    import subprocess, sys
    from pathlib import Path
    scorer = Path(__file__).resolve().parents[3] / "shared/tools/score_quotes.py"
    data, model = Data(o.data, True), load(o.model)
    t = time.process_time(); got = found(model, data); t = time.process_time() - t
    print(f"{len(data.feats) / t:.0f} tokens a CPU second in Python")
    for cut in map(float, o.cuts.split(",")):
        by = decode(got, data, cut)
        with open(o.out, "w") as f:
            for i in data.ids:
                f.write(json.dumps({"id": str(i), "attributions": by[i]}) + "\n")
        print("cut", cut, flush=True)
        print(subprocess.run([sys.executable, str(scorer), o.articles, o.out, "--brief"], capture_output=True, text=True).stdout)
