"""`compress.py FROM.png TO.png`: a picture of a page, in as few colours as look the same; below 200 kB."""

import sys
from pathlib import Path

from PIL import Image

LARGEST = 200_000

source, target = map(Path, sys.argv[1:])
picture = Image.open(source).convert("RGB")
for colours in (256, 128, 64, 32):
    picture.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(target, optimize=True)
    if target.stat().st_size < LARGEST:
        break
else:
    sys.exit(f"{target} is {target.stat().st_size} bytes")
print(f"{target.name}: {picture.width} x {picture.height}, {target.stat().st_size} bytes, {colours} colours")
