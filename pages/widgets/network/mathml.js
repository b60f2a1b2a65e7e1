// The formula's line as MathML, for screen readers, which speak it as mathematics and move through it. It is not what is
// seen: a browser breaks no line within MathML, and on a phone the line has three.
const MATH = "http://www.w3.org/1998/Math/MathML";
const TOKEN = /(?<number>\d[\d.]*)|(?<name>\p{L}[\p{L}\p{M}′]*)|(?<sign>\S)/gu;
const SCRIPTS = { SUB: "msub", SUP: "msup" };

const made = (name, ...children) => {
  const element = document.createElementNS(MATH, name);
  element.append(...children);
  return element;
};

const tokens = (text) =>
  [...text.matchAll(TOKEN)].map(({ 0: token, groups: { number, name } }) => {
    if (number) return made("mn", token);
    return made(name ? "mi" : "mo", token);
  });

const together = (inner) => (inner.length === 1 ? inner[0] : made("mrow", ...inner));

// what stands before it carries it, with the script that it may have already
const scripted = (base, script, kind) => {
  if (!base) return made(kind, made("mrow"), script);
  if (!["msub", "msup"].includes(base.localName) || base.localName === kind) return made(kind, base, script);
  const [inner, first] = base.children;
  return made("msubsup", inner, ...(kind === "msup" ? [first, script] : [script, first]));
};

const parts = (nodes) => {
  const before = [];
  for (const node of nodes) {
    const inner = node.nodeType === Node.TEXT_NODE ? tokens(node.data) : parts(node.childNodes);
    const kind = SCRIPTS[node.tagName];
    if (kind) before.push(scripted(before.pop(), together(inner), kind));
    else before.push(...inner);
  }
  return before;
};

// the element's formula, in <i>, <sub>, <sup> and coloured numbers, as MathML
export const mathml = (element) => made("math", ...parts(element.childNodes));
