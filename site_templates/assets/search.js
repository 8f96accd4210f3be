// The search page. Pagefind's index is loaded when somebody searches, and from this site only.
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
  const root = new URL(form.dataset.root, location.href);
  const PAGE = 10, ENTRIES = 3, AROUND = 14;
  let engine, latest = 0, timer;

  const load = () => engine ??= import(new URL("pagefind/pagefind.js", root)).then(async (pagefind) => {
    await pagefind.options({ baseUrl: root.pathname });
    await pagefind.init();
    return pagefind;
  });

  const element = (name, words, className) => {
    const made = document.createElement(name);
    if (words) made.textContent = words;
    if (className) made.className = className;
    return made;
  };

  // Which indicator or section do the matches of a page stand in? The last element with an id before each match.
  const entries = (data) => {
    const anchors = data.anchors.filter((a) => a.text && a.id !== "top").sort((a, b) => a.location - b.location);
    const found = new Map();
    for (const place of data.locations) {
      const anchor = anchors.findLast((a) => a.location <= place);
      if (!anchor) continue;
      if (!found.has(anchor)) found.set(anchor, []);
      found.get(anchor).push(place);
    }
    const inName = ([anchor, places]) => anchor.id.startsWith("i-") && places[0] - anchor.location < anchor.text.length;
    const named = [...found].filter(inName);
    return (named.length ? named : [...found].sort((a, b) => b[1].length - a[1].length)).slice(0, ENTRIES);
  };

  // The words around the first match, with the matches marked; built from text, never from markup.
  const excerpt = (data, anchor, places) => {
    // Pagefind counts the words of its raw text, in which zero-width spaces part Chinese words.
    const raw = data.raw_content.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");
    const words = raw.includes("\u200B") ? raw.split("\u200B") : raw.split(/(?<=\s)/);
    const start = Math.max(anchor ? anchor.location : 0, places[0] - AROUND), marked = new Set(places);
    const made = element("p", "", "search-excerpt");
    for (let i = start; i < Math.min(words.length, Math.max(places[0] + AROUND, start + 2 * AROUND)); i += 1) {
      made.append(marked.has(i) ? element("mark", words[i]) : words[i]);
    }
    return made;
  };

  const shown = (data) => {
    const item = element("li", "", "search-result");
    const link = element("a", data.meta.title.replace(/#$/, ""));
    link.href = data.url;
    const title = element("h2");
    title.append(link);
    item.append(title);
    const inside = entries(data);
    for (const [anchor, places] of inside) {
      const where = element("a", anchor.text.replace(/#$/, "").trim(), "search-entry");
      where.href = `${data.url}#${anchor.id}`;
      item.append(where, excerpt(data, anchor, places));
    }
    if (!inside.length && data.locations.length) item.append(excerpt(data, null, data.locations));
    return item;
  };

  const chosen = () => Object.fromEntries([...new FormData(form)].map(([key, value]) => [key, value.trim()]));

  const search = async () => {
    const mine = latest += 1, wanted = chosen();
    const address = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
    history.replaceState(null, "", address.size ? `?${address}` : location.pathname);
    list.replaceChildren();
    if (!wanted.q) { status.textContent = ""; return; }
    if (location.protocol === "file:") { status.textContent = "从磁盘打开时不能搜索：请把网站放到网页服务器上。"; return; }
    status.textContent = "正在搜索…";
    try {
      const pagefind = await load();
      const filters = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => key !== "q" && value));
      const { results } = await pagefind.search(wanted.q, { filters });
      if (mine !== latest) return;
      const more = async (from) => {
        const pages = await Promise.all(results.slice(from, from + PAGE).map((result) => result.data()));
        if (mine !== latest) return;
        list.append(...pages.map(shown));
        if (from + PAGE < results.length) {
          const item = element("li", "", "search-more"), button = element("button", "显示更多结果");
          button.type = "button";
          button.addEventListener("click", () => { item.remove(); more(from + PAGE); });
          item.append(button);
          list.append(item);
        }
      };
      await more(0);
      if (mine !== latest) return;
      // Only now: whoever is told that something was found can read it.
      status.textContent = results.length ? `找到 ${results.length} 个网页。` : "没有找到。试试更短的词，或者放宽部门和年度。";
    } catch {
      if (mine !== latest) return;
      status.textContent = "搜索暂时不能使用。请从部门列表或年度列表查找。";
    }
  };

  const given = new URLSearchParams(location.search);
  for (const field of form.elements) if (field.name && given.has(field.name)) field.value = given.get(field.name);
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  form.addEventListener("change", search);
  form.addEventListener("input", (event) => { if (event.target.name === "q") { clearTimeout(timer); timer = setTimeout(search, 250); } });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.name === "q") { event.target.value = ""; search(); }
    if (event.key === "ArrowDown") { const first = list.querySelector("a"); if (first) { event.preventDefault(); first.focus(); } }
  });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = [...list.querySelectorAll("a, button")], next = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    (links[next] || (next < 0 ? form.elements.q : links.at(-1))).focus();
  });
  if (form.elements.q.value) search();
})();
