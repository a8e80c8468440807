"""Train the parsers of the language packs: python -m models.train [LANG …] [--treebanks DIR]

For every language two pipelines are made from the treebanks: `model`, a full one (word classes, forms, lemmas, relations), and
`second`, a smaller and differently shaped parser whose only duty is to disagree. One thread each; figures go to
`models/figures.json`, the pipelines into the packs. The recipe was measured beforehand; see docs/explanation/packs.md.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import spacy
from spacy.cli.init_config import fill_config
from spacy.tokens import DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as spacy_train

from models.treebank import Word, doc_of, sentences

HERE = Path(__file__).parent
PACKS = HERE.parent / "src" / "temoin" / "languages"
TENTH = 10

#: (train, choose checkpoint on, test). Of a file marked "!" every fifth sentence is kept back for the test.
DATA: dict[str, tuple[list[str], list[str], list[str]]] = {
    "en": (["ewt-train", "ewt-test", "pud!"], ["ewt-dev"], ["pud!"]),
    "fr": (["sequoia-train", "sequoia-test", "gsd-dev", "gsd-test", "fqb", "pud!"], ["sequoia-dev"], ["pud!"]),
    "es": (["ancora-dev", "ancora-test", "pud!"], ["pud!"], ["pud!"]),
    "pt": (["bosque-train", "bosque-test"], ["bosque-dev"], ["bosque-dev"]),
    "ru": (["taiga-dev", "taiga-test", "taiga-social-2018", "gsd-dev", "gsd-test", "pud!"], ["pud!"], ["pud!"]),
    "de": (["gsd-dev", "gsd-test", "hdt-news-1", "hdt-news-2", "pud!"], ["pud!"], ["pud!"]),
}
#: Training steps, about 2.9 CPU-seconds each 10 steps for the wide model; most of the gain lies before 18 CPU-minutes.
STEPS = {"model": {"en": 6000}, "second": {"en": 4000}}
USUAL_STEPS = {"model": 4200, "second": 3000}

SHAPE = {
    "model": {"width": 96, "rows": [5000, 1000, 2500, 2500], "depth": 4, "hidden": 64},
    "second": {"width": 64, "rows": [2500, 500, 1250, 1250], "depth": 2, "hidden": 48},
}

CONFIG = """
[nlp]
lang = "xx"
pipeline = {pipeline}
batch_size = 64

[components]

