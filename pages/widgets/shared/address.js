// The address with a parameter set to a value.
export const withParameter = (address, name, value) => {
  const url = new URL(address);
  url.searchParams.set(name, value);
  return url.href;
};
