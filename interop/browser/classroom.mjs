// Learners in every state on their way to two micro-credentials, a coordinator who is signed in, and the pages they all see.

import { readFile } from "node:fs/promises";
import { session } from "./chromium.mjs";
import { PERSON, SECRET } from "./words.mjs";

const ARABIC = "عمر بن سعيد";

/** Fills the classroom: the courses, an enrolment and a progress link in each state, a signed-in coordinator. */
export async function classroom(server, api, issuer) {
  const course = await api.achievement(issuer, await dataSkills());
  const guided = await api.achievement(issuer, teaching());
  const enrol = (achievement, name, email, cohort) => api.post(`/v1/achievements/${achievement.id}/enrolments`, { learner: { email, name }, cohort });
  const complete = (enrolment, ...facts) => inTurn(facts, (fact) => api.post(`/v1/enrolments/${enrolment.id}/completions`, typeof fact === "string" ? { requirement: fact } : fact));
  const link = async (enrolment, order = {}) => pathOf((await api.post(`/v1/enrolments/${enrolment.id}/progress-link`, order)).url);

  const enrolments = {
    half: await enrol(course, PERSON, SECRET, "Autumn"),
    begun: await enrol(course, "李伟", "li.wei@learner.example", "Autumn"),
    untouched: await enrol(course, ARABIC, "omar@learner.example", "Spring"),
    awarded: await enrol(course, "Grace Mbeki", "grace@learner.example", "Autumn"),
    left: await enrol(course, "Jo Doe", "jo@learner.example", "Spring"),
    awaiting: await enrol(guided, PERSON, SECRET, "Autumn"),
    ticked: await enrol(guided, "Noor Haddad", "noor@learner.example", "Autumn"),
  };
  await complete(enrolments.half, "workshop", { requirement: "test", score: 41 });
  await complete(enrolments.begun, "workshop", "one", "two");
  const evidence = [{ id: "https://portfolio.example/grace/project" }];
  await complete(enrolments.awarded, "workshop", "one", "three", { requirement: "test", score: 87.5 }, { requirement: "project", evidence });
  await api.post(`/v1/enrolments/${enrolments.left.id}/leave`, { reason: "Moved to another city." });
  await complete(enrolments.awaiting, "workshop", { requirement: "essay", evidence: [{ narrative: "An essay of twelve pages." }] });

  const links = {};
  for (const state of ["half", "untouched", "awarded", "left", "awaiting"]) links[state] = await link(enrolments[state]);
  // This one is over before anybody looks.
  links.expired = await link(enrolments.begun, { expiresAt: new Date(Date.now() + 2000).toISOString().replace(/\.\d+/, "") });
  links.revoked = await link(enrolments.ticked);
  await api.delete(`/v1/enrolments/${enrolments.ticked.id}/progress-link`);

  const key = coordinatorsKey(server, issuer);
  await signIn(server, key);
  return { course, guided, enrolments, links, key };
}

/** A key of the issuer's that may do what a coordinator does. */
export function coordinatorsKey(server, issuer, scopes = "enrolments:read,enrolments:write,credentials:award") {
  const told = server.run("api-key", "create", "--name", "Course desk", "--scope", scopes, "--issuer", issuer.id);
  return told.match(/acc_[\w-]{40,}/)[0];
}

