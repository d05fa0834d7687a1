// The issuer's side, through the management API as any client would use it: an issuer for each way to be identified, one
// achievement and two awards each. The second award is revoked later.

import { readFile } from "node:fs/promises";

const demo = async (name) =>
  JSON.parse(await readFile(new URL(`../crates/server/src/demo/${name}.json`, import.meta.url), "utf8"));

// What the badge looks like is not what is judged here: a disc will do.
const DISC = `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" width="600" height="600"><circle cx="300" cy="300" r="290" fill="#1d4f7c"/></svg>')}`;

const ISSUER = { name: "University of Example", url: "https://university.example.org", email: "badges@university.example.org" };

/** What is awarded: one content for each way to identify the issuer, so that different badges are judged, not one thrice. */
const CONTENTS = {
  /** The demo's micro-credential, with results, levels and evidence. */
  url: async () => ({ issuer: await demo("issuer"), achievement: await demo("achievement"), order: await demo("award") }),

  /** No more than is required; not even an image, so the one that Accolade draws is judged. */
  key: async () => ({
    issuer: ISSUER,
    achievement: {
      name: "Applied Data Skills",
      description: "Collects, cleans, analyses and presents data.",
      criteria: { narrative: "Attend the workshop, pass the assessment, present a project." },
    },
    order: { recipient: { email: "learner@example.org" } },
  }),

  /** An image of its own, an end, a fraction, and every kind of character. */
  web: async () => ({
    issuer: { ...ISSUER, description: "Universität für Beispiele, 例の大学" },
    achievement: {
      name: "Bicycle counting \"by hand\" & by eye <3",
      description: "Tabs\t, new\nlines, \\ backslashes and 🚲 survive.",
      criteria: { id: "https://university.example.org/criteria?a=1&b=2#c", narrative: "# Count\n\n* one\n* two" },
      image: { id: DISC, type: "Image", caption: "A disc" },
      creditsAvailable: 2.5,
    },
    order: {
      recipient: { email: "Learner.O'Hara+badges@example.org", name: "Ada O'Hara" },
      narrative: "Counted 1,204 bicycles.",
      awardedDate: "2026-01-31T23:59:59+02:00",
      validUntil: "2099-12-31T00:00:00Z",
      creditsEarned: 2.5,
    },
  }),
};

/** What the judges read: per issuer the links of an award that stays and of one that will be revoked. */
export async function award(api, base, key, labels) {
  const cases = [];
  for (const label of labels) {
    const content = await CONTENTS[label]();
    const issuer = await post(`${api}/v1/issuers`, key, { ...content.issuer, idMethod: label });
    const achievement = await post(`${api}/v1/issuers/${issuer.id}/achievements`, key, content.achievement);
    const order = { ...content.order, externalId: undefined, onDuplicate: "allow" };
    const give = () => post(`${api}/v1/achievements/${achievement.id}/credentials`, key, order);
    const [standing, withdrawn] = [await give(), await give()];
    cases.push({
      label,
      recipient: order.recipient.email,
      issuer: { id: issuer.id, profileId: issuer.profileId },
      standing: { id: standing.id, ...standing.links },
      // A learner keeps the signed Assertion; its address will answer 410, but the text must be refused too.
      withdrawn: { id: withdrawn.id, ...withdrawn.links, heldJws: await text(api, withdrawn.links.assertionJws) },
    });
  }
  return { base, scheme: new URL(base).protocol.slice(0, -1), cases };
}

/** Revokes the second award of every issuer. */
export async function withdraw(api, key, stage) {
  for (const { withdrawn } of stage.cases) {
    await post(`${api}/v1/credentials/${withdrawn.id}/revoke`, key, { reason: "Awarded by mistake" });
  }
}

/** A public document, fetched from the server itself: this program need not trust the front's certificate. */
async function text(api, link) {
  const response = await fetch(api + new URL(link).pathname);
  if (!response.ok) throw new Error(`${link} answered ${response.status}`);
  return (await response.text()).trim();
}

async function post(url, key, body) {
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${url} answered ${response.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
