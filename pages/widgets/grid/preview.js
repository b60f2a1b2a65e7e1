// A number that is being typed, told as one that is dragged is: where a picture follows, it is there before Enter.
import { announce } from "../shared/signals.js";

export class Preview {
  // first: the text at hand; text: what stands in the field by now
  type(place, first, text) {
    if (this.place !== place) this.end();
    if (!this.place) this.tell("begin", place, first);
    this.tell("move", place, text);
    Object.assign(this, { place, first, text });
  }

  // it is taken as it is, or with the text at hand given back
  end(text = this.text) {
    if (!this.place) return;
    if (text !== this.text) this.tell("move", this.place, text);
    this.tell("end", this.place, text);
    this.place = null;
  }

  back() {
    this.end(this.first);
  }

  tell(phase, place, text) {
    announce("drag", { phase, place, text, typed: true });
  }
}
