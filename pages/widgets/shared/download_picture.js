// Has the browser draw a figure as an image: shown as SVG, saved as SVG or as PNG of twice the size.
import { mount } from "./mount.js";
import { plotly } from "./plotly.js";

const drawn = async ({ data, layout }, format, scale = 1) => {
  const { width, height } = layout;
  return (await plotly()).toImage({ data, layout }, { format, width, height, scale });
};

const save = (address, name) => Object.assign(document.createElement("a"), { href: address, download: name }).click();

const begin = (root, life) => {
  const image = root.querySelector("img");
  const saves = async ({ figure, name }, format) =>
    save(await drawn(figure, format, format === "png" ? 2 : 1), `${name}.${format}`);
  return {
    async update(data, after) {
      const { width, height } = data.figure.layout;
      Object.assign(image, { alt: data.alt, width, height });
      for (const button of root.querySelectorAll("button"))
        button.onclick = () => life.attempt("save", () => saves(data, button.dataset.format));
      image.src = await after(drawn(data.figure, "svg"));
    },
  };
};

export default mount(".picture", begin);
