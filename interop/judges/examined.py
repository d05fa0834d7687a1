"""What the running server says of a badge, and one line for each case: `ok NAME` or `FAIL NAME: reason`."""

import json
import sys
import urllib.request

FAILED = []


def verdict(name, reason=None):
    if reason is None:
        print(f"ok {name}", flush=True)
    else:
        FAILED.append(name)
        print(f"FAIL {name}: {' '.join(str(reason).split())[:600]}", flush=True)


def finish():
    sys.exit(1 if FAILED else 0)


class Examined:
    def __init__(self, base):
        self.base = base

    def report(self, badge):
        """Of a JSON object as it is, of a token, or of an image."""
        if isinstance(badge, dict):
            body, media_type = json.dumps({"credential": badge}).encode(), "application/json"
        elif isinstance(badge, str):
            body, media_type = badge.encode(), "application/jwt"
        else:
            body, media_type = badge, "image/png" if badge.startswith(b"\x89PNG") else "image/svg+xml"
        request = urllib.request.Request(f"{self.base}/v1/verify", body, {"content-type": media_type})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def valid(self, name, badge, remarks=(), form=None):
        """It is valid; of what is not as it should be there is just that, by codes."""
        report = self.report(badge)
        told = [check for check in report["checks"] if check["outcome"] not in ("passed", "skipped")]
        right = report["outcome"] == "valid" and sorted(check["code"] for check in told) == sorted(remarks)
        right = right and form in (None, report["format"])
        verdict(name, None if right else f"{report['outcome']} {report['format']}: {told}")

    def refused(self, name, badge, check, code, outcome="invalid"):
        """It is invalid, and that check failed for that reason."""
        report = self.report(badge)
        state = {"invalid": "failed", "unknown": "unknown"}[outcome]
        failed = [one for one in report["checks"] if one["outcome"] == state]
        told = any((one["id"], one.get("code")) == (check, code) for one in failed)
        right = report["outcome"] == outcome and told
        verdict(f"{name}: {check} {code}", None if right else f"{report['outcome']}: {failed or report['checks']}")

    def refused_each(self, name, badges):
        """None of them is valid."""
        taken = [what for what, badge in badges if self.report(badge)["outcome"] == "valid"]
        verdict(f"{name} ({len(badges)} changes)", f"accepted {len(taken)}: {'; '.join(taken)}" if taken else None)
