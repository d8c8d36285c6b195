// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/state_dict.h"

#include "core/failure.h"
#include "weights/deferred_init.h"

#include <algorithm>
#include <sstream>
#include <unordered_set>

namespace adtailor {

namespace {

constexpr std::size_t namedExamples = 5;

bool startsWithAny(const std::string& name, const std::vector<std::string>& starts)
{
    return std::ranges::any_of(starts, [&](const auto& start) { return name.starts_with(start); });
}

// A list of complaints of one kind: "4 are missing (a, b, c, ...)".
class Complaints
{
public:
    explicit Complaints(const char* kind)
        : m_kind(kind)
    {
    }

    void add(const std::string& name)
    {
        if (m_count++ < namedExamples)
            m_examples += (m_examples.empty() ? "" : ", ") + name;
    }

    void appendTo(std::string& text) const
    {
        if (m_count == 0)
            return;
        text += (text.empty() ? "" : "; ") + std::to_string(m_count) + ' ' + m_kind + " ("
            + m_examples + (m_count > namedExamples ? ", ..." : "") + ')';
    }

private:
    const char* m_kind;
    std::size_t m_count = 0;
    std::string m_examples;
};

struct Assignment
{
    std::string name; // in the module
    std::string fileName;
    torch::Tensor target;
};

bool typesFit(torch::ScalarType stored, torch::ScalarType wanted)
{
    return stored == wanted || (torch::isFloatingType(stored) && torch::isFloatingType(wanted));
}

// Pairs every tensor of the module with a name in the file; throws ModelMismatch.
std::vector<Assignment> matchNames(const std::map<std::string, torch::Tensor>& targets,
                                   const TensorSource& file, const StateDictRules& rules)
{
    Complaints missing("missing"), unexpected("not known to this model"),
        different("of another shape or type");
    std::vector<Assignment> assignments;
    std::unordered_set<std::string> used;
    for (const auto& [name, target] : targets) {
        std::string fileName = rules.prefix + (rules.rename ? rules.rename(name) : name);
        if (!file.contains(fileName)) {
            if (!startsWithAny(name, rules.optional))
                missing.add(fileName);
            continue;
        }
        used.insert(fileName);
        const auto& shape = file.shape(fileName);
        if (target.sizes() != torch::IntArrayRef(shape))
            different.add(fileName + " is " + shapeText(shape) + ", not "
                          + shapeText(target.sizes()));
        else if (!typesFit(file.dtype(fileName), target.scalar_type()))
            different.add(fileName + " is of type " + torch::toString(file.dtype(fileName)));
        else
            assignments.push_back({ name, std::move(fileName), target });
    }
    for (const std::string& name : file.names()) {
        if (name.starts_with(rules.prefix) && !used.contains(name)
            && !startsWithAny(name, rules.ignored))
            unexpected.add(name);
    }
    std::string text;
    for (const Complaints* complaints : { &missing, &different, &unexpected })
        complaints->appendTo(text);
    if (!text.empty())
        throw Failure(ErrorCode::ModelMismatch,
                      "The tensors of " + file.path().string() + " do not fit this model: " + text
                          + ". Use the weights and the config.json that belong together.");
    return assignments;
}

// Disks and network folders are fastest from front to back.
void sortByPlace(std::vector<Assignment>& assignments, const TensorSource& source)
{
    std::ranges::sort(assignments, {}, [&](const Assignment& assignment) {
        const StoredTensor& stored = source.at(assignment.fileName);
        return std::pair(stored.file->path(), stored.begin);
    });
}

} // namespace

std::string shapeText(torch::IntArrayRef shape)
{
    std::ostringstream text;
    text << shape;
    return text.str();
}

void loadStateDict(torch::nn::Module& module, const TensorSource& source,
                   const StateDictRules& rules, const JobControl& job)
{
    auto assignments = matchNames(stateDict(module), source, rules);
    sortByPlace(assignments, source);
    const auto total = static_cast<std::int64_t>(assignments.size());
    for (std::int64_t done = 0; done < total; ++done) {
        throwIfCancelled(job);
        const auto& [name, fileName, target] = assignments[done];
        if (target.is_meta() && rules.place)
            materialize(target, rules.place(name));
        source.readInto(fileName, target, rules.checkFinite);
        if (rules.loaded)
            rules.loaded(name);
        if (job.report)
            job.report({ .stage = Stage::LoadModel, .done = done + 1, .total = total });
    }
}

void requireFit(const torch::nn::Module& module, const TensorSource& source,
                const StateDictRules& rules)
{
    matchNames(stateDict(module), source, rules);
}

std::map<std::string, torch::Tensor> stateDict(const torch::nn::Module& module,
                                               const std::string& prefix)
{
    std::map<std::string, torch::Tensor> tensors;
    for (const auto& item : module.named_parameters())
        tensors.emplace(prefix + item.key(), item.value());
    for (const auto& item : module.named_buffers())
        tensors.emplace(prefix + item.key(), item.value());
    return tensors;
}

} // namespace adtailor
