"""What a page says about itself."""

import json
import time

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanarticle.claims import LONGEST_HEADLINE, MOST_AUTHORS, read_claims
from cleanarticle.model import Claims

URL = "https://www.harbourpost.example/news/2024/pier-closed.html"
HEADLINE = "Harbour authority closes the old pier"


def claims(head="", body="", url=URL, attributes=""):
    page = f"<html {attributes}><head>{head}</head><body>{body}<p>Text.</p></body></html>"
    return read_claims(lxml.html.document_fromstring(page.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8")), url)


def ld(value):
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


def article(**fields):
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": HEADLINE, **fields}


def meta(**tags):
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in tags.items())


def test_an_ordinary_page_says_everything():
    head = (
        ld(
            article(
                author={"@type": "Person", "name": "Jane Doe"},
                datePublished="2024-11-05T10:00:00Z",
                publisher={"@type": "Organization", "name": "Harbour Post Ltd"},
                articleBody="The pier is closed. " * 20,
            )
        )
        + meta(og__site_name="Harbour Post", og__description="The pier is unsafe.", og__type="article", og__locale="en_GB")
        + '<link rel="canonical" href="/news/2024/pier-closed.html"><title>Harbour authority closes the old pier | Harbour Post</title>'
    )
    assert claims(head, attributes='lang="en-GB"') == Claims(
        headlines=(HEADLINE,),
        site="Harbour Post",
        standfirsts=("The pier is unsafe.",),
        authors=("Jane Doe",),
        published="2024-11-05T10:00:00Z",
        url=URL,
        language="en",
        body=("The pier is closed. " * 20).strip(),
        types=("NewsArticle", "article"),
    )


def test_a_page_that_says_nothing_has_no_claims():
    assert claims() == Claims()


# ---------------------------------------------------------------- titles and the site's name

SITE_CUT = [
    (HEADLINE + " | Harbour Post", "Harbour Post"),
    (HEADLINE + " - The Harbour Post", "Harbour Post"),
    (HEADLINE + " – Harbour Post", "Harbour Post"),
    (HEADLINE + " — harbourpost.example", None),
    (HEADLINE + "| Harbour Post", "Harbour Post"),
    (HEADLINE + " | Harbour Post Weekend", "Harbour Post"),
    (HEADLINE + " - Harbour", "Harbour Post"),
    (HEADLINE + " | Harbour Post | 05.11.2024", "Harbour Post"),
    (HEADLINE + "--Harbour Post", "Harbour Post"),
    ("Harbour Post: " + HEADLINE, "Harbour Post"),
    ("Harbour Post | " + HEADLINE, "Harbour Post"),
    (HEADLINE + " - Harbour Post - News for the coast", "Harbour Post - News for the coast"),
]

SITE_KEPT = [
    ("Closed - and nobody knows for how long", "Harbour Post"),
    ("The pier: what we know so far", "Harbour Post"),
    ("Pier closed – harbour in uproar", "Harbour Post"),
    ("Harbour Post Poll: most want the pier back", "Harbour Post"),
    ("Our reporter on the pier - Harbour Post readers reply", "Harbour Post"),
    ("Why the Harbour Post is moving", "Harbour Post"),
    ("Times: what the clock on the pier shows", "New York Times"),
    ("A walk on the pier - new", "New York Times"),
    ("A well-known pier", "Pier"),
    ("12:30 and still no ferry", "30"),
]


@pytest.mark.parametrize(("title", "site"), SITE_CUT)
def test_the_name_of_the_site_is_cut_from_a_title(title, site):
    assert claims(f"<title>{title}</title>" + (meta(og__site_name=site) if site else "")).headlines == (HEADLINE,)


@pytest.mark.parametrize(("title", "site"), SITE_KEPT)
def test_a_title_that_only_looks_as_if_it_had_a_site_in_it_stays(title, site):
    assert claims(f"<title>{title}</title>{meta(og__site_name=site)}").headlines == (title,)


@pytest.mark.parametrize(
    ("tail", "url"),
    [("New York Times", "https://www.nytimes.com/a"), ("Frankfurter Allgemeine Zeitung", "https://www.faz.net/a")],
)
def test_a_domain_made_of_the_fronts_of_the_words_names_the_site(tail, url):
    assert claims(f"<title>{HEADLINE} - {tail}</title>", url=url).headlines == (HEADLINE,)
    foreign = claims(f"<title>{HEADLINE} - {tail}</title>", url="https://other.example/a")
    assert foreign.headlines == (f"{HEADLINE} - {tail}",)


def test_where_nothing_names_the_site_a_short_tail_behind_a_bar_does():
    assert claims(f"<title>{HEADLINE} | Wag!</title>").headlines == (HEADLINE,)
    assert claims(f"<title>{HEADLINE} - Wag!</title>").headlines == (f"{HEADLINE} - Wag!",)
    assert claims(f"<title>{HEADLINE} | What we know</title>").headlines == (f"{HEADLINE} | What we know",)


def test_a_tail_that_a_better_claim_lacks_is_dropped_with_its_claim():
    assert claims(ld(article()) + f"<title>{HEADLINE} - Politics</title>").headlines == (HEADLINE,)


def test_a_dash_of_the_most_trusted_headline_stays():
    longer = HEADLINE + " - and the beach"
    assert claims(ld(article(headline=longer)) + f"<title>{HEADLINE}</title>").headlines == (longer, HEADLINE)


def test_a_headline_with_a_kicker_stands_behind_the_one_without():
    head = ld(article(headline="Coast: " + HEADLINE)) + meta(og__title=HEADLINE)
    assert claims(head).headlines == (HEADLINE, "Coast: " + HEADLINE)


def test_a_page_title_that_is_the_site_is_no_headline():
    assert claims("<title>Harbour Post</title>" + meta(og__site_name="Harbour Post")).headlines == ()


def test_the_title_of_a_drawing_is_not_the_title_of_the_page():
    assert claims(body="<svg><title>Share icon</title></svg>").headlines == ()


# ---------------------------------------------------------------- JSON-LD

GOOD = json.dumps(article())

WRAPPED = {
    "comment": f"<!-- {GOOD} -->",
    "CDATA": f"//<![CDATA[\n{GOOD}\n//]]>",
    "CDATA in a comment": f"/*<![CDATA[*/{GOOD}/*]]>*/",
    "line comment": f"// data\n{GOOD}",
    "byte order mark": "\ufeff" + GOOD,
    "semicolon": GOOD + ";",
    "trailing commas": GOOD.replace("}", ",}").replace("]", ",]"),
    "escaped quotes": GOOD.replace('"', "&quot;"),
    "odd escape": GOOD.replace("old pier", "old\\_ pier").replace("\\_", "\\ ").replace("\\  ", "\\ "),
    "control characters": GOOD.replace("old pier", "old\n\tpier\x01"),
    "comments": GOOD.replace(', "', ', // as https://schema.org says\n"'),
    "bare quotes": GOOD[:-1] + ', "description": "He said "no" to <a href="/x">it</a>"}',
    "graph": json.dumps({"@graph": [{"@type": "WebSite"}, article()]}),
    "list in list": f"[[{GOOD}]]",
    "main entity": json.dumps({"@type": "WebPage", "mainEntity": article()}),
    "type list": json.dumps(article(**{"@type": ["Product", "OpinionNewsArticle"]})),
    "type with address": json.dumps(article(**{"@type": "http://schema.org/BlogPosting"})),
    "live blog": json.dumps(article(**{"@type": "LiveBlogPosting"})),
    "value object": json.dumps(article(headline={"@value": HEADLINE})),
    "entities and tags": json.dumps(article(headline="Harbour&nbsp;authority closes the <b>old</b> pier")),
    "huge number": '{"wordCount":' + "9" * 100_000 + "," + GOOD[1:],
    "not a number": '{"wordCount":NaN,' + GOOD[1:],
}


@pytest.mark.parametrize("script", WRAPPED.values(), ids=WRAPPED.keys())
def test_json_is_read_in_every_wrapping(script):
    assert claims(ld(script)).headlines == (HEADLINE,)


@pytest.mark.parametrize("kind", ["Product", "Person", "BreadcrumbList", "VideoObject", "ImageObject", None, 5, [], {}])
def test_what_is_no_article_gives_no_headline(kind):
    assert claims(ld(article(**{"@type": kind}))).headlines == ()


def test_of_several_articles_the_one_with_the_page_s_address_speaks():
    teaser = article(headline="Another story", url="https://www.harbourpost.example/news/other.html", author="John Roe")
    mine = article(mainEntityOfPage={"@id": URL + "#main"}, author="Jane Doe")
    assert claims(ld([teaser, mine])).headlines == (HEADLINE,)
    assert claims(ld([teaser, mine])).authors == ("Jane Doe",)
    assert claims(ld([teaser, mine]), url=None).headlines == ("Another story",)


AUTHORS = [
    ("Jane Doe", ("Jane Doe",)),
    (["Jane Doe", "John Roe", "Jane Doe"], ("Jane Doe", "John Roe")),
    ({"name": "Jane Doe"}, ("Jane Doe",)),
    ([{"name": "Jane Doe"}, {"name": "John Roe"}], ("Jane Doe", "John Roe")),
    ({"name": ["Jane Doe", "John Roe"]}, ("Jane Doe", "John Roe")),
    ({"@list": [{"name": "Jane Doe"}]}, ("Jane Doe",)),
    ({"@type": "Role", "author": {"name": "Jane Doe"}}, ("Jane Doe",)),
    ({"givenName": "Jane", "familyName": "Doe"}, ("Jane Doe",)),
    ({"name": {"@value": "Jane Doe"}}, ("Jane Doe",)),
    ({"@id": "#jane"}, ("Jane Doe",)),
    ([{"@id": "#jane"}, {"@id": "#nobody"}], ("Jane Doe",)),
    ("https://www.facebook.com/jane.doe", ()),
    (["Jane Doe", "www.harbourpost.example/staff/roe"], ("Jane Doe",)),
    (["Harbour Post", "Jane Doe"], ("Jane Doe",)),
    ("Harbour Post", ("Harbour Post",)),
    ("105092", ()),
    (None, ()),
    (5, ()),
    ([[["Jane Doe"]]], ("Jane Doe",)),
    ({"name": None}, ()),
    ("x" * 1_000_000, ()),
    (["a"] * 20_000, ()),
    ([f"Name {chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(MOST_AUTHORS + 1)], ()),
    ("J\udfff Doe", ("J\ufffd Doe",)),
]


@pytest.mark.parametrize(("author", "names"), AUTHORS, ids=[json.dumps(author)[:60] for author, _ in AUTHORS])
def test_authors_in_every_shape(author, names):
    graph = {"@graph": [article(author=author), {"@type": "Person", "@id": "#jane", "name": "Jane Doe"}]}
    assert claims(ld(graph) + meta(og__site_name="Harbour Post")).authors == names


@pytest.mark.parametrize(
    "author", ['"Jane Doe"', '{"@type": "Person", "name": "Jane Doe"}', '[{"@type": "Person", "name": "Jane Doe"}, {"name": "Bo"}]']
)
def test_an_author_in_json_beyond_repair(author):
    found = claims(ld(f'{{"@type": "NewsArticle", "author": {author}, "datePublished": "2024-11-05", "about": "a "bare" quote"}}'))
    assert (found.authors, found.published) == (("Jane Doe",), "2024-11-05")


def test_json_beyond_repair_that_is_no_article_is_left():
    assert claims(ld('{"@type": "Product", "headline": "Pier", "author": "Jane Doe", "about": "a "bare" quote"}')) == Claims()


def test_an_author_that_refers_to_itself_is_nobody():
    graph = {"@graph": [article(author={"@id": "#a"}), {"@id": "#a", "author": {"@id": "#a"}}]}
    assert claims(ld(graph)).authors == ()


def test_meta_tags_name_the_authors_when_the_graph_does_not():
    head = meta(article__author="https://www.facebook.com/post") + '<meta name="parsely-author" content="Jane Doe">'
    assert claims(head).authors == ("Jane Doe",)


# ---------------------------------------------------------------- dates, standfirst, language, address, body

DATES = [
    (ld(article(datePublished="2024-11-05", dateModified="2024-11-09")), "2024-11-05"),
    (ld(article(dateModified="2024-11-09")), None),
    ('<meta name="last-modified" content="2024-11-09"><meta property="article:modified_time" content="2024-11-09">', None),
    (ld(article(dateCreated="2024-11-04")) + meta(article__published_time="2024-11-05"), "2024-11-04"),
    (ld(article(datePublished="soon")) + meta(article__published_time="2024-11-05T10:00:00Z"), "2024-11-05T10:00:00Z"),
    (ld(article(datePublished="2024-11-05")) + meta(article__published_time="2024-11-05T10:00:00Z"), "2024-11-05T10:00:00Z"),
    (ld(article(datePublished="2024-11-05")) + meta(article__published_time="2024-11-06T10:00:00Z"), "2024-11-05"),
    (ld({"@type": "WebPage", "datePublished": "2024-11-05"}), "2024-11-05"),
    ('<meta name="parsely-pub-date" content="2024-11-05">', "2024-11-05"),
    ('<meta name="DC.date.issued" content="2024-11-05">', "2024-11-05"),
    (ld(article(datePublished="1" * 100_000)), None),
    (ld(article(datePublished={})), None),
]


@pytest.mark.parametrize(("head", "published"), DATES, ids=range(len(DATES)))
def test_the_day_of_publication(head, published):
    assert claims(head).published == published


STANDFIRSTS = [
    (("The pier is unsafe.", "The pier is unsafe.", "A caption of the photo."), ("The pier is unsafe.", "A caption of the photo.")),
    (("A social teaser.", "The pier is unsafe.", "The pier is unsafe."), ("The pier is unsafe.", "A social teaser.")),
    (("The pier is uns...", "The pier is unsafe, say divers.", ""), ("The pier is unsafe, say divers.",)),
    (("The pier is unsafe.", "The pier is unsafe. Divers say so.", ""), ("The pier is unsafe.", "The pier is unsafe. Divers say so.")),
    (("The pier is unsafe. | Harbour Post", "", ""), ("The pier is unsafe.",)),
    ((HEADLINE, "", ""), ()),
    (("x" * 3_000, "", ""), ()),
]


@pytest.mark.parametrize(("texts", "expected"), STANDFIRSTS)
def test_standfirsts_by_agreement(texts, expected):
    og, description, json_ld = texts
    head = meta(og__description=og, og__site_name="Harbour Post") + f'<meta name="description" content="{description}">'
    assert claims(head + ld(article(description=json_ld))).standfirsts == expected


@pytest.mark.parametrize(
    ("attributes", "head", "language"),
    [
        ('lang="de-DE"', "", "de"),
        ("", meta(og__locale="pt_BR"), "pt"),
        ('lang="en"', meta(og__locale="de_DE") + ld(article(inLanguage="de")), "de"),
        ('lang="en"', meta(og__locale="de_DE"), "en"),
        ('lang="utf-8"', "", None),
        ("", ld(article(inLanguage={"name": "x"})), None),
    ],
)
def test_the_language_most_claims_name(attributes, head, language):
    assert claims(head, attributes=attributes).language == language


@pytest.mark.parametrize(
    ("canonical", "og", "url", "expected"),
    [
        ("/a.html", "", URL, "https://www.harbourpost.example/a.html"),
        ("https://harbourpost.example/", "https://harbourpost.example/a", None, "https://harbourpost.example/a"),
        ("javascript:void(0)", "", None, None),
        ("https://[broken/", "", None, None),
        ("https://a.example/" + "x" * 5_000, "", None, None),
    ],
)
def test_the_canonical_address(canonical, og, url, expected):
    assert claims(f'<link rel="canonical" href="{canonical}">' + meta(og__url=og), url=url).url == expected


@pytest.mark.parametrize(
    ("given_body", "expected"),
    [
        ("First paragraph here. " * 10 + "\n\nSecond &amp; last.", "First paragraph here. " * 10 + "\n\nSecond & last."),
        ("Short.", None),
        (["First paragraph here. " * 20], None),
        ("x" * 500_001, None),
    ],
    ids=["paragraphs", "teaser", "list", "too long"],
)
def test_the_body_that_the_page_gives_as_data(given_body, expected):
    assert claims(ld(article(articleBody=given_body))).body == expected


MICRODATA = (
    '<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Harbour authority <b>closes</b> the old pier</h1>'
    '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Jane Doe</span></span>'
    '<time itemprop="datePublished" datetime="2024-11-05T10:00:00Z">today</time>'
    '<div itemprop="comment" itemscope><span itemprop="author">Troll</span>'
    '<time itemprop="dateCreated" datetime="2020-01-01"></time></div></div>'
    '<div itemscope itemtype="https://schema.org/NewsArticle"><h2 itemprop="headline">Another story</h2></div>'
)


def test_microdata_speaks_for_its_own_article_alone():
    found = claims(body=MICRODATA)
    assert (found.headlines, found.authors, found.published) == ((HEADLINE,), ("Jane Doe",), "2024-11-05T10:00:00Z")


# ---------------------------------------------------------------- hostile input

HOSTILE = {
    "deep lists": ld("[" * 100_000 + "]" * 100_000),
    "deep objects": ld('{"a":' * 100_000 + "1" + "}" * 100_000),
    "unclosed": ld('[{"a":' * 50_000),
    "deep graphs": ld('{"@graph":[' * 450 + GOOD + "]}" * 450),
    "many scripts": ld(article()) * 5_000,
    "many nodes": ld({"@graph": [{"@type": "Person", "@id": f"#{n}", "name": "N"} for n in range(50_000)]}),
    "many authors in meta": meta(article__author="A B") * 50_000,
    "much JSON": ld(article(keywords=["k" * 20] * 400_000)),
    "long headline": ld(article(headline="h " * 500_000)),
    "long title": f"<title>{'T - ' * 250_000}</title>",
    "separators": f"<title>{'| ' * 240}</title>" + meta(og__title=": " * 240, og__description="- " * 900),
    "tags": meta(og__title="&lt;a " * 80, og__description="&amp;" * 400),
    "commas": ld('{"a":' + "," * 200_000),
    "spaces behind a comma": ld('{"a":1,' + " " * 200_000 + "x"),
    "comments": ld('{"a":1 ' + "// " * 300_000 + '"'),
    "keys": ld('{"a":"' + '"headline":"' * 50_000),
    "authors in pieces": ld('{"a":"' + '"author":{"name":' * 50_000),
    "backslashes": ld('{"a":"' + "\\" * 200_001),
}


MANY_PROPERTIES = '<div itemscope itemtype="https://schema.org/Article">' + "<div>" * 200 + '<i itemprop="author">Jane Doe</i>' * 50_000


def test_hostile_microdata_costs_little():
    root = lxml.html.document_fromstring(MANY_PROPERTIES)
    start = time.process_time()
    assert read_claims(root, URL).authors == ()
    assert time.process_time() - start < 1.0


@pytest.mark.parametrize("head", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_claims_cost_little_and_harm_nothing(head):
    root = lxml.html.document_fromstring(f"<html><head>{head}</head><body><p>Text.</p></body></html>")
    start = time.process_time()
    found = read_claims(root, URL)
    assert time.process_time() - start < 1.0
    assert all(len(headline) <= LONGEST_HEADLINE for headline in found.headlines)


def test_lone_surrogates_and_control_characters_never_come_out():
    found = claims(ld('{"@type":"NewsArticle","headline":"Pier \\ud800 clo\\u0000sed\\u0007"}'))
    assert found.headlines == ("Pier \ufffd closed",)


PLAIN = st.sampled_from([None, True, -1.5, 10**30, "", "#a", "Jane Doe", "NewsArticle", "2024-11-05", URL, "\ud800", "<b", "&#"])
INNER = st.sampled_from(["@id", "@type", "@value", "@list", "@graph", "name", "author", "familyName"])
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(INNER, inner, max_size=3), max_leaves=5)
FIELDS = st.sampled_from(
    [
        "@type",
        "@id",
        "@graph",
        "mainEntity",
        "mainEntityOfPage",
        "headline",
        "name",
        "description",
        "author",
        "creator",
        "publisher",
        "isPartOf",
        "url",
        "datePublished",
        "dateCreated",
        "inLanguage",
        "articleBody",
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(FIELDS, VALUES, max_size=6))
def test_no_json_raises(node):
    found = claims(ld([{**node, "@type": "NewsArticle"}, node]))
    json.dumps([found.headlines, found.authors, found.site, found.types], ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The mayor&#146;s &#147;plan&#148;&#133; late", "The mayor’s “plan”… late"),
        ("It cost &#128;5 &#x97; or less", "It cost €5 — or less"),
        ("Caf&#233; &#171;M&#187; opens&#8230;", "Café «M» opens…"),
        ("The mayor&acirc;&euro;&trade;s ch&acirc;teau", "The mayor’s château"),
    ],
)
def test_references_are_read_as_they_were_meant(written, read):
    found = claims(f"<title>{written}</title>" + meta(description=written))
    assert (found.headlines, found.standfirsts) == ((read,), ())
    assert claims(meta(description=written)).standfirsts == (read,)
