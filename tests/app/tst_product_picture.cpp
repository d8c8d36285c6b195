// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/product_picture.h"
#include "app/qt_types.h"

#include <QImage>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;

class TestProductPicture final : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatItFound_data();
    void saysWhatItFound();
    void refusesWhatIsNoProduct_data();
    void refusesWhatIsNoProduct();

private:
    // A red square in the middle of `ground`.
    static QImage photo(const QColor& ground, bool striped = false)
    {
        QImage image(200, 200, QImage::Format_RGBA8888);
        image.fill(ground);
        QPainter painter(&image);
        if (striped)
            painter.fillRect(0, 0, 200, 60, Qt::darkGreen);
        painter.fillRect(60, 60, 80, 80, Qt::red);
        return image;
    }
};

void TestProductPicture::saysWhatItFound_data()
{
    QTest::addColumn<QImage>("image");
    QTest::addColumn<bool>("opaque");
    QTest::addColumn<bool>("matted");
    QTest::newRow("cutout") << photo(Qt::transparent) << false << false;
    QTest::newRow("white background is removed") << photo(Qt::white) << false << true;
    QTest::newRow("photo") << photo(Qt::blue, true) << true << false;
}

void TestProductPicture::saysWhatItFound()
{
    QFETCH(QImage, image);
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("product.png"));
    QVERIFY(image.save(file));
    const Result<ProductPicture> picture = readProductPicture(file);
    QVERIFY2(picture.has_value(), picture ? "" : picture.error().detail.c_str());
    QTEST(picture->wasOpaque, "opaque");
    QTEST(picture->mattedFromBackground, "matted");
}

void TestProductPicture::refusesWhatIsNoProduct_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("gif") << QByteArray("GIF89a\1\0\1\0", 10);
    QTest::newRow("text") << QByteArray("<html>not here</html>");
}

void TestProductPicture::refusesWhatIsNoProduct()
{
    QFETCH(QByteArray, bytes);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("product.png")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    const Result<ProductPicture> picture = readProductPicture(file.fileName());
    QVERIFY(!picture.has_value());
    QVERIFY(picture.error().detail.find("product.png") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestProductPicture)
#include "tst_product_picture.moc"
