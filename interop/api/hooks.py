"""What a good request is beyond what the document can say, so that schemathesis asks what a client could mean.

Only requests that are to be accepted are mended; what is to be refused goes out as it was made.
"""

import itertools
import json
import os
from pathlib import Path

import schemathesis

counter = itertools.count()
# A completion that can be withdrawn.
EARNED = json.loads(Path("earned.json").read_text())
# What the stage has issued: nobody can make up a signature.
ISSUED = json.loads(Path("issued.json").read_text())


@schemathesis.hook
def filter_case(context, case):
    """Where the run has no network of its own, the server is not sent anywhere. A form with a made-up picture is no wish."""
    if case.operation.definition.raw.get("operationId") == "uploadImage" and isinstance(case.body, dict):
        return False
    return os.environ.get("ACCOLADE_ALONE") != "no" or not (isinstance(case.body, dict) and "url" in case.body)


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    for name in case.headers or {}:
        if name.lower() == "idempotency-key":
            # A key that another request used is refused, so each key is used once.
            case.headers[name] = f"{case.headers[name][:200]}{next(counter)}"
    # A cursor is given out by the server; a made-up one is none.
    (case.query or {}).pop("cursor", None)
    if case.operation.definition.raw.get("operationId") == "uploadImage":
        case.body = DISC
        return
    if case.operation.definition.raw.get("operationId") == "fetchImageSide":
        # There are four sizes.
        case.path_parameters["side"] = [90, 200, 400, 600][next(counter) % 4]
    if case.operation.definition.raw.get("operationId") == "withdrawCompletion":
        case.path_parameters.update({"id": EARNED["enrolment"], "completion": EARNED["completion"]})
    if not isinstance(case.body, dict):
        return
    case.body = readable(case.body)
    mend = MENDERS.get(case.operation.definition.raw.get("operationId"))
    if mend:
        mend(case.body, case.path_parameters)
    else:
        sense(case.body)


@schemathesis.deserializer("text/csv")
def table(context, response):
    """A table is text."""
    return response.text


# The bytes say what a picture is, not the media type beside them.
DISC = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 600 600'><circle cx='300' cy='300' r='290' fill='#123c8c'/></svg>"


def to_be_drawn(body, path):
    """What is written must fit and colours be told apart: of those only our own."""
    words = {name: body[name] for name in ["size", "shape", "ring", "texture", "icon"] if name in body}
    body.clear()
    body.update(words)


def to_be_seen(body, path):
    """An image that is there: one elsewhere could not be fetched."""
    if body.get("image") is not None:
        body["image"] = {"design": {"ribbon": "Data"}}
    sense(body)


RECORD = {
    "learningOutcomes": ["Cleans a table of data."],
    "workload": {"hours": 60},
    "levels": [{"framework": "EQF", "code": "6"}],
    "competency": {"levels": "dreyfus", "required": "competent"},
}
TREE = {
    "nOf": [
        {"id": "day", "kind": "workshop", "title": "A day on site"},
        {"id": "test", "kind": "assessment", "title": "Test", "passMark": 60},
        {"id": "work", "kind": "hours", "title": "Practice", "hours": 20},
    ],
    "n": 2,
}


def to_be_earned(body, path):
    """Levels are those of the framework, ids differ, each kind of requirement has members of its own: of those only ours."""
    for name, ours in [("microCredential", RECORD), ("requirements", TREE)]:
        if body.get(name) is not None:
            body[name] = ours
    # Without requirements there is nothing to approve.
    if "requirements" not in body:
        body.pop("approval", None)
    elif body["requirements"] is None:
        body["approval"] = None
    to_be_seen(body, path)


def to_issue(body, path):
    """A credential of that issuer by the data model; what stands in it, rules say that no schema could."""
    if path["id"] not in ISSUED["names"]:
        # What an issuer is called is known of the stage's own only.
        path["id"] = next(iter(ISSUED["names"]))
    names = ISSUED["names"][path["id"]].get(path.get("suite", "eddsa-rdfc-2022"))
    body["credential"] = {**ISSUED["unsigned"], "issuer": (names or ["did:example:unknown"])[0]}
    if path.get("suite") == "ecdsa-sd-2023" and "options" in body:
        body["options"] = {"mandatoryPointers": ["/issuer"]}
    else:
        body.pop("options", None)


