// Fills a server with an issuer, achievements in six languages, and an award in every state; and lists the pages to look at.

import { readFile } from "node:fs/promises";
import { Api } from "./api.mjs";
import { classroom, targetsOfClassroom } from "./classroom.mjs";
import { HARD_NAMES, LANGUAGES, PERSON, SECRET } from "./words.mjs";

const demo = async (name) => JSON.parse(await readFile(new URL(`../../crates/server/src/demo/${name}.json`, import.meta.url), "utf8"));

/** What stands on the server afterwards: the issuer, achievements, and awards by the name of their state. */
export async function seed(server) {
  const api = new Api(server);
  const issuer = await api.issuer({ ...(await demo("issuer")), linkedinOrganizationId: "1234567" });
  const achievement = await api.achievement(issuer, await demo("achievement"));
  const order = { ...(await demo("award")), externalId: undefined, visibility: undefined };
  const give = (more) => api.award(achievement, { ...order, ...more });
  const awards = {
    valid: await give({ visibility: "public" }),
    unlisted: await give({}),
    hidden: await give({ visibility: "public" }),
    expiring: await give({ visibility: "public", validUntil: "2099-12-31T00:00:00Z" }),
    expired: await give({ visibility: "public", awardedDate: "2024-01-10T09:00:00Z", validFrom: "2024-01-10T09:00:00Z", validUntil: "2025-01-10T09:00:00Z" }),
    future: await give({ visibility: "public", validFrom: "2098-01-01T00:00:00Z" }),
    revoked: await give({ visibility: "public" }),
    suspended: await give({ visibility: "public" }),
    superseded: await give({ visibility: "public" }),
    private: await give({ visibility: "private" }),
    erased: await give({ visibility: "public" }),
  };
  const change = (state, verb, body) => api.post(`/v1/credentials/${awards[state].id}/${verb}`, body);
  await change("revoked", "revoke", { reason: "The project was handed in by somebody else." });
  await change("suspended", "suspend", { reason: "A complaint is being looked into." });
  await change("superseded", "revoke", { reason: "The name of the badge was wrong.", supersededBy: awards.valid.id });
  await change("erased", "erase", { reason: "The learner asked for it." });
  await api.patch(`/v1/credentials/${awards.hidden.id}`, { visibility: "private" });
  const spoken = await inEveryLanguage(api, issuer);
  const hard = await withHardNames(api, await api.issuer({ name: "A college of long names", url: "https://college.example" }));
  const room = await classroom(server, api, issuer);
  return { api, issuer, achievement, awards, spoken, hard, room };
}

/** One public award in each language: of the language to what belongs to it. */
async function inEveryLanguage(api, issuer) {
  const spoken = {};
  for (const [lang, words] of Object.entries(LANGUAGES)) {
    const achievement = await api.achievement(issuer, {
      name: words.name,
      description: words.description,
      inLanguage: lang,
      achievementType: "MicroCredential",
      criteria: { narrative: words.narrative },
      creditsAvailable: 3,
    });
    const award = await api.award(achievement, { recipient: { email: `${lang}@learner.example`, name: words.recipient }, visibility: "public", validUntil: "2099-12-31T00:00:00Z" });
    spoken[lang] = { achievement, award };
  }
  return spoken;
}

async function withHardNames(api, issuer) {
  const hard = {};
  for (const [what, { name, inLanguage }] of Object.entries(HARD_NAMES)) {
    const achievement = await api.achievement(issuer, { name, inLanguage, description: name, criteria: { narrative: `# ${name}\n\n${name}` }, tag: [name] });
    const award = await api.award(achievement, { recipient: { email: "hard@learner.example", name }, visibility: "public" });
    hard[what] = { achievement, award };
  }
  return hard;
}

const pathOf = (link) => new URL(link).pathname + new URL(link).search;

/**
 * Every page there is, in every state: `kind`, what it must show and hide, what the head and the sentence above everything say.
 * `headline`: name and verdict are seen on a phone without scrolling.
 */
