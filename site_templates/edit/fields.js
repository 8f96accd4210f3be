// Draws a file as a form, by its JSON Schema. What a clerk does becomes an edit of the file's text, handed to `actions`:
// type(path, text), change(text => text, path to go to next), remove(path), rename(path, name, what to do if it fails).
window.formFields = (() => {
  const { fitting, main, needed, options, isMarked, isToCopy, unmarked } = formCheck;
  const LONG = 30, SHORT = 14; // characters of a value, of a name, from which the box has several lines
  const LONG_TEXTS = ["主要内容", "理由", "预期目标", "实际完成情况", "原因"]; // have several lines also while they are short
  const IS_AMOUNT = editing.amount.slice(0, -2); // how the pattern of an amount begins
  let root, actions, count;

  const h = (tag, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside.flat().filter((one) => one !== null && one !== undefined));
    return element;
  };
  const labelled = (element, name, value) => { element.setAttribute(name, value); return element; };
  const button = (text, about, press) => labelled(h("button", { type: "button", className: "edit-button", onclick: press }, text), "aria-label", `${text}：${about}`);
  const named = (path) => path.map((key) => (typeof key === "number" ? `第 ${key + 1} 项` : key)).join("，");
  const remove = (path) => button("删去", named(path), () => actions.remove(path));
  const drop = (path) => { const one = remove(path); return Object.assign(one, { textContent: "×", title: "删去" }); }; // where there is little room
  const isList = (option) => option.type === "array";
  const isOpen = (option) => option.type === "object" && typeof (option.additionalProperties ?? false) === "object";
  const option = (schema, data) => (data === null ? undefined : fitting(schema, root, data)) ?? options(schema, root)[0];

  // The labels of a mapping in the form's order, for new entries.
  const labels = (path) => {
    let schema = root;
    for (const key of path) {
      const one = options(schema, root).find((each) => each.properties || each.items || isOpen(each)) ?? {};
      schema = typeof key === "number" ? one.items : one.properties?.[key] ?? one.additionalProperties;
      if (!schema) return [];
    }
    return Object.keys(options(schema, root).find((each) => each.properties && !isOpen(each))?.properties ?? {});
  };
  const put = (path, value) => actions.change((text) => yamlFile.put(text, path, value, labels), path);

  // ---- one value
  const field = (schema, path, data, label, tools) => {
    const one = option(schema, data), id = `edit-${(count += 1)}`, shown = isToCopy(data) ? "" : unmarked(data) ?? "";
    const isShort = one.pattern || one.enum || (shown.length < LONG && !shown.includes("\n") && !LONG_TEXTS.includes(schema.title));
    const input = h(isShort ? "input" : "textarea", { id, className: "edit-value", value: shown, autocomplete: "off", spellcheck: false });
    if (isToCopy(data)) input.placeholder = editing.copy;
    if (one.enum) suggest(input, one.enum.map((code, place) => [code, one.enumDescriptions?.[place]]), id);
    if (!isShort) input.rows = Math.min(12, Math.ceil(shown.length / LONG) + 1);
    input.dataset.path = JSON.stringify(path);
    input.setAttribute("aria-describedby", `${id}-hint ${id}-fault`);
    input.addEventListener("input", () => actions.type(path, input.value));
    const hint = [schema.description, one.examples && `如 ${one.examples[0]}`].filter(Boolean).join("；");
    return labelled(h("div", { className: `edit-field${one.pattern ? " edit-figure" : ""}` },
      h("label", { htmlFor: id }, label),
      h("span", { className: "edit-hint", id: `${id}-hint` }, hint),
      h("div", { className: "edit-line" }, input,
        isMarked(data) && !isToCopy(data) ? button("确认", named(path), () => actions.change((text) => yamlFile.set(text, path, input.value), path)) : null, tools),
      h("p", { className: "edit-fault", id: `${id}-fault` })), "data-at", JSON.stringify(path));
  };
  const suggest = (input, values, id) => {
    input.setAttribute("list", `${id}-list`);
    queueMicrotask(() => input.after(h("datalist", { id: `${id}-list` }, values.map(([value, words]) => h("option", { value }, words ?? "")))));
  };

  // ---- a part of the form with a known set of entries
  const section = (schema, path, data, label, tools) => {
    const one = option(schema, data), known = Object.entries(one.properties ?? {}), must = needed(one);
    const here = data instanceof Map ? data : new Map();
    const isOfFigures = known.every(([, below]) => options(below, root)[0].pattern);
    const inside = known.filter(([key]) => here.has(key) || must.includes(key)).map(([key, below]) => part(below, [...path, key], here.get(key) ?? null, key, must.includes(key) ? null : (isOfFigures ? drop : remove)([...path, key])));
    const unknown = [...here.keys()].filter((key) => !(key in one.properties)).map((key) => group(key, [...path, key], [], remove([...path, key])));
    const absent = known.filter(([key]) => !here.has(key) && !must.includes(key));
    const isNamed = ([, below]) => isOpen(options(below, root)[0]); // begins with the first name
    const begun = absent.filter(isNamed).map(([key, below]) => h("details", { className: "edit-absent" }, h("summary", {}, `＋${key}`), open(below, [...path, key], null, key, null)));
    const more = absent.filter((each) => !isNamed(each)).map(([key, below]) => button(`＋${key}`, named(path) || "这份文件", () => put([...path, key], empty(below))));
    const figures = isOfFigures && inside.length ? [h("div", { className: "edit-figures" }, inside)] : inside;
    return group(label, path, [...figures, ...unknown, ...begun, more.length ? h("div", { className: "edit-more" }, more) : null], tools, schema.description);
  };
  const empty = (schema) => {
    const one = options(schema, root)[0];
    if (isList(one)) return [empty(one.items)];
    if (one.type !== "object") return null;
    return new Map(Object.entries(one.properties ?? {}).filter(([key], place) => needed(one).includes(key) || (!needed(one).length && place === 0)).map(([key, below]) => [key, empty(below)]));
  };
  const group = (label, path, inside, tools, hint) => labelled(h("fieldset", { className: `edit-group edit-level-${Math.min(path.length, 4)}` },
    h("legend", {}, label), hint || tools ? h("div", { className: "edit-tools" }, h("p", { className: "edit-hint" }, hint ?? ""), tools) : null,
    labelled(h("p", { className: "edit-fault" }), "tabindex", "-1"), ...inside), "data-at", JSON.stringify(path));

  // ---- a list
  const list = (schema, path, data, label, tools) => {
    const items = option(schema, data).items;
    return group(label, path, [
      ...(data ?? []).map((one, place) => part(items, [...path, place], one, `第 ${place + 1} 项`, remove([...path, place]))),
      h("div", { className: "edit-more" }, button("＋增加一项", named(path), () => put([...path, (data ?? []).length], empty(items)))),
    ], tools, schema.description);
  };

  // ---- names that the form leaves open: headings with indicators, further lines of the budget
  const open = (schema, path, data, label, tools) => {
    const one = options(schema, root).find(isOpen), here = data instanceof Map ? data : new Map();
    const below = (key) => one.properties?.[key] ?? one.additionalProperties;
    const inside = [...here].map(([key, value]) => {
      const deeper = options(below(key), root).find(isOpen);
      if (deeper && (value === null || value instanceof Map)) return open(below(key), [...path, key], value, key, remove([...path, key]));
      return row(below(key), [...path, key], value);
    });
    const isOfHeadings = options(one.additionalProperties, root).some(isOpen);
    return group(label, path, [...inside, isOfHeadings ? heading(path, here) : entry(path, here, one.additionalProperties)], tools, schema.description);
  };

  // A named entry: an indicator with its target, a line with its amount.
  const row = (schema, path, value) => {
    const id = `edit-${(count += 1)}`, name = path.at(-1), full = options(schema, root).find((one) => one.properties);
    const input = h(name.length > SHORT ? "textarea" : "input", { id, className: "edit-name", value: name, autocomplete: "off", spellcheck: false });
    if (input.tagName === "TEXTAREA") input.rows = Math.ceil(name.length / SHORT);
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); input.blur(); } });
    input.addEventListener("change", () => actions.rename(path, input.value.replace(/\s*\n\s*/g, " ").trim(), () => { input.value = name; }));
    const box = h("div", { className: "edit-row" }, h("div", { className: "edit-field" }, h("label", { htmlFor: id }, full ? "指标名称" : "名称"), h("div", { className: "edit-line" }, input, remove(path))));
    if (full && value instanceof Map) {
      box.classList.add("edit-full");
      for (const [key, below] of Object.entries(full.properties)) if (value.has(key)) box.append(field(below, [...path, key], value.get(key), key, needed(full).includes(key) ? null : drop([...path, key])));
    } else box.append(field(schema, path, value, valueOf(schema)));
    const more = full && extras(full, path, value);
    if (more) box.append(more);
    labelled(labelled(box, "role", "group"), "aria-label", name); // every box is heard with the name that it belongs to
    return labelled(box, "data-at", JSON.stringify(path));
  };
  // What stands behind a name: 目标值, 实际完成值, 金额 …
  const valueOf = (schema) => { const full = options(schema, root).find((one) => one.properties); return full ? main(full) : schema.pattern ? (schema.pattern.startsWith(IS_AMOUNT) ? "金额" : "分值") : "内容"; };
  const extras = (full, path, value) => {
    const has = value instanceof Map ? value : new Map([[main(full), value]]);
    const absent = Object.keys(full.properties).filter((key) => !has.has(key));
    return absent.length === 0 ? null : h("details", { className: "edit-extras" }, h("summary", {}, "更多"),
      absent.map((key) => button(`＋${key}`, named(path), () => (value instanceof Map ? put([...path, key], null) : actions.change((text) => yamlFile.set(text, path, new Map([[main(full), value], [key, null]])), [...path, key])))));
  };

  // ---- adding a name: nothing goes into the file before it is complete
  const entry = (path, here, schema) => {
    const what = options(schema, root).some((one) => one.properties) ? "指标" : "一行";
    const name = box("名称"), value = box(valueOf(schema));
    const add = () => {
      if (!name.input.value.trim() || !value.input.value.trim()) return actions.say(`先写名称和${valueOf(schema)}，再按“增加”。`);
      if (here.has(name.input.value.trim())) return actions.say(`已经有“${name.input.value.trim()}”，名称不能相同。`);
      return put([...path, name.input.value.trim()], value.input.value.trim());
    };
    return adding(`增加${what}`, named(path), [name, value], add);
  };
  const heading = (path, here) => {
    const isFirst = Object.values(editing.trees).includes(path.at(-1));
    const known = isFirst ? Object.keys(editing.headings) : editing.headings[path.at(-1)] ?? [];
    const name = box(isFirst ? "一级目标" : "二级目标");
    suggest(name.input, known.filter((one) => !here.has(one)).map((one) => [one]), name.input.id);
    const add = () => {
      const key = name.input.value.trim();
      if (!key || here.has(key)) return actions.say(key ? `已经有“${key}”。` : "先选择或写上分类的名称，再按“增加”。");
      return put([...path, key], null);
    };
    return adding("增加分类", named(path), [name], add);
  };
  const box = (label) => { const id = `edit-${(count += 1)}`, input = h("input", { id, autocomplete: "off" }); return { input, element: h("div", { className: "edit-field" }, h("label", { htmlFor: id }, label), input) }; };
  const adding = (text, about, boxes, add) => {
    for (const { input } of boxes) input.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); add(); } });
    return labelled(labelled(h("div", { className: "edit-adding" }, boxes.map((one) => one.element), button(text, about, add)), "role", "group"), "aria-label", `${text}：${about}`);
  };

  const part = (schema, path, data, label, tools) => {
    const one = option(schema, data);
    if (isOpen(one)) return open(schema, path, data, label, tools);
    if (isList(one)) return list(schema, path, data, label, tools);
    return one.type === "object" ? section(schema, path, data, label, tools) : field(schema, path, data, label, tools);
  };

  // ---- the whole form
  const draw = (kind, data, told) => {
    [root, actions, count] = [editing.schemas[kind], told, 0];
    const whole = section(root, [], data, "");
    return h("form", { className: "edit-form", onsubmit: (event) => event.preventDefault() }, ...whole.children);
  };

  // Shows what is wrong at its place; what has no place of its own is shown at the part that holds it.
  const mark = (form, found) => {
    for (const one of form.querySelectorAll(".edit-fault")) one.textContent = "";
    for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
    const places = new Map([...form.querySelectorAll("[data-at]")].map((one) => [one.dataset.at, one])); // the innermost
    return found.map(({ path, code, words }) => {
      let at = path, place;
      while (!(place = places.get(JSON.stringify(at))) && at.length) at = at.slice(0, -1);
      const input = place?.querySelector(":scope > .edit-line > .edit-value, :scope > .edit-field > .edit-line > *");
      const fault = place?.querySelector(".edit-fault") ?? form.querySelector(".edit-fault");
      if (fault) fault.textContent += `${fault.textContent && " "}${code} ${words}`;
      if (place?.classList.contains("edit-field") || place?.classList.contains("edit-row")) input?.setAttribute("aria-invalid", "true");
      return { path, code, words, focus: input ?? fault };
    });
  };

  return { draw, labels, mark, named, h };
})();
