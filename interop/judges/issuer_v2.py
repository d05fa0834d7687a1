"""An issuer of Open Badges 2.0 at an address of this program's own."""

CONTEXT = "https://w3id.org/openbadges/v2"
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Issuer:
    """`public_pem` is the key that its Profile lists and that names it as its owner."""

    def __init__(self, shelf, name, public_pem):
        self.shelf, self.name = shelf, name
        self.id = shelf.url(f"{name}/issuer")
        self.key = shelf.put(f"{name}/key", {
            "@context": CONTEXT, "type": "CryptographicKey", "id": shelf.url(f"{name}/key"), "owner": self.id,
            "publicKeyPem": public_pem,
        })
        self.revoke([])
        shelf.put(f"{name}/issuer", {
            "@context": CONTEXT, "type": "Issuer", "id": self.id, "name": "A foreign issuer",
            "url": shelf.url(name), "email": "badges@example.org", "publicKey": self.key,
            "revocationList": self.shelf.url(f"{name}/revocations"),
        })
        self.badge = shelf.put(f"{name}/badge", {
            "@context": CONTEXT, "type": "BadgeClass", "id": shelf.url(f"{name}/badge"), "name": "Visiting",
            "description": "Comes from elsewhere.", "image": shelf.url(f"{name}/badge.png"),
            "criteria": {"narrative": "Come from elsewhere."}, "issuer": self.id,
        })

    def revoke(self, entries):
        """The list as it is from now on."""
        self.shelf.put(f"{self.name}/revocations", {
            "@context": CONTEXT, "type": "RevocationList", "id": self.shelf.url(f"{self.name}/revocations"),
            "issuer": self.shelf.url(f"{self.name}/issuer"), "revokedAssertions": entries,
        })

    def assertion(self, assertion_id, verification):
        return {
            "@context": CONTEXT, "type": "Assertion", "id": assertion_id,
            "recipient": {"type": "email", "hashed": False, "identity": "learner@example.org"},
            "badge": self.badge, "verification": verification, "issuedOn": "2026-01-01T00:00:00Z",
        }

    def hosted(self, number):
        """A hosted Assertion, standing at its address."""
        path = f"{self.name}/assertions/{number}"
        assertion = self.assertion(self.shelf.url(path), {"type": "HostedBadge"})
        self.shelf.put(path, assertion)
        return assertion

    def to_be_signed(self, number):
        assertion_id = f"urn:uuid:3f1c1a52-6c0e-4c7e-9f0e-{number:012d}"
        return self.assertion(assertion_id, {"type": "SignedBadge", "creator": self.key})
