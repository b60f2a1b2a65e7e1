// The life of a component: it begins with the first data for an element and ends when the element goes.
const lives = new WeakMap();
// thrown to leave an update that nobody waits for any more
const OVERTAKEN = Symbol("overtaken");

class Life {
  constructor(root, begin) {
    Object.assign(this, { root, problems: new Map(), queue: Promise.resolve() });
    this.part = begin(root, this);
  }

  // tells Python; Streamlit hands over new functions with each data
  tell = (name, value) => this.component.setStateValue(name, value);
  trigger = (name, value) => this.component.setTriggerValue(name, value);

  // does something, and shows what went wrong with it until it goes right
  attempt = async (what, act) => {
    try {
      await act();
      this.problems.delete(what);
    } catch (error) {
      this.problems.set(what, error);
    }
    this.show();
  };

  // shows words in the place of problems, until there are none
  say = (what, words) => {
    if (words === (this.problems.get(what) ?? "")) return;
    if (words) this.problems.set(what, words);
    else this.problems.delete(what);
    this.show();
  };

  show() {
    const words = [...this.problems.values()].map((error) => error?.message ?? String(error));
    Object.assign(this.root.querySelector(".problem"), { textContent: words.join(" "), hidden: !words.length });
  }

  take(component, news) {
    this.component = component;
    if (news !== this.news) {
      this.news = news;
      this.queue = this.queue.then(() => this.update(component.data, news));
    }
    // Streamlit ends a call that is overtaken too, at times before the next one comes: an element that stands lives on
    return () => component === this.component && !this.root.isConnected && this.end();
  }

  async update(data, news) {
    const after = async (promise) => {
      const value = await promise;
      if (news !== this.news || !this.root.isConnected) throw OVERTAKEN;
      return value;
    };
    try {
      await after();
      await after(this.part.update(data, after));
      this.problems.clear();
      this.root.dataset.ready = "true";
    } catch (error) {
      if (error === OVERTAKEN || news !== this.news) return;
      this.problems.set("update", error);
      // the same data is tried again
      this.news = OVERTAKEN;
    }
    this.show();
  }

  end() {
    this.news = OVERTAKEN;
    lives.delete(this.root);
    this.part.end?.();
  }
}

// Returns what Streamlit calls with each data. begin(root, life) gives, once, update(data, after) and, if there is
// something to end, end(). One update is drawn after the other; of those that come meanwhile, only the newest is. An
// update awaits `after(promise)`, which goes no further when newer data has come or the element has gone.
// said(data): what the data says; the same as before is no news.
export const mount =
  (selector, begin, said = (data) => data) =>
  (component) => {
    const root = component.parentElement.querySelector(selector);
    if (!lives.has(root)) lives.set(root, new Life(root, begin));
    return lives.get(root).take(component, said(component.data));
  };
