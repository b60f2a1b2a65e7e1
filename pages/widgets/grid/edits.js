// Edits on their way to Python: those without an answer are sent again with the next one, so that none is lost.
export class Edits {
  // send(message) hands a message over
  constructor(send) {
    Object.assign(this, {
      send,
      client: crypto.getRandomValues(new Uint32Array(1))[0].toString(36),
      last: 0,
      open: [],
    });
  }

  // edits with the same gesture are undone together
  make(edit, gesture = this.last + 1) {
    this.last += 1;
    this.open.push({ id: this.last, gesture, ...edit });
    this.tell();
    return this.last;
  }

  // drops what is answered; of many edits at once Python takes some, and the others are sent again
  answer({ client, last }) {
    if (client !== this.client) return;
    const rest = this.open.filter(({ id }) => id > last);
    const progress = rest.length < this.open.length;
    this.open = rest;
    if (progress && rest.length) this.tell();
  }

  tell() {
    this.send({ client: this.client, edits: [...this.open] });
  }

  // the text that was given for a place and has no answer yet
  given(place) {
    return this.open.findLast(({ texts }) => texts && place in texts)?.texts[place];
  }

  get idle() {
    return this.open.length === 0;
  }
}
