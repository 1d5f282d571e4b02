"""What a page says about itself: JSON-LD, OpenGraph and other meta tags, microdata, ``<title>``.

The tree is read in one pass over a few tags; whatever stands there is data, so nothing in here raises for it.
"""

from __future__ import annotations

import html
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from cleanarticle.decode import c1_table, repair
from cleanarticle.model import Claims

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_JSON = 4_000_000  # characters of JSON-LD on one page; ordinary pages have 2,000 to 60,000
MOST_SCRIPTS = 200  # JSON-LD blocks; ordinary pages have 1 to 10
MOST_NODES = 5_000  # nodes of all graphs together
DEEPEST_NODE = 12  # graphs, lists and main entities within each other
MOST_VALUES = 51  # values kept of one meta tag: one more than the authors a page may have
MOST_AUTHORS = 50  # a longer list is no byline
MOST_PROPERTIES = 500  # microdata properties looked at
MOST_UNKNOWN = 2  # words of a tail taken for a site's name where nothing else names the site
MOST_TYPED = 50  # nodes whose types are told
LONGEST_HEADLINE = 500  # characters
LONGEST_STANDFIRST = 2_000  # characters
LONGEST_NAME = 100  # characters
LONGEST_BYLINE = 1_000  # characters of an author claim before it is split
LONGEST_URL = 2_000  # characters; longer ones are refused by servers too
SHORTEST_BODY = 200  # characters; shorter ones are teasers
LONGEST_BODY = 500_000  # characters

Node = Mapping[str, Any]
"""One JSON object of JSON-LD."""

HEADLINES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "citation_title", "headline")
STANDFIRSTS = (
    "og:description",
    "twitter:description",
    "sailthru.description",
    "description",
    "dc.description",
    "dcterms.description",
    "dcterms.abstract",
)
AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "cxenseparse:author",
    "byl",
)
DATES = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "citation_publication_date",
    "citation_date",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "published_date",
    "published-date",
    "pubdate",
    "datecreated",
    "dc.date",
    "dcterms.date",
    "date",
)
SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "citation_journal_title", "publisher")
LANGUAGES = ("og:locale", "content-language", "language", "dc.language", "dcterms.language", "inlanguage")
"""Names of meta tags, lower case, most trusted first."""

