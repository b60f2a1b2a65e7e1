// Steps, counted from 1, and the phases that they belong to.

// the step that is played after one; none after the last, unless playing goes round
export const following = (step, last, loop) => {
  if (step < last) return step + 1;
  return loop ? 1 : null;
};

export const within = (step, last) => Math.max(1, Math.min(last, step));

// a step that Python names may be only the answer to one reported, perhaps overtaken by now: what is left to be
// answered then, or null
export const unanswered = (reported, step) => {
  const at = reported.indexOf(step);
  return at < 0 ? null : reported.slice(at + 1);
};

// [phase, number of its steps], in the order in which they begin
export const lengths = (phases) => {
  const counts = new Map();
  for (const phase of phases) counts.set(phase, (counts.get(phase) ?? 0) + 1);
  return [...counts];
};

// the first step, counted from 1, of each phase: [phase, step]
export const beginnings = (phases) =>
  phases.map((phase, index) => [phase, index + 1]).filter(([phase, step]) => phases.indexOf(phase) === step - 1);
