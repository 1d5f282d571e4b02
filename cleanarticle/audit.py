"""The audit page: one HTML file that shows the input in order, what was removed and why, and the record beside it.

It needs no network and no script; the script it has moves between removed blocks. All that comes from the input is escaped, and
the page's own policy (CSP) lets nothing run but that script.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape
from itertools import groupby

from .diff import words_in
from .model import BODY_KINDS, Article, Block, Kind

BAR = 1000  # units of the bar's width
LEAST = 4  # units of the bar that any share gets, so that it can be seen

STYLE = """
:root{color-scheme:light dark;--paper:#fbfaf8;--card:#fff;--ink:#1d1c1a;--soft:#6d6963;--rule:#e6e2da;--focus:#0b63ce;
--body:#45423d;--field:#0f766e;--chrome:#c2413b;--repeat:#7c4dcb;--caption:#a86a00;--credit:#8a5a33;--other:#5f6b7a;--wash:9%}
@media (prefers-color-scheme:dark){:root{--paper:#151618;--card:#1c1d20;--ink:#e9e6e0;--soft:#a09b92;--rule:#303136;--focus:#6cb2ff;
--body:#b9b4aa;--field:#4fd1c0;--chrome:#ff8a80;--repeat:#bfa0ff;--caption:#f0b54a;--credit:#d9a77a;--other:#a3b1c2;--wash:14%}}
*{box-sizing:border-box}
html{scroll-padding:7rem 0 40vh}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif}
h1,h2,p,ol,dl,dd{margin:0;padding:0}
h1{font:600 1.45rem/1.3 Charter,"Iowan Old Style","Noto Serif",Georgia,serif;text-wrap:balance}
h2{font-size:.75rem;font-weight:600;letter-spacing:.07em;text-transform:uppercase;color:var(--soft);margin-bottom:.75rem}
a{color:inherit}
header,main{max-width:92rem;margin:auto;padding:0 2rem}
header{padding-top:1.75rem}
h1,.said,dd,li>p:first-child,.body p{unicode-bidi:plaintext;text-align:start;overflow-wrap:anywhere}
.said{color:var(--soft);margin-top:.3rem;font-size:.9rem}
.strip{position:sticky;top:0;z-index:1;background:var(--paper);border-bottom:1px solid var(--rule);padding:.9rem 0 .7rem}
.strip>div{max-width:92rem;margin:auto;padding:0 2rem}
svg{display:block;width:100%;height:.7rem;border-radius:.35rem;background:var(--rule)}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.25rem;margin-top:.55rem;font-size:.85rem;align-items:baseline}
.key a{text-decoration:none;color:var(--ink);white-space:nowrap}
.key a:hover{text-decoration:underline}
.key i{display:inline-block;width:.65rem;height:.65rem;border-radius:.2rem;margin-inline-end:.4rem;background:var(--k)}
.key b{font-weight:600;font-variant-numeric:tabular-nums}
.key span{color:var(--soft)}
nav{margin-inline-start:auto;color:var(--soft);white-space:nowrap}
nav[hidden]{display:none}
kbd{font:inherit;font-size:.8em;border:1px solid var(--rule);border-radius:.25rem;padding:0 .35em;background:var(--card)}
button{font:inherit;line-height:1.2;color:var(--ink);background:var(--card);border:1px solid var(--rule);
border-radius:.35rem;padding:.15rem .6rem;cursor:pointer}
button:hover{border-color:var(--soft)}
main{display:grid;grid-template-columns:minmax(0,1fr) minmax(20rem,27rem);gap:2.5rem;padding-block:1.5rem 4rem;align-items:start}
section{counter-reset:n -1}
ol{list-style:none}
li{display:grid;grid-template-columns:1.6rem minmax(0,8fr) minmax(13rem,5fr);column-gap:1rem;padding:.35rem .75rem .35rem .3rem;
counter-increment:n;
border-inline-start:3px solid transparent;content-visibility:auto;contain-intrinsic-size:auto 2.2rem}
li>p:first-child{font:1.02rem/1.55 Charter,"Iowan Old Style","Noto Serif",Georgia,serif;max-width:42rem}
li>p+p{font-size:.78rem;line-height:1.45;color:var(--soft);padding-top:.15rem;overflow-wrap:anywhere}
li::before{content:counter(n);font-size:.68rem;line-height:1.6rem;text-align:end;color:var(--soft);opacity:.75;font-variant-numeric:tabular-nums}
li b{font-weight:600;color:var(--k)}
li b::after{content:" ·";font-weight:400;color:var(--soft)}
ol:not(.b)>li{border-color:var(--k)}
.c{--k:var(--chrome)}.r{--k:var(--repeat)}.g{--k:var(--caption)}.d{--k:var(--credit)}.o{--k:var(--other)}
.b{--k:var(--body)}.f{--k:var(--field)}
rect{fill:var(--k)}
:is(.c,.r,.g,.d,.o)>li{background:color-mix(in srgb,var(--k) var(--wash),transparent)}
:is(.c,.r,.g,.d,.o)>li>p:first-child{font:.9rem/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif;color:var(--soft)}
ol:not(.c,.r,.g,.d,.o)+ol:is(.c,.r,.g,.d,.o),ol:is(.c,.r,.g,.d,.o)+ol:not(.c,.r,.g,.d,.o){margin-top:.6rem}
li.h>p:first-child{font-weight:600}
ol:target>li:first-child,li.at{outline:2px solid var(--focus);outline-offset:-1px;border-radius:.2rem}
mark{background:color-mix(in srgb,var(--field) 18%,transparent);color:inherit;border-radius:.15rem}
aside{position:sticky;top:6.5rem;max-height:calc(100vh - 8rem);overflow:auto;background:var(--card);
border:1px solid var(--rule);border-radius:.6rem;padding:1.25rem 1.4rem}
dl{display:grid;grid-template-columns:5.6rem minmax(0,1fr);gap:.45rem .9rem;align-items:baseline}
dt{font-size:.8rem;color:var(--soft)}
dd.no{color:var(--soft)}
dd code{font-size:.85em;overflow-wrap:anywhere}
.body{border-top:1px solid var(--rule);margin-top:1.1rem;padding-top:1rem}
.body p{font:.95rem/1.55 Charter,"Iowan Old Style","Noto Serif",Georgia,serif;margin-bottom:.7rem}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
@media (max-width:70rem){main{grid-template-columns:minmax(0,1fr)}aside{position:static;max-height:none}}
@media (max-width:44rem){header,main,.strip>div{padding-inline:1rem}li{grid-template-columns:1.6rem minmax(0,1fr)}li>p+p{grid-column:2}}
@media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#555;--rule:#ccc;--body:#45423d;--field:#0f766e;
--chrome:#c2413b;--repeat:#7c4dcb;--caption:#a86a00;--credit:#8a5a33;--other:#5f6b7a;--wash:7%}
body{font-size:10pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}nav{display:none}.strip,aside{position:static}
main{display:block}aside{max-height:none;border:0;padding:0;margin-top:1.5rem}
li{grid-template-columns:1.6rem minmax(0,1fr) 11rem;content-visibility:visible}ol:not(.b)>li{break-inside:avoid}
@page{margin:16mm}header,main,.strip>div{padding-inline:0}}
"""

SCRIPT = """
(()=>{const lis=[...document.querySelectorAll('li')],gone=lis.flatMap((e,i)=>/[crgdo]/.test(e.parentNode.className)?[i]:[]);
const nav=document.querySelector('nav'),out=nav.querySelector('span'),[back,on]=nav.querySelectorAll('button');
if(!gone.length)return;let at=-1;nav.hidden=false;
const go=i=>{lis[gone[at]]?.classList.remove('at');at=(i+gone.length)%gone.length;const e=lis[gone[at]];e.classList.add('at');
e.scrollIntoView({block:'center'});out.textContent=`${at+1} of ${gone.length}`};
const run=d=>{let i=at;do i+=d;while(gone[i]>=0&&gone[i]===gone[i-d]+d);go(i)};
const step=d=>go(at<0&&d<0?-1:at+d);back.onclick=()=>step(-1);on.onclick=()=>step(1);
gone.forEach((n,i)=>lis[n].onclick=()=>{if(getSelection().isCollapsed)go(at===i?i+1:i)});
addEventListener('keydown',e=>{if(e.ctrlKey||e.metaKey||e.altKey)return;
({j:()=>step(1),n:()=>step(1),k:()=>step(-1),p:()=>step(-1),J:()=>run(1),K:()=>run(-1)})[e.key]?.()})})()
"""

_REMOVED = {Kind.CHROME: "c", Kind.REPEAT: "r", Kind.CAPTION: "g", Kind.CREDIT: "d"}
_NAMES = {"b": "body", "f": "fields", "c": "chrome", "r": "repeat", "g": "caption", "d": "credit", "o": "other"}
"""Classes of the page, in the order of the bar, and what they are called in its key."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def to_html(article: Article) -> str:
    """Return the audit page of an article."""
    return "".join(_page(article))


