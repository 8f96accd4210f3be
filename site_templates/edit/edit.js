// The page for editing: a file is chosen, changed in the form, kept as a draft in this browser, and saved as a file.
(() => {
  const { at, check, differences, unmarked } = formCheck;
  const { draw, h, labels, mark, named } = formFields;
  const by = (id) => document.getElementById(id);
  const scripts = new URL("../../edit/", document.currentScript.src);
  const WAIT = 300; // milliseconds after the last key
  let now = null; // {key, kind, address, file, base, text, saved, undone, isNew, breaks}

  // ---- the published files, each a script
  const waiting = new Map();
  window.editText = (key, text) => waiting.get(key)?.(text);
  const published = (key) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    waiting.set(key, resolve);
    script.src = new URL(`texts/${key}.js?${Date.now()}`, scripts);
    script.onerror = () => reject(new Error(key));
    script.onload = () => script.remove();
    document.head.append(script);
  });

  // ---- drafts
  const place = (key) => `performance-targets-draft:${scripts.pathname}:${key}`;
  const draft = {
    read: (key) => { try { return JSON.parse(localStorage.getItem(place(key))); } catch { return null; } },
    write: () => { try { localStorage.setItem(place(now.key), JSON.stringify({ base: now.base, text: now.text })); return true; } catch { return false; } },
    drop: (key) => { try { localStorage.removeItem(place(key)); } catch { /* there was none */ } },
  };

  const say = (words) => { by("edit-message").textContent = words; };

  // ---- what is chosen: of a department's files, those that are there and those that can be begun
  const chosen = () => editing.departments.find((one) => one.address === by("edit-department").value);
  const offer = () => {
    const department = chosen(), years = department?.years ?? [];
    for (const one of document.querySelectorAll(".edit-of-new")) one.hidden = Boolean(department);
    const results = [...new Set([...years, ...(department?.results ?? [])])].sort((one, other) => other - one);
    by("edit-file").replaceChildren(
      group("申报表", ...[...years].reverse().map((year) => [year, `${year} 年度`]), ["new", "新的年度……"]),
      ...(results.length ? [group("结果（自评表）", ...results.map((year) => [`${year}.results`, `${year} 年度结果${department.results.includes(year) ? "" : "（新编）"}`]))] : []),
      group("部门", ["department", "部门信息（department.yaml）"]));
    by("edit-year").value = years.length ? years.at(-1) + 1 : new Date().getFullYear();
    showYear();
  };
  const group = (label, ...files) => h("optgroup", { label }, files.map(([value, words]) => h("option", { value }, words)));
  const showYear = () => { by("edit-year-label").hidden = by("edit-file").value !== "new"; };

  const begin = async (address, name, file, year) => {
    if (file === "department") {
      const text = chosen() ? await published(`${address}/department`) : editing.modelines.department + yamlFile.put("", ["部门名称"], name);
      return open(address, "department", text, chosen() ? text : "");
    }
    if (file.endsWith(".results") && !chosen().results.includes(parseInt(file, 10))) return open(address, file, answered(await published(`${address}/${parseInt(file, 10)}`)), "", true);
    if (file !== "new") { const text = await published(`${address}/${file}`); return open(address, file, text, text); }
    const before = chosen()?.years.filter((one) => one < year).at(-1);
    if (chosen()?.years.includes(year)) return say(`${year} 年度已经有了，在“文件”里选它。`);
    if (!before) return open(address, String(year), filled(name, year), "", true);
    const old = await published(`${address}/${before}`);
    return open(address, String(year), carried(old, year), old, true);
  };
  const filled = (name, year) => yamlFile.set(yamlFile.set(editing.modelines.declaration + editing.blank, ["部门名称"], name), ["年度"], String(year));

  // This year's file from last year's: every value waits for confirmation.
  const carried = (old, year) => {
    const ended = [];
    const walk = (data, path) => {
      for (const [key, value] of data.entries()) {
        if (editing.ends.includes(key)) ended.push([...path, key]);
        else if (value instanceof Map || Array.isArray(value)) walk(value, [...path, key]);
      }
    };
    walk(yamlFile.read(old).data, []);
    const kept = ended.reverse().reduce((text, path) => yamlFile.remove(text, path), old);
    return yamlFile.map(kept, (path, value) => (path[0] === "年度" ? String(year) : editing.stays.includes(path.at(-1)) ? value : editing.mark + value));
  };

  // The results of a declaration: every promise with its target, and values to be confirmed.
  const answered = (declaration) => {
    const { data } = yamlFile.read(declaration), { copy, mark, modelines, total, trees } = editing;
    const said = (...path) => mark + unmarked(at(data, path));
    const below = (tree, change) => { // without headings that hold a sentence, or nothing
      const made = tree instanceof Map ? [...tree].map(([key, one]) => [key, change(one)]).filter(([, one]) => one !== null) : [];
      return made.length ? new Map(made) : null;
    };
    const outcome = (one) => new Map([["实际完成值", mark + copy], ["年度指标值", mark + unmarked(one instanceof Map ? one.get("指标目标值") : one)]]);
    const whole = new Map([
      ["年度", at(data, ["年度"])], ["部门名称", at(data, ["部门名称"])],
      ["资金情况", new Map([["年度资金总额", new Map([["年初预算数", said(...total)], ["全年执行数", mark + copy]])]])],
      ["目标完成情况", at(data, ["年度履职目标"]).map((_, place) => new Map([["预期目标", said("年度履职目标", place)], ["实际完成情况", mark + copy]]))],
      [trees.results, below(at(data, [trees.declaration]), (first) => below(first, (second) => below(second, outcome)))],
      ["总分", mark + copy],
    ]);
    return [...whole].reduce((text, [key, value]) => yamlFile.put(text, [key], value), modelines.results);
  };

  // ---- a file on the page
  const open = (address, file, text, base, isNew = false) => {
    const key = `${address}/${file}`, kept = draft.read(key), breaks = text.includes("\r\n") ? "\r\n" : "\n";
    const read = (one) => one.replaceAll("\r\n", "\n");
    const { faults } = yamlFile.read(read(text));
    if (faults.length) return say(`这个文件第 ${faults.join("、")} 行读不出来（写法有误，或者名称重复），先用文字编辑器改正。`);
    now = { key, kind: file === "department" ? "department" : file.endsWith(".results") ? "results" : "declaration", address, file, base: read(base), text: kept?.text ?? read(text), undone: [], isNew, breaks };
    now.saved = now.text;
    show();
    const stale = kept && kept.base !== now.base ? "。注意：保存草稿以后，网站上的这个文件又改过，下面列出的是与现在的差别" : "";
    say(kept ? `已经恢复上次的草稿${stale}。不要了就按“放弃改动”。` : "");
    by("edit-title").focus();
    return undefined;
  };
  const data = () => yamlFile.read(now.text).data;

  const actions = {
    say,
    type: (path, value) => {
      if (actions.typed !== path) flush(); // of the box before
      clearTimeout(actions.timer);
      actions.typed = path;
      actions.pending = () => take((text) => yamlFile.put(text, path, value.trim() ? value : null, labels));
      actions.timer = setTimeout(flush, WAIT);
    },
    change: (edit, goTo) => { flush(); if (take(edit)) show(goTo); },
    remove: (path) => { // and on to what stood beside it
      const above = path.slice(0, -1), keys = [...at(data(), above).keys()], place = keys.indexOf(path.at(-1));
      const beside = keys.length === 1 ? above : [...above, keys[place + 1] ?? keys[place - 1]];
      if (typeof beside.at(-1) === "number" && beside.length > above.length) beside[above.length] = Math.max(0, Math.min(place, keys.length - 2));
      actions.change((text) => yamlFile.remove(text, path), beside);
    },
    rename: (path, name, back) => {
      flush();
      const above = at(data(), path.slice(0, -1)), old = path.at(-1);
      if (!name || above.has(name)) { back(); return say(name ? `已经有“${name}”，名称不能相同。` : "名称不能空着；不要这一项就按“删去”。"); }
      const renamed = [...path.slice(0, -1), name];
      take((text) => former(yamlFile.rename(text, path, name), renamed, old));
      return show(renamed);
    },
  };
  // In a new year a renamed indicator keeps its old name, by which its years hang together.
  const former = (text, path, old) => {
    const before = now.isNew && path[0] === editing.trees.declaration && path.length === 4 && at(yamlFile.read(now.base).data, [...path.slice(0, -1), old]) !== undefined;
    if (!before) return text;
    const value = at(yamlFile.read(text).data, path);
    return value instanceof Map ? yamlFile.put(text, [...path, "原名"], old, labels) : yamlFile.set(text, path, new Map([["指标目标值", value], ["原名", old]]));
  };
  const flush = () => { clearTimeout(actions.timer); const { pending } = actions; actions.pending = null; pending?.(); };

  // Makes an edit; what cannot be read again afterwards is not made.
  const take = (edit) => {
    const text = edit(now.text);
    if (text === now.text) return true;
    if (yamlFile.read(text).faults.length) { say("这样写，文件就读不出来了，没有改动。"); return false; }
    now.undone.push(now.text);
    now.text = text;
    say("");
    tell();
    return true;
  };

  const isChanged = () => now !== null && now.text !== now.saved;

  // Draws the form anew, and goes to the place of a path.
  const show = (goTo) => {
    const title = now.kind === "department" ? `${now.address}/department.yaml` : `${now.address}/${now.file}.yaml`;
    const height = scrollY;
    by("edit-work").replaceChildren(
      h("h2", { id: "edit-title", tabIndex: -1 }, title),
      draw(now.kind, data(), actions),
      h("section", { id: "edit-summary" },
        h("h2", {}, "检查"), h("ul", { id: "edit-faults" }),
        h("h2", {}, now.isNew && now.base ? "与上一年度的差别" : "改了什么"), h("ul", { id: "edit-differences" }),
        h("h2", {}, "下载和提交"), h("p", {}, where())),
      h("div", { className: "edit-bar" }, h("p", { id: "edit-status", role: "status" }),
        press("撤销", undo), press("放弃改动", discard), press("下载文件", download), upload()));
    by("edit-work").hidden = false;
    tell();
    scrollTo({ top: height, behavior: "instant" });
    if (goTo) (document.querySelector(`.edit-value[data-path='${CSS.escape(JSON.stringify(goTo))}']`) ?? byPath(goTo))?.focus();
  };
  const byPath = (path) => {
    const place = [...document.querySelectorAll("[data-at]")].find((one) => one.dataset.at === JSON.stringify(path));
    return place?.querySelector(".edit-value, input, button");
  };
  const press = (text, does) => h("button", { type: "button", className: "md-button", onclick: does }, text);
  const isKnown = () => editing.departments.some((one) => one.address === now.address);
  const where = () => `下载的文件是 ${now.file}.yaml，放进版本库的 ${editing.content}/${now.address}/ 文件夹${now.base && !now.isNew ? "，替换原来的" : ""}；没有版本库的帐号，就把它发给网站的维护人员。${isKnown() ? "" : "新的部门要两个文件：department.yaml（在“文件”里选“部门信息”）和第一个年度的文件，各下载一次。"}提交以后会自动作完整的检查。`;
  const upload = () => (editing.upload ? h("a", { className: "md-button", href: editing.upload[isKnown() ? "known" : "new"].replace("{folder}", now.address), rel: "external", target: "_blank" }, "打开仓库上传") : null);

  // Says what is wrong and what changed; keeps the draft.
  const tell = () => {
    const form = document.querySelector(".edit-form"), found = mark(form, check(now.kind, data()));
    const old = now.base && yamlFile.read(now.base).data, changed = old ? differences(old, data()) : ["整个文件是新的"];
    by("edit-faults").replaceChildren(...(found.length ? found.map(({ path, code, words, focus }) => h("li", {}, h("button", { type: "button", className: "edit-link", onclick: () => { focus?.closest("details")?.setAttribute("open", ""); focus?.focus(); } }, `${named(path) || "文件"}：${code} ${words}`))) : [h("li", {}, "这一页检查的各条都没有发现问题。")]));
    by("edit-differences").replaceChildren(...(changed.length ? changed : ["没有改动。"]).map((words) => h("li", {}, words)));
    const waits = found.filter((one) => one.code === "F209").length, wrong = found.length - waits;
    const kept = now.text === now.base ? (draft.drop(now.key), true) : draft.write();
    by("edit-status").textContent = `${changed.length ? `${changed.length} 处不同` : "没有改动"}；${wrong ? `${wrong} 处问题` : "没有发现问题"}${waits ? `；${waits} 处待确认` : ""}${kept ? "" : "；草稿存不下，离开前请先下载"}`;
  };

  const undo = () => { flush(); if (now.undone.length) { now.text = now.undone.pop(); show(); by("edit-title").focus(); say("已经撤销一步。"); } else say("没有可以撤销的了。"); };
  const discard = () => {
    flush();
    if (!confirm("放弃全部改动？草稿也会删去。")) return;
    draft.drop(now.key);
    [now, by("edit-work").hidden] = [null, true];
    by("edit-work").replaceChildren();
    say("已经放弃改动。");
    by("edit-department").focus();
  };
  const download = () => {
    flush();
    const address = URL.createObjectURL(new Blob([now.text.replaceAll("\n", now.breaks)], { type: "application/yaml" }));
    h("a", { href: address, download: `${now.file}.yaml` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    now.saved = now.text;
    say(`已经下载 ${now.file}.yaml。`);
  };

  // ---- the page
  const started = (promise) => Promise.resolve(promise).catch(() => say("这个文件没有读到，请刷新网页再试。"));
  by("edit-choice").addEventListener("submit", (event) => {
    event.preventDefault();
    if (now) flush();
    const department = chosen(), address = department?.address ?? by("edit-address").value.trim(), name = department?.name ?? by("edit-name").value.trim();
    const year = Number(by("edit-year").value);
    if (!name) return say("先写部门的全称。");
    if (!new RegExp(editing.address).test(address)) return say("文件夹名只用小写英文字母、数字和连字符，如 civil-affairs-bureau。");
    if (!department && editing.departments.some((one) => one.address === address)) return say(`已经有文件夹 ${address}，在“部门”里选它。`);
    if (by("edit-file").value === "new" && !/^(19|20)\d{2}$/.test(by("edit-year").value)) return say("年度写四位数字，如 2025。");
    return started(begin(address, name, by("edit-file").value, year));
  });
  by("edit-department").addEventListener("change", offer);
  by("edit-file").addEventListener("change", showYear);
  by("edit-local").addEventListener("change", async () => {
    const [file] = by("edit-local").files, year = file?.name.match(/^((?:19|20)\d{2}(?:\.results)?|department)\.yaml$/)?.[1];
    if (!file) return;
    if (!year) { say(`“${file.name}”不是年度文件：文件名应是“年度.yaml”或“年度.results.yaml”，如 2024.yaml。`); return; }
    const text = (await file.text()).replace(/^\uFEFF/, "");
    open(chosen()?.address ?? by("edit-address").value.trim(), year, text, text);
  });
  addEventListener("beforeunload", (event) => { if (now) flush(); if (isChanged()) event.preventDefault(); });
  offer();
  const [address, file] = (new URLSearchParams(location.search).get("file") ?? "").split("/");
  if (editing.departments.some((one) => one.address === address)) {
    by("edit-department").value = address;
    offer();
    if ([...by("edit-file").options].some((one) => one.value === file)) {
      by("edit-file").value = file;
      showYear();
      if (file !== "new") started(begin(address, chosen().name, file));
    }
  }
})();
