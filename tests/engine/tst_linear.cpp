// bfloat16 linear layers: every kind of kernel against float64, whatever the rows and threads.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "kernels/bf16_rows.h"
#include "nn/linear.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

using namespace adtailor;

class TestLinear : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kernels_data()
    {
        QTest::addColumn<int>("kernels");
        QTest::newRow("AVX2") << static_cast<int>(CpuKernels::Avx2);
        QTest::newRow("portable") << static_cast<int>(CpuKernels::Portable);
    }
    void kernels()
    {
        QFETCH(int, kernels);
        if (kernels == static_cast<int>(CpuKernels::Avx2) && !hasAvx2())
            QSKIP("This processor has no AVX2.");
        for (const std::int64_t rows : { 1, 2, 3, 4, 5, 16 }) {
            const auto x = random({ rows, inner }), weight = random({ outer, inner });
            const auto bias = random({ outer });
            const auto y = at::zeros({ rows, outer }, at::kBFloat16);
            const Bf16Rows product({ .x = bits(x),
                                     .weight = bits(weight),
                                     .bias = bits(bias),
                                     .rows = rows,
                                     .inner = inner,
                                     .outer = outer },
                                   static_cast<CpuKernels>(kernels));
            for (std::int64_t begin = 0; begin < outer; begin += 10) // uneven parts, as of threads
                product.multiply(begin, std::min(begin + 10, outer),
                                 static_cast<std::uint16_t*>(y.mutable_data_ptr()));
            requireRounded(y, x, weight, bias, false);
        }
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
        requireRounded(y, x, layer->weight, layer->bias,
                       cpuKernels() == CpuKernels::Library);
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
    static constexpr std::int64_t inner = 208, outer = 300;

    static bool hasAvx2()
    {
#if defined(__x86_64__)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
        return false;
#endif
    }

    static torch::Tensor random(at::IntArrayRef sizes)
    {
        return at::randn(sizes).to(at::kBFloat16);
    }

    static const std::uint16_t* bits(const torch::Tensor& values)
    {
        return static_cast<const std::uint16_t*>(values.const_data_ptr());
    }

    // Half a step of bfloat16, and float32's share of a sum of 208 products. LibTorch's own
    // product may round the sum before it adds the bias.
    static void requireRounded(const torch::Tensor& y, const torch::Tensor& x,
                               const torch::Tensor& weight, const torch::Tensor& bias,
                               bool sumRounded)
    {
        const auto sum = at::matmul(x.to(at::kDouble), weight.to(at::kDouble).t());
        const auto exact = bias.defined() ? sum + bias.to(at::kDouble) : sum;
        auto apart = (y.to(at::kDouble) - exact).abs() - exact.abs() / 256;
        if (sumRounded)
            apart -= sum.abs() / 256;
        const double most = apart.max().item<double>();
        QVERIFY2(most <= 2e-5, qPrintable(QString("differs by %1").arg(most)));
    }
};

QTEST_APPLESS_MAIN(TestLinear)
#include "tst_linear.moc"
