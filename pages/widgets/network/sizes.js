// How large the picture and what is in it are drawn in the room that there is.
import { clamp } from "../shared/clamp.js";

// below this width a column the picture shrinks, and below the second it is scrolled
const [ROOMY, TIGHT] = [100, 64];
// below this one a number on an edge would lie on what stands beside a neuron; the line below the picture has it too
const CROWDED = 72;
// the smallest share of its size, the smallest share of its height, and the smallest letters
const [LEAST, LOWEST, LETTERS] = [0.66, 0.62, 11];
// in pixels: of the headings, which do not shrink
const HEADER = 52;

// the share of a figure's height in a room that is `tall`
const share = (height, tall) => (tall < height ? (tall - HEADER) / (height - HEADER) : tall / height);

// a picture of so many columns and a height, in a room that is so wide and so tall, if that matters, grows `most` times:
// its width, that of a column and its height in pixels; by `factor` marks and letters are drawn larger, and by `scale`
// is what stands at a y of the figure higher
export const measured = (columns, height, { room, tall = height, most = 1 }) => {
  const width = Math.max(room, columns * TIGHT);
  const column = width / columns;
  const across = column / ROOMY;
  const scale = clamp(share(height, tall), LOWEST, Math.max(1, Math.min(across, most)));
  const factor = clamp(Math.min(across, scale), LEAST, most);
  const grown = Math.max(1, factor);
  return { width, column, factor, scale, grown, total: Math.round(scale * (height - HEADER) + HEADER * grown) };
};

const letters = (font, factor) => ({ ...font, size: Math.max(LETTERS, font.size * factor) });

// a size of all points, or of each one
const times = (size, factor) => (Array.isArray(size) ? size.map((one) => one * factor) : size * factor);

// how wide a bold number is, about, in sizes of its letters
const ems = (text) => {
  const said = String(text).replace(/<[^>]*>/g, "");
  const narrow = said.match(/[.,]/g)?.length ?? 0;
  return narrow * 0.27 + (said.length - narrow) * 0.54;
};

// letters of numbers that stand in marks, each as large as its mark has room for
const inMarks = ({ text, textfont, marker }) => {
  const width = (index) => [marker.size].flat()[index] ?? [marker.size].flat()[0];
  const room = text.map((said, index) => (0.94 * width(index)) / Math.max(ems(said), 0.5));
  return { ...textfont, size: room.map((most) => Math.min(textfont.size, most)) };
};

// a new number without the old one beside it
const alone = (said) => said.replace(/(^|>)[^<>→]* →/, "$1→");

export const sizedTrace = (trace, factor, column = ROOMY) => {
  if (trace.meta === "on edges" && column < CROWDED) return { ...trace, x: [], y: [], text: [] };
  const result = { ...trace };
  if (["on edges", "over neurons"].includes(trace.meta) && column < ROOMY) result.text = trace.text.map(alone);
  if (trace.marker?.size) result.marker = { ...trace.marker, size: times(trace.marker.size, factor) };
  if (trace.textfont) result.textfont = letters(trace.textfont, factor);
  const holds = trace.mode === "markers+text" && trace.marker.opacity === 1;
  if (holds) result.textfont = inMarks(result);
  return result;
};

// headings keep their distance from the upper edge
export const sizedHeadings = (annotations, factor, higher = 0) =>
  annotations.map((annotation) => ({
    ...annotation,
    y: annotation.y + higher,
    font: letters(annotation.font, factor),
  }));
