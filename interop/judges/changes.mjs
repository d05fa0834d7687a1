// One changed byte at a time, spread evenly over a text.

/** How many bytes of a text are tried; a number above its length tries them all. */
export const COUNT = Number(process.env.ACCOLADE_INTEROP_CHANGES ?? 96);

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * Changes letters and digits only, so that the result still reads as JSON and the signature, not the parser, has to
 * refuse it.
 */
export function ofJson(text) {
  const places = [...text].flatMap((character, at) => (/[A-Za-z0-9]/.test(character) ? [at] : []));
  return spread(places).map((at) => change(text, at, successor(text[at])));
}

/**
 * Flips the highest of the six bits of one base64url digit: the last digit of a segment has spare low bits, and a
 * change of those alone would leave the decoded bytes as they were.
 */
export function ofCompactJws(text) {
  const places = [...text].flatMap((character, at) => (ALPHABET.includes(character) ? [at] : []));
  return spread(places).map((at) =>
    change(text, at, ALPHABET[ALPHABET.indexOf(text[at]) ^ 32]),
  );
}

function spread(places) {
  const wanted = Math.min(COUNT, places.length);
  const step = (places.length - 1) / Math.max(wanted - 1, 1);
  return Array.from({ length: wanted }, (_, index) => places[Math.round(index * step)]);
}

function successor(character) {
  if (character === "z") return "a";
  if (character === "Z") return "A";
  if (character === "9") return "0";
  return String.fromCharCode(character.charCodeAt(0) + 1);
}

function change(text, at, character) {
  const around = text.slice(Math.max(0, at - 12), at + 12);
  return {
    text: text.slice(0, at) + character + text.slice(at + 1),
    what: `byte ${at} '${text[at]}' to '${character}' in …${around}…`,
  };
}
