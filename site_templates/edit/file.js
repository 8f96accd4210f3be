// A YAML file as text. An edit changes only the characters that it must: comments, order, quotes and 0.00 stay.
// Values are text, Map (in the file's order), array, or null where nothing stands; a path is an array of keys and places.
window.yamlFile = (() => {
  const { Document, isMap, isScalar, isSeq, parseDocument } = YAML;
  const AS_TEXT = { schema: "failsafe" }; // no type is guessed
  const ONE_LINE = { lineWidth: 0, singleQuote: true };

  // ---- reading
  const isBlank = (node) => !node || (isScalar(node) && node.type === "PLAIN" && node.source === "");
  const plain = (node) => {
    if (isMap(node)) return new Map(node.items.map((pair) => [String(pair.key.value), plain(pair.value)]));
    if (isSeq(node)) return node.items.map(plain);
    return isBlank(node) ? null : String(node.value);
  };
  const kept = new Map(); // the last texts that were parsed: each key that is pressed asks for the same few
  const parse = (text) => {
    const document = kept.get(text) ?? parseDocument(text, AS_TEXT);
    kept.delete(text);
    kept.set(text, document);
    if (kept.size > 4) kept.delete(kept.keys().next().value);
    return document;
  };
  const read = (text) => {
    const document = parse(text);
    const lines = document.errors.map((error) => text.slice(0, error.pos[0]).split("\n").length);
    return { data: document.errors.length ? null : plain(document.contents), faults: [...new Set(lines)] };
  };
  const item = (node, key) => (isMap(node) ? node.items.find((pair) => String(pair.key.value) === key) : isSeq(node) ? node.items[key] : undefined);
  const find = (root, path) => path.reduce((node, key) => { const found = item(node, key); return isMap(node) ? found?.value : found; }, root);

  // ---- writing
  const scalar = (value, inFlow = false) => {
    if (value.includes("\n")) return JSON.stringify(value); // which YAML reads as well
    if (inFlow && /[,[\]{}]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
    return new Document({ k: value }, AS_TEXT).toString(ONE_LINE).slice("k: ".length, -1);
  };
  const block = (value, indent) => { // what follows a colon or a dash
    const line = "\n" + " ".repeat(indent);
    if (value === null || value === "") return "";
    if (typeof value === "string") return " " + scalar(value);
    if (Array.isArray(value)) return value.length ? value.map((one) => `${line}-${inItem(one, indent + 2)}`).join("") : " []";
    return [...value].map(([key, one]) => `${line}${scalar(key)}:${block(one, indent + 2)}`).join("");
  };
  const inItem = (value, indent) => (value instanceof Map ? block(value, indent).replace(/^\n */, " ") : block(value, indent));

  // ---- places
  const spliced = (text, from, to, put) => text.slice(0, from) + put + text.slice(to);
  const lineStart = (text, at) => text.lastIndexOf("\n", at - 1) + 1;
  const lineEnd = (text, at) => { const end = text.indexOf("\n", text[at - 1] === "\n" ? at - 1 : at); return end < 0 ? text.length : end; };
  const column = (text, at) => at - lineStart(text, at);
  const end = (node) => {
    if (node.key) return isBlank(node.value) ? node.key.range[1] + 1 : end(node.value);
    return node.items?.length && !node.flow ? end(node.items.at(-1)) : node.range[1];
  };
  // Where an item's value may begin: behind the colon or the dash.
  const head = (text, parent, found) => (isMap(parent) ? text.indexOf(":", found.key.range[1]) + 1 : text.lastIndexOf("-", found.range[0] - 1) + 1);

  // ---- edits: each takes a text and returns the new one
  const set = (text, path, value) => {
    const parent = find(parse(text).contents, path.slice(0, -1));
    return write(text, parent, item(parent, path.at(-1)), value);
  };
  const write = (text, parent, found, value) => {
    const node = isMap(parent) ? found.value : found, isText = typeof value === "string" && value !== "";
    if (isText && isScalar(node) && !isBlank(node)) {
      const breaks = text.slice(...node.range).endsWith("\n") ? "\n" : "";
      return spliced(text, node.range[0], node.range[1], scalar(value, parent.flow) + breaks);
    }
    const from = head(text, parent, found);
    const indent = (isMap(parent) ? column(text, found.key.range[0]) : column(text, from) - 1) + 2;
    const put = parent.flow ? (isText ? ` ${scalar(value, true)}` : "") : isMap(parent) ? block(value, indent) : inItem(value, indent);
    return spliced(text, from, isBlank(node) ? from : end(node), put);
  };

  // Puts a value where there may be none yet; `labels(path)` names the keys of a mapping in their order, if there is one.
  const put = (text, path, value, labels = () => []) => {
    const root = parse(text).contents, above = path.slice(0, -1), key = path.at(-1), parent = find(root, above);
    if (item(parent, key) !== undefined) return set(text, path, value);
    const alone = typeof key === "number" ? [value] : new Map([[key, value]]);
    if (!parent?.items?.length) return above.length ? put(text, above, alone, labels) : text.replace(/\n?$/, "\n") + block(alone, 0).slice(1) + "\n";
    if (parent.flow) return spliced(text, parent.range[1] - 1, parent.range[1] - 1, `, ${isMap(parent) ? `${scalar(key, true)}: ` : ""}${scalar(value ?? "", true)}`);
    const order = labels(above), place = order.indexOf(key);
    const before = place < 0 ? parent.items.at(-1) : parent.items.filter((pair) => order.indexOf(String(pair.key?.value)) < place).at(-1);
    const lines = block(alone, column(text, isMap(parent) ? parent.items[0].key.range[0] : parent.range[0]));
    const first = lineStart(text, parent.range[0]);
    if (!before && !text.slice(first, parent.range[0]).trim()) return spliced(text, first, first, lines.slice(1) + "\n");
    const at = lineEnd(text, end(before ?? parent.items[0]));
    return spliced(text, at, at, lines);
  };

  const remove = (text, path) => {
    const root = parse(text).contents, parent = find(root, path.slice(0, -1)), found = item(parent, path.at(-1));
    if (parent.items.length === 1) return set(text, path.slice(0, -1), isSeq(parent) ? [] : null);
    const place = parent.items.indexOf(found), next = parent.items[place + 1];
    const start = (one) => (one.key ?? one).range[0];
    if (parent.flow) return next ? spliced(text, start(found), start(next), "") : spliced(text, end(parent.items[place - 1]), end(found), "");
    const from = isMap(parent) ? start(found) : text.lastIndexOf("-", found.range[0] - 1);
    if (isMap(parent) && text.slice(lineStart(text, from), from).trim()) return spliced(text, from, start(next), ""); // behind a dash
    return spliced(text, lineStart(text, from), lineEnd(text, end(found)) + 1, "");
  };

  // Changes every text in the file at once: `change(keys, text)` returns the new one. From the end to the beginning, so
  // that the places of what is still to come hold.
  const map = (text, change) => {
    const found = [];
    const walk = (node, path) => {
      for (const [place, one] of (node?.items ?? []).entries()) {
        const here = [...path, isMap(node) ? String(one.key.value) : place], below = isMap(node) ? one.value : one;
        if (isScalar(below) && !isBlank(below)) found.push([node, one, change(here, String(below.value))]);
        else walk(below, here);
      }
    };
    walk(parse(text).contents, []);
    return found.reverse().reduce((made, [parent, one, value]) => write(made, parent, one, value), text);
  };

  const rename = (text, path, name) => {
    const parent = find(parse(text).contents, path.slice(0, -1)), { key } = item(parent, path.at(-1));
    return spliced(text, key.range[0], key.range[1], scalar(name, parent.flow));
  };

  return { read, set, put, remove, rename, map };
})();
