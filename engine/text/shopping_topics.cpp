// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/shopping_topics.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

namespace adtailor {

namespace {

struct Topic
{
    std::string_view english, chinese;
};

constexpr std::array<Topic, shoppingTopicCount> topics{ {
    // furniture
    { "chair stool sofa couch bench bed bedside table desk cabinet cupboard wardrobe bookcase "
      "shelf "
      "shelves drawer armrest headboard seat seating cushion mattress ottoman recliner chaise "
      "dresser "
      "nightstand furniture bedroom bedding upholstery backrest footrest legroom sitting living "
      "dining",
      "椅 凳 沙发 床 桌 柜 茶几 书架 衣柜 抽屉 床头 靠背 扶手 坐垫 座 床垫 家具 卧室 客厅 餐厅 "
      "脚踏 收纳架 隔板 置物" },
    // lighting and home decoration
    { "lamp light lighting lantern chandelier candle vase figurine clock mirror frame painting "
      "carpet "
      "rug curtain pillow throw towel bathroom decor decoration ornament statue shade glow hallway "
      "lampshade wall",
      "灯 烛 花瓶 摆件 钟 镜 画框 地毯 窗帘 抱枕 毛巾 浴室 装饰 点缀 雕像 灯罩 光晕 玄关 墙面 "
      "挂饰" },
    // plants
    { "plant flower orchid cactus palm tree leaf leaves blossom pot potted planter herb green stem "
      "frond garden nature balcony bouquet succulent soil",
      "植物 花 兰 仙人掌 棕榈 树 叶 盆栽 花盆 花箱 绿植 香草 枝 阳台 自然 多肉 土" },
    // outdoor and garden
    { "outdoor garden camping camp beach patio park umbrella parasol swing hammock grill barbecue "
      "wheelbarrow mailbox tent hike fishing pool sunny sun lawn fence picnic backyard playground "
      "porch",
      "户外 花园 庭院 露营 沙滩 公园 阳伞 遮阳 秋千 吊床 烧烤 推车 信箱 帐篷 徒步 垂钓 泳池 阳光 "
      "草坪 野餐 后院" },
    // kitchen
    { "kitchen cup mug saucer bottle knife knives pan pot kettle mixer oven coffee espresso tea "
      "toaster blender bowl plate cook cooking baking countertop capsule tray rack spoon fork "
      "cutlery "
      "dish cookware porcelain brew",
      "厨 杯 碟 瓶 刀 锅 壶 咖啡 茶 烤箱 面包机 搅拌 碗 盘 烘焙 料理 烹饪 餐具 勺 瓷 胶囊 下厨 "
      "揉面" },
    // food
    { "food bread butter milk yogurt cheese cake cupcake cookie chocolate fruit sausage hot-dog "
      "dog "
      "mustard bun snack drink juice breakfast crust toast cream cherry sweet taste tasty "
      "delicious "
      "juicy bakery frosting treat slice cereal",
      "食品 面包 黄油 牛奶 酸奶 奶酪 蛋糕 饼干 巧克力 水果 香肠 热狗 零食 饮 果汁 早餐 吐司 奶油 "
      "樱桃 甜 美味 美食 多汁 即享 麦片 切片" },
    // electronics and appliances
    { "tv television screen speaker headphone earphone camera phone laptop computer monitor fridge "
      "refrigerator freezer fan battery charger audio bass sound music cinema display wireless "
      "digital "
      "appliance woofer radio console robot vacuum film",
      "电视 屏幕 音箱 耳机 相机 手机 电脑 显示 冰箱 风扇 台扇 落地扇 扇叶 电池 充电 音 影院 观影 "
      "无线 数码 家电 低音 吸尘" },
    // office
    { "office pen pencil marker highlighter paper scissors stapler notebook calendar folder bin "
      "desk "
      "stationery study note notes ink tape workplace meeting storage box organised tidy",
      "办公 笔 纸 剪刀 订书 笔记 日历 文件 垃圾桶 文具 学习 计划 周转箱 收纳 归类 桌面 会议" },
    // toys, games, music and sport
    { "toy toys puzzle doll teddy bear rocking horse game card play player piano guitar drum "
      "violin "
      "instrument ball racket tennis football pool cue biplane kid kids child children nursery "
      "imagination fun sport match practice rider",
      "玩具 拼图 玩偶 泰迪 摇马 游戏 扑克 牌 玩 钢琴 吉他 鼓 琴 球 拍 网球 足球 台球 飞机 儿童 "
      "孩子 童 想象力 运动 比赛 同乐 骑手" },
    // fashion
    { "shoe shoes boot boots slipper sneaker sandal heel bag handbag backpack briefcase wallet "
      "belt "
      "hat scarf dress shirt jacket coat jeans outfit wear leather strap fashion style stylish "
      "umbrella "
      "watch ankle foot",
      "鞋 靴 拖鞋 跟 包 手提 背包 公文包 钱包 腰带 帽 围巾 裙 衬衫 外套 穿 搭配 皮 时尚 造型 伞 "
      "手表 踝 肩带" },
    // beauty and care
    { "cream lotion perfume comb brush hair skin makeup lipstick nail shampoo soap vanity care jar "
      "dressing detangle fragrance scent beauty mascara serum daily luxury bottle",
      "面霜 乳 香水 梳 刷 发 肤 妆 口红 指甲 洗发 皂 护 罐 美容 香 精华 每日小确幸" },
    // baby
    { "baby cradle crib teat stroller diaper nursery toddler newborn infant pacifier rocking",
      "婴儿 摇篮 奶瓶 奶嘴 童车 尿布 新生儿 幼儿 宝宝 安抚" },
} };

// Word -> departments it belongs to.
using Dictionary = std::unordered_map<std::string, std::vector<int>>;

void addWords(Dictionary& dictionary, std::string_view list, int topic)
{
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        if (end > 0)
            dictionary[std::string(list.substr(0, end))].push_back(topic);
        list.remove_prefix(std::min(end + 1, list.size()));
    }
}

const Dictionary& dictionary()
{
    static const Dictionary words = [] {
        Dictionary all;
        for (int topic = 0; topic < shoppingTopicCount; ++topic) {
            addWords(all, topics[topic].english, topic);
            addWords(all, topics[topic].chinese, topic);
        }
        return all;
    }();
    return words;
}

const std::vector<int>* find(const std::string& word)
{
    const auto found = dictionary().find(word);
    return found != dictionary().end() ? &found->second : nullptr;
}

const std::vector<int>* findSingular(const std::string& word)
{
    if (const auto* exact = find(word))
        return exact;
    for (const std::string_view plural : { "s", "es" }) {
        if (word.size() > plural.size() + 2 && word.ends_with(plural)) {
            if (const auto* singular = find(word.substr(0, word.size() - plural.size())))
                return singular;
        }
    }
    return nullptr;
}

// The word itself, or the end of a compound that has at least three letters more.
const std::vector<int>* findEnglish(const std::string& word)
{
    constexpr std::size_t longestWord = 32;
    constexpr std::size_t shortestEnd = 4;
    if (word.size() > longestWord)
        return nullptr;
    if (const auto* whole = findSingular(word))
        return whole;
    for (std::size_t start = 3; start + shortestEnd <= word.size(); ++start) {
        if (const auto* end = findSingular(word.substr(start)))
            return end;
    }
    return nullptr;
}

// A word that stands for several departments counts once, shared among them.
void count(const std::vector<int>* found, TopicCounts& counts)
{
    if (found == nullptr)
        return;
    for (const int topic : *found)
        counts[topic] += 1.0F / static_cast<float>(found->size());
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The longest word of the dictionary that starts here, up to five characters of three bytes.
std::size_t countChinese(std::string_view text, TopicCounts& counts)
{
    constexpr std::size_t characterBytes = 3;
    constexpr std::size_t longest = 5;
    for (std::size_t length = std::min(text.size() / characterBytes, longest); length > 0;
         --length) {
        const std::size_t bytes = length * characterBytes;
        if (const auto* found = find(std::string(text.substr(0, bytes)))) {
            count(found, counts);
            return bytes;
        }
    }
    return 1;
}

} // namespace

TopicCounts shoppingTopics(std::string_view utf8)
{
    TopicCounts counts{};
    std::string word;
    std::size_t i = 0;
    while (i < utf8.size()) {
        if (isLetter(utf8[i])) {
            word += static_cast<char>(utf8[i++] | 0x20);
            continue;
        }
        count(findEnglish(word), counts);
        word.clear();
        const bool mayBeChinese = static_cast<unsigned char>(utf8[i]) >= 0xE3;
        i += mayBeChinese ? countChinese(utf8.substr(i), counts) : 1;
    }
    count(findEnglish(word), counts);
    return counts;
}

} // namespace adtailor
