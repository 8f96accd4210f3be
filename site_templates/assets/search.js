// The search page: what is typed and chosen stands in its address; results are rows that the keyboard reaches.
(() => {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const fields = [document.getElementById("search-words"), document.querySelector("[data-search-words]")];
    const field = fields.find((f) => f && f.offsetParent !== null);
    if (field) { event.preventDefault(); field.focus(); field.select(); }
  });

  const form = document.getElementById("search-page");
  if (!form) return;
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const root = new URL("../", document.querySelector("script[src*='assets/search.js']").src);
  const AROUND = 40; // characters before the words in an excerpt
  let latest = 0, timer;

  const element = (name, words, className) => {
    const made = document.createElement(name);
    if (words) made.textContent = words;
    if (className) made.className = className;
    return made;
  };

  // Where the words stand in a text, as [start, end]; built from text, never from markup.
  const places = (text, words) => {
    const found = [], starts = [];
    let plain = "";
    for (const [place, character] of [...text].entries()) {
      for (const unit of character.normalize("NFKC").toLowerCase().match(/[\p{L}\p{N}.]/gu) ?? []) {
        plain += unit;
        for (let i = 0; i < unit.length; i += 1) starts.push(place);
      }
    }
    for (const word of words) {
      for (let at = plain.indexOf(word); word && at >= 0; at = plain.indexOf(word, at + word.length)) found.push([starts[at], starts[at + word.length - 1] + 1]);
    }
    return found.sort((a, b) => a[0] - b[0]).filter(([start], i, all) => i === 0 || start >= all[i - 1][1]);
  };

  // A text with the words marked; `short` leaves out what lies far from the first of them.
  const marked = (name, className, text, words, short) => {
    const characters = [...text], made = element(name, "", className), found = places(text, words);
    const from = short && found.length ? Math.max(0, found[0][0] - AROUND) : 0;
    const to = short ? Math.min(characters.length, from + 3 * AROUND) : characters.length;
    let at = from;
    if (from) made.append("…");
    for (const [start, end] of found) {
      if (start < at || end > to) continue;
      made.append(characters.slice(at, start).join(""), element("mark", characters.slice(start, end).join("")));
      at = end;
    }
    made.append(characters.slice(at, to).join(""), to < characters.length ? "…" : "");
    return made;
  };

  const shown = (entry, words) => {
    const item = element("li", "", "search-result"), title = element("h2");
    const link = marked("a", "", entry.title || entry.text, words, !entry.title);
    link.href = new URL(local(entry.address), root);
    title.append(element("span", entry.kind, "search-kind"), " ", link);
    for (const name of entry.former) title.append(marked("span", "search-former quiet", `原名：${name}`, words));
    item.append(title);
    if (entry.target) {
      const line = element("p", "目标值：", "search-target");
      line.append(element("span", entry.target, "target"));
      if (entry.verdict) line.append(" ", element("span", entry.verdict, `verdict ${verdictClass(entry.verdict)}`));
      if (entry.outcome) line.append(" ", element("span", `${entry.outcome[0]}年度：${entry.outcome[1]}`, "quiet"));
      item.append(line);
    } else if (entry.title && entry.kind !== "部门") item.append(marked("p", "search-excerpt", entry.text, words, true));
    const { years } = entry, unbroken = years.length > 2 && years.at(-1) - years[0] === years.length - 1;
    const when = years.length && `${unbroken ? `${years[0]}—${years.at(-1)}` : years.join("、")}年度`;
    const where = [entry.kind !== "部门" && entry.department, when].filter(Boolean).join("　");
    if (where) item.append(element("p", where, "search-where quiet"));
    return item;
  };
  const verdictClass = (words) => `verdict-${[...form.elements.verdict.options].find((option) => option.text === words)?.value.replace("_", "-")}`;
  const local = (address) => (location.protocol === "file:" ? address.replace(/\/(?=#|$)/, "/index.html") : address);

  const search = async () => {
    const mine = latest += 1;
    const wanted = Object.fromEntries([...new FormData(form)].map(([key, value]) => [key, value.trim()]).filter(([, value]) => value));
    const address = new URLSearchParams(wanted), { q = "", ...chosen } = wanted;
    history.replaceState(null, "", address.size ? `?${address}` : location.pathname);
    list.replaceChildren();
    if (!address.size) { status.textContent = ""; return; }
    status.textContent = "正在搜索…";
    try {
      const result = await searchIndex.find(q, chosen);
      if (mine !== latest) return;
      const words = result.phrases.map((phrase) => phrase.trim().replaceAll(" ", ""));
      const add = (entries) => {
        list.append(...entries.map((entry) => shown(entry, words)));
        if (!result.left) return;
        const item = element("li", "", "search-more"), button = element("button", "显示更多结果");
        button.type = "button";
        button.addEventListener("click", async () => {
          const next = await result.more();
          if (mine !== latest) return;
          item.remove();
          const before = list.children.length;
          add(next);
          list.children[before]?.querySelector("a")?.focus();
        });
        item.append(button);
        list.append(item);
      };
      add(result.first);
      // Only now: whoever is told that something was found can read it.
      status.textContent = result.count ? `找到${result.left ? "约" : ""} ${result.count} 项。` : "没有找到。试试更短的词，或者放宽类别、部门、年度、变化和结果。";
    } catch {
      if (mine !== latest) return;
      status.textContent = "搜索暂时不能使用：请刷新网页再试，或者从部门列表和年度列表查找。";
    }
  };

  const given = new URLSearchParams(location.search);
  for (const field of form.elements) if (field.name && given.has(field.name)) field.value = given.get(field.name);
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  form.addEventListener("change", search);
  form.addEventListener("input", (event) => { if (event.target.name === "q") { clearTimeout(timer); timer = setTimeout(search, 250); } });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.name === "q") { event.target.value = ""; search(); }
    if (event.key === "ArrowDown" && event.target.name === "q") { const first = list.querySelector("a"); if (first) { event.preventDefault(); first.focus(); } }
  });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = [...list.querySelectorAll("a, button")], next = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    (links[next] || (next < 0 ? form.elements.q : links.at(-1))).focus();
  });
  if ([...new FormData(form).values()].some((value) => value.trim())) search();
})();
