// Opened from a disk, a folder's address shows a file list: lead to the page in it.
if (location.protocol === "file:") {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  }, true);
  document.addEventListener("submit", (event) => {
    if (event.target.action.endsWith("/")) event.target.action += "index.html";
  }, true);
}