_WANTED = frozenset((*HEADLINES, *STANDFIRSTS, *AUTHORS, *DATES, *SITES, *LANGUAGES, "og:type", "og:url"))

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_LINE_TAG = re.compile(r"<(?:br|/?p|/?div|/?h[1-6]|/?li)\b[^<>]{0,500}>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_DROPPED = re.compile("[\x00-\x08\x0b\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u2060\ufeff]+")
"""Control characters that are no white space, and marks without width that carry no meaning."""


# ---------------------------------------------------------------- values


def _sound(text: str) -> str:
    """Return the text without control characters and mojibake, with U+FFFD for lone surrogates.

    C1 codes mean characters of windows-1252, as in browsers.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "â€" in text or "Ã" in text:
        text = repair(text)
    if text.isprintable():
        return text
    return _DROPPED.sub("", text.translate(c1_table()))


def _unescaped(text: str) -> str:
    """Return the text with its entities resolved, also those that were escaped twice."""
    for _ in range(2):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return text


def _text(value: object, longest: int) -> str | None:
    """Return a claimed value as one clean line; None for what is no text, empty or over ``longest`` characters.

    A list stands for its first text, ``{"@value": …}`` for its value.

    >>> _text("Fish &amp; <b>chips</b>\\n", 50)
    'Fish & chips'
    """
    for _ in range(3):
        if isinstance(value, list):
            value = next((item for item in value[:MOST_VALUES] if isinstance(item, str | dict)), None)
        elif isinstance(value, dict):
            value = value.get("@value")
    if not isinstance(value, str) or len(value) > 8 * longest + 100:
        return None
    text = _unescaped(value) if "&" in value else value
    if "<" in text:
        text = _TAG.sub(" ", text) if _LINE_TAG.search(text) else _TAG.sub("", text)
    text = " ".join(_sound(text).split())
    return text if 0 < len(text) <= longest else None


def _body(value: object) -> str | None:
    """Return an ``articleBody`` with its white space as it is; None for teasers and what is no text."""
    if not isinstance(value, str) or not SHORTEST_BODY <= len(value) <= LONGEST_BODY:
        return None
    text = _unescaped(value) if "&" in value else value
    if "<" in text:
        text = _TAG.sub("", _LINE_TAG.sub("\n", text))
    text = _sound(text).strip()
    return text if len(text) >= SHORTEST_BODY else None


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts in order, each once; letters and digits alone tell two apart."""
    seen: dict[str, str] = {}
    for text in dict.fromkeys(texts):
        seen.setdefault(_letters(text) or text, text)
    return tuple(seen.values())


_NEITHER = re.compile(r"[\W_]+")


def _letters(text: str) -> str:
    """Return the letters, marks and digits of a text, case folded: what two spellings of a name share."""
    return _NEITHER.sub("", text.casefold())


# ---------------------------------------------------------------- the tree


class _Found(NamedTuple):
    """The raw claims of a tree."""

    meta: dict[str, list[str]]
    scripts: list[str]
    title: str | None
    canonical: str | None
    language: str | None


def _gather(root: HtmlElement) -> _Found:
    """Collect the raw claims in one pass; later values of one kind stand behind earlier ones."""
    meta: dict[str, list[str]] = {}
    scripts: list[str] = []
    title = canonical = None
    room = MOST_JSON
    for element in root.iter("meta", "link", "script", "title"):
        tag = element.tag
        if tag == "meta":
            content = element.get("content")
            if content:
                for attribute in ("property", "name", "itemprop", "http-equiv"):
                    key = element.get(attribute)
                    if key and (key := key.strip().lower()) in _WANTED:
                        values = meta.setdefault(key, [])
                        if len(values) < MOST_VALUES:
                            values.append(content)
        elif tag == "script":
            kind = element.get("type")
            if kind and "ld+json" in kind.lower() and len(scripts) < MOST_SCRIPTS:
                script = element.text or ""
                if len(script) <= room:
                    room -= len(script)
                    scripts.append(script)
        elif tag == "link":
            if canonical is None and "canonical" in (element.get("rel") or "").lower().split():
                canonical = element.get("href")
        elif title is None and element.text and getattr(element.getparent(), "tag", None) != "svg":
            title = element.text
    return _Found(meta, scripts, title, canonical, root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"))


def _values(meta: Mapping[str, Sequence[str]], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from meta.get(name, ())


def _texts(values: Iterable[object], longest: int) -> Iterator[str]:
    for value in values:
        text = _text(value, longest)
        if text is not None:
            yield text


# ---------------------------------------------------------------- JSON-LD


def _integer(digits: str) -> int:
    """Return an integer of JSON; 0 for one of more digits than any date, count or id has."""
    return int(digits) if len(digits) < 20 else 0


_ESCAPE = re.compile(r"\\(.)")
_COMMENT = re.compile(r"(?:(?<=\s)|(?<=,))//(?:[^\n\"/]|/(?!/))*$", re.MULTILINE)
_LAST_COMMA = re.compile(r",\s*([}\]])")
_STRING = r"\"((?:[^\"\\]|\\.){1,500})\"\s{0,20}(?=[,}\]])"
_PAIR = re.compile(rf"\"(@type|headline|datePublished|dateCreated)\"\s{{0,20}}:\s{{0,20}}{_STRING}")
_PERSON = r"\{[^{}\[\]]{0,300}?\"name\"\s{0,20}:\s{0,20}"
_AUTHOR = re.compile(rf"\"author\"\s{{0,20}}:\s{{0,20}}(?:\[\s{{0,20}})?(?:{_PERSON})?{_STRING}")


def _repaired(script: str) -> str:
    """Return a JSON text without the faults of templates and hands: escaped quotes, odd escapes, comments, last commas."""
    if '"' not in script and "&quot;" in script:
        script = html.unescape(script)
    script = _ESCAPE.sub(lambda match: match[0] if match[1] in '"\\/bfnrtu' else match[1], script)
    return _LAST_COMMA.sub(r"\1", _COMMENT.sub("", script))


def _salvaged(script: str) -> Node | None:
    """Return what can be read of one article in a JSON text beyond repair, such as one with bare quotes in a description."""
    node: dict[str, Any] = {}
    for match in _PAIR.finditer(script):
        if match[1] != "@type" or _is_article((match[2],)):
            node.setdefault(match[1], match[2])
    author = _AUTHOR.search(script)
    if author is not None:
        node["author"] = author[1]
    return node if "@type" in node else None


def _loaded(script: str) -> object:
    """Return the first JSON value of a script element, whatever comment or CDATA mark is wrapped around it; None without one."""
    import json

    decoder = json.JSONDecoder(strict=False, parse_int=_integer, parse_constant=lambda _: None)
    script = script.replace("<![CDATA[", "", 1)
    starts = [start for start in (script.find("{"), script.find("[")) if start >= 0]
    if not starts:
        return None
    script = script[min(starts) :]
    try:
        return decoder.raw_decode(script)[0]
    except RecursionError:
        return None
    except ValueError:
        pass
    script = _repaired(script)
    try:
        return decoder.raw_decode(script)[0]
    except RecursionError:
        return None
    except ValueError:
        return _salvaged(script)


def _nodes(scripts: Iterable[str]) -> list[Node]:
    """Return the nodes that speak of the page: the top ones, those of graphs and lists, and main entities."""
    nodes: list[Node] = []
    queue: deque[tuple[object, int]] = deque((_loaded(script), 0) for script in scripts)
    looked = 0
    while queue and looked < MOST_NODES:
        value, depth = queue.popleft()
        looked += 1
        if isinstance(value, dict):
            nodes.append(value)
            children: list[object] = [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]
        elif isinstance(value, list):
            children = value[:MOST_NODES]
        else:
            continue
        if depth < DEEPEST_NODE:
            queue.extendleft((child, depth + 1) for child in reversed(children))
    return nodes


def _types(node: Node) -> list[str]:
    """Return the schema.org types of a node without the vocabulary's address."""
    types = node.get("@type")
    listed = types[:MOST_VALUES] if isinstance(types, list) else [types]
    return [name for value in listed if (name := _text(value.rsplit("/", 1)[-1] if isinstance(value, str) else None, LONGEST_NAME))]


def _is_article(types: Iterable[str]) -> bool:
    """Tell an article's type: ``NewsArticle``, ``BlogPosting``, ``Report``, ``LiveBlogPosting``, ``Review`` …"""
    return any(name.lower().endswith(("article", "posting", "report", "review")) for name in types)


def _address(url: object) -> tuple[str, str] | None:
    """Return what tells two addresses of one page apart: host and path, and the query where there is no path."""
    if isinstance(url, dict):
        url = url.get("@id") or url.get("url")
    if not isinstance(url, str) or len(url) > LONGEST_URL:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    return parts.netloc.lower().removeprefix("www.").removeprefix("m."), path or parts.query


def _article(nodes: Sequence[Node], addresses: Iterable[str | None]) -> Node:
    """Return the article node of the page: the one with the page's address, else the first that has a headline."""
    telling = ("headline", "datePublished", "author", "name")
    articles = [node for node in nodes if _is_article(_types(node)) and any(node.get(key) for key in telling)]
    if len(articles) > 1:
        here = {address for url in addresses if (address := _address(url)) and address[1]}
        for node in articles:
            if here & {_address(node.get(key)) for key in ("url", "@id", "mainEntityOfPage")}:
                return node
    return next((node for node in articles if node.get("headline")), articles[0] if articles else {})


def _index(nodes: Iterable[Node]) -> dict[str, Node]:
    """Return the nodes by ``@id``, also people and publishers given within another node."""
    index: dict[str, Node] = {}
    for node in nodes:
        for value in (node, node.get("author"), node.get("creator"), node.get("publisher")):
            for one in value[:MOST_AUTHORS] if isinstance(value, list) else (value,):
                if isinstance(one, dict) and isinstance(name := one.get("@id"), str) and not index.get(name, {}).get("name"):
                    index[name] = one
    return index


def _people(value: object, index: Mapping[str, Node], depth: int = 0) -> Iterator[str]:
    """Yield the raw names of an author value: text, node, reference, list, or any of them within each other."""
    if depth > 5:
        return
    if isinstance(value, str):
        node = index.get(value)
        yield from _people(node, index, depth + 1) if node is not None and node.get("name") else (value,)
    elif isinstance(value, list):
        for item in value[: MOST_AUTHORS + 1]:
            yield from _people(item, index, depth + 1)
    elif isinstance(value, dict):
        known = index.get(value["@id"], {}) if isinstance(value.get("@id"), str) else {}
        for node in (value, known):
            inner = next((node[key] for key in ("name", "@value", "@list", "author") if node.get(key)), None)
            if inner is None and isinstance(node.get("familyName"), str):
                inner = f"{_text(node.get('givenName'), LONGEST_NAME) or ''} {node['familyName']}"
            if inner is not None and inner is not value:
                yield from _people(inner, {}, depth + 1)
                return


# ---------------------------------------------------------------- microdata


_PROPERTIES = frozenset(("headline", "author", "datePublished", "dateCreated", "description"))


def _microdata(root: HtmlElement) -> dict[str, list[str]]:
    """Return the properties of the first article of the page's microdata, without those of things within it."""
    properties: dict[str, list[str]] = {}
    # Attributes and not elements are asked for: a page without any costs a quarter.
    kinds = root.xpath("descendant-or-self::*/@itemtype")
    scope = next((kind.getparent() for kind in kinds if _is_article((kind.strip().rsplit("/", 1)[-1],))), None)
    names = () if scope is None else scope.xpath("descendant::*/@itemprop")
    for name in islice((name for name in names if name in _PROPERTIES), MOST_PROPERTIES):
        element = name.getparent()
        owner = next((up for up in element.iterancestors() if up is scope or up.get("itemscope") is not None), None)
        if owner is scope:
            properties.setdefault(str(name), []).append(_property(element))
    return properties


def _property(element: HtmlElement) -> str:
    """Return the value of a microdata property: its attribute, the name of the thing it holds, or its text."""
    given = element.get("content") or element.get("datetime")
    if given:
        return str(given)
    if element.get("itemscope") is not None:
        names = (inner for inner in element.iterdescendants() if inner.get("itemprop") == "name")
        element = next(names, element)
        given = element.get("content")
        if given:
            return str(given)
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > LONGEST_STANDFIRST:
            break
    return " ".join(pieces)


# ---------------------------------------------------------------- headlines


_MARK = re.compile(r"[-–—−|│‖·•∙»«›‹~/:]{1,3}")
_PIPES = frozenset("|│‖·•∙»«›‹")
"""Marks that prose does not use between words."""
_TIGHT = frozenset("|│‖·•")
"""Marks that separate without spaces too."""


class _Cut(NamedTuple):
    """A place where a title falls into two."""

    front: str
    tail: str
    pipe: bool
    """The mark is one that prose does not use."""


def _cuts(text: str, start: int, end: int) -> list[_Cut]:
    """Return the places between two offsets where a mark separates: alone between spaces, or as in ``A: B``, ``A -B``, ``A--B``."""
    cuts = []
    for match in _MARK.finditer(text, start, end):
        mark, before, after = match[0], text[: match.start()], text[match.end() :]
        if not before or not after:
            continue
        open_before, open_after = before[-1].isspace(), after[0].isspace()
        if (
            (open_before and open_after)
            or mark[0] in _TIGHT
            or mark in ("--", "---")
            or (open_after and mark in (":", "–", "—"))
            or (open_before and mark in ("-", "–", "—", ":"))
        ):
            cuts.append(_Cut(before.strip(), after.strip(), mark[0] in _PIPES))
    return cuts


_DAY = re.compile(r"[\s\d./:-]{8,20}")
_WORD = re.compile(r"\w+")
_UMLAUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "å": "a", "æ": "ae"})
_SUFFIXES = frozenset({"com", "co", "org", "net", "gov", "edu", "ac", "www", "m", "amp", "news"})
LONGEST_SITE = 15  # words of a site's name, with its motto, at either end of a title


class _Sites:
    """The names a site goes by, ready to be met at either end of a title."""

    __slots__ = ("labels", "names")

    def __init__(self, names: Iterable[str], urls: Iterable[str | None]) -> None:
        self.names = [words for name in names if (words := _words(name))]
        self.labels: set[str] = set()
        for url in urls:
            address = _address(url)
            if address and "." in address[0]:
                labels = [label for label in address[0].split(".")[:-1] if label not in _SUFFIXES]
                self.labels.update(label.replace("-", "") for label in labels[-1:])
                self.labels.add(_letters(address[0]))

    def named(self, text: str) -> bool:
        """Tell whether a text is the site's name, its domain, or words the domain is short for."""
        words = _words(text)
        if not 0 < len(words) <= LONGEST_SITE:
            return False
        joined = "".join(words)
        if any(joined == "".join(name) for name in self.names):
            return True
        if {joined, joined.translate(_UMLAUT), joined.removeprefix("the")} & self.labels:
            return True
        capitals = all(word[:1] == word[:1].upper() for word in _WORD.findall(text))
        return len(words) > 1 and capitals and any(_abbreviates(label, words) for label in self.labels)

    def end(self, tail: str, *, pipe: bool) -> bool:
        """Tell whether a title's tail is the site's: its name, most of it, or a day.

        Behind a ``pipe`` the name may have company, as in ``BBC News Arabic``; where nothing names the site, a word or two are one.
        """
        words = _words(tail)
        if not 0 < len(words) <= LONGEST_SITE:
            return False
        if pipe and not self.names and len(words) <= MOST_UNKNOWN:
            return True
        return self.named(tail) or _DAY.fullmatch(tail) is not None or any(_resembles(words, name, pipe) for name in self.names)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold())) if len(text) <= LONGEST_NAME else ()