def text_of(text: str) -> str:
    """Return a text of the input for the page: nothing in it is markup, and characters that HTML forbids are replaced."""
    return escape(_UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text))


def _hash(source: str) -> str:
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"


def _page(article: Article) -> Iterator[str]:
    policy = f"default-src 'none'; style-src {_hash(STYLE)}; script-src {_hash(SCRIPT)}; base-uri 'none'; form-action 'none'"
    title = text_of(article.headline or "No headline")
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
    yield f"<title>Audit: {title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    yield f'<header>\n<h1>{title}</h1>\n<p class="said">{_said(article)}</p>\n</header>\n'
    rows = "".join(_blocks(article))
    yield from _strip(article.blocks, SAME in rows)
    yield "<main>\n<section>\n<h2>The input, in order</h2>\n"
    yield rows
    yield "</section>\n<aside>\n<h2>The record</h2>\n"
    yield from _record(article)
    yield f"</aside>\n</main>\n<script>{SCRIPT}</script>\n</body>\n</html>"


def _said(article: Article) -> str:
    parts = [f"confidence {article.confidence:.0%}", *map(text_of, article.warnings)]
    if article.url:
        shown = text_of(article.url)
        is_web = article.url.startswith(("http://", "https://"))
        parts.insert(0, f'<a href="{shown}" rel="noreferrer noopener">{shown}</a>' if is_web else shown)
    return " · ".join(parts)


