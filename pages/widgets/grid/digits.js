// Numbers that are stepped: by their last digit, or where they have many digits, by the third.
const MANY = 6;
const SMALLEST = 1e-300;

const decimals = (text) => {
  const [mantissa, exponent = "0"] = text.toLowerCase().split("e");
  return (mantissa.split(".")[1] ?? "").length - Number(exponent);
};

const digits = (text) =>
  text
    .toLowerCase()
    .split("e")[0]
    .replace(/[^0-9]/g, "")
    .replace(/^0+/, "").length;

// the power of ten, as its exponent, by which a number is stepped
export const place = (text) => {
  const value = Math.abs(Number(text));
  if (value < SMALLEST) return Math.min(-decimals(text), -1);
  if (digits(text) <= MANY) return -decimals(text);
  return Math.floor(Math.log10(value)) - 2;
};

// a number, as text, after so many steps of 10^exponent; on the grid of the steps, and without the noise of binary
export const stepped = (text, steps, exponent = place(text)) => {
  const whole = Math.round(Number(`${Number(text)}`) * 10 ** -exponent) + steps;
  const value = Number(`${whole}e${exponent}`);
  return Number.isFinite(value) ? String(value) : text;
};

// the number with its sign changed
export const negated = (text) => {
  const value = text.trim();
  return /^[-−]/.test(value) ? value.slice(1) : `-${value}`;
};
