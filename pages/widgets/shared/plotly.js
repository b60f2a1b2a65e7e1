// Streamlit's own Plotly, there as soon as a chart on the page has loaded.
import { pause } from "./pause.js";

export const plotly = async () => {
  for (let tries = 0; tries < 400; tries += 1) {
    if (window.Plotly) return window.Plotly;
    await pause(50);
  }
  throw new Error("The drawing library did not load. Reload the page to try again.");
};
