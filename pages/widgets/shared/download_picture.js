// Has the browser draw a figure as an image: shown as SVG, saved as SVG or as PNG of twice the size.
import { plotly } from "./plotly.js";

const drawn = async (figure, format, scale = 1) => {
  const { width, height } = figure.layout;
  return (await plotly()).toImage({ data: figure.data, layout: figure.layout }, { format, width, height, scale });
};

const save = (address, name) => Object.assign(document.createElement("a"), { href: address, download: name }).click();

export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".picture");
  const image = root.querySelector("img");
  const problem = root.querySelector(".problem");
  const complain = (error) => Object.assign(problem, { textContent: error.message, hidden: false });
  const { width, height } = data.figure.layout;
  Object.assign(image, { alt: data.alt, width, height });
  const turn = (root.dataset.turn = String(Number(root.dataset.turn ?? 0) + 1));
  drawn(data.figure, "svg")
    .then((address) => {
      if (root.dataset.turn !== turn) return;
      image.src = address;
      root.dataset.ready = "true";
    })
    .catch(complain);
  for (const button of root.querySelectorAll("button")) {
    const { format } = button.dataset;
    button.onclick = () =>
      drawn(data.figure, format, format === "png" ? 2 : 1)
        .then((address) => save(address, `${data.name}.${format}`))
        .catch(complain);
  }
}
