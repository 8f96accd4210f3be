// What scripts add to the frame; without them it is complete.
(() => {
  // ---- light, dark, or as the system has it
  const schemes = { "": "外观：自动", light: "外观：浅色", dark: "外观：深色" };
  const root = document.documentElement;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "scheme-switch" });
  const choose = (scheme) => {
    root.dataset.scheme = scheme;
    button.textContent = schemes[scheme];
    button.ariaLabel = `显示：${schemes[scheme]}，换一种`;
  };
  choose(root.dataset.scheme in schemes ? root.dataset.scheme : "");
  button.addEventListener("click", () => {
    const names = Object.keys(schemes);
    choose(names[(names.indexOf(root.dataset.scheme) + 1) % names.length]);
    try { localStorage.setItem("scheme", root.dataset.scheme); } catch { /* private windows have no storage */ }
  });
  document.querySelector(".scheme-place").append(button); // its room is kept: nothing moves when it comes

  // ---- the part of the page that is being read, in the jump list
  const links = new Map();
  for (const link of document.querySelectorAll(".jump a")) {
    const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (part) links.set(part, link);
  }
  if (links.size) {
    let shown = null, waiting = false;
    const look = () => {
      waiting = false;
      const passed = [...links.keys()].filter((part) => part.getBoundingClientRect().top < innerHeight / 3);
      const link = links.get(passed.at(-1)) ?? null;
      if (link === shown) return;
      shown?.removeAttribute("aria-current");
      shown = link;
      if (!link) return;
      link.ariaCurrent = "location";
      const list = link.closest("ul");
      list.scrollLeft = link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
    };
    addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(look); } }, { passive: true });
    look();
  }

  // ---- a word of the form: its explanation opens beside it, without leaving the page
  document.addEventListener("click", (event) => {
    const term = event.target.closest("a.term");
    if (!term || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const open = term.nextElementSibling?.matches(".term-note") ? term.nextElementSibling : null;
    term.ariaExpanded = String(!open);
    if (open) return open.remove();
    const note = Object.assign(document.createElement("span"), { className: "term-note", role: "note", textContent: `${term.title} ` });
    note.append(Object.assign(document.createElement("a"), { href: term.href, textContent: "名词解释" }));
    term.after(note);
  });

  // ---- on paper a page without an address of its own says where it was read
  const head = document.querySelector(".print-only");
  if (head && !document.querySelector("link[rel=canonical]")) head.append(` · ${decodeURI(location.href)}`);

  // ---- the citation: with the address and the day on which the page was read, copied by one press
  const cited = document.querySelector("[data-cite]");
  if (cited && navigator.clipboard) {
    const copy = Object.assign(document.createElement("button"), { type: "button", textContent: "复制" });
    const told = Object.assign(document.createElement("span"), { role: "status" });
    copy.addEventListener("click", async () => {
      const canonical = document.querySelector("link[rel=canonical]")?.href;
      const read = new Date().toLocaleDateString("sv");
      const words = cited.textContent.trim().replace(/。$/, "");
      await navigator.clipboard.writeText(`${words}${canonical ? "" : `，${location.href.split("#")[0]}`}，取得日期 ${read}。`);
      told.textContent = "已复制";
    });
    cited.after(" ", copy, " ", told);
  }
})();
