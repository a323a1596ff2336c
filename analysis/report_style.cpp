// Colours by role, as in the viewer; light and dark by the reader's setting; A4 when printed.
#include "analysis/report_sections.hpp"

namespace portflow::analysis {

std::string_view style_sheet() {
  return R"css(
:root{color-scheme:light dark;--bg:#E9EDF1;--s1:#FFF;--s2:#F3F6F8;--line:#D3DBE2;--line2:#A9B6C2;
--t1:#14202B;--t2:#41515F;--t3:#56656F;--better:#0B67B2;--worse:#A84B00;--open:#5B6B79;--target:#B83412}
@media (prefers-color-scheme:dark){:root{--bg:#0D131A;--s1:#141C25;--s2:#1C2732;--line:#2C3A48;
--line2:#3E5060;--t1:#EDF2F7;--t2:#B4C1CE;--t3:#8797A7;--better:#58B0F6;--worse:#F59A4A;--open:#8797A7;
--target:#FF7A59}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--t1);font:15px/1.5 Inter,"Noto Sans","Segoe UI",
"WenQuanYi Micro Hei","PingFang SC","Microsoft YaHei",sans-serif}
input.choice{position:absolute;opacity:0}
input.choice+label{display:inline-block;margin:10px 0 0 16px;padding:2px 10px;border:1px solid var(--line2);border-radius:3px;
color:var(--t2);font-size:13px;cursor:pointer}
input.choice:checked+label{background:var(--t1);color:var(--bg);border-color:var(--t1)}
input.choice:focus-visible+label{outline:2px solid var(--better)}
#zh:checked~main.en,#en:checked~main.zh{display:none}
main{max-width:1220px;margin:0 auto;padding:16px}
h1{font-size:24px;line-height:1.25;margin:0 0 4px}h2{font-size:17px;margin:0 0 8px}h3{font-size:14px;margin:0 0 2px}
p{margin:0 0 8px}section,header,details.card{background:var(--s1);border:1px solid var(--line);border-radius:4px;
padding:14px 16px;margin:0 0 10px}
header{border:0;background:none;padding:2px 0 6px}
.sub,.small{color:var(--t2);font-size:13px}.sub{margin:0}.quiet{color:var(--t3)}
.lead{font-size:19px;line-height:1.35;font-weight:600;margin:0 0 8px}
.verdict{border-left:5px solid var(--open)}.verdict.better{border-left-color:var(--better)}
.verdict.worse{border-left-color:var(--worse)}
ul{margin:0;padding-left:20px}ul.plain{list-style:none;padding:0}li{margin:3px 0}
b.better,td.better,span.better{color:var(--better)}b.worse,td.worse,span.worse{color:var(--worse)}
td.open,span.open{color:var(--open)}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
th,td{padding:2px 5px;text-align:right;border-top:1px solid var(--line);white-space:nowrap;vertical-align:middle}
thead th{border:0;color:var(--t3);font-weight:500;font-size:12px;vertical-align:bottom;white-space:normal}
th.l,td.l{text-align:left}tbody th{font-weight:600;text-align:left;white-space:normal}
tbody tr.group th{font-weight:400;color:var(--t2);padding-left:24px}
td.word{font-weight:600;text-align:left}td .ci{color:var(--t3)}
svg{display:block}svg text{fill:var(--t3);font-size:11px;font-family:inherit}
.plot{width:160px;height:22px}.axis{width:160px;height:16px}.axis text{font-size:9px}
.kpis tbody th{min-width:165px}
.band{fill:var(--s2)}.grid{stroke:var(--line);stroke-width:1}.zero{stroke:var(--t3);stroke-width:1}
.better .bar,.bar.better{stroke:var(--better)}.worse .bar,.bar.worse{stroke:var(--worse)}.bar{stroke:var(--open);stroke-width:3}
.dot{fill:var(--open)}.better .dot{fill:var(--better)}.worse .dot{fill:var(--worse)}
.curves{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:14px 22px}
.curve{width:100%;height:auto}.a{fill:none;stroke:var(--t3);stroke-width:1.6;stroke-dasharray:4 3}
.b{fill:none;stroke:var(--better);stroke-width:2}.target{stroke:var(--target);stroke-width:1.2;stroke-dasharray:6 4}
svg text.tt{fill:var(--target)}
h4{font-size:13px;margin:10px 0 2px;color:var(--t2)}h3{margin-top:12px}
pre{background:var(--s2);border:1px solid var(--line);border-radius:3px;padding:8px 10px;margin:0 0 8px;white-space:pre-wrap}
details{margin:0 0 6px}.half{max-width:560px}
.fall{width:220px;height:18px}.fill{fill:var(--open)}.fill.better{fill:var(--better)}.fill.worse{fill:var(--worse)}
tr.whole th,tr.whole td{font-weight:700;background:var(--s2)}tr.step th{font-weight:600}
tr.head th{padding-top:8px;color:var(--t2);font-weight:600;border-top:1px solid var(--line2)}
tr.why td{border-top:0;white-space:normal;padding-bottom:6px}tr.why ul{padding-left:22px}
tr.why li{margin:0}th code{font-weight:400;color:var(--t3);margin-left:4px}
.stack{width:100%;max-width:640px;height:auto;margin:4px 0}
.swatch{display:inline-block;width:10px;height:10px;margin-right:4px}
.n0{fill:#0B67B2;background:#0B67B2}.n1{fill:#7FA6C9;background:#7FA6C9}.n2{fill:#D98A2B;background:#D98A2B}
.n3{fill:#7A6AA8;background:#7A6AA8}.n4{fill:#B83412;background:#B83412}.n5{fill:#8FA08A;background:#8FA08A}
.n6{fill:#A9B6C2;background:#A9B6C2}
.broke{fill:var(--target)}.mark{stroke:var(--target);stroke-width:2}
.key{display:inline-block;width:26px;border-top:2px solid var(--better);vertical-align:middle;margin:0 4px 0 12px}
.key.ka{border-top:2px dashed var(--t3);margin-left:0}.key.kt{border-top:1.5px dashed var(--target)}
code{font:12px/1.4 "DejaVu Sans Mono",Consolas,monospace;overflow-wrap:anywhere}
details summary{cursor:pointer;font-weight:600}details[open] summary{margin-bottom:8px}
dl{margin:0;font-size:13.5px}dt{font-weight:600;margin-top:8px}dd{margin:0;color:var(--t2)}
@media (max-width:1240px){.kpis td.d .ci,.study td.d .ci{display:block}.kpis .plot,.kpis .axis{width:120px}
.kpis td:not(.d) .ci{display:inline-block;max-width:110px;white-space:normal}}
@media (max-width:640px){main{padding:8px}section{padding:12px}h1{font-size:20px}.lead{font-size:17px}
.kpis thead{display:none}.kpis tbody tr{display:grid;grid-template-columns:1fr 1fr;border-top:1px solid var(--line);padding:6px 0}
.kpis tbody th{min-width:0}.kpis tbody th,.kpis tbody td{border:0;padding:1px 4px;text-align:left;white-space:normal}
.kpis tbody th,.kpis td.p,.kpis td.d{grid-column:1/-1}.kpis tbody tr.group th{padding-left:4px}
.curves{grid-template-columns:1fr}
.tree thead,.study thead,.promise thead,.movers thead{display:none}
.tree tbody tr,.study tbody tr,.promise tbody tr,.movers tbody tr{display:grid;grid-template-columns:1fr 1fr;
border-top:1px solid var(--line);padding:4px 0}
.tree tbody th,.tree tbody td,.study tbody th,.study tbody td,.promise tbody th,.promise tbody td,.movers tbody th,
.movers tbody td{border:0;padding:1px 4px;text-align:left;white-space:normal}
.tree tbody th,.study tbody th,.promise tbody th,.movers tbody th,.tree td.d,.tree td.p,.study td.d,tr.why td{grid-column:1/-1}
td[data-h]::before{content:attr(data-h) " ";color:var(--t3);font-size:12px;font-weight:400}}
@media print{:root{--bg:#FFF;--s1:#FFF;--s2:#F3F6F8;--line:#D3DBE2;--line2:#A9B6C2;--t1:#14202B;--t2:#41515F;
--t3:#56656F;--better:#0B67B2;--worse:#A84B00;--open:#5B6B79;--target:#B83412}
@page{size:A4;margin:12mm}body{font-size:10.5pt}main{max-width:none;padding:0}section{padding:6px 0;border-width:1px 0 0}
table{font-size:8.5pt}th,td{padding:2px 4px}.plot,.axis{width:130px}tr,figure,.curves div{break-inside:avoid}
.wide{overflow:visible}input.choice+label{display:none}}
)css";
}

}  // namespace portflow::analysis
