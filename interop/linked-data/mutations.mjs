// Documents changed at random, but the same ones on every run: the whole sequence follows from the seed.

const XSD = "http://www.w3.org/2001/XMLSchema#";

/** A number written just so. JavaScript would print it its own way, so it travels as a marked text until `textOf`. */
const token = (digits) => `\u0000number ${digits}`;

/** JSON text of a document, with its number tokens as they were written. */
export const textOf = (document) => JSON.stringify(document).replaceAll(/"\\u0000number ([^"]*)"/g, "$1");

const NUMBERS = [
  ..."0 -0 -0.0 1 -7 36.0 1.5 -2.25 100 1e2 1E+2 12.50 0.1 3.14159 123456789 9007199254740991 -9007199254740991".split(" "),
  ..."9007199254740992 12345678901234567890 1e20 1e21 123456789012345680000 1.7976931348623157e308 5e-324 1e-7 1e-6 0.00001".split(" "),
  ..."4.35 2.5e-3 1e400 -1e21 1.0E0 33333333.33333333".split(" "),
].map(token);

const TEXTS = [
  "", " ", "x", "tab\tnewline\nreturn\rquote\"backslash\\", "\u0000\u0001\u0007\b\f\u000b\u001b\u001f\u007f\u0080\u009f", "é", "e\u0301",
  "\u2028\u2029\ufeff", "日本語", "😀", "\ufffe\uffff", "\u{10ffff}", "\ud800", "<b>&amp;</b>", "a b", "@foo", "@type", "@", "_:b0", "_:b1", "_:", "_:a b",
  "#fragment", "/rooted", "relative", "../up", "//authority", "?query", "did:example:1", "urn:uuid:1", "https://a.example/b", "https://a.example/ü",
  "https://a.example/a b", "https://a.example/<x>", "https://a.example/%zz", "ex:y", "xsd:string", "mailto:a@b.example", "a:b:c", ":", "a:", "1:2", "en", "true",
  "2026-01-01T00:00:00Z", "https:", "https://", "http://[", "HTTP://UPPER.example/%7e", "urn:\u0000", "tag:\\",
];

/** What most members may hold, so that the changed document still has a canonical form. */
const FITTING = [
  ...TEXTS.filter((text) => !/[\0\ud800@]|_:/.test(text)), ...NUMBERS.slice(0, 17), true, false, null, [], ["a", "b"], ["a", "a"], [1, "1", true, null],
  { "@value": "v" }, { "@value": "v", "@language": "EN-us" }, { "@value": 7, "@type": `${XSD}double` }, { "@value": "1.50", "@type": "urn:t" }, { "@value": "v", "@index": "i" },
  { "@value": { b: [token("1.50"), null], a: "é" }, "@type": "@json" }, { "@value": [token("1e21"), "\u000b", {}], "@type": "@json" },
  { "@id": "urn:x" }, { "@id": "_:b0" }, { "@id": "_:b1", "urn:p": { "@id": "_:b0" } }, { "urn:p": "v" }, { "urn:p": [{ "urn:q": 1 }, { "urn:q": 1 }] }, [{ "urn:p": { "@id": "_:b2" } }, { "@id": "_:b2" }],
  { "@list": ["a", token("1.0"), { "@id": "urn:z" }] }, { "@list": [] }, { "@list": [null, "a"] }, { "@set": ["a"] }, { "@list": [{ "@list": ["a"] }, { "@list": [] }] },
  { "@graph": [{ "@id": "urn:g", "urn:p": "g" }] }, { "@graph": { "urn:p": "g" }, "@id": "urn:g1" }, { "@graph": { "urn:p": { "@id": "_:b0" } }, "@index": "i" },
  { "@included": [{ "@id": "urn:i", "urn:p": "i" }], "urn:p": "v" }, { "@nest": [{ "urn:p": "x" }, { "urn:p": "y" }] }, { "@reverse": { "urn:p": { "@id": "urn:r" } }, "@id": "urn:s" },
  { "@context": { own: "urn:own:name" }, own: "n" }, { "@context": { own: { "@id": "urn:own", "@container": "@language" } }, own: { en: "one", "de-AT": ["zwei", null], "@none": "drei" } },
  { "@context": { own: { "@id": "urn:own", "@container": "@list" } }, own: [["a"], [], 1] }, { "@context": { own: { "@id": "urn:own", "@type": `${XSD}float` } }, own: NUMBERS[6] },
  { "@context": { own: { "@id": "urn:own", "@type": "@json" } }, own: { z: token("-0.0"), "": [], a: { "\u20ac": 1e-7 } } }, { "@context": { own: { "@id": "urn:own", "@container": ["@graph", "@id"] } }, own: { "urn:k": { "urn:p": 1 } } },
];

