// Tables that can be sorted and filtered, and a switch between 元 and 万元. Without this script all stays readable.
(() => {
  const make = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  // Full-width letters and digits are typed by Chinese keyboards; for a reader they are the same.
  const folded = (text) => text.normalize("NFKC").toLowerCase();

  // ---- sorting, within each group of rows; a third click gives back the order of the page
  const collator = new Intl.Collator("zh");
  const number = (cell) => {
    const text = cell?.querySelector("[data-yuan]")?.dataset.yuan ?? cell?.dataset.value ?? cell?.textContent ?? "";
    const match = text.replaceAll(",", "").match(/^\s*[−-]?\d+(\.\d+)?/);
    return match ? Number(match[0].replace("−", "-")) : null;
  };
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const original = new Map([...table.tBodies].map((body) => [body, [...body.rows]]));
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (!head.dataset.sort) return;
      const button = make("button", { type: "button", className: "sort", textContent: head.textContent });
      button.addEventListener("click", () => {
        const next = { none: "ascending", ascending: "descending", descending: "none" }[head.ariaSort ?? "none"];
        for (const other of heads) other.removeAttribute("aria-sort");
        if (next !== "none") head.ariaSort = next;
        const direction = next === "descending" ? -1 : 1;
        for (const [body, rows] of original) {
          const order = next === "none" ? rows : [...rows].sort((a, b) => {
            if (head.dataset.sort === "text") return direction * collator.compare(a.cells[column].textContent, b.cells[column].textContent);
            const [x, y] = [number(a.cells[column]), number(b.cells[column])];
            return x === null || y === null ? (x === null) - (y === null) : direction * (x - y);
          });
          body.append(...order);
        }
      });
      head.replaceChildren(button);
    });
  }

  // ---- filtering: rows that hold all the typed words; a group without rows goes with its heading. What is chosen
  // stands in the address, so that it can be sent to others.
  const given = new URLSearchParams(location.search);
  const keep = (name, value) => {
    const address = new URL(location);
    if (value) address.searchParams.set(name, value); else address.searchParams.delete(name);
    history.replaceState(null, "", address);
  };
  let count = 0;
  for (const table of document.querySelectorAll("table[data-filter]")) {
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.classList.contains("group"));
    if (rows.length < 8) continue;
    const input = make("input", { type: "search", id: `filter-${count += 1}`, autocomplete: "off" });
    const status = make("span", { className: "filter-count", role: "status" });
    const bar = make("div", { className: "table-filter" }, make("label", { htmlFor: input.id, textContent: table.dataset.filter }), input);
    let kind = null;
    if (rows.some((row) => row.dataset.kind)) {
      const { kinds = "number=写明数字的,words=文字要求", kindsLabel = "全部目标值" } = table.dataset;
      const there = new Set(rows.flatMap((row) => row.dataset.kind?.split(" ") ?? []));
      const options = kinds.split(",").map((option) => option.split("=")).filter(([value]) => there.has(value));
      kind = make("select", { ariaLabel: "类别" },
        new Option(kindsLabel, ""), ...options.map(([value, name]) => new Option(name, value)));
      bar.append(kind);
    }
    bar.append(status);
    const apply = () => {
      const wanted = folded(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const fits = wanted.every((word) => folded(row.textContent).includes(word)) && (!kind?.value || row.dataset.kind?.split(" ").includes(kind.value));
        row.hidden = !fits;
        shown += fits;
      }
      for (const head of table.querySelectorAll("tr.group")) {
        head.hidden = ![...head.parentElement.rows].some((row) => row !== head && !row.hidden);
      }
      status.textContent = wanted.length || kind?.value ? `显示 ${shown} / ${rows.length} 项` : "";
    };
    input.value = given.get(input.id) ?? "";
    if (kind && given.has(`${input.id}-kind`)) kind.value = given.get(`${input.id}-kind`);
    input.addEventListener("input", () => { apply(); keep(input.id, input.value.trim()); });
    kind?.addEventListener("change", () => { apply(); keep(`${input.id}-kind`, kind.value); });
    apply();
    (table.closest(".table-scroll") ?? table).before(bar);
  }

  // ---- 元 or 万元: computed on the digits, half up, never with floating-point numbers
  const inWan = (yuan) => {
    const [, sign, whole, cents = ""] = yuan.match(/^(-?)(\d+)(?:\.(\d+))?$/);
    const hundredths = (BigInt(whole + cents.padEnd(2, "0").slice(0, 2)) + 5000n) / 10000n; // of 万元
    const digits = String(hundredths).padStart(3, "0");
    return `${sign}${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${digits.slice(-2)}`;
  };
  const amounts = [...document.querySelectorAll("[data-yuan]")];
  const place = document.querySelector(".unit-switch");
  if (place && amounts.length) {
    const units = [...document.querySelectorAll(".unit-name")];
    const printed = new Map(amounts.map((amount) => [amount, amount.textContent]));
    const choose = (unit) => {
      for (const amount of amounts) amount.textContent = unit === "万元" ? inWan(amount.dataset.yuan) : printed.get(amount);
      for (const name of units) name.textContent = unit;
      try { localStorage.setItem("unit", unit); } catch { /* private windows have no storage */ }
    };
    let kept = "元";
    try { kept = localStorage.getItem("unit") ?? kept; } catch { /* as above */ }
    const field = make("fieldset", {}, make("legend", { textContent: "金额单位" }));
    for (const unit of ["元", "万元"]) {
      const radio = make("input", { type: "radio", name: "unit", value: unit, checked: unit === kept });
      radio.addEventListener("change", () => choose(unit));
      field.append(make("label", {}, radio, ` ${unit}`));
    }
    place.append(field);
    place.hidden = false;
    if (kept === "万元") choose(kept);
  }
})();
