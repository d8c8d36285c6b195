// SPDX-License-Identifier: GPL-3.0-or-later
// Tensors through files: values of the Python library, round trips, faults, loading into modules.
#include "core/failure.h"
#include "core/input_file.h"
#include "weights/deferred_init.h"
#include "weights/safetensors.h"
#include "weights/state_dict.h"

#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/linear.h>

#include <QTemporaryDir>
#include <QTest>

#include <limits>
#include <random>

using namespace adtailor;

namespace {

template<typename Work> Error errorOf(Work&& work)
{
    return guarded([&] { work(); }).error();
}

bool mentions(const Error& error, const std::string& text)
{
    return error.detail.find(text) != std::string::npos;
}

} // namespace

class TestSafetensors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsThePythonLibrary();
    void roundTrips();
    void refusesTruncation();
    void survivesAShrinkingFile();
    void loadsIntoAModule();
    void namesWhatDoesNotFit();
    void refusesNotFinite();
    void optionalAndIgnored();
    void readsLargeTensorsInPieces();
    void buildsWithoutMemory();

private:
    std::filesystem::path path(const char* name) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }

    QTemporaryDir m_folder;
};

// Written by make_safetensors.py: value i of every tensor is i (bool: odd).
void TestSafetensors::readsThePythonLibrary()
{
    const auto file = SafetensorsFile::open(ADTAILOR_FIXTURES "/python.safetensors");
    QCOMPARE(file.metadata().at("made_by"), std::string("make_safetensors.py"));
    QCOMPARE(file.names().size(), std::size_t{ 10 });
    for (const std::string& name : file.names()) {
        const torch::Tensor values = file.read(name);
        QVERIFY2(values.sizes() == torch::IntArrayRef({ 2, 3 }), name.c_str());
        torch::Tensor expected = torch::arange(6, torch::kLong).reshape({ 2, 3 });
        if (values.scalar_type() == torch::kBool)
            expected = expected % 2;
        QVERIFY2(values.to(torch::kLong).equal(expected), name.c_str());
    }
    QCOMPARE(file.dtype("bf16"), torch::kBFloat16);
    QCOMPARE(errorOf([&] { (void)file.read("none"); }).code, ErrorCode::ModelMismatch);
}

void TestSafetensors::roundTrips()
{
    std::map<std::string, torch::Tensor> tensors;
    for (const auto type : { torch::kFloat, torch::kHalf, torch::kBFloat16, torch::kInt,
                             torch::kLong, torch::kUInt8, torch::kBool, torch::kDouble })
        tensors[torch::toString(type)] = (torch::rand({ 3, 5 }) * 100).to(type);
    tensors["transposed"] = torch::rand({ 4, 7 }).t();
    tensors["scalar"] = torch::tensor(3.5F);
    tensors["empty"] = torch::empty({ 0, 4 });
    writeSafetensors(path("a.safetensors"), tensors, { { "step", "7" } });
    const auto file = SafetensorsFile::open(path("a.safetensors"));
    QCOMPARE(file.metadata().at("step"), std::string("7"));
    QCOMPARE(file.names().size(), tensors.size());
    for (const auto& [name, tensor] : tensors) {
        QCOMPARE(file.dtype(name), tensor.scalar_type());
        QVERIFY2(file.read(name).equal(tensor), name.c_str());
    }
}

