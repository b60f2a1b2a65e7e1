// The examples that are chosen, as a browser knows them before Python has answered: rows of the data, counted from 0.
export class Choice {
  // tell(rows) hands them over, as words
  constructor(tell) {
    Object.assign(this, { tell, rows: [], most: 0, sample: null, told: null });
  }

  get full() {
    return this.rows.length >= this.most;
  }

  // chosen: what Python was told last; sample: what tells the data from others
  load({ chosen, sample, most }) {
    const late = this.told !== null && this.told !== chosen && sample === this.sample;
    Object.assign(this, { most, sample });
    // what is on its way stays as it is here
    if (late) return;
    this.told = null;
    this.rows = chosen ? chosen.split(" ").map(Number) : [];
  }

  // whether the row is among them now; null where there is no room for it
  toggle(row) {
    const taken = !this.rows.includes(row);
    if (taken && this.full) return null;
    this.#put(taken ? [...this.rows, row] : this.rows.filter((other) => other !== row));
    return taken;
  }

  clear() {
    this.#put([]);
  }

  #put(rows) {
    this.rows = rows;
    this.told = rows.join(" ");
    this.tell(this.told);
  }
}
