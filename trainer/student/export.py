#!/usr/bin/env python3
"""export.py VOCABULARY.json FOLDER --reports encoder.pt --names names.pt --share S: the weights as parts of a model file, one
file each, in FOLDER.

Weights become whole numbers of 8 bits, with a scale for each row of a table and each output of a product; norms and biases stay
as they are. `trainer add --data FOLDER` puts them into the model file. With --quantized OUT.pt and --quantized-names OUT.pt the
encoders are written as the product will have them, to be evaluated."""
import argparse, json, os
import numpy as np, torch


class Parts:
    """Writes the parts of one encoder. `w` holds its weights; what is stored in 8 bits is put back as it will be read."""

    def __init__(self, folder, name, path):
        saved = torch.load(path, map_location="cpu", weights_only=True)
        self.folder, self.name, self.config, self.w = folder, name, saved["config"], saved["model"]

    def part(self, name, values, kind):
        values = values.numpy() if torch.is_tensor(values) else values
        np.ascontiguousarray(values).astype(kind).tofile(os.path.join(self.folder, f"{self.name}.{name}"))

    def weights(self, name, m):
        """m: rows × columns, a scale for each row."""
        scale = m.abs().amax(1).clamp(min=1e-8) / 127
        whole = (m / scale[:, None]).round().clamp(-127, 127)
        self.part(name + ".weights", whole, np.int8); self.part(name + ".scales", scale, np.float32)
        return whole * scale[:, None]

    def table(self, name, key):
        self.w[key] = self.weights(name, self.w[key])

    def linear(self, name, key, bias=True):
        w = self.w
        w[key + ".weight"] = self.weights(name, w[key + ".weight"])
        self.part(name + ".bias", w[key + ".bias"] if bias else np.zeros(len(w[key + ".weight"])), np.float32)

    def norm(self, name, key):
        self.part(name + ".scale", self.w[key + ".weight"], np.float32); self.part(name + ".offset", self.w[key + ".bias"], np.float32)

    def convolutions(self, name, key, dilations):
        w = self.w
        n = sum(k.startswith(key + ".convs.") and k.endswith(".weight") for k in w)
        self.part(name + ".dilations", np.array(dilations[:n]), np.uint32)
        for i in range(n):
            self.norm(f"{name}.{i}.norm", f"{key}.norms.{i}")
            m = w[f"{key}.convs.{i}.weight"]
            for j in range(3):
                m[:, :, j] = self.weights(f"{name}.{i}.tap.{j}", m[:, :, j])
            self.part(f"{name}.{i}.bias", w[f"{key}.convs.{i}.bias"], np.float32)

    def encoder(self, words):
        """From the words to the states."""
        w = self.w
        self.part("words", words, np.uint32)
        # The vectors of words with their projection are one table.
        w["word.weight"] = self.weights("table.0", w["word.weight"] @ w.pop("project.weight").T)
        for i in range(sum(k.startswith("small.") for k in w)):
            self.table(f"table.{i + 1}", f"small.{i}.weight")
        self.norm("first", "norm"); self.convolutions("layer", "encoder", (1, 2, 4, 8)); self.norm("last", "last")


def as_read(parts, path):
    """Writes an encoder as the product will have it: word vectors and their projection are one table."""
    d = parts.w["word.weight"].shape[1]
    parts.w["project.weight"] = torch.eye(d); parts.config["word"] = d
    torch.save({"config": parts.config, "model": parts.w}, path)


def reports(parts, words, quantized):
    assert parts.config["kind"] == "gated"
    parts.encoder(words)
    parts.linear("cue.0", "cue.0"); parts.linear("cue.2", "cue.2")
    parts.linear("read.here", "here"); parts.linear("read.there", "there", bias=False)
    parts.table("read.relation", "rel.weight"); parts.table("read.distance", "dist.weight")
    for i in range(3):
        parts.table(f"read.between.{i}", f"between.{i}.weight")
    parts.convolutions("read.layer", "reads", (1, 3, 9, 27))
    parts.norm("read.edge.0", "edge.0"); parts.linear("read.edge.1", "edge.1"); parts.linear("read.edge.3", "edge.3")
    parts.linear("read.report.0", "real.0"); parts.linear("read.report.2", "real.2")
    if quantized:
        as_read(parts, quantized)


def names(parts, words, share, quantized):
    parts.encoder(words)
    parts.linear("label", "label"); parts.part("share", np.array([share]), np.float32)
    if quantized:
        as_read(parts, quantized)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("vocabulary"); ap.add_argument("folder"); ap.add_argument("--reports", required=True); ap.add_argument("--quantized"); ap.add_argument("--quantized-names")
    ap.add_argument("--names", required=True); ap.add_argument("--share", type=float, required=True)
    o = ap.parse_args()
    os.makedirs(o.folder, exist_ok=True)
    for old in os.listdir(o.folder):
        os.remove(os.path.join(o.folder, old))
    words = np.array(json.load(open(o.vocabulary))["words"], np.uint32)
    reports(Parts(o.folder, "encoder", o.reports), words, o.quantized)
    names(Parts(o.folder, "encoder.names", o.names), words, o.share, o.quantized_names)
    print(sum(os.path.getsize(os.path.join(o.folder, f)) for f in os.listdir(o.folder)), "bytes")


if __name__ == "__main__":
    main()
