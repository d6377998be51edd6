"""Makes the pictures beside it, with Pillow and the encoders of compare_pictures.py: python3 make.py."""

import os
import sys

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../python"))
import compare_pictures as encoders  # noqa: E402

ROWS, COLUMNS = 6, 8


def path(name):
    return os.path.join(HERE, name)


# A pattern that no turning or mirroring leaves as it is: red goes down, green goes right, blue both ways.
rows, columns = np.mgrid[0:ROWS, 0:COLUMNS]
RGB = np.stack([40 * rows, 30 * columns, 20 * (rows + columns)], axis=2).astype("u1")
GREY = (40 * rows + 5 * columns).astype("u1")
colour = Image.fromarray(RGB)
grey = Image.fromarray(GREY)

for kind in ("png", "bmp"):
    colour.save(path("colour." + kind))
    grey.save(path("grey." + kind))
colour.save(path("lossless.webp"), lossless=True, quality=100, exact=True)
colour.resize((64, 48), Image.NEAREST).save(path("lossy.webp"), quality=95)
colour.save(path("profile.webp"), lossless=True, exact=True, icc_profile=encoders.PROFILE)
colour.save(path("animated.webp"), lossless=True, save_all=True, append_images=[grey.convert("RGB")])
grey.save(path("grey.gif"))
grey.convert("1", dither=Image.NONE).save(path("two_tones.png"))
colour.quantize(48).save(path("palette.png"))
Image.fromarray((GREY.astype("u2") * 257)).save(path("grey16.png"))

# Half of it is transparent.
alpha = np.where(columns < 4, 255, 0).astype("u1")
Image.fromarray(np.dstack([RGB, alpha])).save(path("alpha.png"))
Image.fromarray(np.dstack([GREY, alpha])).save(path("grey_alpha.png"))

# What cameras write: the pixels lie as they were taken, and EXIF says how to turn them.
large = colour.resize((64, 48), Image.NEAREST)
turns = {
    1: None,
    2: Image.FLIP_LEFT_RIGHT,
    3: Image.ROTATE_180,
    4: Image.FLIP_TOP_BOTTOM,
    5: Image.TRANSPOSE,
    6: Image.ROTATE_90,
    7: Image.TRANSVERSE,
    8: Image.ROTATE_270,
}
for number, turn in turns.items():
    exif = Image.Exif()
    exif[0x0112] = number
    stored = large if turn is None else large.transpose(turn)
    stored.save(path("turned%d.jpg" % number), quality=95, subsampling=0, exif=exif)
large.convert("L").save(path("grey.jpg"), quality=95)
large.convert("CMYK").save(path("cmyk.jpg"), quality=95)
large.save(path("progressive.jpg"), quality=95, subsampling=0, progressive=True)
Image.fromarray(RGB[:1, :1]).save(path("dot.png"))


def write(name, content):
    with open(path(name), "wb") as out:
        out.write(content)


# JPEG files whose colours are told by their markers.
plain = encoders.jpeg(np.array(large), quality=95, subsampling=0)
large.save(path("profile.jpg"), quality=95, subsampling=0, icc_profile=encoders.PROFILE)
write("components_from_0.jpg", encoders.without_jfif(plain, ids=b"\0\1\2"))
cmyk = open(path("cmyk.jpg"), "rb").read()
adobe = cmyk.index(b"\xff\xee")
write("cmyk_unmarked.jpg", cmyk[:adobe] + cmyk[adobe + 16 :])
# Without black. Pillow inverts what it writes as CMYK.
ycc = 255 - np.array(Image.fromarray(255 - np.array(large)).convert("YCbCr"))
ycck = encoders.jpeg(np.dstack([ycc, np.zeros((48, 64), "u1")]), "CMYK", quality=95)
YCCK_MARK = ycck.index(b"Adobe") + 11
write("ycck.jpg", ycck[:YCCK_MARK] + b"\2" + ycck[YCCK_MARK + 1 :])
write("first_scans.jpg", encoders.scans_only(open(path("progressive.jpg"), "rb").read(), 6))

# GIF: 6 x 8 pixels in the middle of a canvas, all the others of which are transparent.
palette = RGB.reshape(-1, 3)
indices = np.arange(ROWS * COLUMNS).reshape(ROWS, COLUMNS)
write("canvas.gif", encoders.gif(indices, palette, (ROWS + 3, COLUMNS + 4), (1, 2), interlaced=True))
write("two_rows.gif", encoders.gif(indices[:2], palette, interlaced=True))
write("half.gif", encoders.gif(indices, palette, count=ROWS * COLUMNS // 2))
write("no_pixels.gif", encoders.gif(indices, palette, count=0))
write("beyond_palette.gif", encoders.gif(indices, palette[:32]))
bare = encoders.gif(indices, palette)
write("no_palette.gif", bare[:10] + b"\0" + bare[11:13] + bare[13 + 3 * 64 :])

write("runs.bmp", encoders.bmp(encoders.runs(indices), ROWS, COLUMNS, 8, 1, palette))
write("half_runs.bmp", encoders.bmp(encoders.runs(indices[: ROWS // 2]), ROWS, COLUMNS, 8, 1, palette))
write("beyond_palette.bmp", encoders.bmp(encoders.bmp_rows(indices), ROWS, COLUMNS, 8, 0, palette[:32]))

table = encoders.chunk(b"PLTE", bytes(palette[:32].ravel()))
write("beyond_palette.png", encoders.png(indices[..., None], 3, 8, before=table))
# Grey of 2 bits, of which one is transparent.
few = (indices % 4)[..., None]
write("grey2_transparent.png", encoders.png(few, 0, 2, before=encoders.chunk(b"tRNS", b"\0\2")))
