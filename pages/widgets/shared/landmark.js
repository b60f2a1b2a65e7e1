// The navigation as a landmark with a current page: a container of Streamlit's has no role, and its links have no state.
import { patience } from "./patience.js";

const marked = (navigation, page) => {
  navigation.setAttribute("role", "navigation");
  navigation.setAttribute("aria-label", "Pages");
  const links = [...navigation.querySelectorAll("a")];
  for (const link of links) link.removeAttribute("aria-current");
  const current = links.find((link) => link.textContent.trim() === page);
  if (!current) return;
  current.setAttribute("aria-current", "page");
  // on a phone not all links are seen
  const { left, width } = current.getBoundingClientRect();
  const box = navigation.getBoundingClientRect();
  if (left < box.left || left + width > box.right - 32) navigation.scrollLeft += left - box.left - 32;
};

export default function ({ data, parentElement }) {
  patience();
  const navigation = parentElement.closest(".st-key-navigation");
  const mark = () => marked(navigation, data.page);
  // links that are drawn anew have lost it
  const watch = new MutationObserver(mark);
  watch.observe(navigation, { childList: true, subtree: true });
  mark();
  return () => watch.disconnect();
}
