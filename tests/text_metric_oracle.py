# SPDX-License-Identifier: GPL-3.0-or-later
"""BLEU and ROUGE-L of a title by jieba 0.42.1, nltk, rouge 1.0.1 and rouge-score: what ours must equal."""
import logging
import sys
import warnings

import jieba
from nltk.translate.bleu_score import SmoothingFunction, corpus_bleu
from rouge import Rouge
from rouge_score import rouge_scorer

jieba.setLogLevel(logging.WARNING)
warnings.simplefilter("ignore")
sys.setrecursionlimit(10_000)  # rouge walks back through its table by recursion


def tokens(text):
    result = []
    for word in jieba.cut(text):
        word = word.lower()
        result += list(word) if any("\u4e00" <= c <= "\u9fa5" for c in word) else [word]
    return result


class Words:
    """rouge-score's tokenizer: what is given are tokens already, joined by an unlikely character."""

    def tokenize(self, text):
        return text.split("\u0001") if text else []


def f_score(candidate, reference):
    try:
        return Rouge(metrics=["rouge-l"]).get_scores(" ".join(reference), " ".join(candidate))[0]["rouge-l"]["f"]
    except ValueError:  # an empty text
        return 0.0


PLAIN = rouge_scorer.RougeScorer(["rougeL"], tokenizer=Words())


def plain_f_score(candidate, reference):
    join = lambda words: "\u0001".join(word for word in words if not word.isspace())
    return PLAIN.score(join(reference), join(candidate))["rougeL"].fmeasure


def scores(pair):
    candidate = tokens(pair["candidate"])
    references = [tokens(reference) for reference in pair["references"]]

    def bleu(order, smoothing=None):
        if not candidate:
            return 0.0
        return round(100 * corpus_bleu([references], [candidate], weights=(1 / order,) * order, smoothing_function=smoothing), 6)

    return {
        "tokens": candidate,
        "bleu": bleu(4),
        "smoothed_bleu": bleu(4, SmoothingFunction().method2),
        "bleu_1": bleu(1),
        "rouge_l": round(100 * max(f_score(candidate, reference) for reference in references), 6),
        "plain_rouge_l": round(100 * max(plain_f_score(candidate, reference) for reference in references), 6),
    }
