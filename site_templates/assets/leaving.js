// A government site tells its readers before they leave for a site that is not one.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[rel~=external]");
  if (!link || link.hostname.endsWith(".gov.cn") || link.hostname === location.hostname) return;
  if (!confirm(`即将离开本站，前往 ${link.hostname}。`)) event.preventDefault();
});
