// EditStep: one step of undo from two closures and words; steps of one kind and stroke become one.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUndoCommand>

#include <functional>

namespace adtailor {

class EditStep final : public QUndoCommand
{
public:
    using Work = std::function<void()>;
    // What may merge with the step before it; Own never does.
    enum class Kind { Own, Settings, DrawSeed, Person };

    EditStep(const QString& text, Work redo, Work undo, Kind kind = Kind::Own, int stroke = 0)
        : QUndoCommand(text)
        , m_redo(std::move(redo))
        , m_undo(std::move(undo))
        , m_kind(kind)
        , m_stroke(stroke)
    {
    }

    void undo() override { m_undo(); }
    void redo() override { m_redo(); }
    int id() const override { return m_kind == Kind::Own ? -1 : 100 + static_cast<int>(m_kind); }
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto* next = static_cast<const EditStep*>(other);
        if (next->m_stroke != m_stroke)
            return false;
        m_redo = next->m_redo;
        return true;
    }

private:
    Work m_redo;
    Work m_undo;
    Kind m_kind;
    int m_stroke;
};

} // namespace adtailor
