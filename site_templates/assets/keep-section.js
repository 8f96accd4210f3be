// From one year to the next, stay at the section that is being read.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-keep-section]");
  if (link && location.hash) link.hash = location.hash;
}, true);

// An address that names a folded part, or a place within one, opens it.
{
  const unfold = () => {
    let part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    part = part?.querySelector(":scope > details") ?? part;
    let opened = false;
    for (let fold = part?.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      opened ||= !fold.open;
      fold.open = true;
    }
    if (opened) part.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
}