/** Members that mean something without the right context, or in most of them. */
const FITTING_NAMES = ["urn:p", "https://v.example/p", "https://www.w3.org/2018/credentials#issuer", "name", "description", "@included", "@nest", "id", "@id", "@index", "image"];

const pair = (value, more) => ({ "@value": value, ...more });

const VALUES = [
  ...TEXTS, ...NUMBERS, null, true, false, [], {}, ["a", "b"], ["a", "a"], [null], [[1]], [["a"], ["b", ["c"]]], [1, "1", true],
  pair("v"), pair("v", { "@language": "EN-us" }), pair("v", { "@language": "not a tag" }), pair("v", { "@language": "" }), pair("v", { "@language": null }),
  pair(5, { "@language": "en" }), pair(null), pair(null, { "@type": "ex:t" }), pair([]), pair({}), pair("v", { "@index": "i" }), pair("v", { "@index": 1 }),
  pair(token("1.5"), { "@type": `${XSD}double` }), pair(token("36.0"), { "@type": `${XSD}float` }), pair("1.50", { "@type": `${XSD}double` }),
  pair(7, { "@type": `${XSD}double` }), pair(7, { "@type": `${XSD}string` }), pair(true, { "@type": `${XSD}boolean` }), pair(true, { "@type": "urn:t" }),
  pair("v", { "@type": "xsd:string" }), pair("v", { "@type": "relative" }), pair("v", { "@type": "_:t" }), pair("v", { "@type": "@id" }), pair("v", { "@type": null }),
  pair("v", { "@type": ["urn:t"] }), pair("v", { "@type": "urn:t", "@language": "en" }), pair("v", { "@direction": "rtl" }), pair("v", { "@direction": "up" }),
  pair("v", { extra: 1 }), pair("v", { "@id": "urn:x" }), pair({ b: [token("1.50"), null], a: "é" }, { "@type": "@json" }), pair(token("1e21"), { "@type": "@json" }),
  pair("tab\t", { "@type": "@json" }), pair(null, { "@type": "@json" }), pair([{ z: token("-0"), "\u20ac": 1, "\ud83d\ude00": 2, "\ufb33": 3 }], { "@type": "@json" }),
  { "@id": "urn:x" }, { id: "urn:y" }, { id: "" }, { id: null }, { id: "relative" }, { id: ["urn:x"] }, { id: 5 }, { id: "_:b0", name: "n" }, { "@id": "_:c14n0" },
  { id: "_:b1", type: ["Profile"] }, { "@id": "urn:x", id: "urn:x" },
  { "@list": ["a", token("1.0"), { id: "urn:z" }] }, { "@list": [] }, { "@list": [[], ["a", []]] }, { "@list": [null, "a"] }, { "@list": "a", "@index": "i" },
  { "@list": ["a"], "@id": "urn:x" }, { "@list": { "@set": ["a"] } }, { "@set": ["a"] }, { "@set": [] }, { "@set": ["a"], "@language": "en" }, { "@list": [{ "@list": ["a"] }] },
  { type: "Achievement", name: "n" }, { type: ["Profile", "Image"], id: "urn:q" }, { "@type": "Alignment", targetName: "t" }, { type: "@json" }, { type: { "@id": "urn:t" } },
  { type: [] }, { type: [null] }, { type: 5 }, { type: "relative/type" }, { type: "_:t" },
  { "@graph": [{ id: "urn:g", name: "g" }] }, { "@graph": [], id: "urn:g0" }, { "@graph": { name: "g" }, "@index": "i" }, { "@graph": "text" },
  { "@included": [{ id: "urn:i", name: "i" }] }, { "@included": { name: "i" }, name: "n" }, { "@included": "text" }, { "@included": pair("v") }, { "@included": [] },
  { "@reverse": { achievement: { id: "urn:r" } } }, { "@reverse": { image: ["urn:a", { id: "urn:b" }] } }, { "@reverse": "x" }, { "@reverse": { "@id": "urn:x" } },
  { "@reverse": { name: "text" } }, { "@nest": { name: "x" } }, { "@nest": [{ name: "x" }, { name: "y" }] }, { "@nest": "text" }, { "@nest": pair("v") },
  { "@index": "i", name: "n" }, { "@index": 5, name: "n" }, { "@language": "en" }, { "@language": "en", name: "n" }, { "@direction": "rtl", name: "n" },
  { "@context": { name: "urn:own:name" }, name: "n" }, { "@context": null, name: "n" }, { "@context": null, "urn:p": "n" }, { "@context": [], name: "n" }, { "@context": {} },
  { "@context": { unknownTerm: "urn:own:u" }, unknownTerm: "n" }, { "@context": "https://w3id.org/openbadges/v2", name: "n" }, { "@context": 5 }, { "@context": { "@propagate": false, q: "urn:q" }, q: { q: 1 } },
  { en: "one", de: ["zwei", null], "@none": "drei" }, { en: 5 }, { "not a tag": "v" }, { a: { name: "x" }, b: [{ id: "urn:b" }] }, { "@none": "n" },
  { "@value": "a", "@list": [] }, { "@type": "urn:t" }, { "@foo": 1 }, { "@foo": 1, name: "n" }, { "": "v" }, { " ": "v" }, { "urn:p": "v" }, { "ex:p": "v" }, { ":": 1 },
  { "https://p.example/p": { "https://p.example/q": [token("0.5"), { "@list": [] }] } }, { "_:p": "v" }, { "https://p.example/a b": "v" },
];