async function signIn(server, key) {
  const answer = await fetch(`${server.url}/coordinate/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: new URL(server.publicUrl).origin },
    body: new URLSearchParams({ key }),
  });
  const [name, value] = answer.headers.get("set-cookie").split(";")[0].split("=");
  const { hostname, protocol } = new URL(server.publicUrl);
  session.cookies = [{ name, value, domain: hostname, path: "/", expires: -1, httpOnly: true, secure: protocol === "https:", sameSite: "Strict" }];
}

async function inTurn(list, work) {
  for (const one of list) await work(one);
}

const pathOf = (link) => new URL(link).pathname + new URL(link).search;

/** The pages of the classroom, as `targetsOf` in seed.mjs lists all others. */
export function targetsOfClassroom({ course, guided, enrolments, links }) {
  const hides = [SECRET, SECRET.split("@")[0]];
  const progress = (name, path, more) => ({ name: `progress, ${name}`, kind: "progress", path, status: 200, lang: "en", ...more });
  const closed = { status: 404, shows: ["does not open any more"], hides: [...hides, PERSON, course.name, guided.name] };
  const desk = (name, path, more) => ({ name: `desk, ${name}`, kind: "desk", path: `/coordinate${path}`, status: 200, lang: "en", ...more });
  return [
    progress("half way", links.half, { state: "active", headline: true, shows: [course.name, PERSON, "Not enough yet", "Comes next"], hides }),
    progress("half way, Arabic", `${links.half}?lang=ar`, { lang: "ar", state: "active", shows: [course.name], hides }),
    progress("not begun", links.untouched, { state: "active", headline: true, shows: [course.name, ARABIC], hides: [...hides, "omar@"] }),
    progress("waits for approval", links.awaiting, { state: "awaiting", headline: true, shows: [guided.name, PERSON, "Everything is done"], hides }),
    progress("awarded", links.awarded, { state: "valid", headline: true, shows: [course.name, "Grace Mbeki", "See your credential"], hides: ["grace@"] }),
    progress("left", links.left, { state: "private", headline: true, shows: [course.name], hides: ["jo@"] }),
    progress("a link that opens nothing", "/progress/nothing", closed),
    progress("a link that has expired", links.expired, closed),
    progress("a link that was revoked", links.revoked, closed),
    desk("signing in", "", { signedOut: true, shows: ["API key", "Sign in"], hides: [course.name, PERSON] }),
    desk("signing in, Arabic", `/enrolments/${enrolments.half.id}?lang=ar`, { lang: "ar", signedOut: true, hides: [course.name, PERSON] }),
    desk("choosing", "", { shows: [course.name, guided.name] }),
    desk("roster", `/achievements/${course.id}`, { shows: [PERSON, "李伟", ARABIC, "Autumn", "Save"] }),
    desk("roster, Arabic", `/achievements/${course.id}?lang=ar&cohort=Spring`, { lang: "ar", shows: [ARABIC], hides: [PERSON] }),
    desk("roster, nobody", `/achievements/${course.id}?cohort=Winter`, { shows: ["Nobody is enrolled here"], hides: [PERSON] }),
    desk("a learner", `/enrolments/${enrolments.half.id}`, { shows: [PERSON, "41 %"] }),
    desk("a learner, Arabic", `/enrolments/${enrolments.half.id}?lang=ar`, { lang: "ar", shows: [PERSON] }),
    desk("a learner to be approved", `/enrolments/${enrolments.awaiting.id}`, { shows: [PERSON, "Approve and award"] }),
    desk("a learner who has the badge", `/enrolments/${enrolments.awarded.id}`, { shows: ["Grace Mbeki", "See the credential"] }),
    desk("a learner who left", `/enrolments/${enrolments.left.id}`, { shows: ["Jo Doe", "Moved to another city."] }),
    desk("what is not there", "/enrolments/00000000-0000-4000-8000-000000000000", { status: 404 }),
  ];
}

/** A micro-credential that says all there is to say, and what earns it. */
async function dataSkills() {
  const demo = JSON.parse(await readFile(new URL("../../crates/server/src/demo/achievement.json", import.meta.url), "utf8"));
  const { criteria, alignment, resultDescription, creditsAvailable, fieldOfStudy, ...plain } = demo;
  return {
    ...plain,
    name: "Applied Data Skills, step by step",
    criteria: { narrative: "Everything is marked by two assessors. What is handed in late still counts." },
    microCredential: {
      country: "CH",
      field: { code: "0542", name: "Statistics" },
      learningOutcomes: ["Frames a question that data can answer.", "Collects, cleans and joins tables of data.", { text: "Perform data analysis", targetUrl: "https://riverside.example/skills/perform-data-analysis", targetFramework: "Riverside skills" }],
      workload: { hours: 75, ects: 3 },
      duration: { minimum: "P2D", maximum: "P6W" },
      levels: [{ framework: "EQF", code: "5" }],
      competency: { levels: "dreyfus", required: "competent" },
      assessment: { types: ["practical-assessment", "project-work"], mode: "on-site" },
      participation: "blended",
      supervision: "supervised_onsite_id",
      qualityAssurance: [{ type: "external", name: "Agency for Quality in Further Education", url: "https://quality.example/" }],
      prerequisites: ["Basic arithmetic and a laptop."],
      stackability: { stackable: true },
    },
    requirements: {
      allOf: [
        { id: "workshop", kind: "workshop", title: "From question to data", description: "Two full days on site." },
        { nOf: ["one", "two", "three"].map((id, index) => ({ id, kind: "assignment", title: `Assignment ${index + 1}` })), n: 2 },
        { id: "test", kind: "assessment", title: "Practical test", passMark: 60 },
        { id: "project", kind: "project", title: "A data set of your own field", evidenceNeeded: true, due: "2099-12-01T16:00:00Z" },
      ],
    },
  };
}

/** A small one, which is awarded when a coordinator has approved it. */
function teaching() {
  return {
    name: "Teaching with Open Data",
    description: "Plans and gives a lesson in which pupils answer a question of their own with public data.",
    achievementType: "MicroCredential",
    inLanguage: "en",
    criteria: { narrative: "Attend the workshop, give a lesson, and write about it." },
    microCredential: { workload: { hours: 12 }, duration: { maximum: "P2W" }, participation: "on-site" },
    approval: "coordinator",
    requirements: {
      allOf: [
        { id: "workshop", kind: "workshop", title: "A day of open data" },
        { id: "essay", kind: "assignment", title: "What my pupils found", evidenceNeeded: true },
      ],
    },
  };
}
