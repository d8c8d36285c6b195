// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor_pickle.h"

#include "core/limits.h"
#include "core/pickle_machine.h"

#include <unordered_set>

namespace adtailor {

namespace {

class TensorCollector
{
public:
    explicit TensorCollector(const PickleMachine& machine)
        : m_machine(machine)
    {
    }

    // Tensors in lists and tuples have no names and are passed over.
    void collect(PickleIndex index, const std::string& name, std::size_t depth)
    {
        const PickleNode& node = m_machine.at(index);
        if (node.kind == PickleKind::Tensor)
            return add(node, name);
        if (node.kind != PickleKind::Dictionary)
            return;
        if (depth > limits::pickleDepth)
            m_machine.reject("its dictionaries are nested too deeply.");
        // One dictionary may stand in many places, so what is visited has no other bound.
        m_visited += node.items.size() + 1;
        if (m_visited > limits::pickleNodes)
            m_machine.reject("its dictionaries hold too many values.");
        for (std::size_t i = 0; i + 1 < node.items.size(); i += 2)
            collect(node.items[i + 1], joined(name, m_machine.at(node.items[i])), depth + 1);
    }

    std::vector<PickledTensor> tensors;

private:
    std::string joined(const std::string& name, const PickleNode& key) const
    {
        std::string part;
        if (key.kind == PickleKind::Text)
            part = key.text;
        else if (key.kind == PickleKind::Integer)
            part = std::to_string(key.integer);
        std::string whole = name.empty() ? part : name + '.' + part;
        if (whole.size() > limits::tensorNameBytes)
            m_machine.reject("the name of a tensor is too long.");
        return whole;
    }

    // items: storage, offset, shape, strides, and what gradients would need
    void add(const PickleNode& node, const std::string& name)
    {
        if (name.empty() || !m_names.insert(name).second)
            m_machine.reject("two of its tensors are called " + name + '.');
        if (tensors.size() >= limits::safetensorsTensors)
            m_machine.reject("it holds too many tensors.");
        const PickleNode& storage = m_machine.at(node.items[0]);
        const std::string_view type = m_machine.at(storage.items[1]).text;
        tensors.push_back({ .name = name,
                            .storageType = std::string(type.substr(type.find(' ') + 1)),
                            .storageKey = std::string(m_machine.at(storage.items[2]).text),
                            .storageElements = integer(storage.items[4]),
                            .offset = integer(node.items[1]),
                            .shape = integers(node.items[2]),
                            .strides = integers(node.items[3]) });
        if (tensors.back().shape.size() != tensors.back().strides.size())
            m_machine.reject("tensor " + name + " has a broken shape.");
    }

    // 0 or more; the limit keeps sums and products of a few of them out of danger.
    std::int64_t integer(PickleIndex index) const
    {
        constexpr std::int64_t largest = std::int64_t{ 1 } << 40;
        const PickleNode& node = m_machine.at(index);
        if (node.kind != PickleKind::Integer || node.integer < 0 || node.integer > largest)
            m_machine.reject("the size of a tensor is no sensible number.");
        return node.integer;
    }

    std::vector<std::int64_t> integers(PickleIndex index) const
    {
        const PickleNode& node = m_machine.at(index);
        if (node.kind != PickleKind::Tuple || node.items.size() > limits::tensorRank)
            m_machine.reject("the shape of a tensor is no short list of numbers.");
        std::vector<std::int64_t> values;
        for (const PickleIndex item : node.items)
            values.push_back(integer(item));
        return values;
    }

    const PickleMachine& m_machine;
    std::unordered_set<std::string> m_names;
    std::size_t m_visited = 0;
};

} // namespace

std::vector<PickledTensor> readTensorPickle(std::span<const std::byte> pickle,
                                            const std::string& file)
{
    PickleMachine machine(pickle, file);
    const PickleIndex root = machine.run();
    TensorCollector collector(machine);
    collector.collect(root, {}, 0);
    return std::move(collector.tensors);
}

} // namespace adtailor
