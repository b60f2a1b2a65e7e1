// Has the browser draw a figure as an image: shown as SVG, saved as SVG or as PNG of twice the size.
import { mount } from "./mount.js";
import { plotly } from "./plotly.js";

const drawn = (Plotly, { data, layout }, format, scale = 1) => {
  const { width, height } = layout;
  return Plotly.toImage({ data, layout }, { format, width, height, scale });
};

const save = (address, name) => Object.assign(document.createElement("a"), { href: address, download: name }).click();

const begin = (root, life) => {
  const image = root.querySelector("img");
  const library = () => plotly((words) => life.say("library", words));
  const saves = async ({ figure, name }, format) =>
    save(await drawn(await library(), figure, format, format === "png" ? 2 : 1), `${name}.${format}`);
  return {
    async update(data, after) {
      const { width, height } = data.figure.layout;
      Object.assign(image, { alt: data.alt, width, height });
      for (const button of root.querySelectorAll("button"))
        button.onclick = () => life.attempt("save", () => saves(data, button.dataset.format));
      image.src = await after(drawn(await after(library()), data.figure, "svg"));
    },
  };
};

export default mount(".picture", begin);
