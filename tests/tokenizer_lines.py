# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines of text made by seed that are hard on tokenizers; for compare_tokenizers.py and fixtures."""
import random

WORDS = ("sofa chair table lamp kettle coffee running shoe jacket waterproof oak modern quiet bright morning garden "
         "fits every living room soft cushions solid wood price made of handmade white ceramic vase light grip "
         "you'll they're don't I've it's we'd Größe schöne Stühle Très élégant naïve café İstanbul ǅ ﬁne Straße").split()
HAN = "三人沙发现代简约客厅家用耐脏面料可拆洗实木餐桌北欧风格小户型六环保漆防水冲锋衣男女款春秋季外登山透气轻便咖啡机全自动办公室一键奶泡这采用高密度海绵坐感舒适"
HAN_MARKS = "，。！？、；：“”‘’（）《》【】…—～·"
PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‘’…–—•§¶¿¡€£¥°"
SPACES = [" ", "  ", "\t", "\n", "\r\n", "\r", "\u00a0", "\u1680", "\u2003", "\u2028", "\u2029", "\u3000", "\u0085", "   ", "\n\n", " \n "]
INVISIBLE = ["\u200b", "\u200d", "\ufeff", "\u00ad", "\u200e", "\u202e", "\u2060", "\u180e", "\ufe0f", "\u034f"]
EMOJI = ["😀", "🛋️", "👨‍👩‍👧‍👦", "🏳️‍🌈", "1️⃣", "👍🏽", "🇨🇳", "☕", "❤️", "🀄", "𝐀", "🫠"]
MARKS = [chr(c) for c in (0x300, 0x301, 0x308, 0x323, 0x327, 0x328, 0x345, 0x302e, 0x5b0, 0x64b, 0x93c, 0xe31, 0x20dd)]
DIGITS = ["0", "7", "42", "2024", "129.99", "1,234,567", "3.14e-10", "１２３", "Ⅷ", "½", "²", "٣٤", "१२", "100%", "38-46"]
SCRIPTS = [(0x41, 0x24f), (0x370, 0x3ff), (0x400, 0x52f), (0x530, 0x58f), (0x590, 0x5ff), (0x600, 0x6ff), (0x900, 0x97f),
           (0xe00, 0xe7f), (0x10a0, 0x10ff), (0x1100, 0x11ff), (0x1e00, 0x1fff), (0x2000, 0x2bff), (0x3000, 0x30ff),
           (0x3400, 0x4dbf), (0x4e00, 0x9fff), (0xac00, 0xd7a3), (0xe000, 0xe0ff), (0xf900, 0xfaff), (0xfb00, 0xfdff),
           (0xfe00, 0xffff), (0x10000, 0x1ffff), (0x20000, 0x2ffff), (0xe0000, 0x10ffff)]


def words(r):
    text = "".join(r.choice(WORDS) + r.choice([" ", " ", " ", ", ", ". ", "-", "'", "s ", " \""]) for _ in range(r.randint(1, 14)))
    return r.choice([text, text, text.upper(), text.title()])


def han(r):
    return "".join(r.choice(HAN) if r.random() < 0.9 else r.choice(HAN_MARKS) for _ in range(r.randint(1, 24)))


def numbers(r):
    return r.choice(["", " ", ""]).join(r.choice(DIGITS) for _ in range(r.randint(1, 6)))


def emoji(r):
    return "".join(r.choice(EMOJI) + r.choice(["", "", " "]) for _ in range(r.randint(1, 5)))


def controls(r):
    return "".join(chr(r.choice([*range(0x20), 0x7f, *range(0x80, 0xa0)])) + r.choice(["", "a", " "]) for _ in range(r.randint(1, 6)))


def odd(r):  # what damaged or hostile text looks like once it is Unicode
    return "".join(r.choice(["\ufffd", "\ufffe", "\uffff", "\U0010ffff", "\x00", "Ã©", "â€™", "\\ud83d", "%E4%BD", "&#x27;", "\\x00",
                             *INVISIBLE, *MARKS]) for _ in range(r.randint(1, 6)))


def spaces(r):
    return "".join(r.choice(SPACES) for _ in range(r.randint(1, 4)))


def marks(r):
    return "".join(r.choice(PUNCTUATION) for _ in range(r.randint(1, 6))) * r.choice([1, 1, 1, 9])


def accents(r):
    return "".join(r.choice("aeiouAEIOUnçß가한") + r.choice(MARKS) * r.randint(0, 2) for _ in range(r.randint(1, 8)))


def anything(r):
    low, high = r.choice(SCRIPTS)
    return "".join(chr(r.randint(low, high)) for _ in range(r.randint(1, 12)))


def long_word(r):
    piece = r.choice(["a", "ab", "supercalifragilistic", "沙发", "=", "7", "é", "😀", r.choice(WORDS)])
    return (piece * (r.choice([30, 60, 101, 300, 2000]) // len(piece) + 1))


KINDS = [words] * 6 + [han] * 5 + [numbers] * 2 + [spaces] * 2 + [marks] * 2 + [emoji, controls, odd, accents, anything]


def make_lines(seed, count, specials=()):
    """specials: texts of added tokens, put in whole, cut and joined."""
    r = random.Random(seed)

    def special(_):
        token = r.choice(specials)
        return r.choice([token, token, token + token, token[:-1], " " + token + " ", token + "s"])

    kinds = KINDS + [special] * bool(specials)
    lines = []
    for _ in range(count):
        line = "".join(r.choice(kinds)(r) + r.choice(["", "", " "]) for _ in range(r.randint(1, 5)))
        if r.random() < 0.01:
            line += long_word(r)
        lines.append("".join(c for c in line if not 0xD800 <= ord(c) < 0xE000))
    return lines
