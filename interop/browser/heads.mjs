// What programs read of a page: the card that a social site makes of it, search engines' structured data, oEmbed, share links.

import jsonld from "jsonld";
import openGraph from "open-graph-scraper";
import { PERSON } from "./words.mjs";
import { unless } from "./report.mjs";

const LINKEDIN_BOT = "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)";

export async function heads(server, seeded, report) {
  const { awards } = seeded;
  await report.run("Open Graph, as npm open-graph-scraper reads it", () => card(awards.valid.links.public, seeded, true));
  await report.run("Open Graph of an unlisted award names nobody", () => card(awards.unlisted.links.public, seeded, false));
  await report.run("Open Graph of an achievement", () => card(`${server.url}/public/achievements/${seeded.achievement.id}`, seeded, false));
  await report.run("Open Graph of a private award tells nothing", async () => {
    const { result, html } = await read(awards.private.links.public);
    return [...unless(!result.ogTitle?.includes(seeded.achievement.name), `title ${result.ogTitle}`), ...unless(!html.includes(PERSON), "names the person")];
  });
  await report.run("schema.org, expanded by npm jsonld", () => structured(awards.valid.links.public, seeded));
  await report.run("schema.org of an achievement, expanded by npm jsonld", () => structured(`${server.url}/public/achievements/${seeded.achievement.id}`, seeded));
  await report.run("oEmbed is found from the page and keeps its rules", () => oembed(server, awards.valid));
  await report.run("oEmbed refuses what it must", () => oembedRefusals(server, awards));
  await report.run("LinkedIn's form is filled in completely", () => linkedin(awards.expiring, seeded));
}

async function read(url) {
  const response = await fetch(url, { headers: { "user-agent": LINKEDIN_BOT, accept: "*/*" } });
  const html = await response.text();
  const { result, error } = await openGraph({ html, onlyGetOpenGraphInfo: true });
  if (error) throw new Error(JSON.stringify(result));
  return { result, html, response };
}

/** LinkedIn reads only `og:`; it wants a title, an address, a picture of 1200 × 627 that is no SVG. */
async function card(url, { achievement, issuer }, person) {
  const { result, html, response } = await read(url);
  const [picture] = result.ogImage ?? [];
  const faults = [
    ...unless(response.headers.get("content-type")?.startsWith("text/html"), `LinkedInBot gets ${response.headers.get("content-type")}`),
    ...unless(result.ogTitle?.includes(achievement.name), `og:title ${result.ogTitle}`),
    ...unless(html.includes(PERSON) === person, person ? "the person is not named" : "the person is named"),
    ...unless(result.ogDescription?.length > 20 && result.ogDescription.length <= 300, `og:description ${result.ogDescription}`),
    ...unless(result.ogUrl === url.split("?")[0], `og:url ${result.ogUrl}`),
    ...unless(result.ogSiteName === issuer.name, `og:site_name ${result.ogSiteName}`),
    ...unless(result.ogType === "website", `og:type ${result.ogType}`),
    ...unless(/^[a-z]{2}_[A-Z]{2}$/.test(result.ogLocale ?? ""), `og:locale ${result.ogLocale}`),
    ...unless(result.twitterCard === "summary_large_image", `twitter:card ${result.twitterCard}`),
    ...unless(picture && Number(picture.width) === 1200 && Number(picture.height) === 627 && picture.type === "image/png", `og:image ${JSON.stringify(picture)}`),
    ...unless(/<meta[^>]+og:image:alt/.test(html), "og:image has no alternative text"),
    ...unless(new RegExp(`<link[^>]+rel="?canonical"?[^>]+href="?${url.split("?")[0].replaceAll(".", "\\.")}`).test(html), "no canonical address"),
  ];
  if (picture) {
    const bytes = await fetch(picture.url);
    faults.push(...unless(bytes.ok && bytes.headers.get("content-type") === "image/png", `the picture answers ${bytes.status} ${bytes.headers.get("content-type")}`));
    faults.push(...unless((await bytes.arrayBuffer()).byteLength < 1_000_000, "the picture is too big"));
  }
  return faults;
}

/** schema.org's own context is not on this machine: all its terms lie in one vocabulary, and these few are addresses. */
const SCHEMA_ORG = { "@context": { "@vocab": "https://schema.org/", id: "@id", type: "@type", url: { "@type": "@id" }, image: { "@type": "@id" } } };

