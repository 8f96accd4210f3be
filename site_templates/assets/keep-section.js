// From one year to the next, stay at the section that is being read.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-keep-section]");
  if (link && location.hash) link.hash = location.hash;
}, true);
