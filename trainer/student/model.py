"""The student: embeddings of what onrecord knows of a token, a small encoder, a cue tagger, and for each cue a reading of its segment.

Shapes: B segments of L tokens, width d; C cues of L tokens, width s. All parts but the recurrent encoder are matrix products
over all tokens of a segment."""
import torch, torch.nn as nn, torch.nn.functional as F

NTAG = 3            # 0 other, 1 source, 2 content
BUCKETS = 65        # of distances to the cue
BETWEEN = (3, 2, 3)  # up to so many sentences, paragraphs, quotations between a token and the cue are told apart


class Convolutions(nn.Module):
    """Residual convolutions of three tokens, ever further apart (ByteNet and spaCy's encoders are of this kind), with a gate."""

    gate = staticmethod(torch.sigmoid)

    def __init__(self, d, layers, drop, dilations=(1, 2, 4, 8, 1, 2)):
        super().__init__()
        self.convs = nn.ModuleList(nn.Conv1d(d, 2 * d, 3, padding=dilations[i], dilation=dilations[i]) for i in range(layers))
        self.norms = nn.ModuleList(nn.LayerNorm(d) for _ in range(layers))
        self.drop = drop

    def forward(self, x, mask):
        for conv, norm in zip(self.convs, self.norms):
            a, b = conv((norm(x) * mask[..., None]).transpose(1, 2)).transpose(1, 2).chunk(2, 2)
            x = x + F.dropout(a * self.gate(b), self.drop, self.training)
        return x


class Gated(Convolutions):
    """The same, with a gate that is cut off at nought instead of a sigmoid: nothing but products, sums and comparisons, which come
    out the same on every processor."""

    gate = staticmethod(F.relu)


