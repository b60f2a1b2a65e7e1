// How the values of a trace look in the elements that Plotly has drawn for its marks.
import { alike, rewrite } from "./rewriting.js";
import { paint, shaded } from "./shades.js";

// a contribution is a disc; Plotly rounds so
const disc = (size) => {
  const r = Math.round(50 * size) / 100;
  return `M${r},0A${r},${r} 0 1,1 0,${-r}A${r},${r} 0 0,1 ${r},0Z`;
};

// of a line in the middle of its mark
const grow = (text, size) => {
  text.style.fontSize = `${size}px`;
  text.parentNode.setAttribute("transform", `translate(0,${size / 4})`);
};

const mark = (set) => ({ of: ".point", set });
const words = (set, fits) => ({ of: ".textpoint > text", set, fits });

// by path: `of` which elements, set(element, value, trace), and fits(before, after) if not every value can be set
export const LOOKS = {
  "marker.color": mark((point, shade, { marker }) => paint(point, "fill", shaded(shade, marker))),
  "marker.size": mark((point, size) => point.setAttribute("d", disc(size))),
  "marker.line.color": mark((point, colour) => paint(point, "stroke", colour)),
  "marker.line.width": mark((point, width) => Object.assign(point.style, { strokeWidth: `${width}px` })),
  text: words(rewrite, alike),
  "textfont.color": words((text, colour) => paint(text, "fill", colour)),
  "textfont.size": words(grow),
};
