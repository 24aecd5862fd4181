#!/usr/bin/env python3
"""words.py VOCABULARY.json TEACHER.pt TOKENIZER.json OUT.npy: first vectors of words, out of the teacher's table of word pieces.

A word's vector is the mean of its pieces, in the 128 directions in which the words of news differ most, each word counting by
the root of its rank."""
import json, sys
import numpy as np, torch
from tokenizers import Tokenizer

SIZE, SPREAD = 128, 0.3


def main():
    vocabulary, teacher, tokenizer, out = sys.argv[1:]
    table = torch.load(teacher, map_location="cpu", weights_only=True)["model"]["word.weight"].float().numpy()
    words = json.load(open(vocabulary))["spelling"]
    pieces = Tokenizer.from_file(tokenizer)
    pieces.no_padding(); pieces.no_truncation()
    mean = lambda ids: table[ids].mean(0) if ids else np.zeros(table.shape[1], np.float32)
    vectors = np.stack([mean(e.ids) for e in pieces.encode_batch(words, add_special_tokens=False)])
    weight = 1 / np.sqrt(np.arange(len(words)) + 10)
    vectors -= (vectors * weight[:, None]).sum(0) / weight.sum()
    values, directions = np.linalg.eigh((vectors * weight[:, None]).T @ vectors / weight.sum())
    small = vectors @ directions[:, ::-1][:, :SIZE]
    small *= SPREAD / small.std()
    small[0] = 0                       # stands for all words that are not in the vocabulary
    np.save(out, small.astype(np.float32))
    print(f"{len(words)} words, {values[::-1][:SIZE].sum() / values.sum():.2f} of their differences kept")


if __name__ == "__main__":
    main()