class Attention(nn.Module):
    """Transformer layers, norms first, with a convolution of three tokens before them for what stands near."""

    def __init__(self, d, layers, drop, heads=6):
        super().__init__()
        self.near = nn.Conv1d(d, d, 3, padding=1)
        self.pos = nn.Embedding(192, d); nn.init.normal_(self.pos.weight, std=0.02)
        self.heads, self.drop = heads, drop
        self.qkv = nn.ModuleList(nn.Linear(d, 3 * d) for _ in range(layers)); self.out = nn.ModuleList(nn.Linear(d, d) for _ in range(layers))
        self.up = nn.ModuleList(nn.Linear(d, 3 * d) for _ in range(layers)); self.down = nn.ModuleList(nn.Linear(3 * d, d) for _ in range(layers))
        self.n1 = nn.ModuleList(nn.LayerNorm(d) for _ in range(layers)); self.n2 = nn.ModuleList(nn.LayerNorm(d) for _ in range(layers))

    def forward(self, x, mask):
        B, L, d = x.shape
        x = x + self.pos.weight[:L] + F.gelu(self.near((x * mask[..., None]).transpose(1, 2)).transpose(1, 2))
        bias = torch.zeros(B, 1, 1, L).masked_fill_(~mask[:, None, None], -30000.0)
        for q, o, u, w, n1, n2 in zip(self.qkv, self.out, self.up, self.down, self.n1, self.n2):
            h = q(n1(x)).view(B, L, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
            a = F.scaled_dot_product_attention(h[0], h[1], h[2], bias)
            x = x + F.dropout(o(a.transpose(1, 2).reshape(B, L, d)), self.drop, self.training)
            x = x + F.dropout(w(F.gelu(u(n2(x)))), self.drop, self.training)
        return x


class Recurrent(nn.Module):
    """A bidirectional GRU."""

    def __init__(self, d, layers, drop):
        super().__init__()
        self.gru = nn.GRU(d, d // 2, layers, batch_first=True, bidirectional=True, dropout=drop if layers > 1 else 0)
        self.norm = nn.LayerNorm(d)

    def forward(self, x, mask):
        packed = nn.utils.rnn.pack_padded_sequence(x, mask.sum(1), batch_first=True, enforce_sorted=False)
        y, _ = nn.utils.rnn.pad_packed_sequence(self.gru(packed)[0], batch_first=True, total_length=x.shape[1])
        return self.norm(x + y)


ENCODERS = {"conv": Convolutions, "attention": Attention, "recurrent": Recurrent, "gated": Gated}


class Student(nn.Module):
    def __init__(self, words, relations=53, kind="gated", layers=4, d=192, word=128, s=64, reads=4, drop=0.1, trees=True):
        super().__init__()
        self.config = dict(words=words, relations=relations, kind=kind, layers=layers, d=d, word=word, s=s, reads=reads, drop=drop, trees=trees)
        self.drop, self.trees = drop, trees
        self.word = nn.Embedding(words, word)
        nn.init.normal_(self.word.weight, std=0.3)
        self.project = nn.Linear(word, d, bias=False)
        # suffix, prefix, case, part of speech, relation, kind of name, in marks, paragraph, sentence, where the head stands, cluster
        sizes = (4096, 4096, 7, 17, relations, 4, 2, 2, 2, 64, 2049)
        self.small = nn.ModuleList(nn.Embedding(n, d) for n in sizes)
        for e in self.small:
            nn.init.normal_(e.weight, std=0.1)
        self.norm = nn.LayerNorm(d)
        self.encoder = ENCODERS[kind](d, layers, drop)
        self.last = nn.LayerNorm(d)
        self.cue = nn.Sequential(nn.Linear(d, 96), nn.ReLU(), nn.Linear(96, 3))
        self.here = nn.Linear(d, s); self.there = nn.Linear(d, s, bias=False)
        self.rel = nn.Embedding(4 + relations, s); self.dist = nn.Embedding(BUCKETS, s)
        nn.init.normal_(self.rel.weight, std=0.1); nn.init.normal_(self.dist.weight, std=0.1)
        self.between = nn.ModuleList(nn.Embedding(2 * k + 1, s) for k in BETWEEN)
        for e in self.between:
            nn.init.normal_(e.weight, std=0.1)
        self.reads = Gated(s, reads, drop, (1, 3, 9, 27))
        self.edge = nn.Sequential(nn.LayerNorm(s), nn.Linear(s, s), nn.ReLU(), nn.Linear(s, NTAG * NTAG))
        self.real = nn.Sequential(nn.Linear(3 * s + d, 64), nn.ReLU(), nn.Linear(64, 1))

    def encode(self, feats, mask):
        x = self.project(self.word(feats[..., 0]))
        for i, e in enumerate(self.small):
            if self.trees or i not in (4, 9):
                x = x + e(feats[..., i + 1])
        x = F.dropout(self.norm(x), self.drop, self.training)
        return self.last(self.encoder(x, mask))

    def read(self, h, feats, mask, rows, low, start, end, rel):
        """For cues at tokens start..end of segments rows, which are read from low on, as far as rel goes: potentials C, W, 9, the
        mask, and how real each is."""
        at = low[:, None] + torch.arange(rel.shape[1])[None]
        inside = at < h.shape[1]
        at = at.clamp(max=h.shape[1] - 1)
        is_cue = (at >= start[:, None]) & (at < end[:, None])
        d = torch.where(at < start[:, None], at - start[:, None], torch.where(at >= end[:, None], at - end[:, None] + 1, torch.zeros_like(at)))
        bucket = torch.sign(d) * torch.where(d.abs() <= 16, d.abs(), (16 + 4 * torch.log2(d.abs().clamp(min=1) / 16)).long()).clamp(max=32) + 32
        is_cue = is_cue & inside
        pooled = (h[rows[:, None], at] * is_cue[..., None]).sum(1) / is_cue.sum(1, keepdim=True)
        y = self.here(h)[rows[:, None], at] + self.there(pooled)[:, None] + self.dist(bucket)
        opens = (feats[..., 7] == 1) & (F.pad(feats[:, :-1, 7], (1, 0)) == 0)
        for e, k, begins in zip(self.between, BETWEEN, (feats[..., 9], feats[..., 8], opens.long())):
            number = begins.cumsum(1)
            y = y + e((number[rows[:, None], at] - number[rows, start][:, None]).clamp(-k, k) + k)
        if self.trees:
            y = y + self.rel(rel)
        m = mask[rows[:, None], at] & inside
        y = self.reads(y, m)
        edge = self.edge(y)
        top = y.masked_fill(~m[..., None], -1e4).amax(1)
        mean = (y * m[..., None]).sum(1) / m.sum(1, keepdim=True)
        cue = (y * is_cue[..., None]).sum(1) / is_cue.sum(1, keepdim=True)
        return edge, m, self.real(torch.cat([top, mean, cue, pooled], 1)).squeeze(1)


def crf(edge, ok):
    """log Z of sequences of potentials (previous tag, tag); the tag before the first is 0.

    The matrices of neighbors are joined two by two, so that 160 tokens take 8 steps (an associative scan)."""
    C, L, _ = edge.shape
    m = edge.view(C, L, NTAG, NTAG)
    stays = torch.full((NTAG, NTAG), -1e4).fill_diagonal_(0.0)
    m = torch.where(ok[:, :, None, None], m, stays)
    while m.shape[1] > 1:
        if m.shape[1] % 2:
            m = torch.cat([m, stays.expand(C, 1, NTAG, NTAG)], 1)
        m = torch.logsumexp(m[:, 0::2, :, :, None] + m[:, 1::2, None, :, :], 3)
    return torch.logsumexp(m[:, 0, 0], 1)


def crf_loss(edge, ok, tags):
    C, L, _ = edge.shape
    prev = F.pad(tags[:, :-1], (1, 0))
    g = edge.gather(2, (prev * NTAG + tags)[..., None]).squeeze(2)
    return crf(edge, ok) - (g * ok).sum(1)


@torch.no_grad()
def crf_decode(edge, ok):
    C, L, _ = edge.shape
    s = edge.view(C, L, NTAG, NTAG)
    a, back = s[:, 0, 0], []
    for t in range(1, L):
        v, i = (a[:, :, None] + s[:, t]).max(1)
        keep = ok[:, t, None]
        back.append(torch.where(keep, i, torch.arange(NTAG)[None].expand(C, NTAG)))
        a = torch.where(keep, v, a)
    best, cur = a.max(1)
    out = torch.empty(C, L, dtype=torch.long)
    out[:, L - 1] = cur
    for t in range(L - 2, -1, -1):
        cur = back[t].gather(1, cur[:, None]).squeeze(1); out[:, t] = cur
    return out * ok, best - crf(edge, ok)
