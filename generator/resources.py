"""What ships beside the code: page templates, theme, assets, fonts; the same in a checkout and in a wheel."""

from importlib.resources import files
from pathlib import Path

DISTRIBUTION = "performance-targets-site"  # the package's name
# Real files, not only readable ones: typst, matplotlib and MkDocs open them by their paths.
TEMPLATES = Path(str(files("site_templates")))
FONTS = TEMPLATES / "fonts"
SANS, SERIF = FONTS / "NotoSansCJKsc-Regular.otf", FONTS / "NotoSerifCJKsc-Regular.otf"
