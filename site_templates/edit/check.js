// What is wrong with a file, as far as the form alone tells, and what changed in it, in words. The rules are those of
// the JSON Schema and of the few sums in edit/form.js, both made from the same model as `check`.
window.formCheck = (() => {
  const { amount, copy, headings, mark, schemas, sums, trees } = editing;
  const MARK = mark.trim();

  // ---- the schema
  const resolved = (schema, root) => { while (schema.$ref) schema = root.definitions[schema.$ref.split("/").at(-1)]; return schema; };
  const options = (schema, root) => { const one = resolved(schema, root); return one.anyOf ? one.anyOf.flatMap((each) => options(each, root)) : [one]; };
  const shape = (data) => (data === null ? "null" : typeof data === "string" ? "string" : Array.isArray(data) ? "array" : "object");
  const types = (option) => [option.type ?? "string"].flat();
  const fitting = (schema, root, data) => options(schema, root).find((option) => types(option).includes(shape(data)));
  const needed = (option) => (option.allOf ?? []).flatMap((part) => part.required ?? []);
  // What an entry says that may be written in one line: of an indicator the target value, of a result the actual one.
  const main = (option) => needed(option)[0] ?? Object.keys(option.properties)[0];
  const MAIN = Object.keys(trees).map((kind) => main(Object.values(schemas[kind].definitions).flatMap((one) => one.anyOf ?? []).find((one) => one.properties)));

  const at = (data, path) => path.reduce((found, key) => (Array.isArray(found) ? found[key] : found instanceof Map ? found.get(key) : undefined), data);
  const isMarked = (data) => typeof data === "string" && data.startsWith(MARK);
  const unmarked = (data) => (isMarked(data) ? data.slice(MARK.length).trim() : data);

  const isToCopy = (data) => isMarked(data) && ["", copy].includes(unmarked(data)); // nothing is there yet

  // ---- what is wrong: a list of {path, code, words}
  const isHeading = (path) => path.slice(0, -1).some((key) => Object.values(trees).includes(key));
  const check = (kind, data) => {
    const root = schemas[kind], found = [];
    const say = (path, code, words) => found.push({ path, code, words });
    const walk = (schema, value, path) => {
      if (isMarked(value)) {
        say(path, "F209", isToCopy(value) ? "这里还没有填。照表填写。" : "这个值还没有确认。对照原表核对，改正或按“确认”。");
        if (isToCopy(value)) return; // one message is enough
        value = unmarked(value);
      }
      const option = fitting(schema, root, value);
      if (!option) return say(path, types(options(schema, root)[0]).includes("string") || (value === null && !isHeading(path)) ? "F204" : "F203", value === null ? "这里空着。填写内容；表上没有这一项就删去，没有数字时写“未公开”。" : resolved(schema, root).errorMessage ?? "这里的结构与表不同。");
      if (typeof value === "string") {
        if (!value.trim()) say(path, "F204", "这里只有空格。填写内容；原表这一格空白时写“未公开”。");
        else if (option.enum && !option.enum.includes(value)) say(path, "F210", option.errorMessage);
        else if (option.pattern && !new RegExp(option.pattern, "u").test(value)) say(path, "F204", option.patternErrorMessage);
      } else if (Array.isArray(value)) {
        value.forEach((one, place) => walk(option.items, one, [...path, place]));
      } else if (value instanceof Map) {
        for (const part of option.allOf ?? []) for (const label of part.required) if (!value.has(label)) say(path, "F202", part.errorMessage);
        for (const [key, one] of value) {
          const below = option.properties?.[key] ?? option.additionalProperties;
          if (below) walk(below, one, [...path, key]);
          else say([...path, key], "F201", `这里没有“${key}”这一项。`);
        }
      }
    };
    walk(root, data, []);
    if (kind === "declaration") unknownHeadings(data, say);
    const isSound = (part) => !found.some(({ path, code }) => path[0] === part && code !== "F209"); // one fault, one report
    for (const sum of sums[kind] ?? []) if (isSound(sum.at[0]) && !isAnswered(data, sum.code)) addsUp(data, sum, say);
    return found;
  };

  const unknownHeadings = (data, say) => {
    const targets = data?.get?.(trees.declaration);
    if (!(targets instanceof Map)) return;
    for (const [first, below] of targets) {
      const known = Object.hasOwn(headings, first) ? headings[first] : null;
      if (!known) say([trees.declaration, first], "F205", `“${first}”不是一级目标的标题。表上有：${Object.keys(headings).join("、")}。`);
      else if (below instanceof Map) for (const second of below.keys()) if (!known.includes(second)) say([trees.declaration, first, second], "F205", `“${second}”不是“${first}”下的二级目标的标题。表上有：${known.join("、")}。`);
    }
  };

  // ---- sums, in whole 分
  const NUMBER = new RegExp(amount);
  const cents = (text) => { const [whole, part = ""] = text.replaceAll(",", "").split("."); return BigInt(whole + part.padEnd(2, "0")); };
  const money = (value) => { const digits = String(value).padStart(3, "0"); return `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${digits.slice(-2)}`; };
  const leaves = (data) => (data instanceof Map ? [...data.values()].flatMap(leaves) : [unmarked(data)]);
  const addsUp = (data, sum, say) => {
    const parts = sum.parts.map((path) => at(data, path)).filter((part) => part !== undefined), total = unmarked(at(data, sum.total));
    if (!parts.length || typeof total !== "string" || !NUMBER.test(total)) return;
    const lines = parts.flatMap(leaves).filter((line) => typeof line === "string"), numbers = lines.filter((line) => NUMBER.test(line));
    const stated = numbers.reduce((all, line) => all + cents(line), 0n), gap = stated - cents(total);
    if (gap <= 0n && (gap === 0n || numbers.length < lines.length)) return;
    const told = { sum: money(stated), total, gap: money(gap < 0n ? -gap : gap) };
    say(sum.at, sum.code, sum.words.replace(/\{(\w+)\}/g, (_, name) => told[name]));
  };
  const isAnswered = (data, code) => { const answers = at(data, ["说明事项"]); return Array.isArray(answers) && answers.some((one) => at(one, ["规则"]) === code); };

  // ---- what changed, in words; a value that waits for confirmation counts as the value
  const clean = (data) => (data instanceof Map ? new Map([...data].map(([key, value]) => [key, clean(value)])) : Array.isArray(data) ? data.map(clean) : unmarked(data));
  const same = (one, other) => JSON.stringify(listed(one)) === JSON.stringify(listed(other));
  const listed = (data) => (data instanceof Map ? [...data].map(([key, value]) => [key, listed(value)]) : Array.isArray(data) ? data.map(listed) : data);
  const called = (path) => `“${path.map((key) => (typeof key === "number" ? `第 ${key + 1} 项` : key)).join("›")}”`;
  const told = (data) => (data === null ? "空着" : typeof data === "string" ? `“${data}”` : leaves(data instanceof Map ? data : new Map(data.entries())).map(told).join("、"));
  const MOST = 60, AROUND = 20;
  const cut = (text, from) => (text.length <= MOST ? text : `${from > AROUND ? "……" : ""}${text.slice(Math.max(0, from - AROUND), from + MOST - AROUND)}${from + MOST - AROUND < text.length ? "……" : ""}`);
  const become = (old, now) => {
    let from = 0;
    while (from < old.length && old[from] === now[from]) from += 1;
    return `由“${cut(old, from)}”改为“${cut(now, from)}”`;
  };
  const differences = (old, now) => compare(clean(old), clean(now), []);
  const compare = (before, after, path) => {
    const old = inFull(before, after), now = inFull(after, before);
    if (same(old, now)) return [];
    if (typeof old === "string" && typeof now === "string") return [`${called(path)}${become(old, now)}`];
    if (old instanceof Map && now instanceof Map) {
      const gone = [...old.keys()].filter((key) => !now.has(key)), come = [...now.keys()].filter((key) => !old.has(key));
      const slot = (data, others, key) => [...data.keys()].filter((one) => others.has(one) || one === key).indexOf(key); // among what stayed
      const renamed = new Map(), taken = new Set();
      for (const key of gone) {
        const name = come.find((one) => !taken.has(one) && slot(old, now, key) === slot(now, old, one) && same(unsaid(old.get(key)), unsaid(now.get(one))));
        if (name !== undefined) { renamed.set(key, name); taken.add(name); }
      }
      return [
        ...[...renamed].map(([key, name]) => `${called([...path, key])}改名为“${name}”`),
        ...gone.filter((key) => !renamed.has(key)).map((key) => `删去${called([...path, key])}：${told(old.get(key))}`),
        ...[...now].flatMap(([key, value]) => (old.has(key) ? compare(old.get(key), value, [...path, key]) : taken.has(key) ? [] : [`增加${called([...path, key])}：${told(value)}`])),
      ];
    }
    if (Array.isArray(old) && Array.isArray(now)) {
      if (old.length === now.length) return now.flatMap((value, place) => compare(old[place], value, [...path, place]));
      const less = (some, others) => some.filter((one) => !others.some((other) => same(one, other)));
      return [...less(old, now).map((value) => `删去${called(path)}中的一项：${told(value)}`), ...less(now, old).map((value) => `增加${called(path)}的一项：${told(value)}`)];
    }
    return [`${called(path)}由${told(old)}改为${told(now)}`];
  };
  // One line where the other file says more: the same entry, written in full.
  const inFull = (value, other) => { const key = typeof value === "string" && other instanceof Map && MAIN.find((one) => other.has(one)); return key ? new Map([[key, value]]) : value; };
  // With its former name or without: the same when an indicator is renamed.
  const unsaid = (value) => {
    if (!(value instanceof Map)) return value;
    const rest = new Map([...value].filter(([key]) => key !== "原名"));
    return rest.size === 1 && MAIN.includes([...rest.keys()][0]) ? [...rest.values()][0] : rest;
  };

  return { check, differences, options, fitting, needed, main, at, isMarked, isToCopy, unmarked };
})();