[components.tok2vec]
factory = "tok2vec"
[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"
[components.tok2vec.model.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = {width}
rows = {rows}
attrs = ["NORM", "PREFIX", "SUFFIX", "SHAPE"]
include_static_vectors = false
[components.tok2vec.model.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = {width}
depth = {depth}
window_size = 1
maxout_pieces = 3

{tagging}
[components.parser]
factory = "parser"
min_action_freq = 20
[components.parser.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "parser"
extra_state_tokens = false
hidden_width = {hidden}
maxout_pieces = 2
use_upper = true
[components.parser.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = {width}

[corpora]

[corpora.train]
@readers = "spacy.Corpus.v1"
path = "{train}"
gold_preproc = false
max_length = 0
[corpora.dev]
@readers = "spacy.Corpus.v1"
path = "{dev}"

[training]
dev_corpus = "corpora.dev"
train_corpus = "corpora.train"
seed = 7
dropout = 0.1
patience = 0
max_epochs = 0
max_steps = {steps}
eval_frequency = 500
accumulate_gradient = 1
[training.batcher]
@batchers = "spacy.batch_by_words.v1"
discard_oversize = false
tolerance = 0.2
[training.batcher.size]
@schedules = "compounding.v1"
start = 100
stop = 1000
compound = 1.001
[training.optimizer]
@optimizers = "Adam.v1"
beta1 = 0.9
beta2 = 0.999
L2_is_weight_decay = true
L2 = 0.01
grad_clip = 1.0
use_averages = true
eps = 0.00000001
learn_rate = 0.001
[training.score_weights]
dep_las = {las}
pos_acc = {other}
lemma_acc = {other}
"""

TAGGING = """
[components.morphologizer]
factory = "morphologizer"
[components.morphologizer.model]
@architectures = "spacy.Tagger.v2"
[components.morphologizer.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = {width}

[components.trainable_lemmatizer]
factory = "trainable_lemmatizer"
backoff = "orth"
min_tree_freq = 2
overwrite = false
top_k = 1
[components.trainable_lemmatizer.model]
@architectures = "spacy.Tagger.v2"
[components.trainable_lemmatizer.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = {width}
"""


def load(treebanks: Path, lang: str, names: list[str], *, testing: bool) -> list[list[Word]]:
    """Return the sentences of the named files; of a file marked "!" the fifth part kept for testing, or the rest."""
    got: list[list[Word]] = []
    for name in names:
        all_ = list(sentences(treebanks / lang / f"{name.rstrip('!')}.conllu.xz", merge=lang != "en"))
        got += [s for n, s in enumerate(all_) if not name.endswith("!") or (n % 5 == 4) == testing]
    return got


def write(path: Path, found: list[list[Word]], group: int) -> None:
    vocab = spacy.blank("xx").vocab
    DocBin(docs=[doc_of(vocab, found[i : i + group]) for i in range(0, len(found), group)], store_user_data=True).to_disk(path)


def train(lang: str, kind: str, treebanks: Path, out: Path) -> dict[str, Any]:
    """Train one pipeline into `out` and return its figures on the test part, in per cent, on given words."""
    started = time.process_time()
    train_on, choose_on, test_on = DATA[lang]
    shape = SHAPE[kind]
    with tempfile.TemporaryDirectory() as tmp:
        # One sentence a document: so the reader parses them, too.
        write(Path(tmp, "train.spacy"), load(treebanks, lang, train_on, testing=False), 1)
        write(Path(tmp, "dev.spacy"), load(treebanks, lang, choose_on, testing=True)[:600], 1)
        pipeline = ["tok2vec", "morphologizer", "trainable_lemmatizer", "parser"] if kind == "model" else ["tok2vec", "parser"]
        config = CONFIG.format(
            pipeline=json.dumps(pipeline), width=shape["width"], rows=shape["rows"], depth=shape["depth"], hidden=shape["hidden"],
            tagging=TAGGING.format(width=shape["width"]) if kind == "model" else "", train=Path(tmp, "train.spacy"), dev=Path(tmp, "dev.spacy"),
            steps=STEPS[kind].get(lang, USUAL_STEPS[kind]), las=0.8 if kind == "model" else 1.0, other=0.1 if kind == "model" else 0.0,
        )  # fmt: skip
        Path(tmp, "short.cfg").write_text(config)
        _, filled = fill_config(Path(tmp, "whole.cfg"), Path(tmp, "short.cfg"))
        nlp = init_nlp(filled)
        Path(tmp, "out").mkdir()
        spacy_train(nlp, Path(tmp, "out"))
        best = spacy.load(Path(tmp, "out", "model-best"))
        figures = measure(best, load(treebanks, lang, test_on, testing=True))
        shutil.rmtree(out, ignore_errors=True)
        best.to_disk(out)
        forget_paths(out / "config.cfg")
    figures["cpu_minutes"] = round((time.process_time() - started) / 60, 1)
    figures["size_mb"] = round(sum(f.stat().st_size for f in out.rglob("*") if f.is_file()) / 1e6, 1)
    return figures


def forget_paths(config: Path) -> None:
    """Take the folders of this machine out of a pipeline's configuration: what is shipped tells nothing of where it was made."""
    config.write_text(re.sub(r'^path = ".*"$', "path = null", config.read_text(), flags=re.MULTILINE))


def measure(nlp: spacy.Language, test: list[list[Word]]) -> dict[str, Any]:
    """Return UAS, LAS (punctuation left out), word class and lemma accuracy over the given sentences."""
    n = uas = las = pos = lemma = 0
    gold = [doc_of(nlp.vocab, [s]) for s in test]
    blank = [spacy.tokens.Doc(nlp.vocab, words=[t.text for t in d], sent_starts=[True] + [False] * (len(d) - 1)) for d in gold]
    for g, p in zip(gold, nlp.pipe(blank), strict=True):
        for a, b in zip(g, p, strict=True):
            if a.pos_ == "PUNCT":
                continue
            n += 1
            uas += a.head.i == b.head.i
            las += a.head.i == b.head.i and a.dep_ == b.dep_
            pos += a.pos_ == b.pos_
            lemma += a.lemma_.lower() == b.lemma_.lower()
    return {"words": n, "UAS": _pc(uas, n), "LAS": _pc(las, n), "UPOS": _pc(pos, n), "lemma": _pc(lemma, n)}


def _pc(part: int, whole: int) -> float:
    return round(100 * part / whole, 1)


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("langs", nargs="*")
    args.add_argument("--kind", choices=["model", "second"], action="append")
    args.add_argument("--treebanks", type=Path, default=HERE.parent.parent / "shared" / "treebanks")
    asked = args.parse_args()
    if not asked.treebanks.is_dir():
        raise SystemExit(f"no treebanks in {asked.treebanks}: name their folder with --treebanks DIR")
    for lang in asked.langs or list(DATA):
        for kind in asked.kind or ["model", "second"]:
            got = train(lang, kind, asked.treebanks, PACKS / lang / kind)
            print(lang, kind, got, flush=True)
            path = HERE / "figures.json"
            known = json.loads(path.read_text()) if path.exists() else {}
            known.setdefault(lang, {})[kind] = got
            path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
