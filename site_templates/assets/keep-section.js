// From one year to the next, stay at the section that is being read.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-keep-section]");
  if (link && location.hash) link.hash = location.hash;
}, true);

// An address that names a folded part opens it.
{
  const unfold = () => {
    const part = document.getElementById(location.hash.slice(1));
    if (part?.matches("details:not([open])")) { part.open = true; part.scrollIntoView(); }
  };
  addEventListener("hashchange", unfold);
  unfold();
}
