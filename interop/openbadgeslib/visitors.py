"""PyPI `openbadgeslib` issues badges of 3.0 (VC-JWT, embedded proof), 2.0 and 1.0, as tokens and baked, for Accolade to judge.

Its issuers are named by a URL of this program's own, whose document lists their keys, or by `did:key`. Where the library does
not follow the standard, what Accolade says of it is pinned here and explained in docs/conformance.md.
"""

import base64
import json
import sys
from datetime import datetime, timezone
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "judges"))

from openbadgeslib import Achievement, Issuer, KeyFactory, OB2Signer, OB3Signer, OpenBadgeCredential
from openbadgeslib import ob2, ob3
from openbadgeslib.badge_model import Badge, BadgeImgType
from openbadgeslib.keys import KeyType, public_jwk_from_pem
from openbadgeslib.ob1.badge import BadgeType
from openbadgeslib.ob1.signer import Signer as OB1Signer

from examined import Examined, finish
from issuer_v2 import PIXEL
from issuer_v2 import Issuer as IssuerV2
from shelf import Shelf

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
PNG = base64.b64decode(PIXEL)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>A badge</title><circle r="4"/></svg>'
KEYS = {"RS256": KeyType.RSA, "ES256": KeyType.ECC, "EdDSA": KeyType.ED25519}
WITHDRAWN = "urn:uuid:3f1c1a52-6c0e-4c7e-9f0e-000000000999"


def pair(kind):
    key = KeyFactory(kind)
    private, public = key.generate_keypair()
    return private, public


def credential(issuer, **members):
    achievement = Achievement(
        id="urn:uuid:0d7c3f4e-52c1-4c0a-9a31-5a9d8a0f4b22", name="Visiting", description="Comes from elsewhere.",
        criteria_narrative="Come from elsewhere.",
    )
    members.setdefault("issuance_date", datetime(2026, 1, 1, tzinfo=timezone.utc))
    return OpenBadgeCredential(
        issuer=Issuer(id=issuer, name="A foreign issuer"), recipient_id="mailto:learner@example.org",
        achievement=achievement, **members,
    )


def tampered(token, change):
    """The token with another payload and its old signature."""
    header, payload, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    change(claims)
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"{header}.{forged}.{signature}"


def rename(claims):
    claims["credentialSubject"]["achievement"]["name"] = "Another achievement"


