#!/usr/bin/env python3
"""augment.py IN.jsonl OUT.jsonl [--share .2] [--seed 1]

Copies of articles (`id`, `text` a line, and whatever else) as another house would set them: British single marks, straight marks,
marks lost on the way, capitals throughout. A character stays one character, so that labels by place hold for the copy too."""
import argparse, json, random, re

OPENS = re.compile(r'(?:^|(?<=[\s(\[—–-]))"', re.M)


def curled(text):
    """Double marks as “ and ”: a straight one opens at the start of a line and after a space, a bracket or a dash."""
    return OPENS.sub("“", text).replace('"', "”")


def british(text):
    """Double marks become single ones; quotations within them, double ones."""
    inner = re.sub(r"(?<=[\s“])‘([^‘’“”]{3,200})’(?=[\s,.”])", "\ue000\\1\ue001", curled(text))
    return inner.translate(str.maketrans("“”\ue000\ue001", "‘’“”"))


def straight(text):
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def straight_single(text):
    return straight(british(text))


def lost(text):
    return curled(text).translate(str.maketrans("“”", "  "))


def capitals(text):
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)


HOUSES = (british, british, straight, straight_single, lost, capitals)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("articles"); ap.add_argument("out"); ap.add_argument("--share", type=float, default=1.0); ap.add_argument("--seed", type=int, default=1)
    o = ap.parse_args()
    draw = random.Random(o.seed)
    with open(o.articles, encoding="utf-8") as articles, open(o.out, "w", encoding="utf-8") as out:
        for line in articles:
            if draw.random() >= o.share:
                continue
            row = json.loads(line)
            text = draw.choice(HOUSES)(row["text"])
            assert len(text) == len(row["text"])
            out.write(json.dumps(dict(row, text=text), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
