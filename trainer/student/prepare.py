#!/usr/bin/env python3
"""prepare.py OUT.npz VOCABULARY.json EXTRACTED.jsonl[.gz] LABELS [--limit N] [--make-vocabulary]

Articles as onrecord reads them (`onrecord extract --tokens`), with what a teacher or a person says of their reported
speech, as flat arrays of numbers for `train.py`. LABELS is a file of the teacher's candidates (`id`, `candidates`) or of
articles with `attributions`. Tokens, tags and trees are the product's own, so that the student learns from what it will see.
"""
import argparse, collections, gzip, json, re
import numpy as np

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
ENTITY = {"PER": 1, "ORG": 2, "LOC": 3}
SEGMENT = 160        # tokens at most
DOUBLE = "\"“”„«»"


def opened(path):
    return gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")


def normal(word):
    return re.sub(r"\d", "0", word.lower())


def shape(word):
    """0 none, 1 digits, 2 lower, 3 title, 4 initial, 5 upper, 6 mixed."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 1 if any(c.isdigit() for c in word) else 0
    if all(c.islower() for c in letters):
        return 2
    if all(c.isupper() for c in letters):
        return 4 if len(letters) == 1 else 5
    return 3 if letters[0].isupper() and all(c.islower() for c in letters[1:]) else 6


def crc(text, buckets):
    """FNV-1a, to a bucket; 0 is kept free."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return 1 + value % (buckets - 1)


class Vocabulary:
    def __init__(self, data):
        self.words = {w: i for i, w in enumerate(data["words"])}
        self.relations = {r: i for i, r in enumerate(data["relations"])}
        self.cache = {}

    def of(self, word):
        got = self.cache.get(word)
        if got is None:
            low = normal(word)
            got = self.cache[word] = (self.words.get(low, 0), crc(low[-3:], 4096), crc(low[:3], 4096), shape(word))
        return got


def quote_states(text, tokens):
    """0 outside, 1 inside double marks of this paragraph; a closing mark is inside."""
    out, inside, last = [], False, 0
    for start, end in tokens:
        if "\n" in text[last:start]:
            inside = False
        word = text[start:end]
        if word in DOUBLE:
            opening = word in "“„«" or (word == '"' and not inside)
            out.append(1)
            inside = opening
        else:
            out.append(int(inside))
        last = end
    return out


def segments(breaks, sentence_starts, n):
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


def relation_to(cue, lo, hi, head, deprel):
    """For tokens lo..hi: how each hangs on the cue in the tree. 0 elsewhere, 1 the cue, 2 above it, 3 beside it (another
    child of what is above), 4 + the relation of the cue's child through which a token hangs on it."""
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


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out"); ap.add_argument("vocabulary"); ap.add_argument("extracted"); ap.add_argument("labels")
    ap.add_argument("--texts", help="articles with id and text, where the labels hold none")
    ap.add_argument("--limit", type=int); ap.add_argument("--skip", type=int, default=0)
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
        words, relations = collections.Counter(), collections.Counter()
        for k, line in enumerate(opened(o.extracted)):
            row = json.loads(line); text = texts.get(row["id"])
            if text is None:
                continue
            for t in row["tokens"]:
                words[normal(text[t["start"]:t["end"]])] += 1; relations[t["deprel"]] += 1
        data = {"words": ["<unknown>"] + [w for w, _ in words.most_common(o.make_vocabulary)], "relations": sorted(relations)}
        json.dump(data, open(o.vocabulary, "w"), ensure_ascii=False)
    vocabulary = Vocabulary(json.load(open(o.vocabulary)))
    feats, segs, cues, spans, ids, offsets = [], [], [], [], [], [0]
    charspans = []
    for k, line in enumerate(opened(o.extracted)):
        if k < o.skip:
            continue
        if o.limit and len(ids) >= o.limit:
            break
        row = json.loads(line); label = labels.get(row["id"]); text = texts.get(row["id"])
        if label is None or not row.get("tokens"):
            continue
        toks = [(t["start"], t["end"]) for t in row["tokens"]]
        starts, ends = np.array([s for s, _ in toks]), np.array([e for _, e in toks])
        n = len(toks)
        base = offsets[-1]
        sent_of = np.searchsorted(np.array([s for s, _ in row["sentences"]]), starts, "right") - 1
        first = np.searchsorted(sent_of, np.arange(len(row["sentences"])), "left")
        head = np.array([t["head"] - 1 + first[sent_of[i]] if t["head"] > 0 else -1 for i, t in enumerate(row["tokens"])])
        deprel = np.array([vocabulary.relations.get(t["deprel"], 0) for t in row["tokens"]])
        entity = np.zeros(n, np.int64)
        for m in row["mentions"]:
            if m["form"] == "name":
                for i in token_set([(m["start"], m["end"])], starts, ends):
                    entity[i] = ENTITY.get(m["type"], 0)
        breaks = [i for i in range(1, n) if "\n" in text[toks[i - 1][1]:toks[i][0]]]
        brk = np.zeros(n, np.int64); brk[breaks] = 1; brk[0] = 1
        sentstart = np.zeros(n, np.int64); sentstart[first[first < n]] = 1
        q = np.array(quote_states(text, toks))
        lex = np.array([vocabulary.of(text[s:e]) for s, e in toks])
        upos = np.array([UPOS.index(t["upos"]) for t in row["tokens"]])
        feats.append(np.column_stack([lex, upos, deprel, entity, q, brk, sentstart, np.where(head >= 0, np.clip(head - np.arange(n), -31, 31) + 32, 0)]))
        charspans.append(np.column_stack([starts, ends]))
        cut = segments(breaks, first.tolist(), n)
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
            # The head of the cue: the token whose own head is outside of it.
            inner = [t for t in run if not (run[0] <= head[t] <= run[-1])]
            top = inner[0] if inner else run[0]
            rel = relation_to(top, lo, hi, head, deprel)
            score = c["p_cue"] ** 0.7 * c["p_report"] ** 0.3
            cues.append((seg0 + g, base + run[0], base + run[-1] + 1, score, c["log_p_spans"], lost))
            spans.append(np.stack([tags, rel]).astype(np.uint8))
        ids.append(row["id"]); offsets.append(base + n)
        if len(ids) % 500 == 0:
            print(len(ids), "articles", offsets[-1], "tokens", len(cues), "cues", flush=True)
    np.savez(o.out, feats=np.concatenate(feats).astype(np.uint16), chars=np.concatenate(charspans).astype(np.int32), segs=np.array(segs, np.int64),
             cues=np.array(cues, np.float64), spans=np.concatenate([s for s in spans], 1), lens=np.array([s.shape[1] for s in spans]),
             ids=np.array(ids), offsets=np.array(offsets))
    print(len(ids), "articles", offsets[-1], "tokens", len(cues), "cues", len(segs), "segments")


if __name__ == "__main__":
    main()
