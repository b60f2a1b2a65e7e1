// Says when what was typed has been under way for long, or has no server to go to.
import { away } from "../shared/connection.js";
import { made } from "../shared/elements.js";
import { announce } from "../shared/signals.js";

// in ms: how long an answer may take until something is said, and how often that is looked at
const [LONG, OFTEN] = [4000, 500];
const SLOW = "No answer from the server yet. What you typed stays here until there is one.";
const GONE = "There is no connection to the server. What you typed stays here, and is sent when it is back.";

export class Waiting {
  // idle() says whether nothing is under way
  constructor(root, idle) {
    Object.assign(this, { idle, words: made("p", { className: "waiting", hidden: true }), timer: null });
    this.words.setAttribute("role", "status");
    root.append(this.words);
  }

  begin() {
    if (this.timer) return;
    this.since = performance.now();
    announce("waiting", { of: this, on: true });
    this.timer = setInterval(() => this.look(), OFTEN);
  }

  look() {
    if (this.idle()) this.end();
    else if (away()) this.say(GONE);
    else if (performance.now() - this.since > LONG) this.say(SLOW);
  }

  say(words) {
    if (this.words.textContent !== words) Object.assign(this.words, { textContent: words });
    this.words.hidden = !words;
  }

  end() {
    if (this.timer) announce("waiting", { of: this, on: false });
    clearInterval(this.timer);
    this.timer = null;
    this.say("");
  }
}
