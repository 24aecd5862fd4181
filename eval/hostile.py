#!/usr/bin/env python3
"""Files that are made to do harm: what ingest makes of each, beside a good article.

    eval/hostile.py target/release/onrecord                 all
    eval/hostile.py target/release/onrecord --only tar,xz   those whose name has one of these in it
    eval/hostile.py target/release/onrecord --keep FOLDER   and leave the files there

Each lies in a folder of its own with a good article before and one behind it, by name. It has to be reported on standard error,
with exit 3; both good articles have to be stored, and nothing may be written beside the database; that within 10 s of CPU time
and 500 MB of memory, those of children counted. Where it holds good articles, as an archive does that was cut off, so many of
them have to be stored. Long texts that repeat a pattern are in growth.py (--hostile). Exits 1 where something does not hold.
"""

import argparse
import bz2
import gzip
import io
import json
import lzma
import os
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
import zlib

SECONDS = 10
MEGABYTES = 500
MB = 1 << 20
STORY = "“We have waited long enough,” said Ana Ruiz, the mayor of Porto Sereno. She said that the ferry would run again."


def record(number, text=STORY):
    """A line of JSON with an article."""
    return json.dumps({"id": f"h-{number}", "title": f"Ferry {number}", "text": f"{text} Day {number}."}).encode() + b"\n"


def records(count):
    return b"".join(record(number) for number in range(count))


def noise(size, seed=7):
    """Bytes that do not shrink, beside others of another seed neither."""
    return random.Random(seed).randbytes(size)


