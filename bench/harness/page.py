# SPDX-License-Identifier: GPL-3.0-or-later
"""One page that needs nothing else: the table, and plots as SVG inside it."""

import html
import io

from bench.harness import plots, settings, table

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 78em; padding: 0 1em; color: #222; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13px; }
th, td { padding: .15em .6em; text-align: right; border-bottom: 1px solid #ddd; white-space: pre; }
th:nth-child(-n+2), td:nth-child(-n+2), th:last-child, td:last-child { text-align: left; }
.wide { overflow-x: auto; } figure { margin: 1.5em 0; } svg { max-width: 100%; height: auto; }
dl { font-size: 14px; } dt { float: left; clear: left; width: 12em; opacity: .7; } dd { margin-left: 12em; }
@media (prefers-color-scheme: dark) { body { background: #181818; color: #ddd; } th, td { border-color: #444; }
  figure { background: #f4f4f4; border-radius: 6px; padding: .6em; } }
@media (max-width: 700px) { figure { overflow-x: auto; } svg { max-width: none; } }
"""


def write(results, path):
    parts = ["<!doctype html>", '<html lang="en"><meta charset="utf-8">',
             "<title>libpioneer: benchmarks</title>",
             '<meta name="viewport" content="width=device-width">', "<style>%s</style>" % STYLE,
             "<h1>libpioneer: benchmarks</h1>", pairs(settings.described(results.settings)),
             "<h2>Results</h2>", table_html(results), pairs(settings.LEGEND + settings.PLOTS),
             "<p>%s</p>" % html.escape(settings.MORE), *figures(results.records),
             "<h2>Machine</h2>", pairs((words(key), value) for key, value in results.machine.items())]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(parts) + "\n</html>\n")


def words(key):
    return key.replace("_gib", " in GiB").replace("_", " ")


def pairs(entries):
    return "<dl>%s</dl>" % "".join("<dt>%s</dt><dd>%s</dd>" % (html.escape(str(name)), html.escape(str(text)))
                                   for name, text in entries)


def table_html(results):
    head = "".join("<th>%s</th>" % html.escape(cell) for cell in table.HEAD)
    body = "".join("<tr>%s</tr>" % "".join("<td>%s</td>" % html.escape(cell) for cell in row)
                   for row in table.rows(results.records, results.missing))
    return '<div class="wide"><table><thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>' % (head, body)


def figures(records):
    if not plots.available():
        return ["<p>No plots: matplotlib is not installed.</p>"]
    found = []
    for title, figure in plots.all_of(records):
        found.append("<h2>%s</h2><figure>%s</figure>" % (html.escape(title), svg(figure)))
    return found


def svg(figure):
    out = io.StringIO()
    figure.savefig(out, format="svg", bbox_inches="tight")
    text = out.getvalue()
    return text[text.index("<svg"):]