async function structured(url, { achievement, issuer }) {
  const { html } = await read(url);
  const blocks = [...html.matchAll(/<script type="?application\/ld\+json"?>([^]*?)<\/script>/g)].map(([, text]) => JSON.parse(text));
  if (blocks.length === 0) return ["no data block"];
  const documentLoader = async (asked) => {
    if (/^https?:\/\/schema\.org\/?$/.test(asked)) return { documentUrl: asked, document: SCHEMA_ORG, contextUrl: null };
    throw new Error(`asks for ${asked}`);
  };
  const nodes = (await jsonld.flatten((await Promise.all(blocks.map((block) => jsonld.expand(block, { documentLoader, base: url, safe: true })))).flat())).map((node) => node);
  const is = (type) => nodes.filter((node) => node["@type"]?.includes(`https://schema.org/${type}`));
  const text = (node, term) => node?.[`https://schema.org/${term}`]?.map((value) => value["@value"] ?? value["@id"]) ?? [];
  const [credential] = is("EducationalOccupationalCredential");
  return [
    ...unless(credential !== undefined, `types are ${nodes.flatMap((node) => node["@type"] ?? [])}`),
    ...unless(text(credential, "name").includes(achievement.name), `name ${text(credential, "name")}`),
    ...unless(text(credential, "description").length === 1, "no description"),
    ...unless(text(credential, "credentialCategory").length === 1, "no credentialCategory"),
    ...unless(text(credential, "url").length === 1, "no url"),
    ...unless(text(credential, "recognizedBy").length === 1, "nobody recognises it"),
    ...unless(is("Organization").some((node) => text(node, "name").includes(issuer.name)), "the issuer is not named"),
  ];
}

async function oembed(server, award) {
  const page = await fetch(award.links.public, { headers: { accept: "text/html" } });
  const html = await page.text();
  const link = /<link[^>]+type="?application\/json\+oembed"?[^>]*>/.exec(html)?.[0];
  const href = /href="?([^"\s>]+)/.exec(link ?? "")?.[1]?.replaceAll("&amp;", "&").replaceAll("&#38;", "&");
  if (!href) return ["no discovery link"];
  const response = await fetch(href);
  const reply = await response.json();
  const small = await (await fetch(`${href}&maxwidth=330&maxheight=430`)).json();
  const frame = /^<iframe [^>]*src="([^"]+)"/.exec(reply.html ?? "")?.[1];
  const known = ["type", "version", "title", "author_name", "author_url", "provider_name", "provider_url", "cache_age", "thumbnail_url", "thumbnail_width", "thumbnail_height", "html", "width", "height"];
  return [
    ...unless(response.headers.get("content-type")?.startsWith("application/json"), `is ${response.headers.get("content-type")}`),
    ...unless(reply.type === "rich" && reply.version === "1.0", `type ${reply.type}, version ${reply.version}`),
    ...unless(Number.isInteger(reply.width) && Number.isInteger(reply.height), `measures ${reply.width} × ${reply.height}`),
    ...unless(small.width <= 330 && small.height <= 430, `asked for 330 × 430, is ${small.width} × ${small.height}`),
    ...unless(frame === `${server.url}/embed/${award.id}`, `frames ${frame}`),
    ...unless(/ title="[^"]+"/.test(reply.html ?? ""), "the frame has no title"),
    ...unless(["thumbnail_url", "thumbnail_width", "thumbnail_height"].every((member) => member in reply), "the thumbnail is not whole"),
    ...unless((await fetch(reply.thumbnail_url)).headers.get("content-type") === "image/png", "the thumbnail is no PNG"),
    ...unless(reply.author_name && reply.provider_name, "nobody made it"),
    ...Object.keys(reply).filter((member) => !known.includes(member)).map((member) => `${member} is not of oEmbed`),
  ];
}

async function oembedRefusals(server, { valid, private: hidden }) {
  const ask = async (query) => (await fetch(`${server.url}/oembed?${new URLSearchParams(query)}`)).status;
  const cases = [
    [{ url: valid.links.public, format: "xml" }, [501]],
    [{ url: `${server.url}/public/credentials/nothing` }, [404]],
    [{ url: "https://elsewhere.example/x" }, [404]],
    [{ url: hidden.links.public }, [401, 403]],
    [{}, [400, 404, 422]],
  ];
  const answers = await Promise.all(cases.map(([query]) => ask(query)));
  return cases.flatMap(([query, expected], index) => unless(expected.includes(answers[index]), `${JSON.stringify(query)} answered ${answers[index]}`));
}

/** `add to profile`: every field is filled, months have no leading zero, every value is encoded. */
async function linkedin(award, { achievement }) {
  const link = new URL(award.links.linkedin);
  const now = new Date();
  const expected = {
    startTask: "CERTIFICATION_NAME", name: achievement.name, organizationId: "1234567", issueYear: `${now.getUTCFullYear()}`, issueMonth: `${now.getUTCMonth() + 1}`,
    expirationYear: "2099", expirationMonth: "12", certUrl: award.links.public, certId: undefined,
  };
  return [
    ...unless(link.origin + link.pathname === "https://www.linkedin.com/profile/add", `leads to ${link.origin}${link.pathname}`),
    ...Object.entries(expected).flatMap(([member, value]) => unless(value === undefined ? link.searchParams.get(member) : link.searchParams.get(member) === value, `${member} is ${link.searchParams.get(member)}`)),
    ...[...link.searchParams.keys()].filter((member) => !(member in expected)).map((member) => `${member} is not LinkedIn's`),
  ];
}
