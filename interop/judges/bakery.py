"""PyPI `openbadges-bakery` bakes Open Badges 2.0, hosted and signed, into PNG and SVG, for Accolade to judge.

The assertions stand at this program's own address over plain http, where the server may follow them here. The server gets
the image itself.
"""

import base64
import io
import json
import sys
from pathlib import Path

from Crypto.PublicKey import RSA
from jose import jws
from openbadges_bakery import bake

from examined import Examined, finish
from issuer_v2 import PIXEL, Issuer
from shelf import Shelf

# The number of the signed Assertion that the issuer has taken back.
WITHDRAWN = 999
PLAIN = {
    "PNG": base64.b64decode(PIXEL),
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>A badge</title><circle r="4"/></svg>',
}


def baked(kind, text):
    return bake(io.BytesIO(PLAIN[kind]), text).read()


def main():
    stage = json.loads(Path(sys.argv[1]).read_text())
    examined, shelf = Examined(stage["base"]), Shelf()
    key, strange = RSA.generate(2048), RSA.generate(2048)
    issuer = Issuer(shelf, "bakery", key.publickey().export_key().decode())
    issuer.revoke([{"id": issuer.to_be_signed(WITHDRAWN)["id"], "revocationReason": "By mistake"}])
    numbers = iter(range(1, 1000))

    def sign(assertion, by=key, **header):
        return jws.sign(assertion, by.export_key().decode(), headers=header or None, algorithm="RS256")

    for kind in PLAIN:
        def name(what, kind=kind):
            return f"bakery, {stage['scheme']}, {kind}: {what}"

        hosted_ones(name, examined, shelf, issuer, numbers, lambda text, kind=kind: baked(kind, text))
        signed_ones(name, examined, issuer, numbers, sign, strange, lambda text, kind=kind: baked(kind, text))
        examined.refused(name("no badge in it"), PLAIN[kind], "fetch", "no_badge")
    finish()


def hosted_ones(name, examined, shelf, issuer, numbers, image):
    hosted = issuer.hosted(next(numbers))
    examined.valid(name("a hosted Assertion, whole, is valid"), image(json.dumps(hosted)))
    examined.valid(name("the address of a hosted Assertion is valid"), image(hosted["id"]))
    changed = {**hosted, "issuedOn": "2020-01-01T00:00:00Z"}
    examined.refused(name("a changed copy of a hosted Assertion"), image(json.dumps(changed)), "hosted", "hosted_copy_differs")
    gone = issuer.hosted(next(numbers))
    shelf.put(gone["id"].split("/", 3)[3], {"id": gone["id"], "revoked": True, "revocationReason": "By mistake"}, status=410)
    examined.refused(name("a hosted Assertion that answers 410"), image(json.dumps(gone)), "status", "revoked")
    missing = issuer.hosted(next(numbers))
    shelf.put(missing["id"].split("/", 3)[3], None)
    examined.refused(name("a hosted Assertion that is not there"), image(json.dumps(missing)), "hosted", "hosted_missing")
    elsewhere = Issuer(Shelf(), "elsewhere", "")
    other = {**issuer.hosted(next(numbers)), "badge": elsewhere.badge}
    shelf.put(other["id"].split("/", 3)[3], other)
    examined.refused(name("an Assertion in the name of an issuer elsewhere"), image(json.dumps(other)), "scope", "outside_issuer_scope")


def signed_ones(name, examined, issuer, numbers, sign, strange, image):
    assertion = issuer.to_be_signed(next(numbers))
    token = sign(assertion)
    examined.valid(name("a signed Assertion is valid"), image(token))
    header, payload, signature = token.split(".")
    forged = json.dumps({**assertion, "recipient": {"type": "email", "hashed": False, "identity": "other@example.org"}})
    forged = base64.urlsafe_b64encode(forged.encode()).decode().rstrip("=")
    examined.refused(name("a changed recipient"), image(f"{header}.{forged}.{signature}"), "proof", "bad_signature")
    examined.refused(name("signed by a stranger in the issuer's name"), image(sign(assertion, by=strange)), "proof", "bad_signature")
    over = {**assertion, "expires": "2026-01-02T00:00:00Z"}
    examined.refused(name("after its time"), image(sign(over)), "validity", "expired")
    own_key = Issuer(issuer.shelf, "stranger", strange.publickey().export_key().decode())
    pretending = {**assertion, "verification": {"type": "SignedBadge", "creator": own_key.key}}
    examined.refused(name("signed by another issuer's key"), image(sign(pretending, by=strange)), "key", "key_not_controlled_by_issuer")
    examined.refused(name("revoked"), image(sign(issuer.to_be_signed(WITHDRAWN))), "status", "revoked")


main()
