// Products of few rows and attention over a cache: every kind of kernel against float64, whatever
// the rows and threads. SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "kernels/decode_attention.h"
#include "kernels/few_rows.h"
#include "nn/linear.h"
#include "nn/quantized_weight.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

using namespace adtailor;

class TestLinear : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fewRows_data() { kernelRows(); }
    void fewRows()
    {
        QFETCH(CpuKernels, kernels);
        if (!hasKernels(kernels))
            QSKIP("This processor has no such instructions.");
        for (const std::int64_t rows : { 1, 2, 3, 4, 5, 16 }) {
            compareRows<std::uint16_t>(rows, at::kBFloat16, kernels);
            compareRows<float>(rows, at::kFloat, kernels);
        }
    }

    void quantizedRows_data() { kernelRows(); }
    void quantizedRows()
    {
        QFETCH(CpuKernels, kernels);
        if (!hasKernels(kernels))
            QSKIP("This processor has no such instructions.");
        for (const QuantizedType type : { QuantizedType::Int8, QuantizedType::Int4 }) {
            const std::int64_t width = type == QuantizedType::Int8 ? 192 : 384; // uneven parts
            const PackedWeight packed(at::randn({ outer, width }), type);
            const auto bias = at::randn({ outer });
            const auto weight = packed->unpacked(0, outer, at::kFloat).to(at::kDouble);
            for (const std::int64_t rows : { 1, 2, 3, 4, 5, 16 }) {
                const auto x = at::randn({ rows, width });
                const auto y = quantizedProduct(packed, x, bias, kernels);
                const auto step = x.abs().amax(1, true).to(at::kDouble) / 127;
                const auto rounded = (x.to(at::kDouble) / step).round() * step;
                const auto exact = at::matmul(rounded, weight.t()) + bias.to(at::kDouble);
                // A value near the middle of two steps may go to the other one.
                const double most = (y.to(at::kDouble) - exact).abs().max().item<double>();
                QVERIFY2(most <= 1e-3, qPrintable(QString("differs by %1").arg(most)));
                if (type == QuantizedType::Int8)
                    QVERIFY(at::equal(y, quantizedProduct(packed, x, bias, CpuKernels::Portable)));
            }
        }
    }

    void quantizedLayers()
    {
        const at::NoGradGuard noGrad;
        for (const auto& [type, share] :
             { std::pair{ QuantizedType::Int8, 0.01 }, std::pair{ QuantizedType::Int4, 0.1 } }) {
            torch::nn::Linear layer(torch::nn::LinearOptions(256, outer));
            const auto x = at::randn({ 300, 256 });
            const auto exact = layer(x);
            quantize(*layer, type);
            QVERIFY(layer->weight.is_meta());
            const auto many = linearOf(*layer, x);
            const double lost = ((many - exact).norm() / exact.norm()).item<double>();
            QVERIFY2(lost < share, qPrintable(QString("loses %1").arg(lost)));
            const auto few = linearOf(*layer, x.narrow(0, 0, 2)); // x is rounded as well
            QVERIFY((few - many.narrow(0, 0, 2)).norm().item<double>()
                    < 0.02 * many.narrow(0, 0, 2).norm().item<double>());
        }
        torch::nn::Linear narrow(torch::nn::LinearOptions(24, outer));
        quantize(*narrow, QuantizedType::Int8);
        QVERIFY(!narrow->weight.is_meta()); // does not suit
    }

    void attention_data() { kernelRows(); }
    void attention()
    {
        QFETCH(CpuKernels, kernels);
        if (!hasKernels(kernels))
            QSKIP("This processor has no such instructions.");
        compareAttention<float>(at::kFloat, kernels, 1e-5);
        compareAttention<std::uint16_t>(at::kBFloat16, kernels, 1e-2);
    }

    void layers_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<bool>("bias");
        for (const int rows : { 1, 2, 16, 17, 300 }) {
            QTest::addRow("%d rows", rows) << rows << false;
            QTest::addRow("%d rows and bias", rows) << rows << true;
        }
    }
    void layers()
    {
        QFETCH(int, rows);
        QFETCH(bool, bias);
        const at::NoGradGuard noGrad;
        torch::nn::Linear layer(torch::nn::LinearOptions(inner, outer).bias(bias));
        layer->to(at::kBFloat16);
        const auto x = random({ 1, rows, inner });
        const auto y = linearOf(*layer, x);
        QCOMPARE(y.sizes(), at::IntArrayRef({ 1, rows, outer }));
        const bool byLibrary = cpuKernels() == CpuKernels::Library
            || (cpuKernels() == CpuKernels::Avx512 && rows > 16);
        requireRounded(y, x, layer->weight, layer->bias, byLibrary);
    }

    void threadsDoNotDecide()
    {
        const at::NoGradGuard noGrad;
        torch::nn::Linear layer(torch::nn::LinearOptions(inner, 512));
        layer->to(at::kBFloat16);
        const auto x = random({ 2, inner });
        at::set_num_threads(1);
        const auto one = linearOf(*layer, x);
        at::set_num_threads(3);
        QVERIFY(at::equal(linearOf(*layer, x), one));
        QVERIFY(at::equal(linearOf(*layer, x.slice(0, 1)), one.slice(0, 1))
                || cpuKernels() == CpuKernels::Library);
    }

    void gradientsGoTheUsualWay()
    {
        torch::nn::Linear layer(torch::nn::LinearOptions(inner, outer));
        layer->to(at::kBFloat16);
        const auto x = random({ 2, inner });
        const auto y = linearOf(*layer, x);
        QVERIFY(at::equal(y, layer(x)));
        y.sum().backward();
        QVERIFY(layer->weight.grad().defined());
    }

