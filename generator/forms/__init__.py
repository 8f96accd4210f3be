"""The official form as rows and cells, and written as PDF, workbook and page."""
