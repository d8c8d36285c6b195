# SPDX-License-Identifier: GPL-3.0-or-later
"""Ad titles with references, made by seed: Chinese and English selling points, numbers, units, brand-like words, and noise."""
import random

CHINESE = """持久香氛 保湿沐浴露 大容量 电热水壶 不锈钢 机械手表 钢带 加厚纯棉 男士 女款 夏季新品 防水 轻薄 便携 家用 办公室 人体工学椅 靠背 头枕
无线蓝牙耳机 降噪 超长续航 快充 数据线 儿童 益智玩具 木质 环保 婴儿奶瓶 宽口径 防胀气 护肤品 面霜 补水 敏感肌 可用 厨房 收纳 置物架 多功能 折叠 露营 帐篷
双人 咖啡机 意式 全自动 奶泡 猫粮 成猫 全价 鸡肉味 送礼 礼盒装 官方 旗舰店 正品 限时 包邮 爱了爱了 来啦 随时享用 金黄面包 热狗 龘靐 齉""".split()
ENGLISH = """Swiss mechanical watch steel band soft oak chair with curved seat and back, 12-cup coffee maker quick boil cool handle non-slip wide
French doors warm light lamp dimmable USB-C charging port noise-cancelling headphones up to 30 hours machine washable cotton 100% organic for kids
kid's "Best" water-resistant IPX7 e-ink A4 3-in-1 low-fat the of Größe Café naïve İstanbul ΣΟΦΟΣ""".split()
NUMBERS = "550ml 1.5L 2.4G 5G 100% 3.5% 12V 20W 4K 8K 2024 1.25 500g*3 36-40 2+1 No.1 v2.0.1 10.000 .5 5. 1..2 %5 a_b #1 &".split()
MIXED = """T恤 T恤衫 XT恤 AT&T XAT&TY C++ c# C#编程 B超 U盘 64GU盘 SIM卡 X光线 X光 IC卡 4S店 江南style 小Size 阿Q 大S码 BB机 K歌之王 CD机 QQ号 Q版 O型
A股 PH值 VISA卡 1号店 IP电话""".split()
PUNCTUATION = ["，", "。", "！", "、", "（", "）", "|", "｜", "!", ",", ".", "...", ": ", "-", "—", "/", "·", "【", "】", "\u3000", "  ", "\t", "\r\n", "\n", "\u00a0", "’", "🙂"]


def title(rng):
    kind = rng.random()
    words = []
    for _ in range(rng.choice([1, 2, 3, 4, 5, 6, 8, 10, 14])):
        choice = rng.random()
        if choice < 0.12:
            words.append(rng.choice(NUMBERS))
        elif choice < 0.16:
            words.append(rng.choice(MIXED))
        elif kind < 0.55 or (kind > 0.9 and rng.random() < 0.5):
            words.append(rng.choice(CHINESE))
        else:
            words.append(rng.choice(ENGLISH))
        if rng.random() < 0.3:
            words.append(rng.choice(PUNCTUATION))
    return ("" if kind < 0.5 and rng.random() < 0.8 else " ").join(words)


def changed(rng, text):
    """Another way to say it: words swapped, left out, in another order."""
    words = text.split(" ") if " " in text else [text[i:i + 3] for i in range(0, len(text), 3)]
    joint = " " if " " in text else ""
    if rng.random() < 0.4:
        rng.shuffle(words)
    words = [word if rng.random() < 0.8 else rng.choice(CHINESE + ENGLISH + NUMBERS + MIXED) for word in words if rng.random() < 0.9]
    return joint.join(words)


def pairs(seed, count):
    rng = random.Random(seed)
    made = []
    for _ in range(count):
        references = [title(rng) for _ in range(rng.choice([1, 1, 1, 2, 3, 5]))]
        candidate = changed(rng, rng.choice(references)) if rng.random() < 0.8 else title(rng)
        if rng.random() < 0.01:
            candidate = rng.choice(["", ".", " ", "...", "红茶"])
        made.append({"candidate": candidate, "references": references})
    return made