void TestSafetensors::refusesTruncation()
{
    writeSafetensors(path("whole.safetensors"),
                     { { "a", torch::rand({ 64 }) }, { "b", torch::rand({ 3, 64 }) } });
    const auto content = readFile(path("whole.safetensors"), 100'000);
    std::mt19937 random(7);
    for (int i = 0; i < 1000; ++i) {
        const auto kept = std::span(content).first(random() % content.size());
        // Not the atomic helper: a thousand flushes to the disk would only slow the test down.
        FILE* stream = std::fopen(path("cut.safetensors").c_str(), "wb");
        QVERIFY(stream && std::fwrite(kept.data(), 1, kept.size(), stream) == kept.size());
        std::fclose(stream);
        const Error error = errorOf([&] { (void)SafetensorsFile::open(path("cut.safetensors")); });
        QCOMPARE(error.code, ErrorCode::FileCorrupt);
        QVERIFY2(mentions(error, "cut short") || mentions(error, "is empty"), error.detail.c_str());
    }
}

void TestSafetensors::survivesAShrinkingFile()
{
    writeSafetensors(path("s.safetensors"), { { "a", torch::rand({ 4096 }) } });
    const auto file = SafetensorsFile::open(path("s.safetensors"));
    std::filesystem::resize_file(path("s.safetensors"), 1000);
    QCOMPARE(errorOf([&] { (void)file.read("a"); }).code, ErrorCode::FileCorrupt);
}

void TestSafetensors::loadsIntoAModule()
{
    torch::nn::Sequential source(torch::nn::Linear(3, 4), torch::nn::Linear(4, 2));
    torch::nn::Sequential target(torch::nn::Linear(3, 4), torch::nn::Linear(4, 2));
    writeSafetensors(path("m.safetensors"), stateDict(*source, "net."));
    int reports = 0;
    loadStateDict(*target, SafetensorsFile::open(path("m.safetensors")), { .prefix = "net." },
                  { .report = [&](const Progress& progress) { reports += progress.total == 4; } });
    QCOMPARE(reports, 4);
    QVERIFY(target->parameters()[0].equal(source->parameters()[0]));
    QVERIFY(target->parameters()[3].equal(source->parameters()[3]));
    QVERIFY(target->parameters()[0].requires_grad());

    target->to(torch::kBFloat16); // the file's type does not have to be the module's
    loadStateDict(*target, SafetensorsFile::open(path("m.safetensors")), { .prefix = "net." });
    QVERIFY(target->parameters()[0].equal(source->parameters()[0].to(torch::kBFloat16)));
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(errorOf([&] {
                 loadStateDict(*target, SafetensorsFile::open(path("m.safetensors")),
                               { .prefix = "net." }, { .stop = stop.get_token() });
             }).code,
             ErrorCode::Cancelled);
}

void TestSafetensors::namesWhatDoesNotFit()
{
    torch::nn::Sequential module(torch::nn::Linear(3, 4), torch::nn::Linear(4, 2));
    const auto before = module->parameters()[0].clone();
    auto tensors = stateDict(*module);
    tensors.erase("1.bias");
    tensors["0.weight"] = torch::zeros({ 4, 3 });
    tensors["1.weight"] = torch::zeros({ 3, 4 });
    tensors["0.bias"] = torch::zeros({ 4 }, torch::kLong);
    tensors["surplus"] = torch::zeros({ 1 });
    writeSafetensors(path("w.safetensors"), tensors);
    const Error error
        = errorOf([&] { loadStateDict(*module, SafetensorsFile::open(path("w.safetensors"))); });
    QCOMPARE(error.code, ErrorCode::ModelMismatch);
    QVERIFY2(mentions(error, "1 missing (1.bias)"), error.detail.c_str());
    QVERIFY2(mentions(error, "1 not known to this model (surplus)"), error.detail.c_str());
    QVERIFY2(mentions(error, "1.weight is [3, 4], not [2, 4]"), error.detail.c_str());
    QVERIFY2(mentions(error, "0.bias is of type Long"), error.detail.c_str());
    QVERIFY(module->parameters()[0].equal(before)); // nothing was copied
}

void TestSafetensors::refusesNotFinite()
{
    torch::nn::Sequential module(torch::nn::Linear(2, 2));
    auto tensors = stateDict(*module);
    tensors["0.bias"] = torch::tensor({ 1.0F, std::numeric_limits<float>::quiet_NaN() });
    writeSafetensors(path("n.safetensors"), tensors);
    const auto file = SafetensorsFile::open(path("n.safetensors"));
    const Error error = errorOf([&] { loadStateDict(*module, file); });
    QCOMPARE(error.code, ErrorCode::FileCorrupt);
    QVERIFY2(mentions(error, "0.bias"), error.detail.c_str());
    loadStateDict(*module, file, { .checkFinite = false });
}

void TestSafetensors::optionalAndIgnored()
{
    torch::nn::Sequential module(torch::nn::Linear(2, 2), torch::nn::Linear(2, 2));
    writeSafetensors(path("o.safetensors"),
                     { { "first.weight", torch::ones({ 2, 2 }) },
                       { "first.bias", torch::ones({ 2 }) },
                       { "extra.x", torch::ones({ 1 }) } });
    StateDictRules rules{ .ignored = { "extra." } };
    rules.rename = [](const std::string& name) {
        return (name[0] == '0' ? "first" : "second") + name.substr(1);
    };
    const auto file = SafetensorsFile::open(path("o.safetensors"));
    QCOMPARE(errorOf([&] { loadStateDict(*module, file, rules); }).code, ErrorCode::ModelMismatch);
    rules.optional = { "1." };
    loadStateDict(*module, file, rules);
    QVERIFY(module->parameters()[0].equal(torch::ones({ 2, 2 })));
    QVERIFY(!module->parameters()[2].equal(torch::ones({ 2, 2 })));
}

// Larger than one piece of the reader, whatever the types.
void TestSafetensors::readsLargeTensorsInPieces()
{
    const auto values = (torch::arange(3'000'001) % 1021).to(torch::kFloat32) / 8;
    for (const auto stored : { torch::kFloat32, torch::kHalf, torch::kFloat64 }) {
        auto bad = values.to(stored).clone();
        writeSafetensors(path("large.safetensors"), { { "x", bad } });
        const auto file = SafetensorsFile::open(path("large.safetensors"));
        for (const auto wanted : { torch::kFloat32, torch::kHalf, torch::kFloat64 }) {
            const auto target = torch::empty(values.sizes(), wanted);
            file.readInto("x", target, true);
            QVERIFY(target.equal(values.to(wanted)));
        }
        bad[2'999'999] = std::numeric_limits<float>::quiet_NaN(); // in the last piece
        writeSafetensors(path("large.safetensors"), { { "x", bad } });
        const auto damaged = SafetensorsFile::open(path("large.safetensors"));
        const auto target = torch::empty(values.sizes(), torch::kFloat32);
        QCOMPARE(errorOf([&] { damaged.readInto("x", target, true); }).code,
                 ErrorCode::FileCorrupt);
        damaged.readInto("x", target, false);
    }
}

void TestSafetensors::buildsWithoutMemory()
{
    torch::nn::Linear source(3, 4);
    writeSafetensors(path("d.safetensors"), stateDict(*source));
    const auto build = [] {
        const DeferredInit deferred;
        return torch::nn::Linear(std::int64_t{ 1 } << 40, std::int64_t{ 1 } << 20);
    };
    QVERIFY(build()->weight.is_meta()); // 4 EiB
    QVERIFY(torch::ones({ 1 }).is_cpu()); // its end is the end of it
    torch::nn::Linear target{ nullptr };
    {
        const DeferredInit deferred;
        target = torch::nn::Linear(3, 4);
    }
    const auto handle = target->weight;
    StateDictRules rules;
    rules.place = [](const std::string& name) {
        return torch::TensorOptions(name == "bias" ? torch::kFloat32 : torch::kBFloat16);
    };
    loadStateDict(*target, SafetensorsFile::open(path("d.safetensors")), rules);
    QVERIFY(handle.equal(source->weight.to(torch::kBFloat16))); // every handle sees the memory
    QVERIFY(target->bias.equal(source->bias));
    QVERIFY(target->weight.requires_grad());
}

QTEST_GUILESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
