// Points of one's own as a browser knows them before Python has answered: rows of a table, of which some are whole.
// places: the texts of a row stand at p.<row>.<column>, rows and columns counted from 1
const placesOf = (row, texts) => Object.fromEntries(texts.map((text, index) => [`p.${row}.${index + 1}`, text]));

// a number with as many digits as a step in the picture is worth
export const rounded = (value, reach) => {
  const digits = Math.min(12, Math.max(0, Math.ceil(-Math.log10(reach / 400))));
  return Number(value.toFixed(digits));
};

export class OwnPoints {
  // make(edit) hands an edit over
  constructor(make) {
    Object.assign(this, { make, points: [], rows: 0, columns: 2, target: "", most: 0 });
  }

  // points: {row, x, y}; rows: how many there are, whole or not; target: the text of the third column, if there is one
  load({ points, rows, columns, target, most }) {
    Object.assign(this, { points: points.map((point) => ({ ...point })), rows, columns, target, most });
  }

  get full() {
    return this.rows >= this.most;
  }

  add(x, y) {
    if (this.full) return null;
    this.rows += 1;
    const point = { row: this.rows, x, y };
    this.points.push(point);
    const texts = [String(x), String(y), ...(this.columns > 2 ? [this.target] : [])];
    this.make({ texts: placesOf(point.row, texts) });
    return point;
  }

  // tells where a point is that was moved
  put(point) {
    this.make({ texts: placesOf(point.row, [String(point.x), String(point.y)]) });
  }

  // the rows below move up
  remove({ row }) {
    this.points = this.points.filter((point) => point.row !== row);
    for (const point of this.points) if (point.row > row) point.row -= 1;
    this.rows -= 1;
    this.make({ texts: placesOf(row, Array(this.columns).fill("")) });
  }
}
