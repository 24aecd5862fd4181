#!/usr/bin/env python3
"""prepare.py OUT.npz VOCABULARY.json FEATURES.jsonl[.gz] LABELS [--limit N] [--make-vocabulary N]

Articles as the product's encoder sees them (`trainer features`), with what a teacher or a person says of their reported
speech, as flat arrays of numbers for `train.py`. LABELS is a file of the teacher's candidates (`id`, `candidates`) or of
articles with `attributions`. Tokens, tags and trees are the product's own, so that the student learns from what it will see.
"""
import argparse, collections, gzip, json
import numpy as np

SEGMENT = 320        # tokens at most
WORD, RELATION, PARAGRAPH, SENTENCE = 0, 5, 8, 9        # columns of what the encoder sees of a token


def opened(path):
    return gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")


def segments(breaks, sentence_starts, n, SEGMENT):
    """Runs of whole paragraphs of up to SEGMENT tokens; a longer paragraph is cut where sentences end."""
    pars = sorted({0, *breaks}) + [n]
    sents = np.array(sorted(sentence_starts) + [n])
    out, start = [], 0
    for a, b in zip(pars, pars[1:]):
        if b - start <= SEGMENT:
            continue
        if a > start:
            out.append((start, a)); start = a
        while b - start > SEGMENT:
            fit = sents[(sents > start) & (sents <= start + SEGMENT)]
            cut = int(fit[-1]) if len(fit) else start + SEGMENT
            out.append((start, cut)); start = cut
    if start < n:
        out.append((start, n))
    return out


def token_set(spans, starts, ends):
    got = []
    for s, e in spans:
        got.extend(range(int(np.searchsorted(ends, s, "right")), int(np.searchsorted(starts, e, "left"))))
    return got


def relation_to(run, lo, hi, head, deprel):
    """run: the tokens of a cue. For tokens lo..hi: how each hangs on the cue in the tree. 0 elsewhere, 1 the cue, 2 above it, 3 beside it (another
    child of what is above), 4 + the relation of the cue's child through which a token hangs on it."""
    # The head of the cue: the token whose own head is outside of it.
    cue = next((t for t in run if not (run[0] <= head[t] <= run[-1])), run[0])
    at = np.arange(lo, hi)
    out = np.zeros(hi - lo, np.int64)
    for t in at:
        cur, child = t, -1
        for _ in range(40):
            if cur == cue:
                out[t - lo] = 1 if child < 0 else 4 + deprel[child]
                break
            if cur < 0:
                break
            child, cur = cur, head[cur]
    up, step = head[cue], 0
    while up >= 0 and step < 40:
        if lo <= up < hi and out[up - lo] == 0:
            out[up - lo] = 2
        up, step = head[up], step + 1
    if head[cue] >= 0:
        beside = np.nonzero((head[lo:hi] == head[cue]) & (out == 0))[0]
        out[beside] = 3
    return out


