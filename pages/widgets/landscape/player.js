// Steps through a walk over the loss, and tells Python which step it rests on.
import { mount } from "../shared/mount.js";
import { unpackedJson } from "../shared/packed.js";
import { plotly } from "../shared/plotly.js";
import { transport } from "../shared/transport.js";
import { onWidth } from "../shared/width.js";
import { Walk } from "./walk.js";

const begin = (root, life) => {
  const walk = new Walk(root);
  const controls = transport(root, {
    draw: (step) => walk.draw(step, controls.playing),
    report: (step) => life.tell("step", step - 1),
    attempt: life.attempt,
    pace: () => 160,
    from: 0,
  });
  const unwatch = onWidth(root, () => walk.resize());
  let fresh = true;
  return {
    async update(data, after) {
      const Plotly = await after(plotly((words) => life.say("library", words)));
      const stepped = await after(unpackedJson(data.walk));
      controls.stop();
      controls.load(
        stepped.titles,
        stepped.titles.map(() => "steps"),
      );
      await walk.load(Plotly, stepped, after);
      await after(controls.go(fresh ? 1 : controls.step));
      fresh = false;
    },
    end() {
      controls.stop();
      unwatch();
    },
  };
};

export default mount(".terrain", begin, (data) => data.walk);
