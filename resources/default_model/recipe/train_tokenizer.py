# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the mini model's tokenizer: byte-level BPE with Janus' and Uni-AdGen's special tokens.

    python train_tokenizer.py --out tokenizer.json catalogue.json train.json
    ... | python train_tokenizer.py --out tokenizer.json          # one text a line

JSON files are a catalogue or PAd1M records: their names, descriptions, selling points and titles are
read. Any other file is text, one sample a line. The same input gives the same file. Needs the Python
package `tokenizers`.
"""
import argparse
import json
import os
import sys

os.environ["TOKENIZERS_PARALLELISM"] = "false"
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers  # noqa: E402

# Both lists in the order of their ids, at the end of the vocabulary: Janus' own, then the ones that
# Uni-AdGen registers at run time.
BOS = "<｜begin▁of▁sentence｜>"
SPECIAL_TOKENS = [
    BOS, "<｜end▁of▁sentence｜>", "<｜▁pad▁｜>", "<begin_of_image>", "<end_of_image>", "<image_placeholder>",
    "<|User|>", "<|Assistant|>",
    "<title_placeholder>", "<begin_of_history_title>", "<end_of_history_title>",
    "<grounding>", "</grounding>", "<box>", "</box>", "<ref>", "</ref>",
]
# What stands around the texts in every prompt (engine/text/instruction.cpp): it should cost few tokens.
TEMPLATES = [
    "Title from 'a' in the style of 'b', then a picture of 'c' in the style of .", "Title from 'a', then a picture of 'c'.",
    ": low quality, blurry.", "\n\n", ": ", ":", " <prompt>Title</prompt>", " <prompt>", "</prompt>",
]
TEXT_KEYS = {
    "name_en", "name_zh", "description_en", "description_zh", "points_en", "points_zh", "category", "category_zh",
    "sku_title_cn", "gt_title_cn", "word_list", "history_titles",
}
TITLE_SEPARATOR = "<title_split>"  # of PAd1M's gt_title_cn


def texts_of(value, is_text=False):
    """The texts under TEXT_KEYS, in the order of the file."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from texts_of(child, key in TEXT_KEYS)
    elif isinstance(value, list):
        for child in value:
            yield from texts_of(child, is_text)
    elif isinstance(value, str) and is_text:
        yield from value.split(TITLE_SEPARATOR)


def read_texts(paths):
    for path in paths:
        with open(path, encoding="utf-8") as file:
            if path.endswith(".json"):
                yield from texts_of(json.load(file))
            else:
                yield from (line.rstrip("\n") for line in file)
    if not paths:
        yield from (line.rstrip("\n") for line in sys.stdin)


def train(texts, vocabulary):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary - len(SPECIAL_TOKENS), min_frequency=2, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_special_tokens(SPECIAL_TOKENS)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BOS} $A", special_tokens=[(BOS, tokenizer.token_to_id(BOS))])
    return tokenizer


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", help="JSON or text; none: text from standard input")
    parser.add_argument("--out", required=True, help="tokenizer.json to write")
    parser.add_argument("--vocabulary", type=int, default=4096, help="ids in all, special tokens included (4096)")
    parser.add_argument("--templates", type=int, default=1000, help="how often each template is added to the texts (1000)")
    options = parser.parse_args()

    texts = [text for text in read_texts(options.files) if text]
    if not texts:
        parser.error("no text in the input")
    if options.vocabulary < 256 + len(SPECIAL_TOKENS):
        parser.error("the vocabulary must hold 256 bytes and the special tokens")
    tokenizer = train(texts + TEMPLATES * options.templates, options.vocabulary)
    temporary = options.out + ".part"
    tokenizer.save(temporary, pretty=False)
    os.replace(temporary, options.out)

    sample = texts[:: max(1, len(texts) // 2000)]
    characters = sum(map(len, sample))
    ids = sum(len(tokenizer.encode(text, add_special_tokens=False).ids) for text in sample)
    print(f"{len(texts)} texts, {tokenizer.get_vocab_size()} ids, {characters / ids:.2f} characters a token")


if __name__ == "__main__":
    main()