const NAMES = [
  ..."name id type description achievement image creator tag criteria narrative result evidence issuer proof credentialStatus related alignment".split(" "),
  ..."endorsement source credentialSubject validFrom inLanguage url identifier address geo latitude creditsEarned holder verifiableCredential".split(" "),
  ..."@id @type @value @graph @included @nest @reverse @language @index @list @set @context @direction @foo @none @json @container".split(" "),
  ..."unknownTerm UnknownTerm ex:y xsd:foo urn:p https://v.example/p _:p relative/p #p labels steps settings byId claims nested link more".split(" "), "", " ", "tab\t", "é", "constructor", "__proto", "toString",
];

const TYPES = [
  ..."Achievement Profile AchievementCredential VerifiableCredential OpenBadgeCredential Image Alignment Evidence DataIntegrityProof Course Lesson".split(" "),
  ..."Assertion BadgeClass Multikey Unknown https://t.example/T ex:T _:t @json @id a/b".split(" "), "", "a b", "Ünknown",
];

const CONTEXTS = [
  { ex: "https://e.example/" }, { ex: { "@id": "https://e.example/", "@prefix": true } }, { xsd: XSD }, { "@vocab": "https://vocab.example/" }, { "@vocab": "" },
  { "@vocab": null }, { "@base": "https://base.example/a/" }, { "@base": null }, { "@language": "FR" }, { "@language": null }, { "@direction": "rtl" },
  { name: "https://e.example/n" }, { name: null }, { id: "@id" }, { id: "urn:id" }, { type: "@type" }, { kind: "@type", kind2: "type" }, { "@type": { "@container": "@set" } },
  { "@type": { "@container": "@set", "@protected": true } }, { "@version": 1.1 }, { "@version": token("1.0") }, { "@protected": true, own: "urn:own" }, { "@import": "https://w3id.org/openbadges/v2" },
  { "@import": "https://nowhere.example/c" }, "https://nowhere.example/c", "relative", null, 5, [], {}, [[{ ex: "urn:ex:" }]], { "@propagate": false, unknownTerm: "urn:u" },
  ...[
    "https://e.example/u", "ex:u", "relative", "@id", "@foo", "@context", null, 5, "_:u", { "@id": null }, {}, { "@id": "urn:u", "@protected": true },
    { "@reverse": "https://e.example/rev" }, { "@reverse": "urn:rev", "@container": "@set" }, { "@reverse": "urn:rev", "@container": "@list" }, { "@reverse": "urn:rev", "@id": "urn:u" },
    ...["@list", "@set", "@language", "@index", "@id", "@type", "@graph", ["@graph", "@id"], ["@graph", "@index"], ["@graph", "@set"], ["@list", "@set"], "@foo", []].map((container) => ({
      "@id": "https://e.example/u",
      "@container": container,
    })),
    ...["@json", "@id", "@vocab", "@none", `${XSD}double`, `${XSD}integer`, `${XSD}float`, `${XSD}decimal`, `${XSD}boolean`, "urn:t", "relative", "_:t", null].map((type) => ({
      "@id": "https://e.example/u",
      "@type": type,
    })),
    { "@id": "urn:u", "@language": "DE" }, { "@id": "urn:u", "@language": null }, { "@id": "urn:u", "@direction": "ltr" }, { "@id": "urn:u", "@nest": "@nest" }, { "@id": "urn:u", "@nest": "name" },
    { "@id": "urn:u", "@context": { id: "@id", zz: "https://e.example/zz" } }, { "@id": "urn:u", "@context": null }, { "@id": "urn:u", "@index": "urn:i", "@container": "@index" }, { "@id": "urn:u", foo: 1 },
    { "@id": "urn:u", "@prefix": true }, { "@id": "@nest" }, { "@id": "@type", "@type": "@id" },
  ].map((definition) => ({ unknownTerm: definition })),
  { Unknown: { "@id": "urn:T", "@context": { unknownTerm: "urn:scoped" } } }, { Unknown: { "@id": "urn:T", "@context": { "@propagate": true, unknownTerm: "urn:scoped", name: "urn:scoped:name" } } },
  { a: "b", b: "a" }, { a: "b:c", b: "urn:b:", unknownTerm: "a" }, { "ex:y": "urn:y", ex: "urn:ex:" }, { "https://v.example/p": { "@type": "@id" } }, { "": "urn:empty" }, { "@foo": "urn:foo" },
];

