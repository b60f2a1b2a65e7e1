// Copies the text of a field; it throws where it is left to be copied by hand, selected.
export const copied = async (field) => {
  // without HTTPS a browser offers no clipboard, but still the old command
  if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
  else if (field.select() || !document.execCommand("copy")) throw new Error("refused");
};