class Visit:
    def __init__(self, stage):
        self.scheme = stage["scheme"]
        self.examined = Examined(stage["base"])
        self.shelf = Shelf()

    def name(self, form):
        return lambda what: f"openbadgeslib, {self.scheme}, {form}: {what}"

    def tokens(self):
        for alg, kind in KEYS.items():
            private, public = pair(kind)
            issuer = self.shelf.url(f"issuers/{alg}")
            method = {"id": f"{issuer}#key", "type": "JsonWebKey", "controller": issuer,
                      "publicKeyJwk": public_jwk_from_pem(public)}
            self.shelf.put(f"issuers/{alg}", {
                "@context": CONTEXTS, "id": issuer, "type": "Profile", "name": "A foreign issuer",
                "verificationMethod": [method], "assertionMethod": [method["id"]],
            })
            self.token(f"3.0 {alg}", alg, kind, private, issuer)
        private, public = pair(KeyType.ED25519)
        self.token("3.0 EdDSA, did:key", "EdDSA", KeyType.ED25519, private, ob3.did_key_from_pem(public))

    def token(self, form, alg, kind, private, issuer):
        name, examined = self.name(form), self.examined
        signer, stranger = OB3Signer(private, alg), OB3Signer(pair(kind)[0], alg)
        good = signer.sign(credential(issuer))
        examined.valid(name("a token is valid"), good)
        examined.valid(name("baked into PNG it is valid"), signer.sign_into_png(credential(issuer), PNG))
        examined.valid(name("baked into SVG it is valid"), signer.sign_into_svg(credential(issuer), SVG))
        examined.refused(name("a changed name"), tampered(good, rename), "proof", "bad_signature")
        strange = stranger.sign(credential(issuer))
        examined.refused(name("signed by a stranger who brings his key"), strange, "key", "key_not_controlled_by_issuer")
        strange = stranger.sign_into_png(credential(issuer), PNG)
        examined.refused(name("the same, baked"), strange, "key", "key_not_controlled_by_issuer")
        over = credential(issuer, expiration_date=datetime(2026, 1, 2, tzinfo=timezone.utc))
        examined.refused(name("after its time"), signer.sign(over), "validity", "expired")
        header, payload, signature = good.split(".")
        examined.refused(name("cut off"), f"{header}.{payload}.", "parse", "not_compact_jws")

    def embedded(self):
        private, public = pair(KeyType.ED25519)
        issuer, name, examined = ob3.did_key_from_pem(public), self.name("3.0 eddsa-rdfc-2022"), self.examined
        signer, stranger = ob3.OB3LdpSigner(private), ob3.OB3LdpSigner(pair(KeyType.ED25519)[0])
        good = signer.sign(credential(issuer))
        remarks = [] if isinstance(good["proof"], list) else ["array-expected"]
        examined.valid(name("an embedded proof is valid"), good, remarks)
        examined.valid(name("baked into PNG it is valid"), signer.sign_into_png(credential(issuer), PNG), remarks)
        examined.valid(name("baked into SVG it is valid"), signer.sign_into_svg(credential(issuer), SVG), remarks)
        changed = json.loads(json.dumps(good))
        rename(changed)
        examined.refused(name("a changed name"), changed, "proof", "bad_signature")
        strange = stranger.sign(credential(issuer))
        examined.refused(name("signed by a stranger in the issuer's name"), strange, "key", "key_not_controlled_by_issuer")

    def version_2(self):
        for alg, kind in KEYS.items():
            private, public = pair(kind)
            issuer = IssuerV2(self.shelf, f"v2-{alg}", public.decode())
            issuer.revoke([{"id": WITHDRAWN, "revocationReason": "By mistake"}])
            self.signed_2(alg, kind, private, issuer)
        self.hosted_2()

    def assertion_2(self, issuer, verification, **members):
        members.setdefault("issued_on", datetime(2026, 1, 1, tzinfo=timezone.utc))
        recipient = ob2.IdentityObject.create("learner@example.org", salt="sea")
        return ob2.Assertion(recipient=recipient, badge=issuer.badge, verification=verification, **members)

    def signed_2(self, alg, kind, private, issuer):
        name, examined = self.name(f"2.0 {alg}"), self.examined
        signed = ob2.Verification(type="SignedBadge", creator=issuer.key)
        signer, stranger = OB2Signer(private, alg), OB2Signer(pair(kind)[0], alg)
        assertion = self.assertion_2(issuer, signed)
        examined.valid(name("a signed Assertion is valid"), signer.sign(assertion))
        examined.valid(name("baked into PNG it is valid"), signer.sign_into_png(assertion, PNG))
        examined.valid(name("baked into SVG it is valid"), signer.sign_into_svg(assertion, SVG))
        forged = tampered(signer.sign(assertion), lambda claims: claims.update(issuedOn="2020-01-01T00:00:00Z"))
        examined.refused(name("a changed date"), forged, "proof", "bad_signature")
        strange = stranger.sign(assertion)
        examined.refused(name("signed by a stranger in the issuer's name"), strange, "proof", "bad_signature")
        withdrawn = self.assertion_2(issuer, signed, id=WITHDRAWN)
        examined.refused(name("revoked"), signer.sign(withdrawn), "status", "revoked")
        over = self.assertion_2(issuer, signed, expires=datetime(2026, 1, 2, tzinfo=timezone.utc))
        examined.refused(name("after its time"), signer.sign(over), "validity", "expired")

    def hosted_2(self):
        private, public = pair(KeyType.RSA)
        issuer = IssuerV2(self.shelf, "v2-hosted", public.decode())
        name, examined = self.name("2.0 hosted"), self.examined
        address = self.shelf.url("v2-hosted/assertions/1")
        assertion = self.assertion_2(issuer, ob2.Verification(type="HostedBadge"), id=address)
        self.shelf.put("v2-hosted/assertions/1", assertion.to_dict())
        examined.valid(name("an Assertion is valid"), assertion.to_dict())
        # The library signs a hosted Assertion, too, before it bakes it. No standard has such a thing.
        token = OB2Signer(private).sign_into_png(assertion, PNG)
        examined.refused(name("baked as a token, which says that it is none"), token, "schema", "wrong_type")
        changed = {**assertion.to_dict(), "issuedOn": "2020-01-01T00:00:00Z"}
        examined.refused(name("a changed copy"), changed, "hosted", "hosted_copy_differs")

    def version_1(self):
        for alg, kind in KEYS.items():
            self.signed_1(alg, kind)

    def signed_1(self, alg, kind):
        folder = f"v1-{alg}"
        (private, public), (strange, _) = pair(kind), pair(kind)
        name, examined, shelf = self.name(f"1.0 {alg}"), self.examined, self.shelf
        key = shelf.put(f"{folder}/key.pem", public, "application/x-pem-file")
        issuer = shelf.put(f"{folder}/issuer.json", {"name": "A foreign issuer", "url": shelf.url(folder)}, "application/json")
        members = {
            "name": "Visiting", "description": "Comes from elsewhere.", "image": shelf.put(f"{folder}/badge.png", PNG, "image/png"),
            "criteria": shelf.url(f"{folder}/criteria"), "issuer": issuer,
        }
        badge = shelf.put(f"{folder}/badge.json", members, "application/json")

        def made(by, image, kind_of_image):
            source = Badge(
                name="Visiting", image_type=kind_of_image, image=image, image_url=members["image"], json_url=badge,
                verify_key_url=key, key_type=kind, privkey_pem=by, pubkey_pem=public,
            )
            signed = OB1Signer("learner@example.org", badge_type=BadgeType.SIGNED).sign_badge(source)
            return signed.get_assertion(), signed.signed

        token, image = made(private, PNG, BadgeImgType.PNG)
        # The key is only tied to the issuer by standing on the same server; the standard of that age asks for no more.
        remarks = ["key_by_origin"]
        examined.valid(name("a signed assertion is valid"), token, remarks)
        examined.valid(name("baked into PNG it is valid"), image, remarks)
        examined.valid(name("baked into SVG it is valid"), made(private, SVG, BadgeImgType.SVG)[1], remarks)
        forged = tampered(token, lambda claims: claims.update(issuedOn=1))
        examined.refused(name("a changed date"), forged, "proof", "bad_signature")
        examined.refused(name("signed by a stranger in the issuer's name"), made(strange, PNG, BadgeImgType.PNG)[1], "proof", "bad_signature")


def main():
    visit = Visit(json.loads(Path(sys.argv[1]).read_text()))
    visit.tokens()
    visit.embedded()
    visit.version_2()
    visit.version_1()
    finish()


main()
