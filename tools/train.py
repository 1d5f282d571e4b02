"""Learn the weights in ``cleanarticle/weights`` from the development data, and tell how they score.

    pip install -e '.[train]'
    python tools/train.py --shared ../shared             # cross-validate, then learn from everything and write
    python tools/train.py --shared ../shared --cv        # cross-validate only
    python tools/train.py --shared ../shared --only text

Everything is cross-validated by domain: five folds, a page's domain decides. The word and hint weights that a tree sees
of a page were learned without the page's fold, and for the pages of the test fold without that too.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm as lgb
import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.metrics import roc_auc_score

from cleanarticle import features, printed
from cleanarticle.claims import read_claims
from cleanarticle.label import finder
from cleanarticle.label import label as label_page
from cleanarticle.language import detect, function_words
from cleanarticle.lexicon import fold, lexicons_for
from cleanarticle.model import Block, Node, Page
from cleanarticle.read_html import parse, read_blocks
from cleanarticle.read_text import lines_of, paragraphs_of, read_text

FOLDS = 5
WEIGHTS = Path(__file__).resolve().parent.parent / "cleanarticle" / "weights"
SPREAD = 10  # domains that must use a word before it gets a weight: no site's own words
UNIT = 1 / 128  # log odds; weights are stored as whole multiples, of a power of two: their sums are exact in any order and version
FAINT = 0.12  # log odds; weights nearer to 0 are left out
WORDS_ALPHA, HINTS_ALPHA = 1e-4, 1e-4  # strength of the l2 penalty; of 1e-5, 3e-5, 1e-4, 3e-4 the best on held-out folds
TREES = {
    "text": {"num_leaves": 24, "learning_rate": 0.09, "feature_fraction": 0.35, "min_data_in_leaf": 100, "rounds": 120, "threshold": 0.35},
    "headline": {"num_leaves": 12, "learning_rate": 0.08, "min_data_in_leaf": 40, "rounds": 120, "threshold": 0.5},
    "titled": {"num_leaves": 6, "learning_rate": 0.08, "min_data_in_leaf": 30, "feature_fraction": 0.6, "rounds": 40, "threshold": 0.5},
    "page": {"num_leaves": 20, "learning_rate": 0.09, "feature_fraction": 0.35, "min_data_in_leaf": 50, "rounds": 120, "threshold": 0.4},
}
COMMON = {
    "objective": "binary",
    "verbose": -1,
    "num_threads": 2,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "seed": 1,
    "deterministic": True,
}
STAGES = (24, 32)
"""Trees of the first stages; the last has the rest."""
FLIPS = 1e-3  # share of the blocks that a stage settles which the later trees would have judged otherwise

UNTITLED = 0.005  # share of the headlines found that are given up for the texts without one

BODY, CHROME, NEITHER = 1, 0, -1
SAYS, HOLDS = 1, 2


class Doc(NamedTuple):
    """A page or a rendering, and the truth."""

    id: str
    domain: str
    group: str
    blocks: list[Block]
    labels: list[int]
    heads: list[int]
    """``SAYS`` where a block is the headline, ``HOLDS`` where it has it among other words."""
    words: list[list[str]]
    """Of each block, as the harness counts them."""
    truths: list[Counter[str]]
    """Accepted bodies."""
    sequence: list[str]
    """The words of the true body in order."""
    title: str | None
    mute: int = 0
    """1: shown without words, 2: also without lexicon and function words, as a text in an unknown language is."""
    copy: bool = False
    """Made from another document, for learning alone."""


def domain_of(url: str | None) -> str | None:
    return re.sub(r"^www\.", "", re.sub(r"^\w+://", "", url).split("/")[0]) if url else None


def fold_of(domain: str) -> int:
    return int(hashlib.md5(domain.encode()).hexdigest(), 16) % FOLDS


# ------------------------------------------------------------------------------------------------ data


def text_docs(shared: Path) -> list[Doc]:
    sys.path.insert(0, str(shared / "bench"))
    rows = []
    for path in sorted((shared / "data" / "text-dev").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as handle:
            rows += [json.loads(line) for line in handle]
    with Pool(2) as pool:
        return [doc for doc in pool.map(_text_doc, rows, chunksize=20) if doc is not None]


def _text_doc(row: dict[str, Any]) -> Doc | None:
    from text import tokens

    lines = lines_of(row["text"])
    if len(lines) != len(row["lines"]):
        return None
    blocks = list(read_text(row["text"]).blocks)
    labels: list[int] = []
    heads: list[int] = []
    at = 0
    for group in paragraphs_of(lines):
        weight: defaultdict[int, float] = defaultdict(float)
        names = row["lines"][at : at + len(group)]
        at += len(group)
        for line, name in zip(group, names, strict=True):
            size = len(line.text.split())
            if name == "mixed":
                weight[BODY] += 0.6 * size
                weight[CHROME] += 0.4 * size
            else:
                weight[{"body": BODY, "subheading": BODY, "chrome": CHROME}.get(name, NEITHER)] += size
        labels.append(max(weight, key=lambda role: weight[role]))
        says = row["headline_line"] and tokens(blocks[len(heads)].text) == tokens(row["headline"])
        heads.append(SAYS if says else HOLDS if "headline" in names else 0)
    body = Counter(tokens("\n".join(row["body"])))
    truths = [body]
    if row.get("standfirst"):
        truths.append(body + Counter(tokens("\n".join(row["standfirst"]))))
    words = [tokens(block.text) for block in blocks]
    return Doc(row["id"], row["domain"], row["group"], blocks, labels, heads, words, truths, [], None)


_WORD = re.compile(r"\w+")


def page_docs(shared: Path) -> list[Doc]:
    sys.path.insert(0, str(shared / "bench"))
    paths = [*sorted((shared / "data" / "wcxb-dev" / "html").glob("*.gz")), *sorted((shared / "data" / "fundus-dev" / "html").glob("*.gz"))]
    with Pool(2) as pool:
        return [doc for doc in pool.map(_page_doc, paths, chunksize=10) if doc is not None]


def _page_doc(path: Path) -> Doc | None:
    from text import align, tokens
    from text import fold as fold_line

    truth = json.loads((path.parent.parent / "truth" / path.name.replace(".html.gz", ".json")).read_text("utf-8"))
    root = parse(gzip.decompress(path.read_bytes()).decode("utf-8", "replace"))
    claims = read_claims(root, truth["url"])
    blocks = read_blocks(root)[:6000]
    summary: list[str] = []
    if "main_content" in truth:
        group = "article" if truth["page_type"] == "article" else "other"
        body = [truth["main_content"]]
    else:
        group, body, summary = "news", [block["text"] for block in truth["blocks"]], truth.get("standfirst") or []
    found = align([tokens(block.text) for block in blocks], [word for text in body for word in tokens(text)])
    labels = [BODY if share >= 0.65 else CHROME if share < 0.35 else NEITHER for share, _, _ in found]
    summaries = {fold_line(text) for text in summary}
    labels = [
        NEITHER if label == CHROME and fold_line(block.text) in summaries else label for label, block in zip(labels, blocks, strict=True)
    ]
    sequence = _WORD.findall("\n\n".join(body))
    words = [_WORD.findall(block.text.lower()) for block in blocks]
    domain = domain_of(truth["url"]) or path.stem
    title = claims.headlines[0] if claims.headlines else None
    return Doc(
        f"{group}-{truth['id']}",
        domain,
        group,
        blocks,
        labels,
        [0] * len(blocks),
        words,
        [Counter(word.lower() for word in sequence)],
        sequence,
        title,
    )


# ------------------------------------------------------------------------------------------------ copies


def with_copies(docs: Sequence[Doc]) -> list[Doc]:
    """Add what the data lacks: short documents with little chrome, plainly built, and documents in unknown languages."""
    out = list(docs)
    for doc in docs:
        if doc.group == "other" or BODY not in doc.labels:
            continue
        chance = random.Random(doc.id)
        if chance.random() < 0.15:
            out.append(doc._replace(mute=chance.choice((1, 2)), copy=True))
        for _ in range(2):
            out.append(_short(doc, chance))
    return out


def _short(doc: Doc, chance: random.Random) -> Doc:
    body = [i for i, label in enumerate(doc.labels) if label == BODY]
    above = [i for i, label in enumerate(doc.labels) if label == CHROME and i < body[0]]
    below = [i for i, label in enumerate(doc.labels) if label == CHROME and i > body[-1]]
    size = chance.randint(1, 12)
    at = chance.randint(0, max(0, len(body) - size))
    head, tail = chance.choice((0, chance.randint(0, 5))), chance.choice((0, chance.randint(0, 6)))
    top = chance.randint(0, max(0, len(above) - head))
    end = chance.randint(0, max(0, len(below) - tail))
    story = body[at : at + size]
    chrome = above + below
    inner: list[int] = []
    if len(story) > 1 and chrome and chance.random() < 0.4:  # promotion and related stories in the middle of it
        begin = chance.randrange(len(chrome))
        inner = chrome[begin : begin + chance.randint(1, 7)]
        cut = chance.randint(1, len(story) - 1)
        story = [*story[:cut], *inner, *story[cut:]]
    chosen = [*above[top : top + head], *story, *below[end : end + tail]]
    page = doc.blocks[0].node is not None
    gap = chance.choice((1, 2))
    wrapper = chance.choice(((), ("article",), ("div",), ("main", "div")))
    blocks: list[Block] = []
    labels: list[int] = []
    start = 0
    if page and doc.title and chance.random() < 0.8:
        blocks.append(Block(doc.title, node=_node((*wrapper, "h1"), 0)))
        labels.append(CHROME)
    for number, i in enumerate(chosen, 1):
        block = doc.blocks[i]
        if page:
            outside = (*wrapper, chance.choice(("aside", "div"))) if i in inner else (chance.choice(("nav", "div", "footer", "header")),)
            names = (*(wrapper if doc.labels[i] == BODY else outside), block.tag)
            block = block._replace(node=_node(names, number), hints="")
        else:
            block = block._replace(start=start, end=start + len(block.text))
            start += len(block.text) + gap
        blocks.append(block)
        labels.append(doc.labels[i])
    words: list[list[str]] = [[] for _ in range(len(blocks) - len(chosen))] + [doc.words[i] for i in chosen]
    truth: Counter[str] = Counter()
    for block_words, label in zip(words, labels, strict=True):
        if label == BODY:
            truth.update(block_words)
    mute = chance.choice((0, 0, 1, 2))
    heads = [0] * len(blocks)
    return doc._replace(blocks=blocks, labels=labels, heads=heads, words=words, truths=[truth], sequence=[], mute=mute, copy=True)


def _node(names: Sequence[str], nth: int) -> Node | None:
    node: Node | None = Node(Node(None, "html", 0), "body", 1)
    for name in names:
        node = Node(node, name, nth)
    return node


# ------------------------------------------------------------------------------------------------ linear weights


class Linear(NamedTuple):
    """Examples of a linear model: keys, truth and fold of each."""

    keys: list[list[str]]
    labels: np.ndarray[Any, Any]
    folds: np.ndarray[Any, Any]
    domains: list[str]


def word_examples(docs: Iterable[Doc]) -> Linear:
    return _examples(docs, lambda block: features.word_keys(features.tokens_of(fold(block.text))) + _shape_keys(block))


def _shape_keys(block: Block) -> list[str]:
    return features.shape_keys(block.text, features.head_of(block.text))


def hint_examples(docs: Iterable[Doc]) -> Linear:
    return _examples(docs, _hint_keys)


def _hint_keys(block: Block) -> list[str]:
    words = set(features.hint_words(block.hints))
    node = block.node
    for _ in range(14):
        if node is None:
            break
        words.update(features.hint_words(node.hints))
        node = node.parent
    return [*words, f"<{block.tag}>"]


def _examples(docs: Iterable[Doc], keys_of: Any) -> Linear:
    keys, labels, folds, domains = [], [], [], []
    for doc in docs:
        if doc.group == "other" or doc.copy:
            continue
        fold_number = fold_of(doc.domain)
        for block, label in zip(doc.blocks, doc.labels, strict=True):
            if label != NEITHER:
                keys.append(keys_of(block))
                labels.append(label)
                folds.append(fold_number)
                domains.append(doc.domain)
    return Linear(keys, np.array(labels), np.array(folds), domains)


class Fitter:
    """Fits linear weights without given folds."""

    def __init__(self, examples: Linear, alpha: float) -> None:
        spread: dict[str, set[str]] = defaultdict(set)
        for keys, domain in zip(examples.keys, examples.domains, strict=True):
            for key in keys:
                spread[key].add(domain)
        self.names = sorted(key for key, domains in spread.items() if len(domains) >= SPREAD)
        column = {name: i for i, name in enumerate(self.names)}
        indices: list[int] = []
        ends = [0]
        for keys in examples.keys:
            indices += {column[key] for key in keys if key in column}
            ends.append(len(indices))
        self.matrix = sparse.csr_matrix(
            (np.ones(len(indices), dtype=np.float32), indices, ends), shape=(len(examples.keys), len(self.names))
        )
        self.examples = examples
        self.alpha = alpha

    def without(self, *folds: int) -> dict[str, float]:
        keep = ~np.isin(self.examples.folds, folds)
        model = SGDClassifier(loss="log_loss", alpha=self.alpha, max_iter=8, tol=None, average=True, random_state=1)
        model.fit(self.matrix[keep], self.examples.labels[keep])
        scaled = np.round(model.coef_[0] / UNIT).astype(int)
        return {
            name: value * UNIT
            for name, value in zip(self.names, scaled.tolist(), strict=True)
            if abs(value * UNIT) >= FAINT and name[0] != "<"
        }


Sets = dict[tuple[int, ...], dict[str, float]]


def all_sets(fitter: Fitter) -> Sets:
    """The weights learned without each fold, without each pair of folds, and () from all."""
    sets: Sets = {(): fitter.without()}
    for one in range(FOLDS):
        sets[(one,)] = fitter.without(one)
        for other in range(one):
            sets[(other, one)] = fitter.without(other, one)
    return sets


# ------------------------------------------------------------------------------------------------ features

_WORDS: Sets = {}
_HINTS: Sets = {}
_DOCS: list[Doc] = []


def _tables(index: int) -> dict[tuple[int, ...], np.ndarray[Any, Any]]:
    """The rows of a document for every set of weights that may be shown to it."""
    doc = _DOCS[index]
    language = detect("\n".join(block.text for block in doc.blocks))
    find = finder(lexicons_for(language) if doc.mute < 2 else ())
    own = fold_of(doc.domain)
    looks, table = features.measure(doc.blocks, features.Lens(find, function_words(language) if doc.mute < 2 else ()), doc.title)
    page = bool(_HINTS)
    names = features.PAGE_NAMES if page else features.TEXT_NAMES
    shapes = [_shape_keys(block) for block in doc.blocks]
    keys = shapes if doc.mute else [[*shape, *features.word_keys(look.tokens)] for shape, look in zip(shapes, looks, strict=True)]
    out = {}
    for folds, words in _WORDS.items():
        if folds and own not in folds:
            continue
        features._scores([features.key_score(of_block, words) for of_block in keys], looks, table)
        if page:
            features.measure_page(doc.blocks, looks, table, _HINTS[folds])
        out[folds] = np.array(features.rows_of(table, names), dtype=np.float32).reshape(len(looks), len(names))
    return out


def tables_of(docs: list[Doc], words: Sets, hints: Sets) -> list[dict[tuple[int, ...], np.ndarray[Any, Any]]]:
    global _DOCS, _WORDS, _HINTS
    _DOCS, _WORDS, _HINTS = docs, words, hints
    with Pool(2) as pool:
        return pool.map(_tables, range(len(docs)), chunksize=10)


def weights_of(doc: Doc) -> np.ndarray[Any, Any]:
    """A long block counts more, a long document not much more than a short one: as the benchmarks count."""
    sizes = np.sqrt(np.array([len(words) for words in doc.words], dtype=np.float32) + 1)
    scaled: np.ndarray[Any, Any] = sizes / sizes.sum() ** 0.7 * (4 if doc.copy else 10)
    return scaled


# ------------------------------------------------------------------------------------------------ trees


def stack(docs: Sequence[Doc], rows: Sequence[np.ndarray[Any, Any]]) -> lgb.Dataset:
    labels = np.concatenate([np.array(doc.labels) for doc in docs])
    known = labels != NEITHER
    return lgb.Dataset(np.vstack(rows)[known], labels[known], weight=np.concatenate([weights_of(doc) for doc in docs])[known])


def grow(kind: str, docs: Sequence[Doc], rows: Sequence[np.ndarray[Any, Any]]) -> lgb.Booster:
    options = dict(TREES[kind])
    rounds, _ = options.pop("rounds"), options.pop("threshold")
    return lgb.train({**COMMON, **options}, stack(docs, rows), int(rounds))


def f1(doc: Doc, kept: Sequence[bool]) -> float:
    got: Counter[str] = Counter()
    for words, keep in zip(doc.words, kept, strict=True):
        if keep:
            got.update(words)
    best = 0.0
    for truth in doc.truths:
        size, want = got.total(), truth.total()
        common = (got & truth).total()
        best = max(best, 2 * common / (size + want) if common else float(size == want == 0))
    return best


def report(docs: Sequence[Doc], chances: Sequence[np.ndarray[Any, Any]], threshold: float) -> str:
    scores: dict[str, list[float]] = defaultdict(list)
    lost = body = gone = chrome = perfect = exact = 0
    for doc, chance in zip(docs, chances, strict=True):
        kept = chance >= threshold
        score = f1(doc, kept)
        perfect += score >= 0.99
        for group in ("all", doc.group):
            scores[group].append(score)
        labels = np.array(doc.labels)
        lost += int(((labels == BODY) & ~kept).sum())
        body += int((labels == BODY).sum())
        gone += int(((labels == CHROME) & ~kept).sum())
        chrome += int((labels == CHROME).sum())
        exact += [word for words, keep in zip(doc.words, kept, strict=True) if keep for word in words] == [
            word.lower() for word in doc.sequence
        ]
    precision, recall = gone / max(gone + lost, 1), gone / max(chrome, 1)
    parts = [f"F1 {group} {np.mean(values):.4f}" for group, values in sorted(scores.items())]
    return (
        f"threshold {threshold}: {'  '.join(parts)}  body blocks lost {100 * lost / body:.1f} %  "
        f"chrome F1 {2 * precision * recall / (precision + recall):.4f}  "
        f"perfect {100 * perfect / len(docs):.1f} %  exact {100 * exact / len(docs):.1f} %"
    )


def cross_validate(
    kind: str, docs: list[Doc], tables: list[dict[tuple[int, ...], np.ndarray[Any, Any]]]
) -> tuple[list[np.ndarray[Any, Any]], list[dict[str, Any]]]:
    """The answers for every document of trees that saw none of its fold, and the trees of each fold."""
    chances: list[np.ndarray[Any, Any]] = [np.zeros(0)] * len(docs)
    models = []
    for test in range(FOLDS):
        inside = [i for i, doc in enumerate(docs) if fold_of(doc.domain) != test and doc.group != "other"]
        rows = [tables[i][tuple(sorted((test, fold_of(docs[i].domain))))] for i in inside]
        booster = grow(kind, [docs[i] for i in inside], rows)
        models.append(dumped(kind, booster, np.vstack(rows)))
        for i, doc in enumerate(docs):
            if fold_of(doc.domain) == test:
                chances[i] = booster.predict(tables[i][(test,)]) if doc.blocks else np.zeros(0)
    return chances, models


# ------------------------------------------------------------------------------------------------ headline of plain text


class Lines(NamedTuple):
    """The lines of a rendering that may be its headline."""

    domain: str
    rows: np.ndarray[Any, Any]
    right: list[int]
    """1 for each that says what the headline says."""
    any_right: bool
    """The text has its headline on a line, a candidate or not."""
    none: bool
    """No line of the text has its headline, not even among other words."""


def headline_lines(docs: Sequence[Doc], tables: Sequence[np.ndarray[Any, Any]], chances: Sequence[np.ndarray[Any, Any]]) -> list[Lines]:
    out = []
    for doc, rows, chance in zip(docs, tables, chances, strict=True):
        language = detect("\n".join(block.text for block in doc.blocks))
        labelled = label_page(Page(doc.blocks), lexicons_for(language), language)
        looks = labelled.looks
        table = dict(zip(features.TEXT_NAMES, rows.T.tolist(), strict=True))
        judged = [  # what a rule marks is no body, whatever the trees say
            0.0 if ruled == 0.0 else held_out for ruled, held_out in zip(labelled.chances, chance.tolist(), strict=True)
        ]
        first = printed.first_paragraph(looks, judged)
        found = printed.candidates(looks, table, first, [block.text for block in doc.blocks])
        said = {look.folded for look, head in zip(looks, doc.heads, strict=True) if head == SAYS}
        right = [int(looks[i].folded in said) for i in found]
        matrix = np.array(printed.rows_of(looks, table, judged, first, found), dtype=np.float32).reshape(len(found), len(printed.NAMES))
        out.append(Lines(doc.domain, matrix, right, bool(said), not any(doc.heads)))
    return out


def grow_headline(lines: Sequence[Lines]) -> lgb.Booster:
    """The lines of a text are ranked against each other."""
    options = dict(TREES["headline"])
    rounds, _ = options.pop("rounds"), options.pop("threshold")
    used = [line for line in lines if sum(line.right)]
    data = lgb.Dataset(
        np.vstack([line.rows for line in used]), np.concatenate([line.right for line in used]), group=[len(line.right) for line in used]
    )
    ranking = {"objective": "lambdarank", "lambdarank_truncation_level": 3, "bagging_freq": 0}
    return lgb.train({**COMMON, **options, **ranking}, data, int(rounds))


class Best(NamedTuple):
    """The line of a rendering that ranks highest, without its fold learned."""

    line: Lines
    row: np.ndarray[Any, Any]
    """``printed.BEST_NAMES``; empty where no line may be the headline."""
    right: bool


def best_of(line: Lines, booster: lgb.Booster) -> Best:
    if not line.right:
        return Best(line, np.zeros(0, dtype=np.float32), right=False)
    at, told = printed.best_of(booster.predict(line.rows).tolist())
    return Best(line, np.append(line.rows[at], told).astype(np.float32), bool(line.right[at]))


def grow_titled(best: Sequence[Best]) -> tuple[lgb.Booster, np.ndarray[Any, Any]]:
    """Right headlines against the best lines of texts without one; a wrong line of a text that has one teaches neither."""
    options = dict(TREES["titled"])
    rounds, _ = options.pop("rounds"), options.pop("threshold")
    used = [one for one in best if len(one.row) and (one.right or one.line.none)]
    rows = np.vstack([one.row for one in used])
    return lgb.train({**COMMON, **options}, lgb.Dataset(rows, [int(one.right) for one in used]), int(rounds)), rows


def titled_odds(best: Sequence[Best]) -> list[float]:
    """Log odds, for the best line of each text, of trees that saw none of its fold."""
    odds = [-99.0] * len(best)
    for test in range(FOLDS):
        booster, _ = grow_titled([one for one in best if fold_of(one.line.domain) != test])
        for i, one in enumerate(best):
            if fold_of(one.line.domain) == test and len(one.row):
                odds[i] = float(booster.predict(one.row.reshape(1, -1), raw_score=True)[0])
    return odds


def titled_threshold(best: Sequence[Best], odds: Sequence[float], share: float = UNTITLED) -> float:
    """Log odds below which ``share`` of the headlines found lie."""
    return round(float(np.quantile([chance for one, chance in zip(best, odds, strict=True) if one.right], share)), 3)


def calibration(docs: Sequence[Doc], chances: Sequence[np.ndarray[Any, Any]], threshold: float) -> tuple[list[float], str]:
    """Log odds of a right body as a line over the log odds of the expected F1; and how reliable it is."""
    expected, right, article = [], [], []
    for doc, chance in zip(docs, chances, strict=True):
        sizes = np.array([len(words) for words in doc.words], dtype=float)
        kept = chance >= threshold
        promised = 2 * (sizes * chance)[kept].sum() / max(sizes[kept].sum() + (sizes * chance).sum(), 1e-9)
        expected.append(min(max(promised, 0.001), 0.999))
        article.append(doc.group != "other")
        right.append(article[-1] and f1(doc, kept) >= 0.95)
    odds = np.log(np.array(expected) / (1 - np.array(expected)))
    model = LogisticRegression(C=1e3).fit(odds.reshape(-1, 1), right)
    line = [round(float(model.intercept_[0]), 3), round(float(model.coef_[0][0]), 3)]
    sure = model.predict_proba(odds.reshape(-1, 1))[:, 1]
    parts = []
    for low, high in ((0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        inside = (sure >= low) & (sure < high)
        if inside.any():
            parts.append(f"{low}-{min(high, 1)}: {int(inside.sum())} documents, {100 * np.array(right)[inside].mean():.0f} % right")
    told = f"; articles told from others, AUC {roc_auc_score(article, sure):.3f}" if not all(article) else ""
    return line, "confidence " + ", ".join(parts) + told


class Headlines(NamedTuple):
    """The weights of both questions: which line, and whether it is the headline."""

    ranks: dict[str, Any]
    titled: dict[str, Any]


def headline_weights(lines: Sequence[Lines], best: Sequence[Best], odds: Sequence[float]) -> Headlines:
    booster, rows = grow_titled(best)
    titled = dumped("titled", booster, rows)
    titled["threshold"] = titled_threshold(best, odds)
    return Headlines(dumped("headline", grow_headline(lines), np.vstack([line.rows for line in lines])), titled)


def headline_report(lines: Sequence[Lines]) -> tuple[str, Headlines, list[Headlines]]:
    """How often trees that saw none of a fold find its headlines; the weights of all, and those without each fold."""
    best: list[Best] = []
    for test in range(FOLDS):
        booster = grow_headline([line for line in lines if fold_of(line.domain) != test])
        best += [best_of(line, booster) for line in lines if fold_of(line.domain) == test]
    odds = titled_odds(best)
    have = sum(line.any_right for line in lines)
    parts = []
    for share in (0.0, UNTITLED / 2, UNTITLED, 2 * UNTITLED):
        threshold = titled_threshold(best, odds, share) if share else -98.0
        right = sum(one.right and chance >= threshold for one, chance in zip(best, odds, strict=True))
        null = [chance < threshold for one, chance in zip(best, odds, strict=True) if one.line.none]
        parts.append(f"{threshold}: right {100 * right / have:.1f} %, null where there is none {100 * np.mean(null):.1f} %")
    ceiling = 100 * sum(any(line.right) for line in lines) / have
    told = f"{have} of {len(lines)} have one, ceiling {ceiling:.1f} %; threshold " + "; ".join(parts)
    without = []
    for test in range(FOLDS):
        kept = [i for i, one in enumerate(best) if fold_of(one.line.domain) != test]
        inside = [best[i] for i in kept]
        without.append(headline_weights([one.line for one in inside], inside, [odds[i] for i in kept]))
    return told, headline_weights(lines, best, odds), without


def write_headlines(found: Headlines, note: str, folder: Path = WEIGHTS) -> None:
    write_trees("headline", found.ranks, printed.NAMES, note, folder=folder)
    write_trees("titled", found.titled, printed.BEST_NAMES, note, folder=folder)


# ------------------------------------------------------------------------------------------------ writing


def write_words(name: str, weights: Mapping[str, float], note: str, folder: Path = WEIGHTS) -> None:
    scaled = {word: round(weight / UNIT) for word, weight in sorted(weights.items())}
    _write(name, {"note": note, "unit": UNIT, "weights": scaled}, folder)


def dumped(kind: str, booster: lgb.Booster, rows: np.ndarray[Any, Any]) -> dict[str, Any]:
    """The trees as they are stored; on ``rows`` it is seen when a stage is sure."""
    trees = [_tree(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    used = sorted({feature for tree in trees for feature in _features(tree)})
    places = {feature: i for i, feature in enumerate(used)}
    trees = [_renumbered(tree, places) for tree in trees]
    threshold = float(TREES[kind]["threshold"])
    odds = round(float(np.log(threshold / (1 - threshold))), 3)
    stages, at = [], 0
    some = rows[:: max(1, len(rows) // 200_000)]
    last = booster.predict(some, raw_score=True)
    for size in (*(() if kind in ("headline", "titled") else STAGES), len(trees)):  # a line's rank is told by all of its trees alone
        if trees[at : at + size]:
            found = booster.predict(some, raw_score=True, num_iteration=at + size)
            enough, scale = _sure(found, last, odds) if at + size < len(trees) else (0.0, 1.0)
            stages.append({"enough": enough, "scale": scale, "trees": trees[at : at + size]})
        at += size
    return {"features": used, "threshold": odds, "stages": stages}


def _sure(found: np.ndarray[Any, Any], last: np.ndarray[Any, Any], threshold: float) -> tuple[float, float]:
    """The smallest sum beyond which at most ``FLIPS`` of the answers change, and by how much the sum grows from there on."""
    size = np.abs(found)
    order = np.argsort(-size)
    flips = np.cumsum(((found > 0) != (last > threshold))[order])
    right = np.nonzero(flips <= FLIPS * np.arange(1, len(order) + 1))[0]
    enough = round(float(size[order[right[-1]]]) + 0.005, 2) if len(right) else 100.0
    settled = size >= enough
    scale = float((found * last)[settled].sum() / (found**2)[settled].sum()) if settled.any() else 1.0
    return enough, round(scale, 2)


def write_trees(
    kind: str, trees: Mapping[str, Any], names: Sequence[str], note: str, line: Sequence[float] = (0.0, 1.0), folder: Path = WEIGHTS
) -> None:
    columns = [names[feature] for feature in trees["features"]]
    _write(kind, {"note": note, **trees, "features": columns, "calibration": line}, folder)


def _tree(node: dict[str, Any]) -> Any:
    if "leaf_value" in node:
        return round(float(node["leaf_value"]), 3)
    return [node["split_feature"], float(f"{node['threshold']:.4g}"), _tree(node["left_child"]), _tree(node["right_child"])]


def _features(tree: Any) -> Iterable[int]:
    if isinstance(tree, list):
        yield tree[0]
        yield from _features(tree[2])
        yield from _features(tree[3])


def _renumbered(tree: Any, places: Mapping[int, int]) -> Any:
    return [places[tree[0]], tree[1], _renumbered(tree[2], places), _renumbered(tree[3], places)] if isinstance(tree, list) else tree


def _write(name: str, data: dict[str, Any], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    if folder == WEIGHTS:
        print(f"{path.name}: {path.stat().st_size:,} bytes", flush=True)


# ------------------------------------------------------------------------------------------------ the command


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--shared", type=Path, default=Path("../shared"))
    arguments.add_argument("--cv", action="store_true", help="cross-validate only, write nothing")
    arguments.add_argument("--fast", action="store_true", help="write without cross-validating")
    arguments.add_argument("--only", choices=["text", "page"])
    arguments.add_argument("--held-out", type=Path, help="write the weights learned without each fold here, for tools/held_out.py")
    options = arguments.parse_args()
    began = time.time()

    def say(message: str) -> None:
        print(f"[{time.time() - began:5.0f} s] {message}", flush=True)

    sets = {"text": text_docs(options.shared), "page": page_docs(options.shared)}
    say(f"{len(sets['text'])} renderings, {len(sets['page'])} pages")
    words = Fitter(word_examples([*sets["text"], *sets["page"]]), WORDS_ALPHA)
    hints = Fitter(hint_examples(sets["page"]), HINTS_ALPHA)
    word_sets: Sets = {(): words.without()} if options.fast else all_sets(words)
    hint_sets: Sets = {(): hints.without()} if options.fast else all_sets(hints)
    say(f"{len(word_sets[()])} words, {len(hint_sets[()])} hints")
    outputs = ([] if options.cv else [((), WEIGHTS)]) + (
        [((fold_number,), options.held_out / str(fold_number)) for fold_number in range(FOLDS)] if options.held_out else []
    )
    for folds, folder in outputs:
        note = f"words of {SPREAD} domains and more; log odds in units of {UNIT}; above 0 speaks for the article"
        write_words("words", word_sets[folds], note, folder)
        write_words("hints", hint_sets[folds], note, folder)
    for kind, docs in sets.items():
        if options.only and kind != options.only:
            continue
        docs = with_copies(docs)
        tables = tables_of(docs, word_sets, hint_sets if kind == "page" else {})
        say(f"{kind}: features")
        names = features.PAGE_NAMES if kind == "page" else features.TEXT_NAMES
        threshold = float(TREES[kind]["threshold"])
        note = f"{sum(not doc.copy for doc in docs)} documents of {len({doc.domain for doc in docs})} domains"
        line: Sequence[float] = (0.0, 1.0)
        if not options.fast:
            chances, models = cross_validate(kind, docs, tables)
            judged = [i for i, doc in enumerate(docs) if doc.group != "other" and not doc.copy]
            real = [i for i, doc in enumerate(docs) if not doc.copy]
            short = [i for i, doc in enumerate(docs) if doc.copy]
            for at in (threshold - 0.1, threshold, threshold + 0.1):
                told = report([docs[i] for i in judged], [chances[i] for i in judged], at)
                say(f"{kind}: {told}")
                if at == threshold:
                    note += f"; cross-validated by domain: {told}"
            say(f"{kind}, short and mute copies: {report([docs[i] for i in short], [chances[i] for i in short], threshold)}")
            line, reliable = calibration([docs[i] for i in real], [chances[i] for i in real], threshold)
            say(f"{kind}: {reliable}")
            note += f"; {reliable}"
            if options.held_out:
                for fold_number, trees in enumerate(models):
                    write_trees(kind, trees, names, "without a fold", line, options.held_out / str(fold_number))
            if kind == "text":
                own = [tables[i][(fold_of(docs[i].domain),)] for i in real]
                found = headline_lines([docs[i] for i in real], own, [chances[i] for i in real])
                told, whole, without = headline_report(found)
                say(f"headline: {told}")
                if options.held_out:
                    for fold_number, weights in enumerate(without):
                        write_headlines(weights, "without a fold", options.held_out / str(fold_number))
                if not options.cv:
                    write_headlines(whole, told)
        if not options.cv:
            inside = [i for i, doc in enumerate(docs) if doc.group != "other"]
            rows = [tables[i][()] for i in inside]
            write_trees(kind, dumped(kind, grow(kind, [docs[i] for i in inside], rows), np.vstack(rows)), names, note, line)
            say(f"{kind}: written")
        del tables


if __name__ == "__main__":
    main()
