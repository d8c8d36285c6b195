<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>adtailor::AdBoard</name>
    <message numerus="yes">
        <source>Make %n ad(s)</source>
        <translation>
            <numerusform>Make %n ad</numerusform>
            <numerusform>Make %n ads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::AdEdits</name>
    <message numerus="yes">
        <source>Star %n ad(s)</source>
        <translation>
            <numerusform>Star %n ad</numerusform>
            <numerusform>Star %n ads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take the star from %n ad(s)</source>
        <translation>
            <numerusform>Take the star from %n ad</numerusform>
            <numerusform>Take the star from %n ads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tag %n ad(s) “%1”</source>
        <translation>
            <numerusform>Tag %n ad “%1”</numerusform>
            <numerusform>Tag %n ads “%1”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take the tag “%1” from %n ad(s)</source>
        <translation>
            <numerusform>Take the tag “%1” from %n ad</numerusform>
            <numerusform>Take the tag “%1” from %n ads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n ad(s) to the trash</source>
        <translation>
            <numerusform>Move %n ad to the trash</numerusform>
            <numerusform>Move %n ads to the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restore %n ad(s)</source>
        <translation>
            <numerusform>Restore %n ad</numerusform>
            <numerusform>Restore %n ads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::BriefPage</name>
    <message numerus="yes">
        <source>Description and %n selling point(s)</source>
        <translation>
            <numerusform>Description and %n selling point</numerusform>
            <numerusform>Description and %n selling points</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>[%n clicked title(s)]</source>
        <translation>
            <numerusform>[%n clicked title]</numerusform>
            <numerusform>[%n clicked titles]</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>[%n clicked picture(s)]</source>
        <translation>
            <numerusform>[%n clicked picture]</numerusform>
            <numerusform>[%n clicked pictures]</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::CataloguePage</name>
    <message numerus="yes">
        <source>%n ad(s) of the table are done.</source>
        <translation>
            <numerusform>%n ad of the table is done.</numerusform>
            <numerusform>%n ads of the table are done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::ChangeSection</name>
    <message numerus="yes">
        <source>%n row(s) of A-%1 stay. Click into the picture to move the border.</source>
        <translation>
            <numerusform>%n row of A-%1 stay. Click into the picture to move the border.</numerusform>
            <numerusform>%n rows of A-%1 stay. Click into the picture to move the border.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::CompareInspector</name>
    <message numerus="yes">
        <source>%n click(s)</source>
        <translation>
            <numerusform>%n click</numerusform>
            <numerusform>%n clicks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::ComparePage</name>
    <message numerus="yes">
        <source>%n ad(s) were saved before that.</source>
        <translation>
            <numerusform>%n ad was saved before that.</numerusform>
            <numerusform>%n ads were saved before that.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ad(s)</source>
        <translation>
            <numerusform>%n ad</numerusform>
            <numerusform>%n ads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::ContextBar</name>
    <message numerus="yes">
        <source>%1 · %n click(s)</source>
        <translation>
            <numerusform>%1 · %n click</numerusform>
            <numerusform>%1 · %n clicks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::DropWell</name>
    <message numerus="yes">
        <source>%n files at once: choose one picture.</source>
        <translation>
            <numerusform>%n file: choose one picture.</numerusform>
            <numerusform>%n files at once: choose one picture.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::FinishInspector</name>
    <message numerus="yes">
        <source>%1: %n finding(s)</source>
        <translation>
            <numerusform>%1: %n finding</numerusform>
            <numerusform>%1: %n findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::FinishPage</name>
    <message numerus="yes">
        <source>%n file(s) exported to %1</source>
        <translation>
            <numerusform>%n file exported to %1</numerusform>
            <numerusform>%n files exported to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n size(s)</source>
        <translation>
            <numerusform>%n size</numerusform>
            <numerusform>%n sizes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pass(es)</source>
        <translation>
            <numerusform>%n passes</numerusform>
            <numerusform>%n pass</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blocked</source>
        <translation>
            <numerusform>%n blocked</numerusform>
            <numerusform>%n blocked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::GalleryPanel</name>
    <message numerus="yes">
        <source>Trash: %n ad(s)</source>
        <translation>
            <numerusform>Trash: %n ad</numerusform>
            <numerusform>Trash: %n ads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ad(s) of the trash will be gone for good.</source>
        <translation>
            <numerusform>%n ad of the trash will be gone for good.</numerusform>
            <numerusform>%n ads of the trash will be gone for good.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::GeneratePage</name>
    <message numerus="yes">
        <source>%1 of %n selling point(s)</source>
        <translation>
            <numerusform>%1 of %n selling point</numerusform>
            <numerusform>%1 of %n selling points</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ready. Generate makes %n ad(s) from this brief.</source>
        <translation>
            <numerusform>Ready. Generate makes %n ad from this brief.</numerusform>
            <numerusform>Ready. Generate makes %n ads from this brief.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 was stopped after %n row(s).</source>
        <translation>
            <numerusform>%1 was stopped after %n row.</numerusform>
            <numerusform>%1 was stopped after %n rows.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::JobQueue</name>
    <message numerus="yes">
        <source>%n ad(s)</source>
        <translation>
            <numerusform>%n ad</numerusform>
            <numerusform>%n ads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::ModelDesk</name>
    <message numerus="yes">
        <source>%1: checksums of %n file(s) were made.</source>
        <translation>
            <numerusform>%1: the checksum of %n file was made.</numerusform>
            <numerusform>%1: checksums of %n files were made.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: all %n file(s) are unchanged.</source>
        <translation>
            <numerusform>%1: the %n file is unchanged.</numerusform>
            <numerusform>%1: all %n files are unchanged.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::ModelPanel</name>
    <message numerus="yes">
        <source>Estimated for %n ad(s) at once.</source>
        <translation>
            <numerusform>Estimated for %n ad at once.</numerusform>
            <numerusform>Estimated for %n ads at once.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::NavRail</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::PeoplePage</name>
    <message numerus="yes">
        <source>%n click(s)</source>
        <translation>
            <numerusform>%n click</numerusform>
            <numerusform>%n clicks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n click(s) are too few for a draw: all of them are read.</source>
        <translation>
            <numerusform>%n click is too few for a draw: all of them are read.</numerusform>
            <numerusform>%n clicks are too few for a draw: all of them are read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::PeopleQuestions</name>
    <message numerus="yes">
        <source>%n person(s) imported.</source>
        <translation>
            <numerusform>%n person imported.</numerusform>
            <numerusform>%n people imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n click(s) are stored.</source>
        <translation>
            <numerusform>%n click is stored.</numerusform>
            <numerusform>%n clicks are stored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) cannot be read.</source>
        <translation>
            <numerusform>%n row cannot be read.</numerusform>
            <numerusform>%n rows cannot be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) in %1. Have they agreed to ads made from their clicks?</source>
        <translation>
            <numerusform>%n person in %1. Have they agreed to ads made from their clicks?</numerusform>
            <numerusform>%n people in %1. Have they agreed to ads made from their clicks?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n click(s)</source>
        <translation>
            <numerusform>%n click</numerusform>
            <numerusform>%n clicks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ad(s)</source>
        <translation>
            <numerusform>%n ad</numerusform>
            <numerusform>%n ads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n project(s)</source>
        <translation>
            <numerusform>%n project</numerusform>
            <numerusform>%n projects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting job(s)</source>
        <translation>
            <numerusform>%n waiting job</numerusform>
            <numerusform>%n waiting jobs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::QueuePanel</name>
    <message numerus="yes">
        <source>%n ad(s) were waiting when AdTailor closed.</source>
        <translation>
            <numerusform>%n ad was waiting when AdTailor closed.</numerusform>
            <numerusform>%n ads were waiting when AdTailor closed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running or waiting</source>
        <translation>
            <numerusform>%n running or waiting</numerusform>
            <numerusform>%n running or waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::ReviewPage</name>
    <message numerus="yes">
        <source>%n pair(s) of a chosen and a rejected ad</source>
        <translation>
            <numerusform>%n pair of a chosen and a rejected ad</numerusform>
            <numerusform>%n pairs of a chosen and a rejected ad</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::RunControlPanel</name>
    <message numerus="yes">
        <source>The held-out loss has not fallen for %n check(s).</source>
        <translation>
            <numerusform>The held-out loss has not fallen for %n check.</numerusform>
            <numerusform>The held-out loss has not fallen for %n checks.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %n more the run ends and keeps step %1.</source>
        <translation>
            <numerusform>After %n more the run ends and keeps step %1.</numerusform>
            <numerusform>After %n more the run ends and keeps step %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::RunCurves</name>
    <message numerus="yes">
        <source>squares: held-out check every %n step(s)</source>
        <translation>
            <numerusform>squares: held-out check every %n step</numerusform>
            <numerusform>squares: held-out check every %n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::RunListPanel</name>
    <message numerus="yes">
        <source>after %n worse check(s)</source>
        <translation>
            <numerusform>after %n worse check</numerusform>
            <numerusform>after %n worse checks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) left out</source>
        <translation>
            <numerusform>%n row left out</numerusform>
            <numerusform>%n rows left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::RunSettingsPanel</name>
    <message numerus="yes">
        <source>%1 of %n click(s)</source>
        <translation>
            <numerusform>%1 of %n click</numerusform>
            <numerusform>%1 of %n clicks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n click(s)</source>
        <translation>
            <numerusform>%n click</numerusform>
            <numerusform>%n clicks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::ScorePanel</name>
    <message numerus="yes">
        <source>%n ad(s)</source>
        <translation>
            <numerusform>%n ad</numerusform>
            <numerusform>%n ads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ad(s) · compared with %1 click(s) of %2</source>
        <translation>
            <numerusform>%n ad · compared with %1 click of %2</numerusform>
            <numerusform>%n ads · compared with %1 clicks of %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::StartPage</name>
    <message numerus="yes">
        <source>%n ad(s)</source>
        <translation>
            <numerusform>%n ad</numerusform>
            <numerusform>%n ads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A finished brief and a fictional person with %n click(s). First ad without any set-up.</source>
        <translation>
            <numerusform>A finished brief and a fictional person with %n click. First ad without any set-up.</numerusform>
            <numerusform>A finished brief and a fictional person with %n clicks. First ad without any set-up.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) of “%1” were waiting when AdTailor closed.</source>
        <translation>
            <numerusform>%n job of “%1” was waiting when AdTailor closed.</numerusform>
            <numerusform>%n jobs of “%1” were waiting when AdTailor closed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::StudioWindow</name>
    <message numerus="yes">
        <source>%n ad(s) done.</source>
        <translation>
            <numerusform>%n ad done.</numerusform>
            <numerusform>%n ads done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read.</source>
        <translation>
            <numerusform>%n file could not be read.</numerusform>
            <numerusform>%n files could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ad(s) saved in %1</source>
        <translation>
            <numerusform>%n ad saved in %1</numerusform>
            <numerusform>%n ads saved in %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::StudyListModel</name>
    <message numerus="yes">
        <source>%n rater(s)</source>
        <translation>
            <numerusform>%n rater</numerusform>
            <numerusform>%n raters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::StudyPlanPanel</name>
    <message numerus="yes">
        <source>%n item(s) in all sources, %1 left out</source>
        <translation>
            <numerusform>%n item in all sources, %1 left out</numerusform>
            <numerusform>%n items in all sources, %1 left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) in all sources</source>
        <translation>
            <numerusform>%n item in all sources</numerusform>
            <numerusform>%n items in all sources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n, unnamed</source>
        <translation>
            <numerusform>%n, unnamed</numerusform>
            <numerusform>%n, unnamed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::StudyRatePanel</name>
    <message numerus="yes">
        <source>%n log(s) not merged</source>
        <translation>
            <numerusform>%n log not merged</numerusform>
            <numerusform>%n logs not merged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::StudyReportView</name>
    <message numerus="yes">
        <source>%n flagged rater(s) left out</source>
        <translation>
            <numerusform>%n flagged rater left out</numerusform>
            <numerusform>%n flagged raters left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rater(s) flagged, still counted</source>
        <translation>
            <numerusform>%n rater flagged, still counted</numerusform>
            <numerusform>%n raters flagged, still counted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::VarySection</name>
    <message numerus="yes">
        <source>%n ad(s): each seed with %1</source>
        <translation>
            <numerusform>%n ad: each seed with %1</numerusform>
            <numerusform>%n ads: each seed with %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::WhyPage</name>
    <message numerus="yes">
        <source>%1 of %2 patches · %n word(s)</source>
        <translation>
            <numerusform>%1 of %2 patches · %n word</numerusform>
            <numerusform>%1 of %2 patches · %n words</numerusform>
        </translation>
    </message>
</context>
</TS>
