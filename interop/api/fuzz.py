"""Starts the server on an empty database, gives it something to serve, and lets schemathesis ask it everything.

Usage: fuzz.py [ARGUMENTS OF schemathesis run], with ACCOLADE_BIN set. The last lines tell the figures.
"""

import collections
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[1] / "openapi" / "openapi.json"
# A base that nobody serves: the server answers what is under it from its own store.
PUBLIC_URL = "https://badges.example.org"
SCOPES = [
    "issuers:read", "issuers:write", "achievements:read", "achievements:write",
    "credentials:read", "credentials:award", "credentials:revoke", "enrolments:read", "enrolments:write", "events:write",
]


def main():
    with tempfile.TemporaryDirectory(prefix="accolade-api-") as folder:
        home = Path(folder)
        server = Server(home)
        try:
            issuers = ids(server, home / "ids")
            code = ask(server, home)
            # Whoever asks for one operation does not want the rest.
            if len(sys.argv) == 1:
                code = ask_as_neighbours(server, home, issuers) or code
        finally:
            ended = server.end()
        faults = server.faults()
        print(server.figures())
        if ended != 0:
            faults.append(f"the server ended with {ended}")
        for fault in faults[:20]:
            print(f"FAIL {fault}")
        sys.exit(code or (1 if faults else 0))


class Server:
    def __init__(self, home):
        self.log = home / "server.log"
        self.key = "acc_" + secrets.token_hex(32)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.env = {
            "PATH": os.environ["PATH"],
            "ACCOLADE_LISTEN": f"127.0.0.1:{port}",
            "ACCOLADE_PUBLIC_URL": PUBLIC_URL,
            "ACCOLADE_DATA_DIR": str(home / "data"),
            "ACCOLADE_ADMIN_KEY": self.key,
            # One address asks more often here than any client may.
            "ACCOLADE_VERIFY__RATE_PER_MINUTE": "1000000000",
            "ACCOLADE_OAUTH__RATE_PER_MINUTE": "1000000000",
        }
        with self.log.open("wb") as output:
            program = [os.environ["ACCOLADE_BIN"], "serve"]
            self.child = subprocess.Popen(program, cwd=home, stdout=output, stderr=output, env=self.env)
        for _ in range(300):
            if self.child.poll() is None and self.is_ready():
                return
            time.sleep(0.1)
        self.end()
        sys.exit(f"the server did not get ready:\n{self.log.read_text()}")

    def key_of(self, issuer):
        """A key with every right that may be bound to one issuer, bound to that one: its id and its secret."""
        words = ["api-key", "create", "--name", "school", "--issuer", issuer]
        for scope in SCOPES:
            words += ["--scope", scope]
        made = subprocess.run([os.environ["ACCOLADE_BIN"], *words], env=self.env, capture_output=True, text=True, check=True)
        key_id = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made.stdout + made.stderr).group()
        return key_id, re.search(r"acc_[\w-]+", made.stdout).group()

    def is_ready(self):
        try:
            return self.get("/readyz", parse=False) == b"ok"
        except OSError:
            return False

    def get(self, path, parse=True):
        return self.send("GET", path, None, parse)

    def post(self, path, body):
        return self.send("POST", path, body)

    def send(self, method, path, body, parse=True):
        headers = {"authorization": f"Bearer {self.key}", "content-type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, headers=headers, method=method)
        with urllib.request.urlopen(request) as answer:
            content = answer.read()
        return json.loads(content) if parse else content

    def end(self):
        self.child.terminate()
        try:
            return self.child.wait(20)
        except subprocess.TimeoutExpired:
            self.child.kill()
            return self.child.wait()

    def faults(self):
        """What the log calls an error, whoever asked for it; 501 and 502 are answers of DID resolution."""
        lines = self.log.read_text(errors="replace").splitlines()
        told = re.compile(r"panicked|ERROR accolade|\bstatus=5(?!01|02)\d\d\b")
        return [line[:500] for line in lines if told.search(line)]

    def figures(self):
        counts = collections.Counter(re.findall(r"accolade::access.* status=(\d)", self.log.read_text(errors="replace")))
        each = ", ".join(f"{count} {status}xx" for status, count in sorted(counts.items()))
        return f"{sum(counts.values())} requests: {each}"


def ids(server, folder):
    """Issuers named in each way, with achievements and awards in each status; their ids go to dictionaries."""
    found = {name: [] for name in ["issuers", "achievements", "awards", "keys", "lists", "dids", "erasable", "images", "pages", "earned", "enrolments", "learners"]}
    profiles = {}
    for method, verb in [("web", "revoke"), ("url", "suspend"), ("key", None)]:
        registered = server.post("/v1/issuers", {"name": f"School named by {method}", "idMethod": method})
        issuer = registered["id"]
        profiles[issuer] = registered["profileId"]
        members = {"name": "Juggling", "description": "Juggles.", "criteria": {"narrative": "Juggle."}}
        achievement = server.post(f"/v1/issuers/{issuer}/achievements", members)["id"]
        earned(server, issuer, found, folder.parent / "earned.json")
        orders = [{"recipient": {"email": f"learner{number}@example.org"}} for number in range(4)]
        awards = [server.post(f"/v1/achievements/{achievement}/credentials", order)["id"] for order in orders]
        if verb:
            server.post(f"/v1/credentials/{awards[0]}/{verb}", {"reason": "Dropped every ball"})
        status = server.get(f"/public/credentials/{awards[1]}.json")["credentialStatus"]
        keys = server.get(f"/public/issuers/{issuer}/jwks.json")["keys"]
        found["issuers"].append(issuer)
        if registered["profileId"].startswith("did:"):
            found["dids"].append(registered["profileId"])
        found["achievements"].append(achievement)
        # What is erased is gone for every other question, so that is asked of awards of its own.
        found["erasable"].append(awards.pop())
        found["awards"] += awards
        found["pages"] += [f"{PUBLIC_URL}/public/credentials/{award}" for award in awards]
        picture = server.get(f"/public/achievements/{achievement}")["image"]["id"]
        found["images"].append(picture.split("/")[-1].split(".")[0])
        found["keys"] += [key["kid"].split("/")[-1] for key in keys]
        found["lists"].append(status["statusListCredential"].split("/")[-1])
    folder.mkdir()
    for name, values in found.items():
        (folder / name).write_text("".join(f'"{value}"\n' for value in values))
    issue(server, profiles, folder.parent / "issued.json")
    return found["issuers"]


def earned(server, issuer, found, file):
    """An achievement that is earned, and learners on the way to it: one to be asked about, one to be erased."""
    members = {
        "name": "Juggling torches", "description": "Juggles torches.", "criteria": {"narrative": "Show it."},
        "requirements": {"allOf": [
            {"id": "show", "kind": "presentation", "title": "Show", "iri": "https://lms.example.edu/show"},
            {"id": "exam", "kind": "assessment", "title": "Exam", "passMark": 60},
        ]},
        "approval": "coordinator",
    }
    achievement = server.post(f"/v1/issuers/{issuer}/achievements", members)["id"]
    enrol = lambda name: server.post(f"/v1/achievements/{achievement}/enrolments", {"learner": {"email": f"{name}@example.org"}})
    enrolment = enrol("torch")["id"]
    completion = server.post(f"/v1/enrolments/{enrolment}/completions", {"requirement": "show"})["completion"]["id"]
    found["earned"].append(achievement)
    found["enrolments"].append(enrolment)
    found["learners"].append(enrol("ember")["learner"]["id"])
    file.write_text(json.dumps({"enrolment": enrolment, "completion": completion}))


def issue(server, profiles, file):
    """Credentials of the VC API, which the hooks put where a good one is wanted."""
    issuer, profile = next(iter(profiles.items()))
    unsigned = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "credentialSubject": {"id": "did:example:learner"},
    }

    def signed(suite):
        body = {"credential": {**unsigned, "issuer": profile}}
        return server.post(f"/vc-api/issuers/{issuer}/{suite}/credentials/issue", body)["verifiableCredential"]

    issued = {"signed": signed("eddsa-rdfc-2022"), "base": signed("ecdsa-sd-2023")}
    client_id, client_secret = server.key_of(issuer)
    issued["client"] = {"client_id": client_id, "client_secret": client_secret}
    names = {issuer: names_of(server, issuer, {**unsigned, "issuer": profile}) for issuer, profile in profiles.items()}
    file.write_text(json.dumps({"names": names, "unsigned": unsigned, **issued}))


