"""Draws the photographs of this folder: codes of another program (qrcode) on paper, as telephones see them.

Run with Pillow, numpy and qrcode: python make.py. The same files every time.
"""
import pathlib

import numpy
import qrcode
from PIL import Image, ImageDraw, ImageFilter

HERE = pathlib.Path(__file__).resolve().parent
WALK = "http://10.20.0.5:8080/ledger/survey/0192f3a1-7c55-7d20-9d3e-5f1f0a7b9c01/walk?sheet_line="
chance = numpy.random.default_rng(20261120)


def code(line, side):
    picture = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    picture.add_data(WALK + str(line))
    picture.make(fit=True)
    return picture.make_image().get_image().convert("L").resize((side, side), Image.NEAREST)


def scene(width=1200, height=900):
    """A rack with boxes, lamps and shadows."""
    picture = Image.new("L", (width, height), 120)
    draw = ImageDraw.Draw(picture)
    for row in range(0, height, 90):
        draw.rectangle((40, row, width - 40, row + 80), fill=int(chance.integers(60, 150)), outline=30)
        for lamp in range(70, width - 80, 60):
            draw.ellipse((lamp, row + 30, lamp + 14, row + 44), fill=int(chance.integers(20, 230)))
    shade = numpy.linspace(0.75, 1.1, width)[None, :]
    return Image.fromarray(numpy.clip(numpy.asarray(picture) * shade, 0, 255).astype("uint8"))


def paste(line, side=420, at=(380, 240), angle=0, picture=None):
    picture = picture or scene()
    paper = Image.new("L", (side + 60, side + 60), 245)
    paper.paste(code(line, side), (30, 30))
    mask = Image.new("L", paper.size, 255)
    if angle:
        paper, mask = (part.rotate(angle, Image.BICUBIC, expand=True) for part in (paper, mask))
    picture.paste(paper, at, mask)
    return picture


def noisy(picture, strength):
    values = numpy.asarray(picture).astype("float") + chance.normal(0, strength, (picture.height, picture.width))
    return Image.fromarray(numpy.clip(values, 0, 255).astype("uint8"))


def tilted(picture):
    """Seen from the side: the right edge is farther away."""
    width, height = picture.size
    corners = [(0, 0), (width, 140), (width, height - 190), (0, height)]
    rows, values = [], []
    for (x, y), (u, v) in zip(corners, [(0, 0), (width, 0), (width, height), (0, height)]):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return picture.transform(picture.size, Image.PERSPECTIVE, numpy.linalg.solve(numpy.array(rows), values), Image.BICUBIC)


def save(picture, name, **more):
    picture.save(HERE / name, **{"quality": 72, **more}) if name.endswith("jpg") else picture.save(HERE / name, **more)


exif = Image.Exif()
exif[0x0132] = "2026:11:21 09:00:00"
exif.get_ifd(0x8769)[0x9003] = "2026:11:20 14:05:09"
exif[0x8769] = exif.get_ifd(0x8769)
save(noisy(paste(3), 6).convert("RGB"), "straight.jpg", exif=exif, quality=60)
save(paste(4, angle=33, at=(250, 100)), "rotated.jpg")
save(paste(5, angle=180), "upside-down.jpg")
save(paste(6).filter(ImageFilter.GaussianBlur(4)), "blurred.jpg")
save(tilted(paste(7, angle=12)), "perspective.jpg")
save(Image.fromarray((numpy.asarray(paste(8, side=230, at=(700, 500))) * 0.3).astype("uint8")), "small-and-dark.jpg")
save(noisy(paste(9), 35), "noisy.jpg", quality=40)
save(paste(10).convert("RGB"), "progressive.jpg", progressive=True)
save(paste(11, side=300, at=(60, 60), picture=scene(600, 450)), "straight.png", optimize=True)
grey = paste(12, side=300, at=(60, 60), picture=scene(600, 450)).convert("LA")
grey.putalpha(255)
save(grey, "grey-alpha.png", optimize=True)
save(paste(2, side=200, at=(60, 560), picture=paste(1, side=480, at=(560, 120))), "two.jpg")
save(scene(), "none.jpg")
