#!/usr/bin/env python3
"""export.py MODEL.pt VOCABULARY.json FOLDER [--check FEATURES.jsonl]: the weights as parts of a model file, one file each, in FOLDER.

Weights become whole numbers of 8 bits, with a scale for each row of a table and each output of a product; norms and biases stay
as they are. `trainer add --data FOLDER` puts them into the model file. With --quantized OUT.pt the model is written as the product
will have it, to be evaluated."""
import argparse, json, os
import numpy as np, torch
from model import Student


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("model"); ap.add_argument("vocabulary"); ap.add_argument("folder"); ap.add_argument("--quantized")
    o = ap.parse_args()
    saved = torch.load(o.model, map_location="cpu", weights_only=True)
    config, w = saved["config"], saved["model"]
    assert config["kind"] == "gated"
    os.makedirs(o.folder, exist_ok=True)
    for old in os.listdir(o.folder):
        os.remove(os.path.join(o.folder, old))

    def part(name, values, kind):
        np.ascontiguousarray(values.numpy() if torch.is_tensor(values) else values).astype(kind).tofile(os.path.join(o.folder, "encoder." + name))

    def weights(name, m, keep=None):
        """m: rows × columns, a scale for each row."""
        scale = m.abs().amax(1).clamp(min=1e-8) / 127
        whole = (m / scale[:, None]).round().clamp(-127, 127)
        part(name + ".weights", whole, np.int8); part(name + ".scales", scale, np.float32)
        return whole * scale[:, None]

    def table(name, key):
        w[key] = weights(name, w[key])

    def linear(name, key, bias=True):
        w[key + ".weight"] = weights(name, w[key + ".weight"])
        part(name + ".bias", w[key + ".bias"] if bias else np.zeros(len(w[key + ".weight"])), np.float32)

    def norm(name, key):
        part(name + ".scale", w[key + ".weight"], np.float32); part(name + ".offset", w[key + ".bias"], np.float32)

    def convolutions(name, key, dilations):
        n = sum(k.startswith(key + ".convs.") and k.endswith(".weight") for k in w)
        part(name + ".dilations", np.array(dilations[:n]), np.uint32)
        for i in range(n):
            norm(f"{name}.{i}.norm", f"{key}.norms.{i}")
            m = w[f"{key}.convs.{i}.weight"]
            for j in range(3):
                m[:, :, j] = weights(f"{name}.{i}.tap.{j}", m[:, :, j])
            part(f"{name}.{i}.bias", w[f"{key}.convs.{i}.bias"], np.float32)

    words = np.array(json.load(open(o.vocabulary))["words"], np.uint32)
    part("words", words, np.uint32)
    # The vectors of words with their projection are one table.
    w["word.weight"] = weights("table.0", w["word.weight"] @ w.pop("project.weight").T)
    for i in range(sum(k.startswith("small.") for k in w)):
        table(f"table.{i + 1}", f"small.{i}.weight")
    norm("first", "norm"); convolutions("layer", "encoder", (1, 2, 4, 8, 1, 2)); norm("last", "last")
    linear("cue.0", "cue.0"); linear("cue.2", "cue.2")
    linear("read.here", "here"); linear("read.there", "there", bias=False)
    table("read.relation", "rel.weight"); table("read.distance", "dist.weight")
    for i in range(3):
        table(f"read.between.{i}", f"between.{i}.weight")
    convolutions("read.layer", "reads", (1, 3, 9, 27))
    norm("read.edge.0", "edge.0"); linear("read.edge.1", "edge.1"); linear("read.edge.3", "edge.3")
    linear("read.report.0", "real.0"); linear("read.report.2", "real.2")
    if o.quantized:
        d = w["word.weight"].shape[1]
        w["project.weight"] = torch.eye(d); config["word"] = d
        torch.save({"config": config, "model": w}, o.quantized)
    print(sum(os.path.getsize(os.path.join(o.folder, f)) for f in os.listdir(o.folder)), "bytes")


if __name__ == "__main__":
    main()