def zipped(members, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def tarred(members, form=tarfile.GNU_FORMAT):
    """A tar of files, and of what is given as a TarInfo."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, content in members:
            if isinstance(name, tarfile.TarInfo):
                archive.addfile(name, io.BytesIO(content))
                continue
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def link(name, target, kind=tarfile.SYMTYPE):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def tar_header(name, size, kind):
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.GNU_FORMAT)


def zeros_gz(size, level=9):
    """So many zeros, packed piece by piece."""
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    pieces = [packer.compress(bytes(MB)) for _ in range(size // MB)]
    return b"".join(pieces) + packer.flush()


def nested(content, depth, pack):
    for level in range(depth):
        content = pack(content, level)
    return content


def laughs(root):
    """Entities that grow tenfold, ten times."""
    entities = ['<!ENTITY l0 "haha haha ">'] + [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11)]
    return f"<?xml version='1.0'?><!DOCTYPE {root} [{''.join(entities)}]>"


def office(document, extra=()):
    types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return zipped([("[Content_Types].xml", types), ("word/document.xml", document), *extra])


def docx(paragraphs):
    body = "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in paragraphs)
    return office(f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>')


def epub(chapters, names=None):
    names = names or [f"c{number}.xhtml" for number in range(chapters)]
    items = "".join(f'<item id="i{n}" href="{name}"/>' for n, name in enumerate(names))
    refs = "".join(f'<itemref idref="i{n}"/>' for n in range(len(names)))
    package = f"<package><metadata><dc:title>Courier</dc:title></metadata><manifest>{items}</manifest><spine>{refs}</spine></package>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", '<container><rootfile full-path="content.opf"/></container>')
        archive.writestr("content.opf", package)
        for number, name in enumerate(names):
            archive.writestr(name, f"<html><body><h1>Ferry {number}</h1><p>{STORY} {STORY} Day {number}.</p></body></html>")
    return out.getvalue()


def warc(count, first=0):
    """A crawl of so many pages."""
    out = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nhi\r\n\r\n"
    for number in range(first, first + count):
        page = f"<html><body><article><h1>Ferry {number}</h1><p>{STORY} {STORY} {STORY} Day {number}.</p></article></body></html>".encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/{number}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        out += head.encode() + http + b"\r\n\r\n"
    return out


def pdf(stream, packed=False, extra=b"", filters=b""):
    """A PDF of one page with this content."""
    if packed:
        stream, filters = zlib.compress(stream, 9), b"/Filter /FlateDecode"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> " + extra + b" >> >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), filters, stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def printed(lines):
    return b"BT /F 12 Tf 14 TL 50 700 Td " + b" ".join(b"(%s) '" % line for line in lines) + b" ET"


def cut(content, share=2 / 3):
    return content[: int(len(content) * share)]


def in_parts(pack, count=60):
    """Records packed in members of a few each, so that of a cut file those before are whole."""
    return b"".join(pack(b"".join(record(number) for number in range(start, start + 5))) for start in range(0, count, 5))


def files():
    """All files: name, ending, what makes it, how many good articles it must give, and the exit code."""
    good = [("a.jsonl", record(1)), ("b.jsonl", record(2))]
    stories = [(f"{number}.txt", f"Ferry {number}\n\n{STORY} Day {number}. {noise(300).hex()}".encode()) for number in range(60)]
    long_line = b"{\"text\": \"" + b"a" * (1 << 30)
    yield "zip slip", "zip", lambda: zipped([("../../slip.jsonl", record(0)), ("/slip.jsonl", record(0)), ("C:\\slip.jsonl", record(0)), *good]), 2, 3
    yield "tar slip", "tar", lambda: tarred([("../../slip.jsonl", record(0)), ("/etc/slip.jsonl", record(0)), *good]), 2, 3
    yield "tar links out", "tar", lambda: tarred([(link("l", "/etc/passwd"), b""), (link("h", "../../x", tarfile.LNKTYPE), b""), *good]), 2, 3
    yield "tar device", "tar", lambda: tarred([(link("d", "", tarfile.CHRTYPE), b""), (link("f", "", tarfile.FIFOTYPE), b""), *good]), 2, 3
    yield "zip name with line ends and escapes", "zip", lambda: zipped([("a\n\x1b[31mred\u202e.bin", noise(50)), *good]), 2, 3
    yield "tar name of 1 GB", "tar.gz", lambda: long_name(b"L"), 0, 3
    yield "tar pax header of 1 GB", "tar.gz", lambda: long_name(b"x"), 0, 3
    yield "tar name of 60 KB", "tar", lambda: tarred([("n" * 60000 + ".bin", b"\0" * 50), *good]), 2, 3
    yield "gz bomb of 2 GB", "jsonl.gz", lambda: gzip.compress(records(5)) + zeros_gz(2 << 30), 5, 3
    yield "bz2 bomb", "jsonl.bz2", lambda: bz2.compress(records(5)) + bz2.compress(bytes(300 * MB)), 5, 3
    yield "xz bomb", "jsonl.xz", lambda: lzma.compress(records(5)) + lzma.compress(bytes(300 * MB), preset=0), 5, 3
    yield "zip bomb", "zip", lambda: zipped([*good, *[(f"z{n}.txt", bytes(300 * MB)) for n in range(4)]]), 2, 3
    yield "zip bomb in zips", "zip", lambda: zip_of_zips(), 2, 3
    yield "zip with members that overlap", "zip", lambda: overlapping(), 0, 3
    yield "gz in gz 20 deep", "gz", lambda: nested(records(1), 20, lambda content, _: gzip.compress(content)), 0, 3
    yield "zip in zip 20 deep", "zip", lambda: nested(records(1), 20, lambda content, n: zipped([(f"{n}.zip" if n else "a.jsonl", content)])), 0, 3
    yield "xz window of 4 GB", "jsonl.xz", lambda: wide_xz(b""), 0, 3
    yield "xz window of 4 GB in the second stream", "jsonl.xz", lambda: wide_xz(lzma.compress(records(5))), 5, 3
    yield "xz of 500,000 empty streams", "jsonl.xz", lambda: lzma.compress(b"") * 500_000, 0, 3
    yield "bz2 of 500,000 empty streams", "jsonl.bz2", lambda: bz2.compress(b"") * 500_000, 0, 3
    yield "gz of 500,000 empty members", "jsonl.gz", lambda: gzip.compress(b"") * 500_000, 0, 3
    yield "zst window of 2 GB", "jsonl.zst", lambda: b"\x28\xb5\x2f\xfd\x00\xa8" + b"\x01\x00\x00", 0, 3
    yield "zip of 300,000 empty members", "zip", lambda: zipped([(f"{n}.txt", b"") for n in range(300_000)]), 0, 3
    yield "zip that states 10 million members", "zip", lambda: stated(zipped(good), 10_000_000), 0, 3
    yield "tar of 300,000 empty members", "tar.gz", lambda: gzip.compress(b"".join(tar_header(f"{n}.txt", 0, b"0") for n in range(300_000)), 1), 0, 3
    yield "laughs in NITF", "xml", lambda: (laughs("nitf") + f"<nitf><body><body.head><hedline><hl1>&l10;</hl1></hedline></body.head><body.content><p>{STORY}</p></body.content></body></nitf>").encode(), 1, 0
    yield "laughs in RSS", "xml", lambda: (laughs("rss") + f"<rss><channel><item><title>&l10;</title><description>{STORY}</description></item></channel></rss>").encode(), 1, 0
    yield "laughs in docx", "docx", lambda: office(laughs("w:document") + f"<w:document><w:body><w:p><w:r><w:t>{STORY} &l10;</w:t></w:r></w:p></w:body></w:document>"), 1, 0
    yield "laughs in YAML", "md", lambda: ("---\ntitle: T\na0: &a0 [x, x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20)) + f"---\n{STORY}").encode(), 1, 0
    yield "YAML 10,000 deep", "md", lambda: ("---\ntitle: " + "[" * 10_000 + f"\n---\n{STORY}").encode(), 0, None
    yield "TOML 10,000 deep", "md", lambda: ("+++\ntitle = " + "[" * 10_000 + f"\n+++\n{STORY}").encode(), 0, None
    yield "line of 1 GB", "jsonl", lambda: records(5) + long_line, 5, 3
    yield "line of 1 GB, plain", "txt", lambda: b"a" * (1 << 30), 0, 3
    yield "line of 1 GB, csv", "csv", lambda: b"title,text\nA,\"" + b"a" * (1 << 30), 0, 3
    yield "line of 1 GB, packed", "jsonl.gz", lambda: gzip.compress(records(5)) + zeros_gz(1 << 30, 1), 5, 3
    yield "mailbox without a line end", "mbox", lambda: b"From a@b.example Tue Sep 20 10:15:00 2016\nSubject: A\n\n" + b"a" * (300 * MB), 0, 3
    yield "20,000 nested divs", "html", lambda: b"<html><body>" + b"<div>" * 20_000 + STORY.encode() * 5, 0, None
    yield "1,000,000 nested divs", "html", lambda: b"<html><body>" + b"<div>" * 1_000_000 + STORY.encode() * 5, 0, None
    yield "XML 200,000 deep", "xml", lambda: b"<nitf><body><body.content>" + b"<p>" * 200_000 + STORY.encode(), 0, None
    yield "XML of a million attributes", "xml", lambda: b"<nitf " + b" ".join(b'a%d="x"' % n for n in range(1_000_000)) + b"><body><body.content><p>" + STORY.encode() + b"</p></body.content></body></nitf>", 0, None
    yield "docx of frames in frames", "docx", lambda: office("<w:document><w:body>" + "<w:p><w:txbxContent>" * 20_000 + f"<w:p><w:r><w:t>{STORY}</w:t></w:r></w:p>" + "</w:txbxContent></w:p>" * 20_000 + "</w:body></w:document>"), 0, None
    yield "docx bomb", "docx", lambda: office("<w:document><w:body>" + " " * (400 * MB)), 0, 3
    yield "JSON 100,000 deep", "json", lambda: b"[" * 100_000, 0, 3
    yield "JSON 100,000 deep in a record", "jsonl", lambda: b'{"text": "A.", "a": ' + b"[" * 100_000 + b"\n" + records(5), 5, 3
    yield "objects 100,000 deep", "json", lambda: b'{"a":' * 100_000, 0, 3
    yield "mail 5,000 parts deep", "eml", lambda: deep_mail(5000), 0, None
    yield "wiki 100,000 brackets deep", "xml", lambda: ("<mediawiki><page><title>T</title><ns>0</ns><revision><text>" + "{{" * 100_000 + "[[" * 100_000 + STORY + "</text></revision></page></mediawiki>").encode(), 0, None
    yield "markdown of quotes in quotes", "md", lambda: b"# T\n\n" + b"> " * 100_000 + STORY.encode(), 0, None
    yield "markdown of brackets", "md", lambda: b"# T\n\n" + b"[" * 300_000 + b"*a " * 100_000 + STORY.encode(), 0, None
    yield "warc that states 100 GB", "warc", lambda: warc(5) + b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/x\r\nContent-Type: application/http\r\nContent-Length: 100000000000\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", 5, 3
    yield "warc with a header without end", "warc", lambda: warc(5) + b"WARC/1.0\r\n" + b"X: y\r\n" * 2_000_000, 5, 3
    yield "warc with packed bombs", "warc", lambda: warc(5) + packed_answers(), 5, 3
    yield "pdf of packed zeros", "pdf", lambda: pdf(bytes(900 * MB), packed=True), 0, 3
    yield "pdf of ten million letters", "pdf", lambda: pdf(printed([b"a" * 100] * 100_000), packed=True), 0, None
    yield "pdf that draws itself", "pdf", lambda: pdf(b"/X Do " * 100_000, extra=b"/XObject << /X 4 0 R >>", filters=b"/Subtype /Form /Type /XObject /BBox [0 0 600 800] /Resources << /XObject << /X 4 0 R >> >>"), 0, 3
    yield "pdf of arrays in arrays", "pdf", lambda: b"%PDF-1.4\n1 0 obj\n" + b"[" * 3_000_000 + b"\n%%EOF", 0, 3
    yield "pdf of brackets", "pdf", lambda: pdf(b"(" * 5_000_000, packed=True), 0, 3
    yield "pdf of noise", "pdf", lambda: b"%PDF-1.4\n" + noise(2 * MB) + b"\n%%EOF", 0, 3
    yield "pdf cut off", "pdf", lambda: cut(pdf(printed([STORY.encode("cp1252").replace(b"\x93", b'"').replace(b"\x94", b'"')] * 3)), 0.9), 0, 3
    yield "parquet of noise", "parquet", lambda: b"PAR1" + noise(MB) + struct.pack("<I", MB // 2) + b"PAR1", 0, 3
    yield "parquet with a long footer", "parquet", lambda: b"PAR1" + bytes(8 * MB) + struct.pack("<I", 8 * MB) + b"PAR1", 0, 3
    for name, content, least in [
        ("zip", lambda: cut(zipped(stories)), 30),
        ("zip, stored", lambda: cut(stored(stories)), 30),
        ("zip in a zip", lambda: zipped([("inner.zip", cut(zipped(stories)))]), 30),
        ("tar", lambda: cut(tarred(stories)), 30),
        ("tar.gz", lambda: cut(gzip.compress(tarred(stories))), 25),
        ("tar.bz2", lambda: cut(bz2.compress(tarred([(n, c + noise(30_000).hex().encode()) for n, c in stories]))), 10),
        ("tar.xz", lambda: cut(lzma.compress(tarred([(n, c + noise(30_000, n).hex().encode()) for n, c in stories]))), 30),
        ("jsonl.gz", lambda: cut(in_parts(gzip.compress), 0.7), 35),
        ("jsonl.bz2", lambda: cut(in_parts(bz2.compress), 0.7), 35),
        ("jsonl.xz", lambda: cut(in_parts(lzma.compress), 0.7), 35),
        ("jsonl", lambda: cut(records(60)), 35),
        ("json", lambda: cut(b"[" + b",".join(record(n) for n in range(60)) + b"]"), 35),
        ("csv", lambda: cut(b"title,text\n" + b"".join(f'T{n},"{STORY} Day {n}."\n'.encode() for n in range(60))), 35),
        ("warc", lambda: cut(warc(60)), 35),
        ("warc.gz", lambda: cut(b"".join(gzip.compress(warc(1, n)) for n in range(60)), 0.71), 35),
        ("docx", lambda: cut(docx([f"{STORY} {noise(200).hex()}"] * 40), 0.7), 1),
        ("epub", lambda: cut(epub(60), 0.6), 20),
        ("txt.gz", lambda: cut(gzip.compress(f"Ferry\n\n{STORY} {noise(9000).hex()}".encode())), 1),
        ("mbox", lambda: cut(b"".join(f"From a@b.example Tue Sep 20 10:15:00 2016\nSubject: Ferry {n}\n\n{STORY} Day {n}.\n\n".encode() for n in range(60))), 35),
    ]:
        yield f"cut off: {name}", name.split(",")[0].split(" ")[0], content, least, None if name in ("mbox", "csv") else 3


def long_name(kind):
    """A tar whose first entry names what follows in a gigabyte."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    pieces = [packer.compress(tar_header("././@LongLink", 1 << 30, kind))]
    pieces += [packer.compress(noise(MB // 64) * 64) for _ in range(1 << 10)]
    return b"".join(pieces) + packer.compress(tarred([("a.jsonl", record(1))])) + packer.flush()


def stored(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def zip_of_zips():
    """Many archives in each other, none of which grows much by itself."""
    inner = zipped([("z.txt", (noise(MB // 128).hex() * 64 * 64).encode()[: 40 * MB])])
    middle = stored([(f"{n}.zip", inner) for n in range(40)])
    return zipped([("a.jsonl", record(1)), ("b.jsonl", record(2)), *[(f"m{n}.zip", middle) for n in range(4)]])


def overlapping():
    """A zip whose list names one member a hundred thousand times."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = kernel.compress(bytes(10 * MB)) + kernel.flush()
    head = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(bytes(10 * MB)), len(content), 10 * MB, 1, 0) + b"a"
    entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, zlib.crc32(bytes(10 * MB)), len(content), 10 * MB, 5, 0, 0, 0, 0, 0, 0)
    names = b"".join(entry + b"%05d" % n for n in range(60_000))
    body = head + content
    return body + names + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 60_000, 60_000, len(names), len(body), 0)


def stated(archive, count):
    """A zip that says that it has so many members."""
    at = archive.rindex(b"PK\x05\x06")
    end = bytearray(archive[at:])
    places = struct.unpack("<II", end[12:20])
    long = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, *places)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, at, 1)
    end[8:12] = b"\xff\xff\xff\xff"
    return archive[:at] + long + locator + bytes(end)


def wide_xz(before):
    """A stream of xz that asks for a window of 4 GB."""
    packed = bytearray(lzma.compress(records(5), preset=0))
    # Behind the header of the stream: the size of the block's header, its flags, the filter, one byte of properties.
    start = 12
    size = (packed[start] + 1) * 4
    at = packed.index(b"\x21\x01", start) + 2
    packed[at] = 40
    packed[start + size - 4 : start + size] = struct.pack("<I", zlib.crc32(bytes(packed[start : start + size - 4])))
    return before + bytes(packed)


def packed_answers():
    """Answers of a server that are packed zeros."""
    out = b""
    for number, (coding, content) in enumerate([("gzip", zeros_gz(400 * MB)), ("deflate", zlib.compress(bytes(400 * MB), 9))]):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\n\r\n".encode() + content
        out += f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://b.example/{number}\r\nContent-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"
    return out


def deep_mail(depth):
    """A message of parts in parts."""
    head = "From: a@b.example\nSubject: Deep\nDate: Tue, 20 Sep 2016 10:15:00 +0000\nMIME-Version: 1.0\n"
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return (head + parts + f"Content-Type: text/plain\n\n{STORY}\n").encode()


def state(folder):
    """All files below a folder, with their sizes."""
    return {
        os.path.join(path, name): os.path.getsize(os.path.join(path, name))
        for path, _, names in os.walk(folder)
        for name in names
    }


def measured(command, stdin=None):
    """CPU seconds, wall seconds, megabytes, exit code and words of a command; those of its children counted."""
    watcher = (
        "import os,resource,subprocess,sys;"
        "p=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=sys.stderr);"
        "u=resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(u.ru_utime+u.ru_stime,u.ru_maxrss,p.returncode)"
    )
    start = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, "-c", watcher, *command], capture_output=True, stdin=stdin, timeout=120, start_new_session=True
        )
    except subprocess.TimeoutExpired:
        return 120, 120, 0, None, "no end in 120 s"
    seconds, kilobytes, code = done.stdout.split()
    return float(seconds), time.monotonic() - start, int(kilobytes) / 1024, int(code), done.stderr.decode(errors="replace")


def check(binary, name, ending, content, least, code, keep, piped=False):
    """Ingests one file beside two good ones; the faults that show, and the figures."""
    faults = []
    with tempfile.TemporaryDirectory() as root:
        folder = os.path.join(root, "in", "folder")
        os.makedirs(folder)
        for number, good in [(0, "0-before.jsonl"), (1, "z-behind.jsonl")]:
            with open(os.path.join(folder, good), "wb") as file:
                file.write(json.dumps({"id": f"good-{number}", "title": f"Good {number}", "text": f"{STORY} Good {number}."}).encode())
        hostile = os.path.join(folder, f"hostile.{ending}")
        with open(hostile, "wb") as file:
            file.write(content())
        if keep:
            shutil.copy(hostile, os.path.join(keep, f"{name.replace(' ', '-').replace('/', '-')}.{ending}"))
        database = os.path.join(root, "out", "test.db")
        os.makedirs(os.path.dirname(database))
        before = state(root)
        if piped:
            with open(hostile, "rb") as stdin:
                seconds, clock, memory, ended, said = measured([binary, "--db", database, "ingest", "--fast", "-"], stdin)
        else:
            seconds, clock, memory, ended, said = measured([binary, "--db", database, "ingest", "--fast", folder])
        changed = {path for path, size in state(root).items() if before.get(path) != size}
        strangers = {path for path in changed if not path.startswith(database)}
        stored, good = 0, 0
        if os.path.exists(database):
            connection = sqlite3.connect(database)
            good = connection.execute("SELECT count(*) FROM articles WHERE title LIKE 'Good %'").fetchone()[0]
            stored = connection.execute("SELECT count(*) FROM articles").fetchone()[0] - good
            connection.close()
    if ended not in ((0, 3) if code is None else (code,)):
        faults.append(f"exit {ended}")
    if ended == 3 and not piped and "hostile." not in said:
        faults.append("not named")
    if seconds > SECONDS:
        faults.append("slow")
    if memory > MEGABYTES:
        faults.append("memory")
    if not piped and good != 2:
        faults.append(f"{good} of 2 good articles stored")
    if stored < least:
        faults.append(f"{stored} articles stored, not {least}")
    if strangers:
        faults.append(f"wrote {strangers}")
    named = [line for line in said.splitlines() if "hostile." in line] or said.splitlines()[:1]
    reason = named[-1].replace(folder + "/", "") if named else ""
    return faults, f"{seconds:.2f}\t{clock:.1f}\t{memory:.0f}\t{stored}\t{name}: {reason[:230]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--only", help="those whose name has one of these in it, between commas")
    parser.add_argument("--keep", metavar="FOLDER", help="leave the files there")
    parser.add_argument("--piped", action="store_true", help="give each on standard input instead, alone")
    args = parser.parse_args()
    if args.keep:
        os.makedirs(args.keep, exist_ok=True)
    failed = count = 0
    print("CPU s\ts\tMB\tstored\tfile: what was said")
    for name, ending, content, least, code in files():
        if args.only and not any(part in name for part in args.only.split(",")):
            continue
        faults, line = check(args.binary, name, ending, content, least, code, args.keep, args.piped)
        count += 1
        failed += bool(faults)
        print(line + (f"\n\t\t\t\t! {', '.join(faults)}" if faults else ""), flush=True)
    print(f"{count} files, {failed} with faults")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
