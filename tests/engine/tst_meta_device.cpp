// Prefill, decode steps, preferences and pictures on torch's meta device, which computes shapes
// only: a tensor that the code makes on the CPU by mistake meets one of another device.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "generation/guidance.h"
#include "generation/prefill.h"
#include "models/uni_adgen.h"

#include <ATen/ATen.h>
#include <torch/library.h>

#include <memory>

using namespace adtailor;

namespace {

// Meta kernels do not mind tensors of other devices, so every call of an operator is looked at.
// Numbers in tensors of no dimension may come from the CPU, as on any device.
class StrayWatch
{
public:
    StrayWatch() { s_strays.clear(); }
    static const std::string& strays() { return s_strays; }

    static void inspect(const c10::OperatorHandle& op, c10::DispatchKeySet keys,
                        std::vector<c10::IValue>* stack)
    {
        bool meta = false, other = false;
        const auto look = [&](const torch::Tensor& tensor) {
            meta = meta || (tensor.defined() && tensor.is_meta());
            other = other || (tensor.defined() && !tensor.is_meta() && tensor.dim() > 0);
        };
        for (std::size_t i = stack->size() - op.schema().arguments().size(); i < stack->size();
             ++i) {
            const c10::IValue& argument = (*stack)[i];
            if (argument.isTensor())
                look(argument.toTensor());
            else if (argument.isTensorList())
                for (const torch::Tensor& tensor : argument.toTensorVector())
                    look(tensor);
        }
        if (meta && other)
            s_strays += op.schema().name() + ' ';
        op.redispatchBoxed(keys & c10::DispatchKeySet(c10::DispatchKeySet::FULL_AFTER, key), stack);
    }

private:
    static constexpr auto key = c10::DispatchKey::TESTING_ONLY_GenericMode;
    inline static std::string s_strays;
    c10::impl::IncludeDispatchKeyGuard m_guard{ key };
};

TORCH_LIBRARY_IMPL(_, TESTING_ONLY_GenericMode, library)
{
    library.fallback(torch::CppFunction::makeFromBoxedFunction<&StrayWatch::inspect>());
}

// Module::to() refuses to change the kind of a tensor; shapes are all that a meta tensor has.
void moveToMeta(torch::nn::Module& module)
{
    const auto move = [](torch::Tensor& tensor) {
        const auto meta = at::empty_like(tensor, tensor.options().device(at::kMeta));
        tensor.unsafeGetTensorImpl()->shallow_copy_from(meta.getIntrusivePtr());
    };
    const at::NoGradGuard noGrad;
    for (auto& parameter : module.parameters())
        move(parameter);
    for (auto& buffer : module.buffers())
        move(buffer);
}

torch::Tensor ids(at::IntArrayRef shape)
{
    return at::zeros(shape, at::TensorOptions().dtype(at::kLong).device(at::kMeta));
}

torch::Tensor values(at::IntArrayRef shape, at::ScalarType type = at::kFloat)
{
    return at::ones(shape, at::TensorOptions().dtype(type).device(at::kMeta));
}

HistoryInput history(bool withNoise)
{
    HistoryInput input{ .imageIds = ids({ 2, 2, 4 }), .titleIds = ids({ 2, 2, 5 }) };
    if (withNoise) {
        input.titleReal = values({ 2, 10 }, at::kBool);
        input.imageNoise = values({ 2, 8 });
        input.titleNoise = values({ 2, 10 });
    }
    return input;
}

} // namespace

class TestMetaDevice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_network = UniAdGen(Fixture("uni_adgen").config());
        m_network->eval();
        moveToMeta(*m_network);
        QVERIFY(m_network->device().is_meta());
    }

    void init() { m_watch = std::make_unique<StrayWatch>(); }
    void cleanup()
    {
        QCOMPARE(StrayWatch::strays(), m_expected);
        m_expected.clear();
        m_watch.reset();
    }

    // Without this the test proves nothing.
    void noticesAStray()
    {
        m_network->gen_head(at::ones({ 1, 64 }));
        QVERIFY(StrayWatch::strays().find("addmm") != std::string::npos);
        m_expected = StrayWatch::strays();
    }

    void extractsPreferences()
    {
        for (const bool withNoise : { true, false }) {
            const auto tokens = m_network->extractPreferences(history(withNoise));
            QVERIFY(tokens.images.is_meta() && tokens.titles.is_meta());
            QCOMPARE(tokens.images.sizes(), at::IntArrayRef({ 2, 8, 64 }));
            QCOMPARE(tokens.titles.sizes(), at::IntArrayRef({ 2, 10, 64 }));
        }
    }

    void encodesAndDecodesPictures()
    {
        auto& vq = m_network->gen_vision_model;
        QCOMPARE(vq->encode(values({ 2, 3, 32, 32 })).sizes(), at::IntArrayRef({ 2, 4 }));
        QCOMPARE(vq->decode(ids({ 2, 16 }), 4, 4).sizes(), at::IntArrayRef({ 2, 3, 64, 64 }));
    }

    void prefillsAndDecodes_data()
    {
        QTest::addColumn<bool>("padded");
        QTest::newRow("padded") << true;
        QTest::newRow("not padded") << false;
    }
    void prefillsAndDecodes()
    {
        QFETCH(bool, padded);
        const std::int64_t length = 12;
        const auto mask = padded ? values({ 4, length + 16 }, at::kBool) : torch::Tensor();
        const auto until
            = [&](std::int64_t end) { return padded ? mask.narrow(1, 0, end) : torch::Tensor(); };
        auto& model = m_network->language_model;
        KvCache cache = model->makeCache(4, length + 16);
        const PreferenceTokens preferences{ .images = values({ 2, 8, 64 }),
                                            .titles = values({ 2, 10, 64 }) };
        const auto prompt = m_network->promptEmbeddings(ids({ 4, length }), &preferences, 5, 6);
        const auto maps = m_network->control(values({ 4, 3, 80, 80 }), values({ 4 }));
        Prefill reading;
        reading.embeddings = prompt;
        reading.mask = until(length);
        QVERIFY(model->textLogits(prefill(model, reading, cache, {})).is_meta());
        for (std::int64_t i = 1; i < 4; ++i) {
            const auto step = m_network->embedImage(paired(ids({ 2, 1 })));
            DecoderInput input{ .embeddings = step,
                                .keyMask = until(length + i),
                                .cache = &cache,
                                .injectionInterval = m_network->control->interval };
            for (const auto& map : maps)
                input.injections.push_back(map.narrow(1, i - 1, 1));
            const auto hidden = model(input).select(1, 0);
            const auto logits = guided(m_network->imageLogits(hidden), 5.0);
            QCOMPARE(logits.sizes(), at::IntArrayRef({ 2, 64 }));
        }
        const KvCache copied = std::move(cache).gathered(ids({ 6 }), length + 20);
        QCOMPARE(copied.length(), length + 3);
    }

private:
    at::NoGradGuard m_noGrad;
    UniAdGen m_network{ nullptr };
    std::unique_ptr<StrayWatch> m_watch;
    std::string m_expected;
};

QTEST_APPLESS_MAIN(TestMetaDevice)
#include "tst_meta_device.moc"
