// Completes the address of the entry of the browser's history in which the app was opened.
import { completed } from "./address.js";

export default function ({ data }) {
  if (!data) return;
  const { history, location } = window;
  history.replaceState(history.state, "", completed(location.href, data));
}