private:
    static constexpr std::int64_t inner = 224, outer = 300;

    static void kernelRows()
    {
        QTest::addColumn<CpuKernels>("kernels");
        QTest::newRow("AVX-512") << CpuKernels::Avx512;
        QTest::newRow("AVX2") << CpuKernels::Avx2;
        QTest::newRow("portable") << CpuKernels::Portable;
    }

    template<typename Value>
    static void compareRows(std::int64_t rows, torch::ScalarType type, CpuKernels kernels)
    {
        const auto x = at::randn({ rows, inner }).to(type),
                   weight = at::randn({ outer, inner }).to(type);
        const auto bias = at::randn({ outer }).to(type);
        const auto y = at::zeros({ rows, outer }, type);
        const FewRows<Value> product({ .x = bits<Value>(x),
                                       .weight = bits<Value>(weight),
                                       .bias = bits<Value>(bias),
                                       .rows = rows,
                                       .inner = inner,
                                       .outer = outer },
                                     kernels);
        for (std::int64_t begin = 0; begin < outer; begin += 10) // uneven parts, as of threads
            product.multiply(begin, std::min(begin + 10, outer),
                             static_cast<Value*>(y.mutable_data_ptr()));
        requireRounded(y, x, weight, bias, false);
    }

    static torch::Tensor quantizedProduct(const PackedWeight& packed, const torch::Tensor& x,
                                          const torch::Tensor& bias, CpuKernels kernels)
    {
        auto y = at::zeros({ x.size(0), outer });
        const QuantizedRows<float> product(packed->view(), bits<float>(x), bits<float>(bias),
                                           x.size(0), kernels);
        for (std::int64_t begin = 0; begin < outer; begin += 10)
            product.multiply(begin, std::min(begin + 10, outer), y.mutable_data_ptr<float>());
        return y;
    }

    // Three rows, of which two have padding on the left; six heads share two heads of keys.
    template<typename Value>
    static void compareAttention(torch::ScalarType type, CpuKernels kernels, double tolerance)
    {
        constexpr std::int64_t rows = 3, heads = 6, keyHeads = 2, dim = 96, capacity = 40,
                               length = 31;
        const auto query = at::randn({ rows, heads, 1, dim }).to(type);
        const auto keys = at::randn({ rows, keyHeads, capacity, dim }).to(type);
        const auto values = at::randn({ rows, keyHeads, capacity, dim }).to(type);
        auto mask = at::zeros({ rows, 1, 1, length }, type);
        mask[1].slice(-1, 0, 12).fill_(-std::numeric_limits<float>::infinity());
        mask[2].slice(-1, 0, length - 1).fill_(-std::numeric_limits<float>::infinity());
        const torch::Tensor mixed = at::zeros({ rows, heads, 1, dim }, type);
        const DecodeAttention<Value> attention({ .query = bits<Value>(query),
                                                 .keys = bits<Value>(keys),
                                                 .values = bits<Value>(values),
                                                 .mask = bits<Value>(mask),
                                                 .rows = rows,
                                                 .heads = heads,
                                                 .keyHeads = keyHeads,
                                                 .headDim = dim,
                                                 .capacity = capacity,
                                                 .length = length },
                                               kernels);
        for (std::int64_t task = 0; task < rows * heads; task += 5)
            attention.mix(task, std::min(task + 5, rows * heads),
                          static_cast<Value*>(mixed.mutable_data_ptr()));
        const auto shared = [&](const torch::Tensor& cache) {
            return cache.narrow(2, 0, length).to(at::kDouble).repeat_interleave(3, 1);
        };
        const torch::Tensor exact = at::scaled_dot_product_attention(query.to(at::kDouble), shared(keys),
                                                            shared(values), mask.to(at::kDouble));
        const double most = (mixed.to(at::kDouble) - exact).abs().max().item<double>();
        QVERIFY2(most <= tolerance, qPrintable(QString("differs by %1").arg(most)));
    }

    static torch::Tensor random(at::IntArrayRef sizes)
    {
        return at::randn(sizes).to(at::kBFloat16);
    }

    template<typename Value> static const Value* bits(const torch::Tensor& values)
    {
        return static_cast<const Value*>(values.const_data_ptr());
    }

    // Half a step of bfloat16 if it is one, and float32's share of a sum of 224 products.
    // LibTorch's own product may round the sum before it adds the bias.
    static void requireRounded(const torch::Tensor& y, const torch::Tensor& x,
                               const torch::Tensor& weight, const torch::Tensor& bias,
                               bool sumRounded)
    {
        const auto sum = at::matmul(x.to(at::kDouble), weight.to(at::kDouble).t());
        const auto exact = bias.defined() ? sum + bias.to(at::kDouble) : sum;
        auto apart = (y.to(at::kDouble) - exact).abs();
        if (y.scalar_type() == at::kBFloat16)
            apart -= exact.abs() / 256;
        if (sumRounded)
            apart -= sum.abs() / 256;
        const double most = apart.max().item<double>();
        QVERIFY2(most <= 2e-5, qPrintable(QString("differs by %1").arg(most)));
    }
};

QTEST_APPLESS_MAIN(TestLinear)
#include "tst_linear.moc"
