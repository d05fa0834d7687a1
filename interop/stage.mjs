// The issuer's side, through the management API as any client would use it: an issuer for each way to be identified, one
// achievement and two awards each. The second award is revoked later.

const RECIPIENT = "learner@example.org";

// One transparent pixel: what the badge looks like is not what is judged here.
const PIXEL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const ISSUER = {
  name: "University of Example",
  url: "https://university.example.org",
  email: "badges@university.example.org",
  description: "Awards micro-credentials for applied data skills.",
};

// The issuer by key gives no image, so the one that Accolade draws is judged too.
const achievementOf = (label) => (label === "key" ? { ...ACHIEVEMENT, image: undefined } : ACHIEVEMENT);

const ACHIEVEMENT = {
  name: "Applied Data Skills",
  description: "Cleans, joins and presents data with care.",
  achievementType: "MicroCredential",
  criteria: { narrative: "Attend the **workshop**, hand in both assignments, pass the assessment, present a project." },
  image: { id: PIXEL, type: "Image", caption: "A transparent pixel" },
  tag: ["data", "statistics"],
  creditsAvailable: 2.5,
  inLanguage: "en",
  alignment: [
    {
      type: ["Alignment"],
      targetName: "European Qualifications Framework level 6",
      targetUrl: "https://europa.example.org/eqf/6",
      targetFramework: "European Qualifications Framework",
    },
  ],
};

const ORDER = {
  recipient: { email: RECIPIENT, name: "Ada Example" },
  narrative: "Joined two registers and told the story of what they show:\ttab, \"quotes\", ünïcödé and 漢字 included.",
  evidence: [
    {
      type: ["Evidence"],
      id: "https://university.example.org/projects/17",
      name: "Project",
      narrative: "A map of bicycle counts.",
    },
  ],
  onDuplicate: "allow",
};

/** What the judges read: per issuer the links of an award that stays and of one that will be revoked. */
export async function award(api, base, key, labels) {
  const cases = [];
  for (const label of labels) {
    const issuer = await post(`${api}/v1/issuers`, key, { ...ISSUER, idMethod: label });
    const achievement = await post(`${api}/v1/issuers/${issuer.id}/achievements`, key, achievementOf(label));
    const order = () => post(`${api}/v1/achievements/${achievement.id}/credentials`, key, ORDER);
    const [standing, withdrawn] = [await order(), await order()];
    cases.push({
      label,
      issuer: { id: issuer.id, profileId: issuer.profileId },
      standing: { id: standing.id, ...standing.links },
      // A learner keeps the signed Assertion; its address will answer 410, but the text must be refused too.
      withdrawn: { id: withdrawn.id, ...withdrawn.links, heldJws: await text(api, withdrawn.links.assertionJws) },
    });
  }
  return { base, scheme: new URL(base).protocol.slice(0, -1), recipient: RECIPIENT, cases };
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
