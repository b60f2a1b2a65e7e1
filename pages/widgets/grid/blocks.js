// Blocks of numbers on their way from and to a spreadsheet.

// whether a pasted text is more than one number; one comma alone may be a decimal one
export const isBlock = (text) => /[[\t;\n]|,\s|,[^,]*,|,[^,]*\.|\.[^,]*,/.test(text.trim());

// rows of texts, as a spreadsheet takes them
export const block = (rows) => rows.map((row) => row.join("\t")).join("\n");
