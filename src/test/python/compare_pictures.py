# SPDX-License-Identifier: Apache-2.0
"""Compares the pixels that Lanewise reads with those that a picture was made of, or that Pillow reads: compare_pictures.py CLASSPATH

CLASSPATH has the classes, the test classes and the dependencies. Makes pictures of every kind, some with an encoder of its own (PNG
of all depths, interlaced; BMP; GIF), and prints a line for each kind: how many were read, how many were refused, the largest
difference and the largest mean difference of a picture. Java is $JAVA, or java. A picture that is read otherwise than its kind allows is
named, and makes the status 1.

Transparent pixels are white, EXIF's orientation is applied, colour profiles and gamma are not, 16 bits are rounded to 8.
"""

import collections
import glob
import io
import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib

import numpy as np
from PIL import Image, ImageCms, ImageOps

RANDOM = np.random.default_rng(20)
REFUSED = "refused"

# kind -> list of (name, bytes, expected pixels or REFUSED, largest difference, largest mean difference)
pictures = []


def add(kind, ending, content, expected, most=0, mean=0):
    pictures.append((kind, "%05d.%s" % (len(pictures), ending), bytes(content), expected, most, mean))


def over_white(pixels, alpha):
    """Pixels and alpha from 0 to 255, any number of channels."""
    pixels, alpha = pixels.astype(int), alpha.astype(int)
    return (pixels * alpha + 255 * (255 - alpha) + 127) // 255


def by_pillow(content):
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    if image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info:
        rgba = np.array(image.convert("RGBA"))
        return over_white(rgba[..., :3], rgba[..., 3:])
    return np.array(image.convert("RGB"))


def size():
    return int(RANDOM.integers(2, 70)), int(RANDOM.integers(2, 70))


def smooth(rows, columns, channels):
    small = RANDOM.integers(0, 256, (5, 5, channels)).astype("u1")
    return np.dstack([np.array(Image.fromarray(small[..., i]).resize((columns, rows), Image.BICUBIC)) for i in range(channels)])


def noise(rows, columns, channels, most=255):
    return RANDOM.integers(0, most + 1, (rows, columns, channels))


def cuts(kind, ending, content, expected, most=0, mean=0):
    """Cut at several places: what is read must be the whole."""
    for part in (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97):
        add(kind + ", cut", ending, content[: int(len(content) * part)], REFUSED)
    for last in (1, 2, 4):
        # A byte or two at the end may hold nothing.
        add(kind + ", last bytes cut", ending, content[:-last], (REFUSED, expected), most, mean)


