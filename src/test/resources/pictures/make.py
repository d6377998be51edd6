"""Makes the pictures beside it, with Pillow: python3 make.py."""

import os

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
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
