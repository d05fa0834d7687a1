// A six-week course, reported by npm @xapi/xapi as a learning system would: three assignments, a workshop attended, an assessment
// with a pass mark, a presentation. It ends with a credential that @digitalcredentials/verifier-core accepts, with results, level
// and workload in it. The issuer is a did:key, because that verifier follows no issuer that is a plain URL.

import * as xapi from "@xapi/xapi";
import { demand, finish, holds, reasonOf, staged } from "./verdicts.mjs";
import { get } from "./web.mjs";

const { stage } = await staged();
const XAPI = xapi.default.default ?? xapi.default;
const name = (what) => `xAPI, ${stage.scheme}: ${what}`;
const activity = (path) => `https://lms.example.edu/${stage.scheme}/${path}`;

/** Asks the management API; anything but success is an error. */
async function ask(method, path, body) {
  const headers = { authorization: `Bearer ${stage.key}`, ...(body && { "content-type": "application/json" }) };
  const response = await fetch(stage.base + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const text = await response.text();
  demand(response.ok, `${method} ${path} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

const issuer = stage.cases.find((one) => one.label === "key").issuer;
const requirement = (id, kind, title, more) => ({ id, kind, title, iri: activity(id), ...more });
const course = await ask("POST", `/v1/issuers/${issuer.id}/achievements`, {
  name: "Applied Data Skills",
  achievementType: "MicroCredential",
  description: "Plans, cleans, analyses and presents a data set.",
  criteria: { narrative: "Hand in three assignments, attend the workshop, pass the assessment, present the project." },
  microCredential: {
    workload: { hours: 60, ects: 2 },
    duration: { minimum: "P6W", maximum: "P6W" },
    levels: [{ framework: "EQF", code: "6" }],
  },
  requirements: {
    allOf: [
      requirement("task-1", "assignment", "Collect"),
      requirement("task-2", "assignment", "Clean"),
      requirement("task-3", "assignment", "Analyse"),
      requirement("workshop", "workshop", "Workshop"),
      requirement("exam", "assessment", "Skills test", { passMark: 60 }),
      requirement("talk", "presentation", "Presentation of the project"),
    ],
  },
});

const lms = new XAPI({
  endpoint: `${stage.base}/xapi/`,
  auth: XAPI.toBasicAuth("admin-key", stage.key),
  version: "1.0.3",
  adapter: "fetch",
});
const actor = { objectType: "Agent", name: "Ada O'Hara", mbox: "mailto:ada@example.org" };
/** The client has no name for it. */
const VERBS = { ...XAPI.Verbs, ATTENDED: { id: "http://adlnet.gov/expapi/verbs/attended", display: { "en-US": "attended" } } };
const statement = (verb, id, day, result) => ({
  id: crypto.randomUUID(),
  actor,
  verb: VERBS[verb],
  object: { objectType: "Activity", id: activity(id), definition: { name: { "en-GB": id } } },
  timestamp: `2026-10-${day}T16:00:00.000Z`,
  ...(result && { result }),
});
/** The only enrolment there is, with its completions. */
const enrolment = async () => {
  const { items } = await ask("GET", `/v1/achievements/${course.id}/enrolments`);
  demand(items.length === 1, `there are ${items.length} enrolments`);
  return ask("GET", `/v1/enrolments/${items[0].id}`);
};

await holds(name("the client finds its version spoken"), async () => {
  const { data } = await lms.getAbout();
  demand(data.version.includes("1.0.3"), JSON.stringify(data));
});
const passed = statement("PASSED", "exam", "30", { score: { scaled: 0.875 }, success: true, duration: "PT45M" });
await holds(name("statements are taken in one by one, in batches, and again"), async () => {
  const first = statement("COMPLETED", "task-1", "02");
  for (let times = 0; times < 2; times += 1) {
    const { data } = await lms.sendStatement({ statement: first });
    demand(data[0] === first.id, JSON.stringify(data));
  }
  const more = [
    statement("INITIALIZED", "task-2", "08"),
    statement("COMPLETED", "task-2", "09"),
    statement("ATTENDED", "workshop", "12"),
    statement("COMPLETED", "task-3", "20"),
    statement("FAILED", "exam", "23", { score: { scaled: 0.4 }, success: false }),
  ];
  const { data } = await lms.sendStatements({ statements: more });
  demand(data.join() === more.map((one) => one.id).join(), JSON.stringify(data));
  const { completions, status, progress } = await enrolment();
  demand(completions.length === 5 && status === "active", `${completions.length} completions, ${status}`);
  demand(progress.nextSteps.join() === "exam,talk", progress.nextSteps.join());
});
await holds(name("a voided statement counts for nothing"), async () => {
  const mistaken = statement("COMPLETED", "talk", "24");
  await lms.sendStatement({ statement: mistaken });
  await lms.voidStatement({ actor, statementId: mistaken.id });
  const { progress } = await enrolment();
  demand(progress.nextSteps.join() === "exam,talk", progress.nextSteps.join());
});
await holds(name("the client is told what it did wrong"), async () => {
  const refused = async (send, status) => {
    // What the client throws has the body of the refusal as its message.
    const told = await send().then(() => 200, (error) => JSON.parse(error.message).status);
    demand(told === status, `${told} instead of ${status}`);
  };
  const strangers = new XAPI({ endpoint: `${stage.base}/xapi/`, auth: XAPI.toBasicAuth("admin-key", "wrong"), adapter: "fetch" });
  await refused(() => strangers.sendStatement({ statement: passed }), 401);
  await refused(() => lms.sendStatement({ statement: { ...passed, actor: { name: "nobody" } } }), 400);
});
await holds(name("the last statement makes the award, and the verifier accepts it"), async () => {
  await lms.sendStatements({ statements: [passed, statement("COMPLETED", "talk", "31")] });
  const { status, awardId } = await enrolment();
  demand(status === "awarded", status);
  const text = await get(`${stage.base}/public/credentials/${awardId}.json`);
  const credential = JSON.parse(text);
  const { achievement, result } = credential.credentialSubject;
  demand(result.some((one) => one.value === "87.5"), JSON.stringify(result));
  demand(achievement.alignment.some((one) => one.targetCode === "6"), JSON.stringify(achievement.alignment));
  demand(achievement.volumeOfLearning === "PT60H", JSON.stringify(achievement));
  demand(!text.includes("ada@example.org"), "the learner's address stands in the credential");
  await accepted(credential);
});
finish();

/** The verifier inside the Learner Credential Wallet. */
async function accepted(credential) {
  const open = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== new URL(stage.base).origin) throw new TypeError(`${url} is not to be loaded`);
    return open(input, init);
  };
  console.error = console.info = () => {};
  const { verifyCredential } = await import("@digitalcredentials/verifier-core");
  const verdict = await verifyCredential({ credential, knownDIDRegistries: [] });
  for (const id of ["valid_signature", "expiration", "revocation_status"]) {
    const step = verdict.log?.find((entry) => entry.id === id);
    demand(step?.valid === true, `${id}: ${JSON.stringify(verdict.errors?.map(reasonOf) ?? verdict.log)}`);
  }
}
