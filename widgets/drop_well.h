// SPDX-License-Identifier: GPL-3.0-or-later
// The dashed well that takes a product picture by drop, paste or file dialog.
#pragma once

#include <QImage>
#include <QWidget>

class QLabel;
class QMimeData;
class QPushButton;

namespace adtailor {

class DropWell final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DropWell)

public:
    explicit DropWell(QWidget* parent = nullptr);

    void setTexts(const QString& title, const QString& hint);
    void setExample(const QImage& picture); // shown on a checkerboard beside the words
    void choose(); // opens the file dialog
    void paste(); // takes a picture or a file from the clipboard

    QSize sizeHint() const override;

signals:
    void dropped(const QString& path); // a dropped, pasted or chosen file
    void pasted(const QImage& picture);
    void refused(const QString& sentence); // nothing usable; also shown in the well

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void take(const QMimeData* mime);
    void refuse(const QString& sentence);

    class CheckedPicture;
    CheckedPicture* m_example = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_hint = nullptr;
    QLabel* m_refusal = nullptr;
    QPushButton* m_choose = nullptr;
    QPushButton* m_paste = nullptr;
    QString m_folder; // last folder of the file dialog
    bool m_hot = false;
};

} // namespace adtailor