export function targetsOf({ issuer, achievement, awards, spoken, hard, room }) {
  const { course } = room;
  const credential = (name, award, more) => ({ name: `credential, ${name}`, kind: "credential", path: pathOf(award.links.public), status: 200, lang: "en", headline: true, ...more });
  const hides = [SECRET, SECRET.split("@")[0]];
  const open = { shows: [achievement.name, PERSON, issuer.name], hides, indexable: true };
  return [
    credential("valid", awards.valid, { state: "valid", ...open }),
    credential("unlisted", awards.unlisted, { state: "valid", shows: [achievement.name, issuer.name], hides: [...hides, PERSON] }),
    credential("public once, now private", awards.hidden, { state: "private", shows: [], hides: [...hides, PERSON, achievement.name] }),
    credential("with an end", awards.expiring, { state: "valid", ...open, shows: [...open.shows, "2099"] }),
    credential("expired", awards.expired, { state: "expired", ...open, shows: [...open.shows, "2025"] }),
    credential("not yet valid", awards.future, { ...open, shows: [...open.shows, "2098"] }),
    // What no longer counts is for those who have the link, not for search engines.
    credential("revoked", awards.revoked, { state: "revoked", ...open, indexable: false, shows: [...open.shows, "handed in by somebody else"] }),
    credential("suspended", awards.suspended, { state: "suspended", ...open, indexable: false }),
    credential("superseded", awards.superseded, { state: "superseded", ...open, indexable: false }),
    credential("private", awards.private, { state: "private", shows: [], hides: [...hides, PERSON, achievement.name] }),
    credential("private, with its key", awards.private, { path: pathOf(awards.private.links.share), state: "valid", shows: open.shows, hides }),
    credential("erased", awards.erased, { status: 410, state: "erased", shows: [], hides: [...hides, PERSON, achievement.name] }),
    ...Object.entries(spoken).map(([lang, { achievement, award }]) =>
      credential(`in ${lang}`, award, { path: `${pathOf(award.links.public)}?lang=${lang}`, lang, state: "valid", indexable: true, shows: [achievement.name, LANGUAGES[lang].recipient], hides: [] })),
    ...Object.entries(hard).map(([what, { achievement, award }]) =>
      credential(`name ${what}`, award, { state: "valid", indexable: true, shows: [achievement.name], hides: ["hard@learner"], headline: what === "both directions" })),
    { name: "achievement", kind: "achievement", path: `/public/achievements/${achievement.id}`, status: 200, lang: "en", indexable: true, shows: [achievement.name, issuer.name, "EQF"], hides },
    { name: "achievement, Arabic", kind: "achievement", path: `/public/achievements/${spoken.ar.achievement.id}?lang=ar`, status: 200, lang: "ar", indexable: true, shows: [LANGUAGES.ar.name] },
    { name: "achievement, name without a space", kind: "achievement", path: `/public/achievements/${hard["without a space"].achievement.id}`, status: 200, lang: "en", indexable: true },
    { name: "micro-credential", kind: "achievement", path: `/public/achievements/${course.id}`, status: 200, lang: "en", indexable: true, shows: [course.name, "What you will learn", "2 days to 6 weeks", "EQF level 5", "At least 2 of these 3:"], hides },
    { name: "micro-credential, Arabic", kind: "achievement", path: `/public/achievements/${course.id}?lang=ar`, status: 200, lang: "ar", indexable: true, shows: [course.name, "ماذا ستتعلّم"] },
    { name: "catalogue", kind: "catalogue", path: "/public/catalogue", status: 200, lang: "en", indexable: true, shows: [achievement.name, course.name, LANGUAGES.ar.name], hides: [PERSON] },
    { name: "catalogue, narrowed", kind: "catalogue", path: "/public/catalogue?skill=data&level=EQF%3A5&duration=P6W", status: 200, lang: "en", shows: [course.name], hides: [LANGUAGES.ar.name] },
    { name: "catalogue, nothing found, Arabic", kind: "catalogue", path: "/public/catalogue?skill=nothing-at-all&lang=ar", status: 200, lang: "ar" },
    ...targetsOfClassroom(room),
    { name: "issuer", kind: "issuer", path: `/public/issuers/${issuer.id}`, status: 200, lang: "en", indexable: true, shows: [issuer.name, achievement.name], hides: [PERSON] },
    { name: "issuer, Chinese", kind: "issuer", path: `/public/issuers/${issuer.id}?lang=zh`, status: 200, lang: "zh", indexable: true, shows: [issuer.name] },
    { name: "verify, empty", kind: "verify", path: "/verify", status: 200, lang: "en", indexable: true },
    { name: "verify, a valid one", kind: "verify", path: verifying(awards.valid), status: 200, lang: "en", outcome: "valid", shows: [achievement.name] },
    { name: "verify, a revoked one", kind: "verify", path: verifying(awards.revoked), status: 200, lang: "en", outcome: "invalid" },
    { name: "verify, a private one", kind: "verify", path: verifying(awards.private), status: 200, lang: "en", hides: [PERSON] },
    { name: "verify, in Arabic", kind: "verify", path: `${verifying(spoken.ar.award)}&lang=ar`, status: 200, lang: "ar", outcome: "valid" },
    { name: "verify, an address that is none", kind: "verify", path: "/verify?url=nonsense", lang: "en", status: 200, outcome: "unknown" },
    { name: "embedded, valid", kind: "embed", path: `/embed/${awards.valid.id}`, status: 200, lang: "en", state: "valid", frameable: true, shows: [achievement.name] },
    { name: "embedded, revoked", kind: "embed", path: `/embed/${awards.revoked.id}`, status: 200, lang: "en", state: "revoked", frameable: true },
    { name: "embedded, private", kind: "embed", path: `/embed/${awards.private.id}`, status: 200, lang: "en", state: "private", frameable: true, hides: [PERSON, achievement.name] },
    { name: "home", kind: "home", path: "/", status: 200, lang: "en", indexable: true },
    { name: "a page that is not there", kind: "problem", path: "/public/credentials/nothing-here", status: 404, lang: "en" },
  ];
}

const verifying = (award) => `/verify?url=${encodeURIComponent(award.links.public)}`;
