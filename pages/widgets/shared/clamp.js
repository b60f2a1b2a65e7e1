// The number nearest to a value from low to high; low, where that is the larger one.
export const clamp = (value, low, high) => Math.max(low, Math.min(value, Math.max(low, high)));