def to_ask_for_a_token(body, path):
    """Every second time with a client that exists. No parameter stands there twice (RFC 6749, 3.2)."""
    for name in [name for name, value in body.items() if isinstance(value, (list, dict))]:
        del body[name]
    if next(counter) % 2:
        body.update(ISSUED["client"])
        body.pop("scope", None)


def to_derive(body, path):
    body["verifiableCredential"] = ISSUED["base"]
    body["options"] = {"selectivePointers": ["/credentialSubject"]}


def to_verify(body, path):
    body["verifiableCredential"] = ISSUED["signed"]
    # The proof was made for no occasion.
    for name in ["challenge", "domain"]:
        body.get("options", {}).pop(name, None)


def to_revoke(body, path):
    """What replaces a badge is another award of the same issuer, which no schema can say."""
    body.pop("supersededBy", None)


def to_complete(body, path):
    """A requirement that there is; evidence says where it is, or what."""
    body["requirement"] = "show"
    body.pop("evidence", None)
    sense(body)


def to_examine(body, path):
    """A form has one part of a name."""
    for name, value in body.items():
        if isinstance(value, list):
            body[name] = value[0] if value else "x"
    sense(body)


MENDERS = {
    "completeRequirement": to_complete,
    "revokeCredential": to_revoke,
    "verifyBadge": to_examine,
    "registerIssuer": to_be_seen,
    "amendIssuer": to_be_seen,
    "defineAchievement": to_be_earned,
    "amendAchievement": to_be_earned,
    "renderBadgeDesign": to_be_drawn,
    "giveToken": to_ask_for_a_token,
    "issueCredential": to_issue,
    "issueCredentialBySuite": to_issue,
    "deriveCredential": to_derive,
    "verifyCredential": to_verify,
}


def readable(value):
    """No text that JSON readers disagree about: RFC 7493 bars it, PostgreSQL takes no U+0000."""
    if isinstance(value, str):
        return value.replace("\0", "0")
    if isinstance(value, (int, float)) and abs(value) >= 2**53:
        # Beyond that integers are rounded.
        return 7
    if isinstance(value, list):
        return [readable(item) for item in value]
    if isinstance(value, dict):
        return {readable(name): readable(item) for name, item in value.items()}
    return value


def sense(node):
    """How members hang together."""
    for moment in ["validFrom", "validUntil"]:
        if isinstance(node.get(moment), str) and node[moment] < "1971":
            # Tokens count from 1970.
            node[moment] = "1971-01-01T00:00:00Z"
    for earlier, later in [("validFrom", "validUntil"), ("activityStartDate", "activityEndDate")]:
        if isinstance(node.get(earlier), str) and isinstance(node.get(later), str):
            # The end is not before the beginning.
            node[later] = node[earlier]
    if "validUntil" in node:
        node.setdefault("validFrom", node["validUntil"])
    # Nobody can make up a signature.
    node.pop("endorsement", None)
    if "resultDescription" in node and isinstance(node["resultDescription"], str):
        # A result: the achievement has no such description.
        del node["resultDescription"]
    if "achievedLevel" in node:
        del node["achievedLevel"]
    if "resultType" in node:
        description(node)
    for value in node.values():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                sense(item)


def description(node):
    """What a result description requires can be reached; its ids differ."""
    for name in ["requiredLevel", "requiredValue", "valueMin"]:
        node.pop(name, None)
    node["id"] = f"urn:example:description:{next(counter)}"
    for level in node.get("rubricCriterionLevel", []):
        level["id"] = f"urn:example:level:{next(counter)}"


@schemathesis.deserializer("application/vc", "application/did+ld+json", "application/did+json", "application/did", "application/did-resolution")
def as_json(context, response):
    return json.loads(response.content)


@schemathesis.deserializer("image/png", "image/svg+xml", "application/pdf")
def as_bytes(context, response):
    return response.content.decode("latin-1")
