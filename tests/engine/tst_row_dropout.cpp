// Dropout by rows: its rate, its gradient, and that a part of a batch gets the masks of the whole.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/row_dropout.h"

#include <torch/torch.h>

#include <QTest>

using namespace adtailor;

class TestRowDropout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPartGetsTheMasksOfTheWhole()
    {
        const auto x = torch::rand({ 5, 7, 3 }) + 1;
        const auto two = [&](const torch::Tensor& rows, std::int64_t first) {
            const RowDrawsGuard guard(RowDraws{ .seed = 3, .firstRow = first });
            return std::pair(rowDropout(rows, 0.4), rowDropout(rows, 0.4));
        };
        const auto [first, second] = two(x, 0);
        const auto [firstPart, secondPart] = two(x.narrow(0, 2, 2), 2);
        QVERIFY(firstPart.equal(first.narrow(0, 2, 2)));
        QVERIFY(secondPart.equal(second.narrow(0, 2, 2)));
        QVERIFY(!first.equal(second)); // each call draws anew
        QVERIFY(!(first[0] == 0).equal(first[1] == 0)); // and each row
        QVERIFY(!RowDraws::current());
    }

    // 1e6 draws: four standard deviations of the share kept are 0.0016.
    void keepsItsRateAndItsMean()
    {
        const RowDrawsGuard guard(RowDraws{ .seed = 11 });
        const auto y = rowDropout(torch::ones({ 10, 100'003 }), 0.2);
        const double kept = (y != 0).to(torch::kFloat32).mean().item<double>();
        QVERIFY2(std::abs(kept - 0.8) < 0.0016, qPrintable(QString::number(kept)));
        QVERIFY(((y == 0).logical_or(y == 1.25F)).all().item<bool>());
        // Neighbours do not follow each other.
        const auto alike = (y.slice(1, 1) != 0).logical_and(y.slice(1, 0, -1) != 0);
        QVERIFY(std::abs(alike.to(torch::kFloat32).mean().item<double>() - 0.64) < 0.003);
    }

    void givesGradientsWhereItKeeps()
    {
        const RowDrawsGuard guard(RowDraws{ .seed = 5 });
        auto x = torch::ones({ 4, 50 }, torch::requires_grad());
        const auto y = rowDropout(x, 0.5);
        y.sum().backward();
        QVERIFY(x.grad().equal(y.detach()));
    }
};

QTEST_APPLESS_MAIN(TestRowDropout)
#include "tst_row_dropout.moc"
