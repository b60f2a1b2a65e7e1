// What the file of all scripts ends with (served.py): it is run before Streamlit's, as often as a page is opened.
export const arrive = (version, scripts) => {
  window.backpropScripts = { ...window.backpropScripts, [version]: scripts };
  window.dispatchEvent(new CustomEvent("backprop:scripts"));
  // As long as the browser is open, its next pages can be drawn as for one that has all files.
  // biome-ignore lint/suspicious/noDocumentCookie: the newer interface exists under HTTPS only
  document.cookie = `opened=${/\bopened=/.test(document.cookie) ? "again" : "once"}; path=/; samesite=lax`;
};
