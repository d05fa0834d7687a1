"""One changed byte at a time, spread evenly over a text; the Python half of changes.mjs."""

import os

# How many bytes of a text are tried; the validator is slow, so a quarter of what the other judges try.
COUNT = int(os.environ.get("ACCOLADE_INTEROP_CHANGES", "96")) // 4

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def of_json(text):
    places = [at for at, character in enumerate(text) if character.isascii() and character.isalnum()]
    return [_change(text, at, _successor(text[at])) for at in _spread(places)]


def of_url(url):
    """Changes the path only: another host is another server."""
    start = url.index("/", len("https://"))
    places = [at for at in range(start, len(url)) if url[at].isalnum()]
    return [_change(url, at, _successor(url[at])) for at in _spread(places)]


def of_compact_jws(text):
    """Flips the highest of a digit's six bits: the spare low bits of a segment's last digit decode to nothing."""
    places = [at for at, character in enumerate(text) if character in ALPHABET]
    return [_change(text, at, ALPHABET[ALPHABET.index(text[at]) ^ 32]) for at in _spread(places)]


def _spread(places):
    wanted = min(COUNT, len(places))
    step = (len(places) - 1) / max(wanted - 1, 1)
    return [places[round(index * step)] for index in range(wanted)]


def _successor(character):
    return {"z": "a", "Z": "A", "9": "0"}.get(character) or chr(ord(character) + 1)


def _change(text, at, character):
    around = text[max(0, at - 12):at + 12]
    return text[:at] + character + text[at + 1:], f"byte {at} '{text[at]}' to '{character}' in …{around}…"
