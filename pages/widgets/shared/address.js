// what the server writes by itself: the network, and what is shown of it
export const WRITTEN = ["preset", "net", "step", "detail", "example", "notation"];

// The address with a parameter set to a value, or without it.
export const withParameter = (address, name, value) => {
  const url = new URL(address);
  if (value === null) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  return url.href;
};

// Sets a parameter of the page's own address, or takes it out, without another entry in the history. In a frame it stays
// as it is: the address that people see is that of the page around.
export const note = (name, value) => {
  if (window.parent !== window) return;
  window.history.replaceState(window.history.state, "", withParameter(window.location.href, name, value));
};

const written = ({ searchParams }) => WRITTEN.map((name) => searchParams.get(name));

// The address as the server wants it; as it is, if it is not that which was opened any more.
export const completed = (address, { opened, whole }) => {
  const url = new URL(address);
  const expected = new URLSearchParams(opened);
  if (String(written(url)) !== String(written({ searchParams: expected }))) return address;
  for (const name of WRITTEN) url.searchParams.delete(name);
  for (const [name, value] of Object.entries(whole)) url.searchParams.set(name, value);
  return url.href;
};
