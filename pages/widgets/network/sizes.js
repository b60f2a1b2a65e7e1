// How large the picture and what is in it are drawn where there is not much room.

// below this width a column the picture shrinks, and below the second it is scrolled
const [ROOMY, TIGHT] = [100, 64];
// the smallest share of its size, and the smallest letters
const [LEAST, LETTERS] = [0.66, 9];

export const measured = (columns, room) => {
  const width = Math.max(room, columns * TIGHT);
  const column = width / columns;
  return { width, column, factor: Math.max(LEAST, Math.min(1, column / ROOMY)) };
};

const letters = (font, factor) => ({ ...font, size: Math.max(LETTERS, font.size * factor) });

// a size of all points, or of each one
const times = (size, factor) => (Array.isArray(size) ? size.map((one) => one * factor) : size * factor);

export const shrunkTrace = (trace, factor) => {
  if (factor === 1) return trace;
  const result = { ...trace };
  if (trace.marker?.size) result.marker = { ...trace.marker, size: times(trace.marker.size, factor) };
  if (trace.textfont) result.textfont = letters(trace.textfont, factor);
  return result;
};

export const shrunkHeadings = (annotations, factor) =>
  annotations.map((annotation) => ({ ...annotation, font: letters(annotation.font, factor) }));
