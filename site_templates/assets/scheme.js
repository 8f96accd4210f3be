// Before anything is drawn: the light or dark scheme that the reader chose, if any; else the system's holds.
try { document.documentElement.dataset.scheme = localStorage.getItem("scheme") ?? ""; } catch { /* private windows */ }
