// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tool_pages.h"

#include "app/pages/catalogue_page.h"
#include "app/pages/later_page.h"
#include "app/pages/models_page.h"
#include "app/pages/review_page.h"
#include "app/pages/train_page.h"
#include "app/project_session.h"
#include "app/study_desk.h"

namespace adtailor {

ToolPages::ToolPages(ProjectSession& session, TrainingDesk& training, ModelDesk& models,
                     EngineClient& engine, QObject* parent)
    : QObject(parent)
{
    const auto later = [this](LaterPage::Kind kind) {
        auto* page = new LaterPage(kind);
        connect(page, &LaterPage::compareRequested, this, &ToolPages::compareRequested);
        return page;
    };
    auto* studies = new StudyDesk(StudyDesk::defaultHome(), this);
    auto* review = new ReviewPage(*studies, session.board().model());
    auto* catalogue = new CataloguePage([&models] { return models.command(); });
    connect(catalogue, &CataloguePage::announced, this, &ToolPages::announced);
    auto* train = new TrainPage(training);
    auto* shelf = new ModelsPage(models, engine);
    connect(review, &ReviewPage::trainRequested, this, [this, train](const QString& folder) {
        train->learnFromVotes(folder);
        emit announced(tr("The Train page has the run ready: look it over and start it."));
    });
    connect(review, &ReviewPage::announced, this, &ToolPages::announced);
    connect(train, &TrainPage::announced, this, &ToolPages::announced);
    connect(shelf, &ModelsPage::announced, this, &ToolPages::announced);
    m_pages = { catalogue, review, train, later(LaterPage::Kind::Evaluate), shelf };
}

} // namespace adtailor
