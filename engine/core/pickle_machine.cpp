// SPDX-License-Identifier: GPL-3.0-or-later
// Opcodes: CPython's Lib/pickletools.py. Text opcodes of protocol 0 are left out: torch.save writes
// protocol 2 at least.
#include "core/pickle_machine.h"

#include "core/failure.h"
#include "core/limits.h"

#include <algorithm>
#include <array>

namespace adtailor {

namespace {

constexpr std::string_view orderedDictionary = "collections OrderedDict";
constexpr std::string_view rebuildTensor = "torch._utils _rebuild_tensor_v2";
constexpr std::string_view rebuildParameter = "torch._utils _rebuild_parameter";

constexpr std::array allowedNames = {
    orderedDictionary,
    rebuildTensor,
    rebuildParameter,
    std::string_view("torch FloatStorage"),
    std::string_view("torch HalfStorage"),
    std::string_view("torch BFloat16Storage"),
    std::string_view("torch DoubleStorage"),
    std::string_view("torch LongStorage"),
    std::string_view("torch IntStorage"),
    std::string_view("torch ShortStorage"),
    std::string_view("torch CharStorage"),
    std::string_view("torch ByteStorage"),
    std::string_view("torch BoolStorage"),
};

std::string printable(std::string_view text)
{
    std::string shown(text.substr(0, 100));
    std::ranges::replace_if(
        shown, [](unsigned char c) { return c < 0x20 || c >= 0x7F; }, '?');
    return shown;
}

} // namespace

PickleMachine::PickleMachine(std::span<const std::byte> pickle, std::string file)
    : m_file(std::move(file))
    , m_reader(pickle, m_file + " (its pickle)")
{
}

void PickleMachine::reject(const std::string& reason) const
{
    throw Failure(ErrorCode::FileCorrupt,
                  m_file + " cannot be used: " + reason
                      + " Only plain tensors are read from pickles and nothing in them is run; if "
                        "you trust the file, convert it to safetensors elsewhere.");
}

PickleIndex PickleMachine::run()
{
    for (std::size_t opcodes = 0; step(m_reader.u8()); ++opcodes) {
        if (opcodes >= limits::pickleOpcodes)
            reject("its pickle is too long.");
    }
    if (m_stack.size() != 1 || !m_marks.empty() || m_reader.remaining() != 0)
        reject("its pickle does not end where it should.");
    return m_stack.back();
}

bool PickleMachine::step(std::uint8_t opcode)
{
    constexpr std::uint8_t stop = '.', protocol = 0x80, frame = 0x95, pop_ = '0', popMark = '1',
                           mark = '(';
    switch (opcode) {
    case stop:
        return false;
    case protocol:
        if (const int version = m_reader.u8(); version < 2 || version > 5)
            reject("its pickle has protocol " + std::to_string(version) + '.');
        return true;
    case frame:
        m_reader.u64(); // a hint for streams
        return true;
    case mark:
        if (m_marks.size() >= limits::pickleDepth)
            reject("its pickle is nested too deeply.");
        m_marks.push_back(m_stack.size());
        return true;
    case pop_:
        pop();
        return true;
    case popMark:
        popToMark();
        return true;
    default:
        break;
    }
    if (pushConstant(opcode) || pushText(opcode) || build(opcode) || memoize(opcode))
        return true;
    constexpr std::string_view digits = "0123456789abcdef";
    reject(std::string("its pickle uses the opcode 0x") + digits[opcode >> 4U]
           + digits[opcode & 15U] + ", which plain tensors do not need.");
}

bool PickleMachine::pushConstant(std::uint8_t opcode)
{
    constexpr std::uint8_t none = 'N', newTrue = 0x88, newFalse = 0x89, int4 = 'J', int1 = 'K',
                           int2 = 'M', long1 = 0x8A, float8 = 'G';
    const auto pushInteger = [this](std::int64_t value) {
        push({ .kind = PickleKind::Integer, .integer = value });
        return true;
    };
    switch (opcode) {
    case none:
        push({});
        return true;
    case newTrue:
    case newFalse:
        return pushInteger(opcode == newTrue ? 1 : 0);
    case int4:
        return pushInteger(static_cast<std::int32_t>(m_reader.u32()));
    case int1:
        return pushInteger(m_reader.u8());
    case int2:
        return pushInteger(m_reader.u16());
    case long1:
        if (const std::size_t bytes = m_reader.u8(); bytes <= 8)
            return pushInteger(longInteger(bytes));
        else
            m_reader.bytes(bytes);
        push({});
        return true;
    case float8:
        m_reader.u64();
        push({});
        return true;
    default:
        return false;
    }
}

// Little-endian two's complement.
std::int64_t PickleMachine::longInteger(std::size_t bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        value |= static_cast<std::uint64_t>(m_reader.u8()) << (8 * i);
    if (bytes > 0 && bytes < 8 && ((value >> (8 * bytes - 1)) & 1U) != 0)
        value |= ~std::uint64_t{ 0 } << (8 * bytes);
    return static_cast<std::int64_t>(value);
}

bool PickleMachine::pushText(std::uint8_t opcode)
{
    constexpr std::uint8_t shortUnicode = 0x8C, unicode = 'X', unicode8 = 0x8D, shortString = 'U',
                           string = 'T', shortBytes = 'C', bytes = 'B';
    std::uint64_t count = 0;
    switch (opcode) {
    case shortUnicode:
    case shortString:
    case shortBytes:
        count = m_reader.u8();
        break;
    case unicode:
    case string:
    case bytes:
        count = m_reader.u32();
        break;
    case unicode8:
        count = m_reader.u64();
        break;
    default:
        return false;
    }
    if (count > m_reader.remaining())
        reject("a text in its pickle is longer than the pickle.");
    push({ .kind = PickleKind::Text, .text = m_reader.text(count) });
    return true;
}

bool PickleMachine::build(std::uint8_t opcode)
{
    constexpr std::uint8_t emptyTuple = ')', tuple1 = 0x85, tuple2 = 0x86, tuple3 = 0x87,
                           tuple = 't', emptyList = ']', list = 'l', append = 'a', appends = 'e',
                           emptyDict = '}', dict = 'd', setItem = 's', setItems = 'u', global = 'c',
                           stackGlobal = 0x93, reduce = 'R', buildState = 'b', persistent = 'Q';
    switch (opcode) {
    case emptyTuple:
        push({ .kind = PickleKind::Tuple });
        return true;
    case tuple1:
    case tuple2:
    case tuple3: {
        auto items = popCount(opcode - tuple1 + 1U);
        push({ .kind = PickleKind::Tuple, .items = std::move(items) });
        return true;
    }
    case tuple:
    case list:
    case dict: {
        auto items = popToMark();
        if (opcode == dict && items.size() % 2 != 0)
            reject("a dictionary in its pickle lacks a value.");
        push({ .kind = opcode == tuple ? PickleKind::Tuple
                   : opcode == list    ? PickleKind::List
                                       : PickleKind::Dictionary,
               .items = std::move(items) });
        return true;
    }
    case emptyList:
        push({ .kind = PickleKind::List });
        return true;
    case emptyDict:
        push({ .kind = PickleKind::Dictionary });
        return true;
    case append:
        addItems(PickleKind::List, popCount(1));
        return true;
    case appends:
        addItems(PickleKind::List, popToMark());
        return true;
    case setItem:
        addItems(PickleKind::Dictionary, popCount(2));
        return true;
    case setItems:
        addItems(PickleKind::Dictionary, popToMark());
        return true;
    case global: {
        const std::string_view module = line();
        name(module, line());
        return true;
    }
    case stackGlobal: {
        const auto parts = popCount(2);
        if (at(parts[0]).kind != PickleKind::Text || at(parts[1]).kind != PickleKind::Text)
            reject("its pickle names something that is no text.");
        name(at(parts[0]).text, at(parts[1]).text);
        return true;
    }
    case reduce:
        call();
        return true;
    case buildState:
        setState();
        return true;
    case persistent:
        referToStorage();
        return true;
    default:
        return false;
    }
}

bool PickleMachine::memoize(std::uint8_t opcode)
{
    constexpr std::uint8_t put1 = 'q', put4 = 'r', memo = 0x94, get1 = 'h', get4 = 'j';
    const auto put = [this](std::uint32_t key) {
        if (m_memo.size() >= limits::pickleMemo)
            reject("its pickle remembers too many values.");
        m_memo[key] = top();
        return true;
    };
    const auto get = [this](std::uint32_t key) {
        const auto found = m_memo.find(key);
        if (found == m_memo.end())
            reject("its pickle asks for a value that it never stored.");
        if (m_stack.size() >= limits::pickleNodes)
            reject("its pickle holds too many values.");
        m_stack.push_back(found->second);
        return true;
    };
    switch (opcode) {
    case put1:
        return put(m_reader.u8());
    case put4:
        return put(m_reader.u32());
    case memo:
        return put(static_cast<std::uint32_t>(m_memo.size()));
    case get1:
        return get(m_reader.u8());
    case get4:
        return get(m_reader.u32());
    default:
        return false;
    }
}

void PickleMachine::call()
{
    const auto parts = popCount(2);
    const PickleNode& callee = at(parts[0]);
    const auto& arguments = at(parts[1]).items;
    if (callee.kind != PickleKind::Name || at(parts[1]).kind != PickleKind::Tuple)
        reject("its pickle calls something that is no name.");
    const auto first = arguments.empty() ? PickleKind::Nothing : at(arguments.front()).kind;
    const std::size_t count = arguments.size();
    if (callee.text == orderedDictionary && count == 0) {
        push({ .kind = PickleKind::Dictionary, .ordered = true });
    } else if (callee.text == rebuildTensor && (count == 6 || count == 7)
               && first == PickleKind::Storage) {
        auto items = arguments;
        push({ .kind = PickleKind::Tensor, .items = std::move(items) });
    } else if (callee.text == rebuildParameter && count == 3 && first == PickleKind::Tensor) {
        m_stack.push_back(arguments.front());
    } else {
        reject("its pickle calls " + printable(callee.text) + " with unexpected values.");
    }
}

// state_dict() gives its dictionary an attribute _metadata, which is of no use here.
void PickleMachine::setState()
{
    pop();
    const PickleNode& target = at(top());
    if (target.kind != PickleKind::Dictionary || !target.ordered)
        reject("its pickle holds an object with a state of its own.");
}

// ('storage', type, key, device, elements), as torch.save refers to the files of its archive.
void PickleMachine::referToStorage()
{
    const PickleNode& id = at(pop());
    const auto is
        = [&](std::size_t item, PickleKind kind) { return at(id.items[item]).kind == kind; };
    const bool known = id.kind == PickleKind::Tuple && id.items.size() == 5
        && is(0, PickleKind::Text) && at(id.items[0]).text == "storage" && is(1, PickleKind::Name)
        && at(id.items[1]).text.ends_with("Storage") && is(2, PickleKind::Text)
        && is(4, PickleKind::Integer);
    if (!known)
        reject("its pickle refers to something other than the storage of a tensor.");
    auto items = id.items;
    push({ .kind = PickleKind::Storage, .items = std::move(items) });
}

void PickleMachine::name(std::string_view module, std::string_view symbol)
{
    for (const std::string_view allowed : allowedNames) {
        const auto split = allowed.find(' ');
        if (module == allowed.substr(0, split) && symbol == allowed.substr(split + 1)) {
            push({ .kind = PickleKind::Name, .text = allowed });
            return;
        }
    }
    reject("its pickle asks for " + printable(module) + '.' + printable(symbol)
           + ", which could run code.");
}

void PickleMachine::addItems(PickleKind kind, std::vector<PickleIndex> items)
{
    PickleNode& target = m_nodes[top()];
    if (target.kind != kind || (kind == PickleKind::Dictionary && items.size() % 2 != 0))
        reject("its pickle puts values into something that cannot hold them.");
    if (target.items.size() + items.size() > limits::pickleNodes)
        reject("its pickle holds too many values.");
    target.items.insert(target.items.end(), items.begin(), items.end());
}

PickleIndex PickleMachine::push(PickleNode node)
{
    if (m_nodes.size() >= limits::pickleNodes)
        reject("its pickle holds too many values.");
    m_nodes.push_back(std::move(node));
    m_stack.push_back(static_cast<PickleIndex>(m_nodes.size() - 1));
    return m_stack.back();
}

PickleIndex PickleMachine::top() const
{
    if (m_stack.empty() || (!m_marks.empty() && m_marks.back() >= m_stack.size()))
        reject("its pickle takes a value from an empty stack.");
    return m_stack.back();
}

PickleIndex PickleMachine::pop()
{
    const PickleIndex index = top();
    m_stack.pop_back();
    return index;
}

std::vector<PickleIndex> PickleMachine::popToMark()
{
    if (m_marks.empty())
        reject("its pickle lacks a mark.");
    const auto begin = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
    std::vector<PickleIndex> items(begin, m_stack.end());
    m_stack.erase(begin, m_stack.end());
    m_marks.pop_back();
    return items;
}

std::vector<PickleIndex> PickleMachine::popCount(std::size_t count)
{
    std::vector<PickleIndex> items(count);
    for (std::size_t i = count; i-- > 0;)
        items[i] = pop();
    return items;
}

std::string_view PickleMachine::line()
{
    constexpr std::size_t longest = 200;
    std::string_view all;
    for (std::size_t count = 0; count < longest; ++count) {
        const std::string_view next = m_reader.text(1);
        if (next == "\n")
            return all;
        all = all.empty() ? next : std::string_view(all.data(), all.size() + 1);
    }
    reject("a name in its pickle is too long.");
}

} // namespace adtailor