def class_of(block: Block) -> str:
    """Return the class of a block: ``b`` body, ``f`` another field, ``c`` ``r`` ``g`` ``d`` ``o`` removed."""
    if block.kept:
        return "b" if block.kind in BODY_KINDS else "f"
    return _REMOVED.get(block.kind, "o")


def _strip(blocks: Iterable[Block], has_same: bool) -> Iterator[str]:
    words = dict.fromkeys(_NAMES, 0)
    seen: set[str] = set()
    for block in blocks:
        words[class_of(block)] += words_in(block.text)
        seen.add(class_of(block))
    total = sum(words.values()) or 1
    kept = words["b"] + words["f"]
    yield '<div class="strip"><div>\n'
    said = f"{kept:,} of {sum(words.values()):,} words are kept"
    yield f'<svg viewBox="0 0 {BAR} 10" preserveAspectRatio="none" role="img" aria-label="{said}">'
    widths = {name: max(LEAST, count * BAR / total) for name, count in words.items() if count}
    left = 0.0
    for name, width in widths.items():
        width *= BAR / sum(widths.values())
        yield f'<rect class="{name}" x="{left:.1f}" width="{width:.1f}" height="10"/>'
        left += width
    yield '</svg>\n<div class="key">'
    for name, label in _NAMES.items():
        if name in seen:
            yield f'<a href="#{name}" class="{name}"><i></i>{label} <b>{words[name]:,}</b></a>'
    yield f"<span>{kept / total:.0%} of {sum(words.values()):,} words kept</span>"
    if has_same:
        yield f"<span>{SAME} as above</span>"
    yield '<nav hidden><span>removed blocks: <kbd>j</kbd> <kbd>k</kbd></span> <button title="previous removed block (k)">‹</button> '
    yield '<button title="next removed block (j); Shift: next run">›</button></nav></div>\n</div></div>\n'


