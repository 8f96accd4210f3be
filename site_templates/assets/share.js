// Links that are copied, charts and tables that are taken along, folds that open for paper. All of it is there without
// this script too: a link leads to its place, the figures stand in the page.
(() => {
  const button = (text, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    made.addEventListener("click", () => act(made));
    return made;
  };
  const status = Object.assign(document.createElement("p"), { className: "visually-hidden", role: "status" });
  document.body.append(status);
  const done = (place, text) => {
    status.textContent = text;
    place.dataset.done = text;
    setTimeout(() => { delete place.dataset.done; status.textContent = ""; }, 2500);
  };
  const copy = async (text, place) => {
    try {
      await navigator.clipboard.writeText(text);
      done(place, "已复制");
    } catch {
      done(place, place.href ? "网址在地址栏" : "请选中文字复制"); // no permission, or a page from a disk
    }
  };

  // ---- a link of a row, a chart, a promise: it leads there, and is copied on the way
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.share");
    if (link) copy(link.href, link);
  });

  // ---- citations: the address where the site does not know its own, and a button
  const save = (name, type, content) => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([content], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const cell = (text) => {
    const plain = text.trim().replace(/\s+/g, " ");
    return `"${(/^[=+\-@]/.test(plain) ? " " : "") + plain.replaceAll('"', '""')}"`; // a spreadsheet takes =14 for a formula
  };
  const csv = (table) => "\ufeff" + [...table.rows].map((row) => [...row.cells].map((c) => cell(c.textContent)).join(",")).join("\r\n") + "\r\n";
  const drawing = (chart) => {
    const made = chart.cloneNode(true);
    const [, , width, height] = chart.getAttribute("viewBox").split(" ");
    made.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    made.setAttribute("width", width);
    made.setAttribute("height", height);
    made.setAttribute("font-family", "sans-serif");
    const originals = chart.querySelectorAll("*");
    made.querySelectorAll("*").forEach((part, place) => {
      const { fill, fillOpacity, stroke } = getComputedStyle(originals[place]);
      part.removeAttribute("class");
      part.setAttribute("fill", fill);
      if (fillOpacity !== "1") part.setAttribute("fill-opacity", fillOpacity);
      if (stroke !== "none") part.setAttribute("stroke", stroke);
    });
    return made.outerHTML;
  };
  const pattern = document.querySelector("#cite .cite-text")?.textContent; // the ledger says once how a promise is cited
  for (const links of document.querySelectorAll(".cite-links")) {
    const share = links.querySelector("a.share");
    const part = links.closest("figure, details.life");
    let text = links.parentElement.querySelector(".cite-text");
    if (!text) {
      const name = part.closest("tr").querySelector(".name").textContent;
      text = Object.assign(document.createElement("span"), { className: "cite-text", textContent: pattern.replace("〔名称〕", name) });
      links.before(text);
    }
    if (!text.textContent.includes("#")) {
      const [said, address] = text.textContent.split(/，(?=https?:)|。$/);
      text.textContent = `${said}，${address ? address.replace(/。$/, "") + share.hash : share.href}。`;
    }
    links.prepend(button("复制引文", (made) => copy(text.textContent, made)));
    const table = part?.querySelector("table");
    const name = share.hash.slice(1);
    if (table) links.append(button("CSV", () => save(`${name}.csv`, "text/csv", csv(table))));
    const chart = part?.querySelector("svg.chart");
    if (chart) links.append(button("SVG", () => save(`${name}.svg`, "image/svg+xml", drawing(chart))));
  }

  // ---- paper shows what is folded
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("article details:not([open])")];
    for (const part of folded) part.open = true;
  });
  addEventListener("afterprint", () => { for (const part of folded) part.open = false; });
})();