# PNG


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def filtered(rows, bytes_per_pixel):
    """Rows of bytes, each with a filter by lot."""
    out = bytearray()
    before = np.zeros(rows.shape[1], int)
    for row in rows.astype(int):
        left = np.concatenate([np.zeros(bytes_per_pixel, int), row])[: len(row)]
        corner = np.concatenate([np.zeros(bytes_per_pixel, int), before])[: len(row)]
        kind = int(RANDOM.integers(0, 5))
        estimate = left + before - corner
        a, b, c = abs(estimate - left), abs(estimate - before), abs(estimate - corner)
        paeth = np.where((a <= b) & (a <= c), left, np.where(b <= c, before, corner))
        out.append(kind)
        out += bytes(((row - [0 * row, left, before, (left + before) // 2, paeth][kind]) % 256).astype("u1"))
        before = row
    return bytes(out)


def packed(samples, depth):
    """Rows x columns x channels as rows of bytes."""
    rows = samples.reshape(len(samples), -1)
    if depth == 16:
        return rows.astype(">u2").view("u1").reshape(len(rows), -1)
    if depth == 8:
        return rows.astype("u1")
    bits = np.unpackbits(rows.astype("u1")[..., None], axis=2)[..., 8 - depth :]
    return np.packbits(bits.reshape(len(rows), -1), axis=1)


ADAM7 = ((0, 8, 0, 8), (0, 8, 4, 8), (4, 8, 0, 4), (0, 4, 2, 4), (2, 4, 0, 2), (0, 2, 1, 2), (1, 2, 0, 1))


def png(samples, colour_type, depth, interlaced=False, before=b"", data_part=1.0):
    rows, columns, channels = samples.shape
    per_pixel = max(1, channels * depth // 8)
    if interlaced:
        data = b""
        for y, dy, x, dx in ADAM7:
            part = samples[y::dy, x::dx]
            if part.size:
                data += filtered(packed(part, depth), per_pixel)
    else:
        data = filtered(packed(samples, depth), per_pixel)
    data = zlib.compress(data[: int(len(data) * data_part)])
    cut = int(RANDOM.integers(0, len(data)))
    header = struct.pack(">IIBBBBB", columns, rows, depth, colour_type, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + chunk(b"IDAT", data[:cut]) + chunk(b"IDAT", data[cut:]) + chunk(b"IEND", b"")
    )


def to8(samples, depth):
    most = 2**depth - 1
    return (samples * 2 * 255 + most) // (2 * most)


def three(pixels):
    return np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else pixels


def exif(orientation, big=False, kind=3):
    order = ">" if big else "<"
    value = struct.pack(order + {1: "Bxxx", 3: "HH", 4: "I"}[kind], *((orientation, 0) if kind == 3 else (orientation,)))
    return (b"MM\0*" if big else b"II*\0") + struct.pack(order + "IHHHI", 8, 1, 0x112, kind, 1) + value + bytes(4)


def turned(pixels, orientation):
    """As EXIF tells it: what is stored, seen upright."""
    if orientation >= 5:
        pixels = pixels.transpose(1, 0, 2)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return pixels


# A display's profile whose primaries are far from those of sRGB: red and blue change places.
srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PROFILE = srgb.replace(b"rXYZ", b"tXYZ").replace(b"bXYZ", b"rXYZ").replace(b"tXYZ", b"bXYZ")
assert PROFILE != srgb

EXTRAS = {
    "gAMA": chunk(b"gAMA", struct.pack(">I", 100000)),
    "gAMA of screens": chunk(b"gAMA", struct.pack(">I", 45455)),
    "iCCP": chunk(b"iCCP", b"p\0\0" + zlib.compress(PROFILE)),
    "sRGB": chunk(b"sRGB", b"\0"),
    "cHRM": chunk(b"cHRM", struct.pack(">8I", 31270, 32900, 15000, 6000, 30000, 60000, 64000, 33000)),
    "pHYs, aspect": chunk(b"pHYs", struct.pack(">IIB", 2, 1, 0)),
    "tEXt": chunk(b"tEXt", b"Comment\0some words"),
    "zTXt, damaged": chunk(b"zTXt", b"Comment\0\0no zlib"),
}


def make_png():
    for interlaced in (False, True):
        said = ", interlaced" if interlaced else ""
        for depth in (1, 2, 4, 8, 16):
            for _ in range(6):
                most = 2**depth - 1
                rows, columns = size()
                grey = noise(rows, columns, 1, most)
                content = png(grey, 0, depth, interlaced)
                add("PNG grey %d bit%s" % (depth, said), "png", content, three(to8(grey, depth)))
                if depth <= 8:
                    assert (by_pillow(content) == three(to8(grey, depth))).all()
                key = int(grey[0, 0, 0])
                add(
                    "PNG grey %d bit, one transparent%s" % (depth, said),
                    "png",
                    png(grey, 0, depth, interlaced, chunk(b"tRNS", struct.pack(">H", key))),
                    np.where(grey == key, 255, three(to8(grey, depth))),
                )
                if depth <= 8:
                    palette = noise(1, most + 1, 3)[0]
                    opacity = noise(1, int(RANDOM.integers(1, most + 2)), 1)[0]
                    table = chunk(b"PLTE", bytes(palette.astype("u1").ravel()))
                    colours = palette[grey[..., 0]]
                    add("PNG palette %d bit%s" % (depth, said), "png", png(grey, 3, depth, interlaced, table), colours)
                    alphas = np.concatenate([opacity, np.full((most + 1 - len(opacity), 1), 255)])[grey[..., 0]]
                    trns = chunk(b"tRNS", bytes(opacity.astype("u1").ravel()))
                    content = png(grey, 3, depth, interlaced, table + trns)
                    assert (by_pillow(content) == over_white(colours, alphas)).all()
                    add("PNG palette %d bit, transparent%s" % (depth, said), "png", content, over_white(colours, alphas))
                if depth >= 8:
                    for colour_type, channels in ((2, 3), (4, 2), (6, 4)):
                        samples = noise(rows, columns, channels, most)
                        content = png(samples, colour_type, depth, interlaced)
                        pixels = to8(samples, depth)
                        if channels != 3:
                            pixels = three(over_white(pixels[..., :-1], pixels[..., -1:]))
                        kind = {2: "RGB", 4: "grey and alpha", 6: "RGB and alpha"}[colour_type]
                        add("PNG %s %d bit%s" % (kind, depth, said), "png", content, pixels)
                        if channels == 3:
                            key = samples[0, 0]
                            add(
                                "PNG RGB %d bit, one transparent%s" % (depth, said),
                                "png",
                                png(samples, 2, depth, interlaced, chunk(b"tRNS", struct.pack(">HHH", *map(int, key)))),
                                np.where((samples == key).all(axis=2, keepdims=True), 255, pixels),
                            )
                for part in (0.0, 0.3, 0.6, 0.95):
                    rgb = noise(rows, columns, 3)
                    add("PNG of too few pixels%s" % said, "png", png(rgb, 2, 8, interlaced, data_part=part), REFUSED)
    for name, extra in EXTRAS.items():
        for colour_type, channels in ((0, 1), (2, 3)):
            samples = noise(*size(), channels)
            add("PNG with " + name, "png", png(samples, colour_type, 8, before=extra), three(samples))
    for orientation in range(1, 9):
        for kind in (1, 3, 4):
            for big in (False, True):
                rgb = noise(*size(), 3)
                content = png(rgb, 2, 8, before=chunk(b"eXIf", exif(orientation, big, kind)))
                add("PNG turned by EXIF", "png", content, turned(rgb, orientation))
                if kind == 3:
                    assert (by_pillow(content) == turned(rgb, orientation)).all()
    rgb = noise(40, 50, 3)
    cuts("PNG", "png", png(rgb, 2, 8), rgb)
    cuts("PNG, interlaced", "png", png(rgb, 2, 8, True), rgb)
    for depth, colours in ((1, 1), (2, 3), (4, 9), (8, 100)):
        table = chunk(b"PLTE", bytes(noise(1, colours, 3).astype("u1").ravel()))
        frame = noise(20, 30, 1, colours)
        add("PNG of a colour beyond the palette", "png", png(frame, 3, depth, before=table), REFUSED)
    frames = [Image.fromarray(noise(20, 30, 3).astype("u1")) for _ in range(3)]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    add("PNG, animated", "png", out.getvalue(), np.array(frames[0]))


# JPEG


def jpeg(pixels, mode="RGB", **options):
    out = io.BytesIO()
    Image.fromarray(pixels if mode != "L" else pixels[..., 0], mode).save(out, "JPEG", **options)
    return out.getvalue()


def add_jpeg(kind, content, most=6, mean=1.0, expected=None):
    add("JPEG " + kind, "jpg", content, by_pillow(content) if expected is None else expected, most, mean)


def without_jfif(content, adobe=None, ids=None):
    at = content.index(b"\xff\xe0")
    length = struct.unpack(">H", content[at + 2 : at + 4])[0]
    content = content[:at] + content[at + 2 + length :]
    if adobe is not None:
        content = content[:2] + b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0" + bytes([adobe]) + content[2:]
    if ids:
        content = bytearray(content)
        frame = max(content.find(b"\xff\xc0"), content.find(b"\xff\xc2"))
        scan = content.find(b"\xff\xda")
        for i, name in enumerate(ids):
            content[frame + 10 + 3 * i] = name
            content[scan + 5 + 2 * i] = name
        content = bytes(content)
    return content


def scans_only(content, count):
    """A progressive JPEG that ends after some of its scans, with a marker of the end."""
    starts = [match.start() for match in re.finditer(b"\xff\xda", content)]
    at = starts[count]
    before = content.rfind(b"\xff\xc4", 0, at)
    return content[: before if before > starts[count - 1] else at] + b"\xff\xd9"


def make_jpeg():
    for _ in range(25):
        for subsampling in (0, 1, 2):
            for progressive in (False, True):
                picture = smooth(*size(), 3)
                content = jpeg(picture, quality=int(RANDOM.integers(20, 100)), subsampling=subsampling, progressive=progressive)
                add_jpeg("%s, subsampling %d" % ("progressive" if progressive else "baseline", subsampling), content)
        grey = smooth(*size(), 1)
        add_jpeg("grey", jpeg(grey, "L", quality=90))
        add_jpeg("grey, progressive", jpeg(grey, "L", quality=90, progressive=True))
        cmyk = smooth(*size(), 4)
        content = jpeg(cmyk, "CMYK", quality=95)
        add_jpeg("CMYK", content)
        add_jpeg("CMYK, progressive", jpeg(cmyk, "CMYK", quality=95, progressive=True))
        adobe = content.index(b"Adobe")
        add_jpeg("YCCK", content[: adobe + 11] + b"\2" + content[adobe + 12 :])
        at = content.index(b"\xff\xee")
        add("JPEG CMYK, not said whether inverted", "jpg", content[:at] + content[at + 16 :], REFUSED)
        icc = jpeg(smooth(*size(), 3), quality=95, subsampling=0, icc_profile=PROFILE)
        add_jpeg("with a profile", icc)
        add_jpeg("grey with a profile of RGB", jpeg(grey, "L", quality=95, icc_profile=PROFILE))
        content = jpeg(smooth(*size(), 3), quality=95, subsampling=0)
        half = jpeg(smooth(*size(), 3), quality=95, subsampling=2)
        add_jpeg("without JFIF", without_jfif(content))
        add_jpeg("RGB, Adobe's marker", without_jfif(content, adobe=0))
        add_jpeg("YCbCr, Adobe's marker", without_jfif(content, adobe=1))
        add_jpeg("RGB by names", without_jfif(content, ids=b"RGB"))
        add_jpeg("components from 0", without_jfif(content, ids=b"\0\1\2"))
        add_jpeg("components from 0, subsampled", without_jfif(half, ids=b"\0\1\2"))
        add_jpeg("components 34, 35, 36", without_jfif(content, ids=b"\x22\x23\x24"))
        add_jpeg("RGB by names, subsampled", without_jfif(half, ids=b"RGB"))
    for orientation in range(0, 10):
        for big in (False, True):
            picture = smooth(*size(), 3)
            data = exif(orientation, big)
            add_jpeg("turned by EXIF", jpeg(picture, quality=95, subsampling=0, exif=b"Exif\0\0" + data))
            cmyk = smooth(*size(), 4)
            add_jpeg("CMYK, turned by EXIF", jpeg(cmyk, "CMYK", quality=95, exif=b"Exif\0\0" + data))
    picture = noise(60, 64, 3).astype("u1")
    for progressive in (False, True):
        content = jpeg(picture, quality=90, progressive=progressive)
        kind = "JPEG progressive" if progressive else "JPEG baseline"
        cuts(kind, "jpg", content, by_pillow(content), 6, 1)
        for part in (0.4, 0.6, 0.8, 0.95):
            add(kind + ", cut and ended", "jpg", content[: int(len(content) * part)] + b"\xff\xd9", REFUSED)
        add(kind + " and more after it", "jpg", content + bytes(1000), by_pillow(content), 6, 1)
    for count in range(1, 10):
        add("JPEG progressive without the last scans", "jpg", scans_only(content, count), REFUSED)


# GIF


def lzw(indices, least, clear_when_full=True, count=None):
    """Codes of indices; where count is given, the codes end after as many indices, properly."""
    clear, end = 1 << least, (1 << least) + 1
    bits, used, out = 0, 0, bytearray()
    table, width = {}, least + 1

    def put(code):
        nonlocal bits, used
        bits |= code << used
        used += width
        while used >= 8:
            out.append(bits & 255)
            bits >>= 8
            used -= 8

    def fresh():
        nonlocal table, width
        table, width = {(i,): i for i in range(clear)}, least + 1

    fresh()
    put(clear)
    next_code, string = end + 1, ()
    for index in list(indices)[:count]:
        longer = string + (int(index),)
        if longer in table:
            string = longer
            continue
        put(table[string])
        if next_code < 4096:
            table[longer] = next_code
            if next_code == 1 << width and width < 12:
                width += 1
            next_code += 1
        elif clear_when_full:
            put(clear)
            fresh()
            next_code = end + 1
        string = (int(index),)
    if string:
        put(table[string])
        # The decoder adds a string here, too.
        if next_code == 1 << width and width < 12:
            width += 1
    put(end)
    if used:
        out.append(bits & 255)
    blocks = b"".join(bytes([len(out[i : i + 255])]) + bytes(out[i : i + 255]) for i in range(0, len(out), 255))
    return bytes([least]) + blocks + b"\0"


def gif(frame, palette, canvas=None, at=(0, 0), local=False, transparent=None, interlaced=False, background=0, disposal=0, after=b"", **codes):
    """One frame of indices, rows x columns; canvas is rows, columns."""
    rows, columns = frame.shape
    canvas = canvas or frame.shape
    bits = max(1, int(np.ceil(np.log2(len(palette)))))
    table = bytes(palette.astype("u1").ravel()) + bytes(3 * (2**bits - len(palette)))
    out = b"GIF89a" + struct.pack("<HHBBB", canvas[1], canvas[0], 0 if local else 0x80 | bits - 1, background, 0)
    out += b"" if local else table
    if transparent is not None or disposal:
        out += b"!\xf9\4" + bytes([disposal << 2 | (transparent is not None), 0, 0, transparent or 0, 0])
    out += b"," + struct.pack("<HHHHB", at[1], at[0], columns, rows, (0x80 | bits - 1 if local else 0) | 0x40 * interlaced)
    out += table if local else b""
    if interlaced:
        frame = np.concatenate([frame[0::8], frame[4::8], frame[2::4], frame[1::2]])
    return out + lzw(frame.ravel(), max(2, bits, int(frame.max()).bit_length()), **codes) + after + b";"


def make_gif():
    for _ in range(8):
        for local in (False, True):
            for interlaced in (False, True):
                colours = int(RANDOM.integers(2, 257))
                palette = noise(1, colours, 3)[0]
                rows, columns = size()
                frame = noise(rows, columns, 1, colours - 1)[..., 0]
                pixels = palette[frame]
                said = ", local palette" * local + ", interlaced" * interlaced
                options = {"local": local, "interlaced": interlaced}
                content = gif(frame, palette, **options)
                assert (by_pillow(content) == pixels).all()
                add("GIF" + said, "gif", content, pixels)
                key = int(frame[0, 0])
                clear = np.where((frame == key)[..., None], 255, pixels)
                content = gif(frame, palette, transparent=key, **options)
                assert (by_pillow(content) == clear).all()
                add("GIF, transparent" + said, "gif", content, clear)
                top, left = int(RANDOM.integers(0, 20)), int(RANDOM.integers(0, 20))
                canvas = np.full((rows + top + 3, columns + left + 5, 3), 255)
                for transparent, seen in ((None, pixels), (key, clear)):
                    canvas[top : top + rows, left : left + columns] = seen
                    content = gif(
                        frame, palette, canvas.shape[:2], (top, left), transparent=transparent, background=int(RANDOM.integers(0, colours)), **options
                    )
                    add("GIF, a frame smaller than the canvas" + said, "gif", content, canvas.copy())
                    second = gif(noise(rows, columns, 1, colours - 1)[..., 0], palette, local=True)
                    second = second[13:-1]
                    content = gif(frame, palette, canvas.shape[:2], (top, left), transparent=transparent, disposal=2, after=second, **options)
                    add("GIF, animated" + said, "gif", content, canvas.copy())
                content = gif(frame, palette, (1, 1), (0, 0), **options)
                add("GIF, a frame larger than the canvas" + said, "gif", content, pixels)
                for part in (0, 1, 0.3, 0.5, 0.99):
                    count = part if part == 1 else int(rows * columns * part)
                    add("GIF of too few pixels" + said, "gif", gif(frame, palette, count=count, **options), REFUSED)
                cuts("GIF" + said, "gif", gif(frame, palette, **options), pixels)
    palette = noise(1, 256, 3)[0]
    big = noise(200, 210, 1)[..., 0]
    add("GIF, table full", "gif", gif(big, palette), palette[big])
    add("GIF, table full and kept", "gif", gif(big, palette, clear_when_full=False), palette[big])
    content = gif(big[:20, :20], palette)
    no_palette = content[:10] + b"\0" + content[11:13] + content[13 + 768 :]
    add("GIF without a palette", "gif", no_palette, REFUSED)
    add("GIF of a colour beyond the palette", "gif", gif(np.array([[0, 1], [2, 3]]), palette[:2]), REFUSED)


# BMP


def bmp(pixel_bytes, rows, columns, bits, compression=0, palette=None, header=40, masks=None, top_down=False, planes=1):
    if header == 12:
        info = struct.pack("<IHHHH", 12, columns, rows, planes, bits)
        table = b"" if palette is None else bytes(palette[:, ::-1].astype("u1").ravel())
    else:
        info = struct.pack(
            "<IiiHHIIiiII", header, columns, -rows if top_down else rows, planes, bits, compression, len(pixel_bytes), 2835, 2835,
            0 if palette is None else len(palette), 0,
        )
        if header > 40:
            info += struct.pack("<4I", *(masks or (0, 0, 0, 0)))[: header - 40]
            info = info.ljust(header, b"\0")
            if header >= 108:
                info = info[:56] + b"BGRs" + info[60:]
        elif masks:
            info += struct.pack("<3I", *masks[:3])
        table = b"" if palette is None else bytes(np.concatenate([palette[:, ::-1], np.zeros((len(palette), 1))], axis=1).astype("u1").ravel())
    offset = 14 + len(info) + len(table)
    return b"BM" + struct.pack("<IHHI", offset + len(pixel_bytes), 0, 0, offset) + info + table + pixel_bytes


def bmp_rows(rows_of_bytes, top_down=False):
    width = -rows_of_bytes.shape[1] % 4
    padded = np.pad(rows_of_bytes, ((0, 0), (0, width)))
    return bytes((padded if top_down else padded[::-1]).astype("u1").ravel())


def runs(frame, half=False, by_lot=False):
    """Rows of indices as runs of 8 bits or of 4, some of them absolute."""
    out = bytearray()
    for row in frame[::-1]:
        at = 0
        while at < len(row):
            length = int(RANDOM.integers(3, 20)) if by_lot else 1
            some = [int(index) for index in row[at : at + length]]
            if by_lot and len(some) >= 3 and RANDOM.integers(0, 2):
                data = bytes((a << 4 | b) for a, b in zip(some[::2], some[1::2] + [0])) if half else bytes(some)
                out += bytes([0, len(some)]) + data + bytes(len(data) % 2)
                at += len(some)
            else:
                out += bytes([1, some[0] << 4 if half else some[0]])
                at += 1
        out += b"\0\0"
    return bytes(out[:-2] + b"\0\1")


def make_bmp():
    for _ in range(8):
        rows, columns = size()
        for header in (12, 40, 108, 124):
            for top_down in (False, True) if header > 12 else (False,):
                said = " header %d%s" % (header, ", top down" * top_down)
                rgb = noise(rows, columns, 3)
                body = bmp_rows(rgb[..., ::-1].reshape(rows, -1), top_down)
                content = bmp(body, rows, columns, 24, header=header, top_down=top_down)
                assert (by_pillow(content) == rgb).all()
                add("BMP 24 bit" + said, "bmp", content, rgb)
                for bits in (1, 4, 8):
                    palette = noise(1, 2**bits, 3)[0]
                    frame = noise(rows, columns, 1, 2**bits - 1)
                    body = bmp_rows(packed(frame, bits), top_down)
                    content = bmp(body, rows, columns, bits, palette=palette, header=header, top_down=top_down)
                    add("BMP %d bit%s" % (bits, said), "bmp", content, palette[frame[..., 0]])
                if header > 12:
                    four = np.dstack([rgb[..., ::-1], np.zeros((rows, columns), int)])
                    body = bmp_rows(four.reshape(rows, -1), top_down)
                    add("BMP 32 bit" + said, "bmp", bmp(body, rows, columns, 32, header=header, top_down=top_down), rgb)
                    four = np.dstack([rgb[..., ::-1], noise(rows, columns, 1)])
                    body = bmp_rows(four.reshape(rows, -1), top_down)
                    masks = (0xFF0000, 0xFF00, 0xFF, 0)
                    content = bmp(body, rows, columns, 32, 3, header=header, masks=masks, top_down=top_down)
                    add("BMP 32 bit with masks" + said, "bmp", content, rgb)
                    if header > 40:
                        masks = (0xFF0000, 0xFF00, 0xFF, 0xFF000000)
                        content = bmp(body, rows, columns, 32, 3, header=header, masks=masks, top_down=top_down)
                        add("BMP 32 bit with alpha" + said, "bmp", content, over_white(rgb, four[..., 3:]))
                    for name, shifts, compression, masks in (
                        ("555", (10, 5, 0, 5), 0, None),
                        ("555, masks", (10, 5, 0, 5), 3, (0x7C00, 0x3E0, 0x1F, 0)),
                        ("565, masks", (11, 5, 0, 6), 3, (0xF800, 0x7E0, 0x1F, 0)),
                    ):
                        depths = (5, shifts[3], 5)
                        parts = [noise(rows, columns, 1, 2**depth - 1)[..., 0] for depth in depths]
                        word = sum(part << shift for part, shift in zip(parts, shifts))
                        body = bmp_rows(word.astype("<u2").view("u1").reshape(rows, -1), top_down)
                        content = bmp(body, rows, columns, 16, compression, header=header, masks=masks, top_down=top_down)
                        expected = np.dstack([to8(part, depth) for part, depth in zip(parts, depths)])
                        add("BMP 16 bit %s%s" % (name, said), "bmp", content, expected, 4, 2)
        palette = noise(1, 256, 3)[0]
        frame = noise(rows, columns, 1)[..., 0]
        content = bmp(runs(frame), rows, columns, 8, 1, palette)
        assert (by_pillow(content) == palette[frame]).all()
        add("BMP RLE", "bmp", content, palette[frame])
        content = bmp(runs(frame, by_lot=True), rows, columns, 8, 1, palette)
        add("BMP RLE, absolute", "bmp", content, palette[frame])
        content = bmp(runs(frame % 16, True, True), rows, columns, 4, 2, palette[:16])
        add("BMP RLE of 4 bits", "bmp", content, palette[frame % 16])
        add("BMP of a colour beyond the palette", "bmp", bmp(bmp_rows(frame | 128), rows, columns, 8, 0, palette[:128]), REFUSED)
        add("BMP RLE of too few pixels", "bmp", bmp(runs(frame[rows // 2 :]), rows, columns, 8, 1, palette), REFUSED)
        cuts("BMP RLE", "bmp", content, palette[frame])
        content = bmp(bmp_rows(rgb[..., ::-1].reshape(rows, -1)), rows, columns, 24)
        cuts("BMP", "bmp", content, rgb)


# WebP


def webp(image, **options):
    out = io.BytesIO()
    image.save(out, "WEBP", **options)
    return out.getvalue()


def make_webp():
    for i in range(60):
        rows, columns = size()
        pixels = smooth(rows, columns, 4) if i % 2 else noise(rows, columns, 4).astype("u1")
        few = np.array(Image.fromarray(pixels[..., :3]).quantize(int(RANDOM.integers(2, 200))).convert("RGB"))
        options = {"lossless": True, "quality": int(RANDOM.integers(0, 101)), "method": int(RANDOM.integers(0, 7)), "exact": bool(i % 3)}
        for name, array in (("", pixels[..., :3]), (" of few colours", few), (" with alpha", pixels)):
            content = webp(Image.fromarray(array), **options)
            add("WebP lossless" + name, "webp", content, by_pillow(content))
        content = webp(Image.fromarray(pixels[..., :3]), icc_profile=PROFILE, exif=exif(1 + i % 8), **options)
        add("WebP lossless with a profile, turned by EXIF", "webp", content, by_pillow(content))
        frames = [Image.fromarray(noise(20, 30, 3 + i % 2).astype("u1")) for _ in range(3)]
        content = webp(frames[0], save_all=True, append_images=frames[1:], **options)
        add("WebP lossless, animated", "webp", content, REFUSED)
        add("WebP lossy", "webp", webp(Image.fromarray(pixels[..., :3]), quality=int(RANDOM.integers(0, 101))), REFUSED)
        add("WebP lossy with alpha", "webp", webp(Image.fromarray(pixels)), REFUSED)
        add("WebP lossy, animated", "webp", webp(frames[0], save_all=True, append_images=frames[1:]), REFUSED)
    cuts("WebP lossless", "webp", content := webp(Image.fromarray(few), lossless=True), by_pillow(content))


def main(class_path):
    make_png()
    make_jpeg()
    make_gif()
    make_bmp()
    make_webp()
    counts = collections.OrderedDict()
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        inputs, results = os.path.join(folder, "in"), os.path.join(folder, "out")
        os.mkdir(inputs)
        os.mkdir(results)
        for _, name, content, *_ in pictures:
            with open(os.path.join(inputs, name), "wb") as out:
                out.write(content)
        java = os.environ.get("JAVA", "java")
        main_class = "dev.lanewise.data.image.PicturePixels"
        subprocess.run([java, "--add-modules", "jdk.incubator.vector", "-cp", class_path, main_class, inputs, results], check=True)
        for kind, name, content, expected, most, mean in pictures:
            count = counts.setdefault(kind, [0, 0, 0, 0.0])
            (found,) = glob.glob(os.path.join(results, name + ".*"))
            wanted = expected if isinstance(expected, tuple) else (expected,)
            if found.endswith(".refused"):
                count[1] += 1
                right = any(isinstance(one, str) for one in wanted)
                problem = open(found).read()
            else:
                count[0] += 1
                shape = tuple(int(part) for part in found[found.rindex(".") + 1 :].split("x"))
                pixels = np.fromfile(found, "u1").reshape(shape).astype(int)
                arrays = [one for one in wanted if not isinstance(one, str) and one.shape == shape]
                differences = [abs(pixels - one) for one in arrays]
                right = any(one.max() <= most and one.mean() <= mean for one in differences)
                problem = "read as %s" % (shape,)
                if differences:
                    count[2] = max(count[2], min(one.max() for one in differences))
                    count[3] = max(count[3], min(one.mean() for one in differences))
                    problem += ", difference %d, mean %.2f" % (differences[0].max(), differences[0].mean())
            if not right:
                wrong.append((kind, name, problem))
                kept = os.environ.get("KEEP")
                if kept:
                    with open(os.path.join(kept, name), "wb") as out:
                        out.write(content)
    print("%-60s %6s %8s %7s %6s" % ("kind", "read", "refused", "largest", "mean"))
    for kind, (read, refused, largest, mean) in counts.items():
        print("%-60s %6d %8d %7d %6.2f" % (kind, read, refused, largest, mean))
    print("%d pictures, %d read otherwise than their kind allows" % (len(pictures), len(wrong)))
    shown = collections.Counter()
    for kind, name, problem in wrong:
        shown[kind] += 1
        if shown[kind] <= 3:
            print("  %s: %s: %s" % (kind, name, problem))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(sys.argv[1])
