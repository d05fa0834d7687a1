"""PyPI `openbadges`, the validator of Open Badges 2.0, judges the hosted and the signed Assertion.

It loads the 2.0 context and every document with `requests`. The context is answered from this repository's own file, the
running server answers the rest, and any other address is refused.
"""

import json
import logging
import sys
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter

from changes import of_compact_jws, of_json, of_url

CONTEXT_URL = "https://w3id.org/openbadges/v2"
CONTEXT_FILE = Path(__file__).parents[2] / "crates/linked-data/contexts/ob-v2.json"


class Gate(HTTPAdapter):
    """Answers the context from the file, passes on what goes to `base`, refuses everything else."""

    base = ""
    contexts_given = 0

    def send(self, request, **options):
        if request.url == CONTEXT_URL:
            Gate.contexts_given += 1
            response = requests.Response()
            response.status_code = 200
            response.url = request.url
            response.request = request
            response.headers["Content-Type"] = "application/ld+json"
            response.encoding = "utf-8"
            response._content = CONTEXT_FILE.read_bytes()
            return response
        if not request.url.startswith(Gate.base + "/"):
            raise requests.ConnectionError(f"{request.url} is not to be loaded")
        return super().send(request, **options)


_open_session = requests.Session.__init__


def _open_gated_session(session):
    _open_session(session)
    session.mount("http://", Gate())
    session.mount("https://", Gate())


requests.Session.__init__ = _open_gated_session

from openbadges import verifier  # noqa: E402  (its module-level loaders must open gated sessions)

logging.disable(logging.CRITICAL)
FAILED = []


def judge(badge, recipient=None):
    """The validator's report; its caches are off, so that a revocation shows at once."""
    return verifier.verify(badge, recipient, use_cache=False, cache_backend=None, cache_expire_after=0)


def complaints(report):
    return "; ".join(m["result"] for m in report["report"]["messages"] if m["messageLevel"] != "INFO")


def verdict(name, reason=None):
    if reason is None:
        print(f"ok {name}")
    else:
        FAILED.append(name)
        print(f"FAIL {name}: {' '.join(str(reason).split())[:600]}")


def accepted(name, badge, recipient=None):
    try:
        report = judge(badge, recipient)
    except Exception as error:
        return verdict(name, repr(error))
    report_is_clean = report["report"]["valid"] and report["report"]["warningCount"] == 0
    verdict(name, None if report_is_clean else complaints(report))


def is_accepted(badge, recipient=None):
    """A validator that stumbles over its input has not accepted it."""
    try:
        return judge(badge, recipient)["report"]["valid"]
    except Exception:
        return False


def refused(name, badge, recipient=None):
    verdict(name, "it was accepted" if is_accepted(badge, recipient) else None)


def refused_each(name, original, changes, taken=is_accepted):
    """The unchanged badge must be taken and every changed one refused; a slip names the byte."""
    if not is_accepted(original):
        return verdict(name, "refused without any change")
    slips = [what for text, what in changes if taken(text)]
    if not changes:
        return verdict(name, "nothing was changed")
    verdict(f"{name} ({len(changes)} changes)" if not slips else name,
            f"accepted {len(slips)} of {len(changes)}: {'; '.join(slips)}" if slips else None)


def fetch(url, accept=None):
    response = requests.get(url, headers={"Accept": accept} if accept else {})
    response.raise_for_status()
    return response.text


def judge_standing(name, case):
    links = case["standing"]
    hosted, jws = links["assertion"], fetch(links["assertionJws"]).strip()
    right, wrong = {"email": case["recipient"]}, {"email": "nobody@example.org"}
    for one, which in ((links, "first"), (case["withdrawn"], "second")):
        accepted(name(f"hosted Assertion is valid, {which} award"), one["assertion"])
        accepted(name(f"signed Assertion is valid, {which} award"), fetch(one["assertionJws"]).strip())
    accepted(name("hosted Assertion belongs to its recipient"), hosted, dict(right))
    accepted(name("signed Assertion belongs to its recipient"), jws, dict(right))
    refused(name("hosted Assertion shown by somebody else is refused"), hosted, dict(wrong))
    refused(name("signed Assertion shown by somebody else is refused"), jws, dict(wrong))
    refused_each(name("signed: one changed byte is refused"), jws, of_compact_jws(jws))
    refused_each(name("hosted: one changed byte of the URL is refused"), hosted, of_url(hosted))
    judge_changed_copies(name, hosted)


def judge_changed_copies(name, hosted):
    """A hosted Assertion proves itself by its URL: of a changed copy nothing may remain but the id that leads there."""
    document = fetch(hosted, "application/ld+json")
    truth = graph_of(judge(document), hosted)

    def taken(copy):
        try:
            report = judge(copy)
        except Exception:
            return False
        return report["report"]["valid"] and graph_of(report, hosted) != truth

    refused_each(name("hosted: of a copy with one changed byte nothing is believed"), document, of_json(document), taken)


def graph_of(report, node_id):
    return [node for node in report["graph"] if node.get("id") == node_id]


def judge_withdrawn(name, case):
    links = case["withdrawn"]
    refused(name("hosted Assertion is refused after the revocation"), links["assertion"])
    response = requests.get(links["assertion"], headers={"Accept": "application/ld+json"})
    told = response.status_code == 410 and response.json().get("revoked") is True
    verdict(name("a revoked hosted Assertion answers 410 and says so"), None if told else response.status_code)
    report = judge(links["heldJws"])
    told = not report["report"]["valid"] and "has been revoked in RevocationList" in complaints(report)
    verdict(name("signed Assertion stands in the revocation list"), None if told else complaints(report) or "valid")
    accepted(name("the standing hosted Assertion is still valid"), case["standing"]["assertion"])
    accepted(name("the standing signed Assertion is still valid"), fetch(case["standing"]["assertionJws"]).strip())


def main():
    stage = json.loads(Path(sys.argv[1]).read_text())
    Gate.base = stage["base"]
    for case in stage["cases"]:
        def name(what, label=case["label"]):
            return f"openbadges 2.0, {stage['scheme']} issuer by {label}: {what}"

        if sys.argv[2] == "standing":
            judge_standing(name, case)
        else:
            judge_withdrawn(name, case)
    verdict("openbadges 2.0: the context it read is Accolade's own file", None if Gate.contexts_given else "never asked for")
    sys.exit(1 if FAILED else 0)


main()
