// Tables of numbers, each with its fields.
import { mount } from "../shared/mount.js";
import { Fields } from "./fields.js";

const begin = (root, life) => {
  const fields = new Fields(root, (message) => life.tell("edits", message));
  return {
    update: async (data) => fields.load(data),
    end: () => fields.end(),
  };
};

export default mount(".numbers", begin);