_HEADS = frozenset({Kind.HEADLINE, Kind.SUBHEADING})


SAME = "″"
"""Stands in a reason for the words that are those above."""
MANY = 100  # removed blocks; on a page with fewer every reason stands in full
IN_FULL = 20  # removed blocks in a row, of which one has its reason in full


def _blocks(article: Article) -> Iterator[str]:
    """Yield each block, a list for each run of one class; closing tags that HTML lets go are left out, a page has a thousand of them."""
    seen: set[str] = set()
    shown = zip(article.blocks, _reasons(article.blocks), strict=True)
    for name, run in groupby(shown, lambda one: class_of(one[0])):
        yield f"<ol class={name}>\n" if name in seen else f"<ol class={name} id={name}>\n"
        seen.add(name)
        for block, reason in run:
            css = " class=h" if block.kept and block.kind in _HEADS else ""
            text = _with_dateline(block.text, article) if name == "b" else text_of(block.text)
            yield f"<li{css}><p>{text}{reason}\n"
        yield "</ol>\n"


def _reasons(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield what stands beside each block: nothing beside body text, which is what the page is about; where much is removed, only
    what is new beside the row above.
    """
    in_full = IN_FULL if sum(not block.kept for block in blocks) > MANY else 1
    above: list[str] = []
    rows = 0
    for block in blocks:
        words = [block.kind, *block.reason.split(" ")]
        rows = rows + 1 if above else 0
        shown = like_above(words, () if block.kept or rows % in_full == 0 else above)
        above = [] if block.kept else words
        kind = text_of(shown[0]) if shown[0] == SAME else f"<b>{text_of(shown[0])}</b>"
        yield "" if class_of(block) == "b" else f"<p>{kind} {text_of(' '.join(shown[1:]))}".rstrip()


def like_above(words: Sequence[str], above: Sequence[str]) -> list[str]:
    """Return words with one sign for each run of those that stand above in their place: all such where both rows have as many
    words, else those at the front.

    >>> " ".join(like_above("chrome: depth 3, links 2".split(), "chrome: depth 4, links 2".split()))
    '″ 3, ″'
    """
    shown: list[str] = []
    going = True
    for index, word in enumerate(words):
        same = going and index < len(above) and above[index] == word
        going = same or len(words) == len(above)
        if not same:
            shown.append(word)
        elif shown[-1:] != [SAME]:
            shown.append(SAME)
    return shown


def _with_dateline(text: str, article: Article) -> str:
    printed = article.dateline.text if article.dateline is not None else ""
    where = text.find(printed) if printed else -1
    if where < 0:
        return text_of(text)
    return f"{text_of(text[:where])}<mark>{text_of(printed)}</mark>{text_of(text[where + len(printed) :])}"


def _record(article: Article) -> Iterator[str]:
    yield "<dl>"
    for name, value in article.to_dict().items():
        if name == "body":
            continue
        if name in ("fingerprint", "schema"):
            shown = f"<code>{text_of(str(value))}</code>" if value else ""
        elif name == "dateline" and value:
            shown = "<br>".join(f"{key}: {text_of(part)}" for key, part in value.items() if part)
        elif isinstance(value, list):
            shown = "<br>".join(text_of(part) for part in value)
        else:
            shown = "" if value is None else text_of(str(value))
        yield f"<dt>{name}<dd>{shown}\n" if shown else f"<dt>{name}<dd class=no>–\n"
    yield '</dl>\n<div class="body">'
    yield from (f"<p>{text_of(part)}\n" for part in article.body.split("\n\n") if part)
    yield "</div>\n"