def make_vocabulary(extracted, texts, limit):
    """The commonest words: hashes, as onrecord gives them, and one spelling of each. The first stands for all others."""
    words, spelling = collections.Counter(), {}
    for line in opened(extracted):
        row = json.loads(line); text = texts.get(row["id"])
        if text is None:
            continue
        for (start, end), features in zip(row["tokens"], row["rows"]):
            words[features[WORD]] += 1; spelling.setdefault(features[WORD], text[start:end].lower())
    best = [w for w, _ in words.most_common(limit)]
    return {"words": [0] + best, "spelling": [""] + [spelling[w] for w in best]}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out"); ap.add_argument("vocabulary"); ap.add_argument("extracted"); ap.add_argument("labels")
    ap.add_argument("--texts", help="articles with id and text, where the labels hold none")
    ap.add_argument("--limit", type=int); ap.add_argument("--skip", type=int, default=0); ap.add_argument("--segment", type=int, default=SEGMENT)
    ap.add_argument("--every", type=int, default=0, help="only each article of that number"); ap.add_argument("--not-every", type=int, default=0, help="all but those")
    ap.add_argument("--make-vocabulary", type=int, default=0, help="of so many words")
    o = ap.parse_args()
    labels, texts = {}, {}
    for line in opened(o.labels):
        row = json.loads(line); labels[row["id"]] = row
        if "text" in row:
            texts[row["id"]] = row["text"]
    if o.texts:
        for line in opened(o.texts):
            row = json.loads(line); texts[row["id"]] = row["text"]
    if o.make_vocabulary:
        json.dump(make_vocabulary(o.extracted, texts, o.make_vocabulary), open(o.vocabulary, "w"), ensure_ascii=False)
    known = {w: i for i, w in enumerate(json.load(open(o.vocabulary))["words"])}
    feats, segs, cues, spans, ids, offsets = [], [], [], [], [], [0]
    charspans, allheads = [], []
    for k, line in enumerate(opened(o.extracted)):
        if k < o.skip or (o.every and k % o.every) or (o.not_every and k % o.not_every == 0):
            continue
        if o.limit and len(ids) >= o.limit:
            break
        row = json.loads(line); label = labels.get(row["id"])
        if label is None or not row["tokens"]:
            continue
        starts, ends = (np.array(x) for x in zip(*row["tokens"]))
        n = len(starts)
        base = offsets[-1]
        head = np.array(row["heads"])
        f = np.array(row["rows"], np.int64)
        f[:, WORD] = [known.get(w, 0) for w in f[:, WORD]]
        deprel = f[:, RELATION]
        feats.append(f); allheads.append(np.where(head < 0, -1, head + base))
        charspans.append(np.column_stack([starts, ends]))
        cut = segments(np.nonzero(f[:, PARAGRAPH])[0].tolist(), np.nonzero(f[:, SENTENCE])[0].tolist(), n, o.segment)
        seg0 = len(segs)
        segs.extend((base + a, base + b) for a, b in cut)
        cuts = np.array([a for a, _ in cut])
        rows = label.get("candidates")
        if rows is None:
            rows = [dict(a, p_cue=1.0, p_report=1.0, log_p_spans=0.0) for a in label["attributions"] if a["cue"] and a["content"]]
        for c in rows:
            ct = token_set(c["cue"], starts, ends)
            if not ct:
                continue
            g = int(np.searchsorted(cuts, ct[0], "right")) - 1
            lo, hi = cut[g]
            ct = [t for t in ct if lo <= t < hi]
            # The cue is one run: of several pieces the first.
            run = [ct[0]]
            for t in ct[1:]:
                if t != run[-1] + 1:
                    break
                run.append(t)
            tags = np.zeros(hi - lo, np.int64)
            lost = 0
            for value, name in ((2, "content"), (1, "source")):
                for t in token_set(c[name], starts, ends):
                    if lo <= t < hi:
                        tags[t - lo] = value
                    else:
                        lost += 1
            rel = relation_to(run, lo, hi, head, deprel)
            score = c["p_cue"] ** 0.7 * c["p_report"] ** 0.3
            cues.append((seg0 + g, base + run[0], base + run[-1] + 1, score, c["log_p_spans"], lost))
            spans.append(np.stack([tags, rel]).astype(np.uint8))
        ids.append(row["id"]); offsets.append(base + n)
        if len(ids) % 500 == 0:
            print(len(ids), "articles", offsets[-1], "tokens", len(cues), "cues", flush=True)
    np.savez(o.out, feats=np.concatenate(feats).astype(np.uint16), chars=np.concatenate(charspans).astype(np.int32), segs=np.array(segs, np.int64), heads=np.concatenate(allheads).astype(np.int32),
             cues=np.array(cues, np.float64), spans=np.concatenate([s for s in spans], 1), lens=np.array([s.shape[1] for s in spans]),
             ids=np.array(ids), offsets=np.array(offsets))
    print(len(ids), "articles", offsets[-1], "tokens", len(cues), "cues", len(segs), "segments")


if __name__ == "__main__":
    main()
