// The rectangle of fields that is marked to be copied: from the one with the focus to another of its table.
import { block } from "./blocks.js";
import { between, moved } from "./moves.js";
import { position } from "./tables.js";

export class Marked {
  fields = [];

  // a mark begins anew at a field
  begin(field) {
    this.mark([]);
    Object.assign(this, { from: field, corner: field });
  }

  // the corner moves as a key leads
  extend(key) {
    const { rows, at } = position(this.corner);
    const [row, column] = moved(key, at, [rows.length, rows[0].length]);
    this.corner = rows[row][column];
    this.mark(this.rectangle().flat());
  }

  rectangle() {
    const { rows, at } = position(this.from);
    return between(at, position(this.corner).at).map((row) => row.map(([r, c]) => rows[r][c]));
  }

  mark(fields) {
    for (const field of this.fields) field.classList.remove("marked");
    this.fields = fields;
    for (const field of fields) field.classList.add("marked");
  }

  // as text; nothing of a single field, of which a part can be selected
  get text() {
    return this.fields.length < 2 ? null : block(this.rectangle().map((row) => row.map(({ value }) => value)));
  }
}
