// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/html.h"

#include "core/utf8.h"

#include <cmath>
#include <cstdio>

namespace adtailor::html {

std::string escaped(std::string_view text)
{
    std::string safe;
    for (const char c : repairedUtf8(text)) {
        if (c == '&')
            safe += "&amp;";
        else if (c == '<')
            safe += "&lt;";
        else if (c == '>')
            safe += "&gt;";
        else if (c == '"')
            safe += "&quot;";
        else if (c == '\'')
            safe += "&#39;";
        else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
            safe += c;
    }
    return safe;
}

std::string formatted(const char* format, double value)
{
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string number(double value)
{
    return formatted(std::abs(value) < 100 ? "%.3f" : "%.4g", value);
}

std::string signedNumber(double value)
{
    return formatted(std::abs(value) < 100 ? "%+.3f" : "%+.4g", value);
}

const char* const pageStyle = R"(
:root { color-scheme: light dark; --text: #1c2430; --quiet: #5b6675; --line: #d5dbe3; --paper: #f4f1e8; --ground: #fff; --accent: #1f5fbf; --good: #e2f2e6; --bad: #fbe5e3; }
@media (prefers-color-scheme: dark) { :root { --text: #e6eaf0; --quiet: #a3aebb; --line: #3a4452; --paper: #37332a; --ground: #171c23; --accent: #7fb0ff; --good: #1e3a29; --bad: #472523; } }
body { font: 15px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; color: var(--text); background: var(--ground); margin: 2rem auto; max-width: 1500px; padding: 0 1rem; }
h1 { font-size: 1.7rem; margin-bottom: .2rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .4rem; }
p, li { max-width: 75ch; } .quiet, figcaption { color: var(--quiet); font-size: .86rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; margin: .5rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
.scroll table:not(.sheet) tbody th { min-width: 12rem; } .scroll th .quiet { font-weight: normal; } thead th { border-bottom: 2px solid var(--line); vertical-align: bottom; font-size: .86rem; }
td.value, td.paper, td.none { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.value span, td.paper span { display: block; color: var(--quiet); font-size: .78rem; }
td.paper, th.paper { background: var(--paper); } td.none { color: var(--quiet); }
td.better { background: var(--good); } td.worse { background: var(--bad); }
.charts { display: flex; flex-wrap: wrap; gap: 1.2rem 2rem; } svg text { font-size: 12px; fill: var(--text); } svg .head { font-weight: 600; font-size: 13px; }
svg .tick { text-anchor: middle; fill: var(--quiet); font-size: 11px; } svg .grid { stroke: var(--line); } svg .bar { stroke: var(--accent); stroke-width: 2; } svg circle { fill: var(--accent); }
svg path.paper { fill: none; stroke: var(--quiet); stroke-width: 1.5; }
.sheet td { border: 0; padding: .3rem; width: 132px; font-size: .8rem; line-height: 1.3; overflow-wrap: anywhere; } .sheet img { display: block; width: 128px; height: 128px; object-fit: contain; border-radius: 4px; background: #fff; }
.sheet th { font-size: .8rem; padding: .3rem; } .sheet tbody th { border: 0; } .blank { display: grid; place-items: center; width: 128px; height: 128px; border: 1px dashed var(--line); border-radius: 4px; color: var(--quiet); }
@media print { body { max-width: none; margin: 0; } }
)";

} // namespace adtailor::html