def _resembles(words: tuple[str, ...], name: tuple[str, ...], pipe: bool) -> bool:
    """Tell whether words are most of a name, from its first or up to its last word, or, behind a pipe, the name with company."""
    missing = len(name) - len(words)
    if missing > 0:
        return words in (name[: len(words)], name[missing:]) and 2 * len("".join(words)) > len("".join(name))
    return bool(name) and pipe and (missing >= -2 or len(name) > 1) and name in (words[: len(name)], words[-len(name) :])


def _abbreviates(label: str, words: tuple[str, ...]) -> bool:
    """Tell whether a domain is made of the fronts of all the words: ``nytimes`` of New York Times, ``faz`` …

    The article in front may be missing.
    """
    ends = {0}
    for word in words:
        plain = word.translate(_UMLAUT)
        ends = {end + size for end in ends for size in range(1, len(plain) + 1) if label.startswith(plain[:size], end)}
    return len(label) in ends or (words[0] == "the" and len(words) > 2 and _abbreviates(label, words[1:]))


def _tails(text: str) -> list[_Cut]:
    return _cuts(text, max(0, len(text) - LONGEST_NAME), len(text))[-3:]


def _without_site(text: str, sites: _Sites) -> str:
    """Return the text without the site's name at either end; the text itself where nothing is sure."""
    for _ in range(3):
        rest = next((cut.front for cut in _tails(text) if sites.end(cut.tail, pipe=cut.pipe)), "")
        if not rest:
            rest = next((cut.tail for cut in _cuts(text, 0, LONGEST_NAME)[:2] if sites.named(cut.front)), "")
        if not rest:
            break
        text = rest
    return text


