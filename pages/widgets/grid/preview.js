// A number that is being typed, told as one that is dragged is: where a picture follows, it is there before Enter.
import { announce, hear } from "../shared/signals.js";

// in ms: a picture that has not come by then is not waited for
const PATIENCE = 200;

export class Preview {
  constructor(signal) {
    hear("answered", (answered) => this.answered(answered), signal);
  }

  // first: the text at hand; text: what stands in the field by now
  type(place, first, text) {
    if (this.place !== place) this.end();
    if (!this.place) this.tell("begin", place, first);
    this.known = null;
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

  answered({ place, text }) {
    if (place !== this.place || text !== this.text) return;
    this.known = text;
    this.go?.();
  }

  // Acts once the picture shows what was typed: it is there in a third of the time that an edit takes. What else is
  // done on the page does not overtake it.
  afterwards(act) {
    this.go?.();
    if (!this.place || this.known === this.text) return act();
    const waits = new AbortController();
    this.go = () => {
      this.go = null;
      waits.abort();
      act();
    };
    setTimeout(() => waits.signal.aborted || this.go(), PATIENCE);
    for (const kind of ["pointerdown", "keydown", "focusout", "pagehide"])
      window.addEventListener(kind, () => this.go?.(), { capture: true, signal: waits.signal });
  }

  tell(phase, place, text) {
    announce("drag", { phase, place, text, typed: true });
  }
}