/** Random numbers from a seed (mulberry32). */
export class Dice {
  #state;

  constructor(seed) {
    this.#state = seed | 0;
  }

  /** At least 0, less than 1. */
  roll() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  below(count) {
    return Math.floor(this.roll() * count);
  }

  pick(list) {
    return list[this.below(list.length)];
  }
}

/** The ways to change a document: the name, how often, and the change. `at` is one place in it: `holder[member]`. */
const WAYS = [
  ["another fitting value", 60, (dice, at) => void (at.holder[at.member] = clone(dice.pick(FITTING)))],
  ["a fitting member", 50, (dice, at) => put(at.holder, dice.pick(FITTING_NAMES), clone(dice.pick(FITTING)))],
  ["beside a fitting value", 40, (dice, at) => void (at.holder[at.member] = [valueAt(at), clone(dice.pick(FITTING))].flat())],
  ["another order", 15, (dice, at) => void shuffle(dice, at.holder)],
  ["another value", 20, (dice, at) => void (at.holder[at.member] = clone(dice.pick(VALUES)))],
  ["a number", 8, (dice, at) => void (at.holder[at.member] = dice.pick(NUMBERS))],
  ["a text", 8, (dice, at) => void (at.holder[at.member] = dice.pick(TEXTS))],
  ["removed", 10, (_, at) => (Array.isArray(at.holder) ? at.holder.splice(at.member, 1) : delete at.holder[at.member])],
  ["added", 14, (dice, at) => put(at.holder, dice.pick(NAMES), clone(dice.pick(VALUES)))],
  ["renamed", 8, (dice, at) => put(at.holder, dice.pick(NAMES), taken(at))],
  ["copied from elsewhere", 8, (dice, at, places) => void (at.holder[at.member] = clone(valueAt(dice.pick(places))))],
  ["in an array", 3, (_, at) => void (at.holder[at.member] = [valueAt(at)])],
  ["beside another value", 6, (dice, at) => void (at.holder[at.member] = [valueAt(at), clone(dice.pick(VALUES))])],
  ["another type", 8, (dice, at) => put(at.holder, "type", dice.roll() < 0.5 ? dice.pick(TYPES) : [dice.pick(TYPES), dice.pick(TYPES)])],
  ["a blank node", 4, (dice, at) => put(at.holder, "id", `_:b${dice.below(3)}`)],
  ["a list", 4, (_, at) => void (at.holder[at.member] = { "@list": [valueAt(at)].flat() })],
  ["as JSON", 3, (_, at) => void (at.holder[at.member] = { "@value": valueAt(at), "@type": "@json" })],
  ["nested", 3, (_, at) => put(at.holder, "@nest", { [Array.isArray(at.holder) ? "name" : at.member]: taken(at) })],
  ["included", 3, (_, at) => put(at.holder, "@included", [valueAt(at)].flat())],
  ["a graph", 3, (_, at) => void (at.holder[at.member] = { "@graph": [valueAt(at)].flat() })],
  ["a context added", 12, (dice, at, places, root) => void (root["@context"] = [root["@context"] ?? [], clone(dice.pick(CONTEXTS))].flat())],
  ["a known context added", 5, (dice, at, places, root, urls) => void (root["@context"] = [root["@context"] ?? [], dice.pick(urls)].flat())],
  ["a context inside", 4, (dice, at) => put(at.holder, "@context", clone(dice.pick(CONTEXTS)))],
  ["contexts in another order", 4, (dice, at, places, root) => void (Array.isArray(root["@context"]) && shuffle(dice, root["@context"]))],
  ["a context removed", 3, (dice, at, places, root) => void (Array.isArray(root["@context"]) && root["@context"].splice(dice.below(root["@context"].length), 1))],
];
const WEIGHT = WAYS.reduce((sum, [, weight]) => sum + weight, 0);

