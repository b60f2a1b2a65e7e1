// Whether the reader asked for less motion.
export const reduced = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
