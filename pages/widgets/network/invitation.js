// The line that invites a visitor to begin; it goes away with the first thing that is done.

export class Invitation {
  constructor(root, tour) {
    const line = root.querySelector(".invitation");
    Object.assign(this, { line, tour, words: line.querySelector("span"), offer: line.querySelector(".guide") });
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
    const words = step === 1 && this.text ? this.text : "";
    const offered = this.tour.offered && this.opening !== undefined;
    this.line.hidden = this.left || !(words || offered);
    this.words.textContent = words || "New here?";
    this.offer.hidden = !offered;
  }

  get shown() {
    return !this.line.hidden;
  }

  leave() {
    if (this.left) return;
    this.left = true;
    this.line.hidden = true;
    this.tour.seen();
  }
}