def _headlines(titles: Sequence[str], sites: _Sites) -> tuple[str, ...]:
    """Return the claimed headlines without the site's name, and without tails that a better claim lacks."""
    bare = _distinct(_without_site(title, sites) for title in dict.fromkeys(titles))
    kept = _kicker_last([title for title in _without_tails(bare) if not sites.named(title)])
    return tuple(kept)


def _kicker_last(titles: Sequence[str]) -> list[str]:
    """Return the titles with each that is a kicker, a colon and another title behind that other one."""
    if len(titles) < 2:
        return list(titles)
    places = {_letters(title): place for place, title in enumerate(titles)}
    ranks: list[float] = []
    for place, title in enumerate(titles):
        other = places.get(_letters(title.partition(": ")[2]))
        ranks.append(place if other is None or other < place else other + 0.5)
    return [title for _, title in sorted(zip(ranks, titles, strict=True))]


def _without_tails(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the texts without those that are another one plus a tail, as in ``… | Politics``.

    Behind a dash the tail may be the text's own: then the other one must be the more trusted, that is, stand first.
    """
    tails = [_tails(text) for text in texts]
    if len(texts) < 2 or not any(tails):
        return tuple(texts)
    places = {_letters(text): place for place, text in enumerate(texts)}
    kept = []
    for place, text in enumerate(texts):
        for cut in tails[place]:
            other = places.get(_letters(cut.front))
            if other is not None and other != place and (other < place or cut.pipe):
                break
        else:
            kept.append(text)
    return tuple(kept)


# ---------------------------------------------------------------- the other fields


def _standfirsts(texts: Iterable[str], headlines: Sequence[str], sites: _Sites) -> tuple[str, ...]:
    """Return the claimed standfirsts: what most claims say first, none that is a headline.

    One that breaks off gives way to the longer one that goes on.
    """
    votes: Counter[str] = Counter()
    distinct: dict[str, str] = {}
    for raw, count in Counter(texts).items():
        bare = _without_site(raw, sites)
        key = _letters(bare)
        votes[key] += count
        distinct.setdefault(key, bare)
    for headline in headlines:
        distinct.pop(_letters(headline), None)
    kept = _without_tails([distinct[key] for key, _ in votes.most_common() if key in distinct])
    return tuple(dict.fromkeys(next((other for other in kept if _goes_on(text, other)), text) for text in kept))


def _goes_on(text: str, other: str) -> bool:
    """Tell whether a text is the front of another one, cut off with an ellipsis or within a sentence."""
    text = text.rstrip("] ")
    front = text.rstrip(".…").rstrip(" [") if text.endswith(("…", "...")) else text
    if len(other) <= len(text) or not other.startswith(front):
        return False
    return front != text or other[len(front) :].lstrip()[:1].islower()


_LINK = re.compile(r"(?:https?:)?//|www\.|[\w.-]{1,80}\.\w{1,20}/", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]")


def _authors(claims: Iterable[Iterable[str]], sites: _Sites) -> tuple[str, ...]:
    """Return the names of the first claim that has any; the site's own names count only where they stand alone."""
    from cleanarticle.byline import clean_author

    alone: tuple[str, ...] = ()
    for claim in claims:
        raw = [text for text in _texts(claim, LONGEST_BYLINE) if not _LINK.match(text)]
        if len(raw) > MOST_AUTHORS:
            continue
        names = _distinct(name for text in raw for name in clean_author(text) if len(name) <= LONGEST_NAME and _NAME.search(name))
        others = tuple(name for name in names if not sites.named(name))
        if others:
            return others[:MOST_AUTHORS]
        alone = alone or names
    return alone


def _published(values: Iterable[object]) -> str | None:
    """Return the first date that can be read; a later one with the time of the same day is better."""
    from cleanarticle.dates import claimed_date

    first: str | None = None
    for value in values:
        if value is None or (isinstance(value, str) and len(value) > LONGEST_NAME):
            continue
        date = claimed_date(value)
        if first is None or (date is not None and date.startswith(first)):
            first = date
        if first is not None and len(first) > len("2024-12-03"):
            return first
    return first


def _language(values: Iterable[object]) -> str | None:
    """Return the language most claims name, the first of them where they are even."""
    from cleanarticle.language import code_of

    codes = Counter(code for value in values if (code := code_of(value)))
    return max(codes, key=codes.__getitem__, default=None)


def _url(candidates: Iterable[object], base: str | None) -> str | None:
    """Return the first absolute address of a page that is not the front page, else the first."""
    found: list[str] = []
    for value in candidates:
        text = _text(value, LONGEST_URL)
        if text is None or " " in text:
            continue
        try:
            text = urljoin(base or "", text)
            parts = urlsplit(text)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc:
            found.append(text)
            if parts.path.strip("/") or parts.query:
                return text
    return found[0] if found else None


def _name(value: object) -> str | None:
    """Return the name of a publisher or part: a text or a node with a name."""
    if isinstance(value, list):
        value = value[0] if value else None
    text = _text(value.get("name") if isinstance(value, dict) else value, LONGEST_NAME)
    return None if text is None or text.startswith("http") else text


def _site_names(meta: Mapping[str, Sequence[str]], nodes: Sequence[Node], article: Node, index: Mapping[str, Node]) -> tuple[str, ...]:
    """Return the names the site goes by, most trusted first; some pages give their own title as the application's name."""
    publisher = article.get("publisher")
    if isinstance(publisher, dict) and isinstance(publisher.get("@id"), str) and not publisher.get("name"):
        publisher = index.get(publisher["@id"])
    websites = (_name(node) for node in nodes if "WebSite" in _types(node))
    titles = {_letters(title) for title in _texts((article.get("headline"), *_values(meta, HEADLINES[:2])), LONGEST_HEADLINE)}
    sure = _texts((*meta.get("og:site_name", ()), _name(publisher), *websites, _name(article.get("isPartOf"))), LONGEST_NAME)
    others = (name for name in _texts(_values(meta, SITES[1:]), LONGEST_NAME) if _letters(name) not in titles)
    return tuple(name for name in _distinct((*sure, *others)) if _NAME.search(name))


def read_claims(root: HtmlElement, url: str | None = None) -> Claims:
    """Return what the page says about itself; ``url`` is the address it came from, which tells its article from others."""
    found = _gather(root)
    meta = found.meta
    nodes = _nodes(found.scripts)
    index = _index(nodes)
    own_urls = meta.get("og:url", ())
    article = _article(nodes, (url, found.canonical, *own_urls))
    page = next((node for node in nodes if "WebPage" in _types(node)), {})
    micro = {} if article else _microdata(root)

    address = _url((found.canonical, *own_urls, article.get("url")), url)
    site_names = _site_names(meta, nodes, article, index)
    sites = _Sites(site_names, (address, url))
    titles = (article.get("headline") or article.get("name"), *_values(meta, HEADLINES), *micro.get("headline", ()), found.title)
    headlines = _headlines(list(_texts(titles, LONGEST_HEADLINE)), sites)
    descriptions = (
        *_values(meta, STANDFIRSTS[:2]),
        *(article.get(key) for key in ("description", "abstract")),
        *micro.get("description", ()),
        *_values(meta, STANDFIRSTS[2:]),
    )
    people = [_people(value, index) for value in (article.get("author"), article.get("creator"), page.get("author"))]
    dates = (
        *(node.get(key) for node in (article, page) for key in ("datePublished", "dateCreated")),
        *_values(micro, ("datePublished", "dateCreated")),
        *_values(meta, DATES),
    )
    types = [name for node in (article, *nodes[:MOST_TYPED]) for name in _types(node)]
    return Claims(
        headlines=headlines,
        site=site_names[0] if site_names else None,
        standfirsts=_standfirsts(_texts(descriptions, LONGEST_STANDFIRST), headlines, sites),
        authors=_authors((*people, micro.get("author", ()), *(meta.get(name, ()) for name in AUTHORS)), sites),
        published=_published(dates),
        url=address,
        language=_language((found.language, article.get("inLanguage"), *_values(meta, LANGUAGES))),
        body=_body(article.get("articleBody")),
        types=_distinct((*types, *_texts(meta.get("og:type", ()), LONGEST_NAME))),
    )