/**
 * `count` changed documents as `{text, how}`: the first ones are the originals, all others carry one to three changes.
 * One in two hundred is spoiled as text: a member twice.
 */
export function* mutated(originals, urls, seed, count) {
  const dice = new Dice(seed);
  for (let index = 0; index < count; index += 1) {
    if (index < originals.length) {
      yield { text: textOf(originals[index]), how: ["untouched"] };
      continue;
    }
    const root = clone(dice.pick(originals));
    const how = [];
    for (let left = 1 + Math.floor(3 * dice.roll() ** 3); left > 0; left -= 1) how.push(change(dice, root, urls));
    let text = textOf(root);
    if (dice.roll() < 0.005) {
      text = text.replace(/"name":("[^"]*")/, '"name":$1,"name":$1');
      how.push("a member twice");
    }
    yield { text, how };
  }
}

function change(dice, root, urls) {
  const places = placesIn(root, dice);
  if (places.length === 0) return "nothing";
  let lot = dice.roll() * WEIGHT;
  const [name, , apply] = WAYS.find(([, weight]) => (lot -= weight) < 0);
  const apt = name.includes("fitting") ? places.filter(({ holder, member }) => !/^(id|type|@.*)$/.test(member) && !holder["@value"]) : places;
  apply(dice, dice.pick(apt.length > 0 ? apt : places), places, root, urls);
  return name;
}

/** Every member and element, but of the insides of contexts only few. */
function placesIn(value, dice, found = []) {
  for (const member of Object.keys(value)) {
    if (member === "@context" && dice.roll() > 0.2) continue;
    const holder = value;
    found.push({ holder, member });
    if (holder[member] !== null && typeof holder[member] === "object") placesIn(holder[member], dice, found);
  }
  return found;
}

const clone = (value) => structuredClone(value);
const valueAt = ({ holder, member }) => holder[member];

function taken({ holder, member }) {
  const value = holder[member];
  if (Array.isArray(holder)) holder.splice(member, 1);
  else delete holder[member];
  return value;
}

/** The same members or elements in another order; of an object that must not matter. */
function shuffle(dice, holder) {
  const lots = new Map(Object.entries(holder).map((entry) => [entry, dice.roll()]));
  const entries = [...lots.keys()].sort((left, right) => lots.get(left) - lots.get(right));
  if (Array.isArray(holder)) return void holder.splice(0, holder.length, ...entries.map(([, value]) => value));
  for (const [member] of entries) delete holder[member];
  for (const [member, value] of entries) holder[member] = value;
}

/** Sets a member; an array gets an element instead. */
function put(holder, member, value) {
  if (Array.isArray(holder)) holder.push(value);
  else holder[member] = value;
}
