#!/usr/bin/env python3
"""reference.py QUANTIZED.pt VOCABULARY.json FEATURES.jsonl OUT.json [--names]: what the model says of articles, for the test of the
product.

QUANTIZED is what `export.py --quantized` wrote, FEATURES what `trainer features` gives for invented articles. Every cue at .08 or
above is read. With --names it is what `--quantized-names` wrote, and `trainer features --only name`; out come log-probabilities of
labels."""
import argparse, json
import numpy as np, torch
from evaluate import load
from model import BETWEEN, crf_decode
from prepare import WORD, RELATION, relation_to
from train import SIDE, WIDTH
from train_names import Names


@torch.no_grad()
def reference(model, known, row):
    rows = np.array(row["rows"], np.int64)
    feats = rows.copy(); feats[:, WORD] = [known.get(w, 0) for w in rows[:, WORD]]
    n = len(feats)
    f = torch.from_numpy(feats)[None]; mask = torch.ones(1, n, dtype=torch.bool)
    h = model.encode(f, mask)
    logits = model.cue(h)[0]
    p = logits.softmax(-1).numpy()
    head, opens = np.array(row["heads"]), (feats[:, 7] == 1) & (np.concatenate([[0], feats[:-1, 7]]) == 0)
    begun = np.stack([feats[:, 9].cumsum(), feats[:, 8].cumsum(), opens.cumsum()], 1)
    readings = []
    for i in (i for i in range(n) if p[i, 1] >= 0.08):
        j = i + 1
        while j < n and p[j, 2] > 0.5:
            j += 1
        low = max(0, min(i - SIDE, n - WIDTH)); end = min(n, low + WIDTH)
        rel = relation_to(range(i, j), low, end, head, feats[:, RELATION])
        T = lambda x: torch.tensor([x])
        edge, ok, real = model.read(h, f, mask, T(0), T(low), T(i), T(j), torch.from_numpy(rel)[None])
        tags, lp = crf_decode(edge, ok)
        readings.append({"start": low, "cue": [i, j], "relations": rel.tolist(), "between": (begun[low:end] - begun[i]).tolist(),
                         "report": round(float(real[0]), 4), "tags": tags[0].tolist(), "likelihood": round(float(lp[0]), 4),
                         "potentials": [[round(x, 4) for x in e] for e in edge[0][::10].tolist()]})
    return {"id": row["id"], "rows": rows.tolist(), "cues": [[round(x, 4) for x in r] for r in logits.tolist()], "readings": readings}


@torch.no_grad()
def of_names(model, known, row):
    rows = np.array(row["rows"], np.int64)
    feats = rows.copy(); feats[:, WORD] = [known.get(w, 0) for w in rows[:, WORD]]
    logits = model(torch.from_numpy(feats)[None], torch.ones(1, len(feats), dtype=torch.bool))[0]
    return {"rows": rows.tolist(), "labels": [[round(x, 4) for x in r] for r in logits.log_softmax(-1).tolist()]}


def load_names(path):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model = Names(**saved["config"]); model.load_state_dict(saved["model"]); model.eval()
    return model


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("model"); ap.add_argument("vocabulary"); ap.add_argument("features"); ap.add_argument("out")
    ap.add_argument("--names", action="store_true")
    o = ap.parse_args()
    known = {w: i for i, w in enumerate(json.load(open(o.vocabulary))["words"])}
    model, say = (load_names(o.model), of_names) if o.names else (load(o.model), reference)
    with open(o.out, "w") as f:
        for line in open(o.features):
            f.write(json.dumps(say(model, known, json.loads(line)), separators=(",", ":")) + "\n")
