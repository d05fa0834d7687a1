// Whether two expanded documents say the same.

/** Both answers hold an expanded document, equal but for what has no meaning. */
export function sameExpanded(ours, theirs) {
  return ours.expanded !== undefined && theirs.expanded !== undefined && normal(ours.expanded) === normal(theirs.expanded);
}

const normal = (expanded) => JSON.stringify(sorted(expanded, false));

/**
 * Members in one order, and elements too unless in a list or in a JSON literal. Empty arrays are left out: by the
 * standard's steps they stay, the reference drops those of `@type` and of graph containers, and RDF knows no difference.
 */
function sorted(value, ordered) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) {
    const elements = value.map((element) => sorted(element, ordered === "literal" && ordered));
    return ordered ? elements : elements.map((element) => [JSON.stringify(element), element]).sort(byText).map(([, element]) => element);
  }
  const members = Object.entries(value)
    .filter(([name, held]) => ordered === "literal" || ["@list", "@graph"].includes(name) || !Array.isArray(held) || held.length > 0)
    .map(([name, held]) => [name, sorted(held, ordered === "literal" || name === "@value" ? "literal" : name === "@list")]);
  return Object.fromEntries(members.sort(byText));
}

const byText = ([left], [right]) => (left < right ? -1 : Number(left > right));
