// A text that a button copies, or that is selected for copying by hand.
import { copied } from "./copying.js";
import { pause } from "./pause.js";

export default function ({ parentElement, data }) {
  const [label, field, button, said] = ["label", "input", "button", "output"].map((tag) =>
    parentElement.querySelector(tag),
  );
  label.textContent = data.label;
  field.setAttribute("aria-label", data.label);
  field.value = data.text;
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy: ${data.label}`);
  field.onfocus = () => field.select();
  button.onclick = async () => {
    try {
      await copied(field);
      said.textContent = "Copied.";
    } catch {
      field.focus();
      said.textContent = "Press Ctrl+C or ⌘C to copy.";
    }
    await pause(2500);
    said.textContent = "";
  };
}