def names_of(server, issuer, credential):
    """By suite, what the issuer is called there. Its key is made when the suite is first asked for."""
    for offer in server.get(f"/vc-api/issuers/{issuer}")["suites"]:
        if not offer["issuers"]:
            try:
                server.post(f"/vc-api/issuers/{issuer}/{offer['suite']}/credentials/issue", {"credential": credential})
            except urllib.error.HTTPError:
                pass
    return {offer["suite"]: offer["issuers"] for offer in server.get(f"/vc-api/issuers/{issuer}")["suites"]}


def ask_as_neighbours(server, home, issuers):
    """The same as two schools that must not see each other's things: for `object_level_authorization`."""
    schools = [{"name": f"school{n}", "key": server.key_of(issuer)[1]} for n, issuer in enumerate(issuers[:2])]
    header = lambda key: {"name": "Authorization", "value": f"Bearer {key}"}
    auth = [{"name": school["name"], "fixedHeaders": [header(school["key"])]} for school in schools]
    (home / "schools.json").write_text(json.dumps({"auth": auth}))
    common = (HERE / "schemathesis.toml").read_text()
    own = re.compile(r"^\[auth\.openapi\]\napiKey.*\n", re.MULTILINE)
    if not own.search(common):
        sys.exit("schemathesis.toml no longer says how the administrator is known")
    names = ", ".join(f'"{school["name"]}"' for school in schools)
    wfc = f'[auth.wfc]\npath = "schools.json"\npeers = [{names}]\n'
    # Schools register no issuers, and are told so; that is no fault here.
    config = own.sub(wfc, common).replace("warnings = {", "# warnings = {")
    (home / "neighbours.toml").write_text(config)
    words = ["--phases", "fuzzing,stateful", "--max-examples", "20", "--include-path-regex", "^/v1/(issuers|achievements|credentials)"]
    return ask(server, home, "neighbours.toml", words)


def ask(server, home, config="schemathesis.toml", words=()):
    """Runs schemathesis beside the dictionaries."""
    for name in ["schemathesis.toml", "hooks.py"]:
        shutil.copy(HERE / name, home)
    program = Path(sys.executable).with_name("schemathesis")
    words = ["--config-file", config, "run", DOCUMENT, *(words or sys.argv[1:])]
    if os.environ.get("ACCOLADE_ALONE") == "no":
        # There is a world to go out to, and it has not asked for this.
        words += ["--exclude-operation-id", "verifyUrl", "--exclude-operation-id", "resolveDid"]
    env = {**os.environ, "ACCOLADE_URL": server.url, "ACCOLADE_ADMIN_KEY": server.key, "PYTHONPATH": str(home)}
    return subprocess.run([program, *words], cwd=home, env=env, check=False).returncode


main()
