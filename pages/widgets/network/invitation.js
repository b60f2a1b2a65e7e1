// The line that invites a visitor to begin; it goes away with the first thing that is done.

export class Invitation {
  // gone() is called when it goes away
  constructor(root, tour, gone) {
    const line = root.querySelector(".invitation");
    Object.assign(this, { line, tour, gone, words: line.querySelector("span"), offer: line.querySelector(".guide") });
    this.offer.addEventListener("click", () => this.leave());
    this.left = false;
  }

  // an experiment that was opened invites anew; an edit is something done
  load({ opening, invitation = "" }, fresh) {
    if (opening !== this.opening) this.left = false;
    else if (fresh) this.left = true;
    Object.assign(this, { opening, text: invitation });
  }

  at(step) {
    this.line.hidden = this.left || step !== 1 || !this.text;
    this.words.textContent = this.text;
    this.offer.hidden = !this.tour.offered;
  }

  get shown() {
    return !this.line.hidden;
  }

  leave() {
    if (this.shown) this.tour.seen();
    this.left = true;
    this.line.hidden = true;
    this.gone();
  }
}
