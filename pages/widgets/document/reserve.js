// The room that is kept for the sidebar until it is drawn (frame.css) is as wide as this browser's reader has made it.
(() => {
  const { style } = document.documentElement;
  try {
    const { sidebarWidth, "stSidebarCollapsed-": collapsed } = window.localStorage;
    const width = collapsed === "true" ? 0 : sidebarWidth;
    if (width !== undefined) style.setProperty("--sidebar", `${width}px`);
  } catch {
    // where nothing is kept, it has the width that it has at first
  }
})();
