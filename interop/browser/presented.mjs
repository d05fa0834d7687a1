// What a person may present on `/verify`: good badges in every form, and the ways in which they are not.

/** Files, texts and links, each with the verdict that it must get. */
export async function presented({ url }, { awards, achievement, issuer }) {
  const bytes = async (link) => Buffer.from(await (await fetch(link)).arrayBuffer());
  const { links } = awards.valid;
  const png = await bytes(links.png);
  const jwt = (await bytes(links.jwt)).toString().trim();
  const json = (await bytes(links.credential)).toString();
  const forged = json.replace(achievement.name, "Applied Brain Surgery");
  const says = [achievement.name, issuer.name];
  const assertionImage = `${links.assertion.replace(/\.json$/, "")}/image`;
  return {
    files: [
      { name: "badge.png", type: "image/png", bytes: png, outcome: "valid", says },
      { name: "revoked.png", type: "image/png", bytes: await bytes(awards.revoked.links.png), outcome: "invalid" },
      { name: "badge.pdf", type: "application/pdf", bytes: await bytes(links.pdf), outcome: "valid", says },
      { name: "badge-2.0.png", type: "image/png", bytes: await bytes(assertionImage), outcome: "valid", says: [achievement.name] },
      { name: "badge.json", type: "application/json", bytes: Buffer.from(json), outcome: "valid", says },
      { name: "forged.json", type: "application/json", bytes: Buffer.from(forged), outcome: "invalid" },
      { name: "holiday.png", type: "image/png", bytes: Buffer.from(PIXEL, "base64"), outcome: "invalid" },
      { name: "نتيجة ‮gnp.exe", type: "application/octet-stream", bytes: Buffer.from("nothing of the kind"), outcome: "invalid" },
    ],
    texts: [
      { name: "JSON", text: json, outcome: "valid", says },
      { name: "a JWT", text: jwt, outcome: "valid", says },
      { name: "forged JSON", text: forged, outcome: "invalid" },
      { name: "an expired one", text: (await bytes(awards.expired.links.credential)).toString(), outcome: "invalid" },
    ],
    links: [
      { name: "its page", url: links.public, outcome: "valid", says },
      { name: "its document", url: links.credential, outcome: "valid", says },
      { name: "its Assertion", url: links.assertion, outcome: "valid" },
      { name: "a revoked one", url: awards.revoked.links.public, outcome: "invalid" },
      { name: "an address with nothing", url: `${url}/public/credentials/nothing`, outcome: "unknown" },
    ],
  };
}

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
