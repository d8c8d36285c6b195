// PickleMachine: the opcodes of a Python pickle that plain data needs, on a stack of plain nodes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bounded_read.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace adtailor {

enum class PickleKind {
    Nothing, // None, floats and big integers: of no interest here
    Integer, // and booleans
    Text,
    Tuple,
    List,
    Dictionary, // items: key, value, key, value ...
    Name, // "module name"; never looked up
    Storage, // items of the tuple it was referred to by
    Tensor, // items of the tuple it was called with
};

using PickleIndex = std::uint32_t; // of a node; nodes are never nested, so nothing recurses

struct PickleNode
{
    PickleKind kind = PickleKind::Nothing;
    std::int64_t integer = 0;
    std::string_view text{}; // points into the pickle
    std::vector<PickleIndex> items{};
    bool ordered = false; // a dictionary made as OrderedDict
};

class PickleMachine
{
public:
    // file: named in sentences. The bytes must outlive the machine.
    PickleMachine(std::span<const std::byte> pickle, std::string file);

    PickleIndex run(); // the node that the pickle stands for
    const PickleNode& at(PickleIndex index) const { return m_nodes[index]; }
    [[noreturn]] void reject(const std::string& reason) const;

private:
    bool step(std::uint8_t opcode); // false at the end
    bool pushConstant(std::uint8_t opcode);
    bool pushText(std::uint8_t opcode);
    bool build(std::uint8_t opcode);
    bool memoize(std::uint8_t opcode);
    void call(); // REDUCE
    void setState(); // BUILD
    void referToStorage(); // BINPERSID
    void name(std::string_view module, std::string_view symbol);
    void addItems(PickleKind kind, std::vector<PickleIndex> items);

    PickleIndex push(PickleNode node);
    PickleIndex pop();
    PickleIndex top() const;
    std::vector<PickleIndex> popToMark();
    std::vector<PickleIndex> popCount(std::size_t count);
    std::string_view line();
    std::int64_t longInteger(std::size_t bytes);

    std::string m_file;
    BoundedReader m_reader;
    std::vector<PickleNode> m_nodes;
    std::vector<PickleIndex> m_stack;
    std::vector<std::size_t> m_marks;
    std::unordered_map<std::uint32_t, PickleIndex> m_memo;
};

} // namespace adtailor
