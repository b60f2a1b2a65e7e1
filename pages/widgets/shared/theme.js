// The theme that is seen. Streamlit changes its own colours without a run, and figures would keep those of before.
const DARK = 128;

const seen = (app) => {
  const [red, green, blue] = getComputedStyle(app).backgroundColor.match(/\d+/g).map(Number);
  return (red + green + blue) / 3 < DARK ? "dark" : "light";
};

// changed(theme) is called when the app has come to another colour, which frame.css lets it do as a transition; paper has
// colours of its own
export const watchTheme = (app, changed) =>
  app.addEventListener("transitionend", ({ target, propertyName }) => {
    if (target !== app || propertyName !== "background-color" || window.matchMedia("print").matches) return;
    changed(seen(app));
  });
