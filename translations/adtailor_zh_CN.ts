<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>adtailor::AdBoard</name>
    <message>
        <source>Star %1</source>
        <translation>给 %1 加星</translation>
    </message>
    <message>
        <source>Take the star from %1</source>
        <translation>取消 %1 的星标</translation>
    </message>
    <message>
        <source>Move %1 to the trash</source>
        <translation>将 %1 移到回收站</translation>
    </message>
    <message numerus="yes">
        <source>Make %n ad(s)</source>
        <translation>
            <numerusform>生成 %n 则广告</numerusform>
        </translation>
    </message>
    <message>
        <source>Rank %1</source>
        <translation>调整 %1 的名次</translation>
    </message>
</context>
<context>
    <name>adtailor::AdCard</name>
    <message>
        <source>%1: %2, seed %3, %4</source>
        <translation>%1：%2，种子 %3，%4</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>with history</source>
        <translation>有历史</translation>
    </message>
    <message>
        <source>without history</source>
        <translation>无历史</translation>
    </message>
    <message>
        <source>seed %1 · %2</source>
        <translation>种子 %1 · %2</translation>
    </message>
    <message>
        <source>Nothing was drawn.</source>
        <translation>还没有画面。</translation>
    </message>
    <message>
        <source>Star (S)</source>
        <translation>标星（S）</translation>
    </message>
</context>
<context>
    <name>adtailor::AdEdits</name>
    <message numerus="yes">
        <source>Star %n ad(s)</source>
        <translation>
            <numerusform>给 %n 则广告加星</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take the star from %n ad(s)</source>
        <translation>
            <numerusform>取消 %n 则广告的星标</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tag %n ad(s) “%1”</source>
        <translation>
            <numerusform>给 %n 则广告加标签“%1”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take the tag “%1” from %n ad(s)</source>
        <translation>
            <numerusform>从 %n 则广告去掉标签“%1”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n ad(s) to the trash</source>
        <translation>
            <numerusform>将 %n 则广告移到回收站</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restore %n ad(s)</source>
        <translation>
            <numerusform>恢复 %n 则广告</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::AdGroups</name>
    <message>
        <source>no history</source>
        <translation>无历史</translation>
    </message>
    <message>
        <source>with history</source>
        <translation>有历史</translation>
    </message>
    <message>
        <source>history of %1</source>
        <translation>%1 的历史</translation>
    </message>
    <message>
        <source>hold %1</source>
        <translation>商品控制 %1</translation>
    </message>
    <message>
        <source>guidance %1</source>
        <translation>引导 %1</translation>
    </message>
    <message>
        <source>variety %1</source>
        <translation>多样性 %1</translation>
    </message>
    <message>
        <source>title variety %1</source>
        <translation>标题多样性 %1</translation>
    </message>
    <message>
        <source>given title</source>
        <translation>指定标题</translation>
    </message>
    <message>
        <source>own title</source>
        <translation>自写标题</translation>
    </message>
</context>
<context>
    <name>adtailor::AdListModel</name>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>撰写中</translation>
    </message>
    <message>
        <source>Drawing %1 %</source>
        <translation>绘制 %1 %</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
</context>
<context>
    <name>adtailor::AdScores</name>
    <message>
        <source>PBS to clicks</source>
        <translation>与点击的 PBS</translation>
    </message>
    <message>
        <source>BLEU</source>
        <translation>BLEU</translation>
    </message>
    <message>
        <source>ROUGE-L</source>
        <translation>ROUGE-L</translation>
    </message>
    <message>
        <source>Points used</source>
        <translation>已用卖点</translation>
    </message>
    <message>
        <source>Product ΔE</source>
        <translation>商品 ΔE</translation>
    </message>
    <message>
        <source>How alike the background is to those of the person&apos;s included clicks: the mean, -1 to 1.</source>
        <translation>背景与此人已纳入的各次点击的相似程度：取平均，-1 到 1。</translation>
    </message>
    <message>
        <source>Words and word groups the title shares with the clicked titles, 0 to 100.</source>
        <translation>标题与点击过的标题共有的词和词组，0 到 100。</translation>
    </message>
    <message>
        <source>Longest run of words the title shares with a clicked title, 0 to 100.</source>
        <translation>标题与某个点击过的标题共有的最长词序列，0 到 100。</translation>
    </message>
    <message>
        <source>Selling points of the brief that stand in the title.</source>
        <translation>简报的卖点中写进标题的数量。</translation>
    </message>
    <message>
        <source>Colour difference between the product in the ad and its cutout (CIEDE2000): 0 is exact.</source>
        <translation>广告中的商品与抠图的色差（CIEDE2000）：0 表示完全一致。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>The feature model of PBS is not installed.</source>
        <translation>未安装 PBS 的特征模型。</translation>
    </message>
    <message>
        <source>Choose a person with clicks: PBS compares with them.</source>
        <translation>选择一位有点击的人：PBS 与其点击比较。</translation>
    </message>
    <message>
        <source>The ad has no title.</source>
        <translation>这则广告没有标题。</translation>
    </message>
    <message>
        <source>Choose a person with clicks: their titles are compared.</source>
        <translation>选择一位有点击的人：用其点击过的标题比较。</translation>
    </message>
    <message>
        <source>The brief has no selling points.</source>
        <translation>简报没有卖点。</translation>
    </message>
    <message>
        <source>The product is not laid over this picture.</source>
        <translation>这张图上没有叠加商品。</translation>
    </message>
</context>
<context>
    <name>adtailor::AnswerPanel</name>
    <message>
        <source>Which ad would you rather see?</source>
        <translation>你更想看到哪则广告？</translation>
    </message>
    <message>
        <source>Left is better</source>
        <translation>左边更好</translation>
    </message>
    <message>
        <source>Equally good</source>
        <translation>一样好</translation>
    </message>
    <message>
        <source>Both bad</source>
        <translation>都不好</translation>
    </message>
    <message>
        <source>Right is better</source>
        <translation>右边更好</translation>
    </message>
    <message>
        <source>Which ad is the best?</source>
        <translation>哪则广告最好？</translation>
    </message>
    <message>
        <source>And which ad is the worst?</source>
        <translation>哪则广告最差？</translation>
    </message>
    <message>
        <source>First</source>
        <translation>第一则</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>第二则</translation>
    </message>
    <message>
        <source>Third</source>
        <translation>第三则</translation>
    </message>
    <message>
        <source>Fourth</source>
        <translation>第四则</translation>
    </message>
    <message>
        <source>%1: best</source>
        <translation>%1：最好</translation>
    </message>
    <message>
        <source>How good is this ad?</source>
        <translation>这则广告有多好？</translation>
    </message>
    <message>
        <source>1 to 5 score · Y or N acceptable · ↑ ↓ criterion</source>
        <translation>1 至 5 打分 · Y 或 N 可接受 · ↑ ↓ 切换标准</translation>
    </message>
    <message>
        <source>The picture looks real</source>
        <translation>图片看起来真实</translation>
    </message>
    <message>
        <source>The layout is good</source>
        <translation>版式良好</translation>
    </message>
    <message>
        <source>The text is accurate</source>
        <translation>文字准确</translation>
    </message>
    <message>
        <source>The text reads well</source>
        <translation>文字通顺</translation>
    </message>
    <message>
        <source>Acceptable</source>
        <translation>可接受</translation>
    </message>
    <message>
        <source>Not acceptable</source>
        <translation>不可接受</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>存下</translation>
    </message>
</context>
<context>
    <name>adtailor::BatchPanel</name>
    <message>
        <source>%1 of %2 done</source>
        <translation>完成 %1 / %2</translation>
    </message>
    <message>
        <source>This batch</source>
        <translation>本批次</translation>
    </message>
    <message>
        <source>The ads of a batch are listed here.</source>
        <translation>一批广告会列在这里。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为何</translation>
    </message>
    <message>
        <source>What of the history this ad was made from (W)</source>
        <translation>这则广告取自历史中的哪些内容（W）</translation>
    </message>
</context>
<context>
    <name>adtailor::BriefPage</name>
    <message>
        <source>Brief</source>
        <translation>简报</translation>
    </message>
    <message>
        <source>Cutting the product out…</source>
        <translation>正在抠图……</translation>
    </message>
    <message>
        <source>Ad frame 1 : 1 · the model draws %1 × %1 · the saved ad keeps your product&apos;s own pixels at 1024 × 1024</source>
        <translation>广告画幅 1 : 1 · 模型绘制 %1 × %1 · 保存的广告为 1024 × 1024，保留商品原有像素</translation>
    </message>
    <message>
        <source>Ad frame 1 : 1 · the saved ad keeps your product&apos;s own pixels at 1024 × 1024</source>
        <translation>广告画幅 1 : 1 · 保存的广告为 1024 × 1024，保留商品原有像素</translation>
    </message>
    <message>
        <source>Choose a product picture</source>
        <translation>选择商品图片</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.webp)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>无图片</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>需检查</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation>换一张……</translation>
    </message>
    <message>
        <source>The description is too long.</source>
        <translation>描述太长。</translation>
    </message>
    <message>
        <source>Shorten it; the model reads a sentence or two.</source>
        <translation>缩短一些，模型只读一两句话。</translation>
    </message>
    <message>
        <source>This photo has a background. The ad needs the product alone.</source>
        <translation>这张照片带有背景，广告只需要商品本身。</translation>
    </message>
    <message>
        <source>Only plain white is removed by itself. As it is, the whole photo counts as the product.</source>
        <translation>只有纯白背景会自动去除。现在整张照片都算作商品。</translation>
    </message>
    <message>
        <source>The product touches the edge of the picture, so part of it may be missing.</source>
        <translation>商品触及图片边缘，可能不完整。</translation>
    </message>
    <message>
        <source>The white background was removed.</source>
        <translation>白色背景已去除。</translation>
    </message>
    <message>
        <source>Look at the edge of the product in the canvas.</source>
        <translation>在画布中看一下商品的边缘。</translation>
    </message>
    <message>
        <source>A product picture is missing</source>
        <translation>缺少商品图片</translation>
    </message>
    <message>
        <source>The product picture needs a look</source>
        <translation>商品图片需要检查</translation>
    </message>
    <message>
        <source>Product picture is clean</source>
        <translation>商品图干净</translation>
    </message>
    <message>
        <source>A description is missing</source>
        <translation>缺少描述</translation>
    </message>
    <message>
        <source>At least one selling point is missing</source>
        <translation>至少需要一条卖点</translation>
    </message>
    <message numerus="yes">
        <source>Description and %n selling point(s)</source>
        <translation>
            <numerusform>描述与 %n 条卖点齐全</numerusform>
        </translation>
    </message>
    <message>
        <source>No person: the ad will be general</source>
        <translation>未选人群：将生成通用广告</translation>
    </message>
    <message>
        <source>%1 has not given consent</source>
        <translation>%1尚未同意</translation>
    </message>
    <message>
        <source>%1 is fictional, no consent needed</source>
        <translation>%1为虚构人物，无需同意</translation>
    </message>
    <message>
        <source>%1 gave consent</source>
        <translation>%1已同意使用记录</translation>
    </message>
    <message>
        <source>Next: People</source>
        <translation>下一步：人群</translation>
    </message>
    <message>
        <source>What are we selling?</source>
        <translation>商品信息</translation>
    </message>
    <message>
        <source>Product description</source>
        <translation>商品描述</translation>
    </message>
    <message>
        <source>What it is, in a sentence</source>
        <translation>用一句话说明是什么商品</translation>
    </message>
    <message>
        <source>Selling points</source>
        <translation>卖点</translation>
    </message>
    <message>
        <source>Type and press Enter</source>
        <translation>输入后按回车</translation>
    </message>
    <message>
        <source>Paste a list to add several. The model writes only what these say.</source>
        <translation>可一次粘贴多条。模型只写这些卖点。</translation>
    </message>
    <message>
        <source>Cutout</source>
        <translation>抠图</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>摆放</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Fit the frame into the window</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Replace picture…</source>
        <translation>更换图片……</translation>
    </message>
    <message>
        <source>Drop a product picture here, or choose one.</source>
        <translation>把商品图片拖到这里，或选择一张。</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>选择图片……</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Product share</source>
        <translation>商品占比</translation>
    </message>
    <message>
        <source>Touches the frame</source>
        <translation>触及边框</translation>
    </message>
    <message>
        <source>Placement in the ad frame</source>
        <translation>在画幅中的摆放</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>水平</translation>
    </message>
    <message>
        <source>Ground line</source>
        <translation>落地线</translation>
    </message>
    <message>
        <source>How the model reads it</source>
        <translation>模型读到的内容</translation>
    </message>
    <message>
        <source>Before generating</source>
        <translation>生成前检查</translation>
    </message>
    <message numerus="yes">
        <source>[%n clicked title(s)]</source>
        <translation>
            <numerusform>［%n 条点击过的标题］</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>[%n clicked picture(s)]</source>
        <translation>
            <numerusform>［%n 张点击过的图片］</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::CatalogueModel</name>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Drawing %1 %</source>
        <translation>绘制中 %1 %</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人</translation>
    </message>
    <message>
        <source>Title or reason</source>
        <translation>标题或原因</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>adtailor::CataloguePage</name>
    <message numerus="yes">
        <source>%n ad(s) of the table are done.</source>
        <translation>
            <numerusform>表格中的 %n 则广告已完成。</numerusform>
        </translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>Choose a table</source>
        <translation>选择表格</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.jsonl *.ndjson *.json)</source>
        <translation>表格 (*.csv *.tsv *.jsonl *.ndjson *.json)</translation>
    </message>
    <message>
        <source>Reading the table…</source>
        <translation>正在读取表格…</translation>
    </message>
    <message>
        <source>%1 of %2 done, %3 failed</source>
        <translation>已完成 %1 / %2，失败 %3</translation>
    </message>
    <message>
        <source>%1 of %2 done</source>
        <translation>已完成 %1 / %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>测量中</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>全部 %1</translation>
    </message>
    <message>
        <source>Done %1</source>
        <translation>完成 %1</translation>
    </message>
    <message>
        <source>Failed %1</source>
        <translation>失败 %1</translation>
    </message>
    <message>
        <source>Left %1</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Make the ads</source>
        <translation>生成广告</translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>No row chosen</source>
        <translation>未选择行</translation>
    </message>
    <message>
        <source>This row has no ad.</source>
        <translation>此行没有广告。</translation>
    </message>
    <message>
        <source>Make ads for a whole table.</source>
        <translation>为整张表格生成广告。</translation>
    </message>
    <message>
        <source>A row is a product and, if you like, a person with clicks: CSV, JSON Lines or PAd1M.</source>
        <translation>每行是一个商品，也可以带上一个人及其点击：CSV、JSON Lines 或 PAd1M。</translation>
    </message>
    <message>
        <source>Choose a table…</source>
        <translation>选择表格…</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>更换…</translation>
    </message>
    <message>
        <source>Which column is what?</source>
        <translation>各列的含义</translation>
    </message>
    <message>
        <source>Filter rows</source>
        <translation>筛选行</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Rows that are done</source>
        <translation>已完成的行</translation>
    </message>
    <message>
        <source>Open the results</source>
        <translation>打开结果</translation>
    </message>
    <message>
        <source>Retry failed</source>
        <translation>重试失败行</translation>
    </message>
    <message>
        <source>Retry failed (F5); E goes to the next one</source>
        <translation>重试失败行（F5）；按 E 前往下一个</translation>
    </message>
    <message>
        <source>Same as</source>
        <translation>等同于</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人</translation>
    </message>
    <message>
        <source>Selling points</source>
        <translation>卖点</translation>
    </message>
    <message>
        <source>Clicks</source>
        <translation>点击</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>adtailor::ChangeBriefCommand</name>
    <message>
        <source>Edit the description</source>
        <translation>修改描述</translation>
    </message>
    <message>
        <source>Edit the selling points</source>
        <translation>修改卖点</translation>
    </message>
    <message>
        <source>Place the product</source>
        <translation>摆放商品</translation>
    </message>
    <message>
        <source>Change the picture</source>
        <translation>更换图片</translation>
    </message>
</context>
<context>
    <name>adtailor::ChangeSection</name>
    <message>
        <source>Generate first: there is no title yet.</source>
        <translation>先生成：还没有标题。</translation>
    </message>
    <message>
        <source>Choose an ad that is done and made by this model.</source>
        <translation>选择一则由当前模型完成的广告。</translation>
    </message>
    <message>
        <source>Choose an ad with a picture, made by this model.</source>
        <translation>选择一则由当前模型生成且有图片的广告。</translation>
    </message>
    <message>
        <source>The picture of A-%1 stays; only the title is written. The model writes before it draws, so the title does not look at the picture.</source>
        <translation>A-%1 的图片保持不变，只重写标题。模型先写后画，所以标题并不参照图片。</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of A-%1 stay. Click into the picture to move the border.</source>
        <translation>
            <numerusform>保留 A-%1 的 %n 行。在图片中点击可移动分界。</numerusform>
        </translation>
    </message>
    <message>
        <source>What may change</source>
        <translation>可改动的部分</translation>
    </message>
    <message>
        <source>Write and draw</source>
        <translation>写与画</translation>
    </message>
    <message>
        <source>Redraw</source>
        <translation>重画</translation>
    </message>
    <message>
        <source>Rewrite</source>
        <translation>重写</translation>
    </message>
    <message>
        <source>Lock this title</source>
        <translation>锁定标题</translation>
    </message>
    <message>
        <source>Keep the finished rows</source>
        <translation>保留已完成的行</translation>
    </message>
</context>
<context>
    <name>adtailor::ChannelModel</name>
    <message>
        <source>No text allowed</source>
        <translation>不允许文字</translation>
    </message>
    <message>
        <source>No logo allowed</source>
        <translation>不允许标志</translation>
    </message>
    <message>
        <source>Needs white</source>
        <translation>需纯白底</translation>
    </message>
    <message>
        <source>Text does not fit</source>
        <translation>文字放不下</translation>
    </message>
    <message>
        <source>Outside the picture</source>
        <translation>超出画面</translation>
    </message>
    <message>
        <source>Outside safe area</source>
        <translation>超出安全区</translation>
    </message>
    <message>
        <source>Covers the product</source>
        <translation>遮挡商品</translation>
    </message>
    <message>
        <source>Headline too long</source>
        <translation>主标题过长</translation>
    </message>
    <message>
        <source>Letters too small</source>
        <translation>文字过小</translation>
    </message>
    <message>
        <source>Low contrast</source>
        <translation>对比度低</translation>
    </message>
    <message>
        <source>This channel allows no text on the picture.</source>
        <translation>此渠道不允许图片上有文字。</translation>
    </message>
    <message>
        <source>This channel allows no logo on the picture.</source>
        <translation>此渠道不允许图片上有标志。</translation>
    </message>
    <message>
        <source>This channel asks for the product on plain white.</source>
        <translation>此渠道要求商品置于纯白底上。</translation>
    </message>
    <message>
        <source>The text does not fit at this size; words would be cut.</source>
        <translation>此尺寸放不下全部文字，会被截断。</translation>
    </message>
    <message>
        <source>A layer leaves the picture.</source>
        <translation>有图层超出画面。</translation>
    </message>
    <message>
        <source>A layer is outside the safe area, where the channel may cover it.</source>
        <translation>有图层在安全区之外，可能被渠道界面遮挡。</translation>
    </message>
    <message>
        <source>A layer covers a part of the product.</source>
        <translation>有图层遮挡了部分商品。</translation>
    </message>
    <message>
        <source>The headline has %1 letters; the channel shows %2.</source>
        <translation>主标题有 %1 个字符，此渠道只显示 %2 个。</translation>
    </message>
    <message>
        <source>Letters of %1 px are hard to read here; %2 px are needed.</source>
        <translation>%1 px 的文字在此难以辨认，需要 %2 px。</translation>
    </message>
    <message>
        <source>Contrast with the picture is %1; %2 is needed at this size.</source>
        <translation>与画面的对比度为 %1，此字号需 %2。</translation>
    </message>
    <message>
        <source>drawing…</source>
        <translation>绘制中…</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>通过</translation>
    </message>
</context>
<context>
    <name>adtailor::ColumnForm</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Columns of this table</source>
        <translation>此表的列</translation>
    </message>
    <message>
        <source>Clicked ad</source>
        <translation>点击的广告</translation>
    </message>
    <message>
        <source>Cutout</source>
        <translation>抠图</translation>
    </message>
    <message>
        <source>Clicked title</source>
        <translation>点击的标题</translation>
    </message>
    <message>
        <source>Selling points</source>
        <translation>卖点</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Pictures before</source>
        <translation>此前的图片</translation>
    </message>
    <message>
        <source>Titles before</source>
        <translation>此前的标题</translation>
    </message>
    <message>
        <source>Column: %1</source>
        <translation>列：%1</translation>
    </message>
    <message>
        <source>Parts lists</source>
        <translation>列表分隔符</translation>
    </message>
    <message>
        <source>What parts the items of a list in one cell</source>
        <translation>一个单元格中列表各项之间的分隔符</translation>
    </message>
</context>
<context>
    <name>adtailor::CompareInspector</name>
    <message>
        <source>Nearly the same background.</source>
        <translation>背景几乎相同。</translation>
    </message>
    <message>
        <source>Related, not the same.</source>
        <translation>相近，但不相同。</translation>
    </message>
    <message>
        <source>Little in common.</source>
        <translation>共同之处很少。</translation>
    </message>
    <message>
        <source>Different backgrounds.</source>
        <translation>背景不同。</translation>
    </message>
    <message>
        <source>Clicks</source>
        <translation>点击</translation>
    </message>
    <message>
        <source>Background similarity is not installed.</source>
        <translation>未安装背景相似度。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>A and B: %1. %2</source>
        <translation>A 与 B：%1。%2</translation>
    </message>
    <message>
        <source>With two ads their backgrounds are compared here.</source>
        <translation>有两则广告时，在此比较它们的背景。</translation>
    </message>
    <message>
        <source>Comparing the backgrounds…</source>
        <translation>正在比较背景…</translation>
    </message>
    <message>
        <source>Both are equally close to the clicks of %1.</source>
        <translation>两者与 %1 的点击同样接近。</translation>
    </message>
    <message>
        <source>A is closer to the clicks of %1 by %2.</source>
        <translation>A 更接近 %1 的点击，高出 %2。</translation>
    </message>
    <message>
        <source>B is closer to the clicks of %1 by %2.</source>
        <translation>B 更接近 %1 的点击，高出 %2。</translation>
    </message>
    <message>
        <source>Choose two ads.</source>
        <translation>选择两则广告。</translation>
    </message>
    <message>
        <source>Not installed.</source>
        <translation>未安装。</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>Where the backgrounds of A and B differ, by patches</source>
        <translation>A 与 B 的背景差异所在，按图块</translation>
    </message>
    <message>
        <source>Where A and B differ, by pixels</source>
        <translation>A 与 B 的差异所在，按像素</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Shares of the difference between the pixels.</source>
        <translation>各部分在像素差异中所占的份额。</translation>
    </message>
    <message>
        <source>without history</source>
        <translation>无历史</translation>
    </message>
    <message numerus="yes">
        <source>%n click(s)</source>
        <translation>
            <numerusform>%n 次点击</numerusform>
        </translation>
    </message>
    <message>
        <source>Made by a demo model: good for learning the studio, not for publishing.</source>
        <translation>由演示模型生成：适合熟悉工作室，不适合发布。</translation>
    </message>
    <message>
        <source>The product is laid over the picture pixel for pixel.</source>
        <translation>商品逐像素贴合在画面上。</translation>
    </message>
    <message>
        <source>Background similarity (PBS)</source>
        <translation>背景相似度（PBS）</translation>
    </message>
    <message>
        <source>Background similarity of the candidates</source>
        <translation>候选广告的背景相似度</translation>
    </message>
    <message>
        <source>0 different</source>
        <translation>0 不同</translation>
    </message>
    <message>
        <source>1 same</source>
        <translation>1 相同</translation>
    </message>
    <message>
        <source>Where A and B differ</source>
        <translation>A 与 B 的差异</translation>
    </message>
    <message>
        <source>Patches</source>
        <translation>图块</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Upper half</source>
        <translation>上半部</translation>
    </message>
    <message>
        <source>Lower half</source>
        <translation>下半部</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Chosen ad</source>
        <translation>所选广告</translation>
    </message>
    <message>
        <source>Ad</source>
        <translation>广告</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>For</source>
        <translation>面向</translation>
    </message>
    <message>
        <source>Product hold</source>
        <translation>商品控制</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导</translation>
    </message>
    <message>
        <source>Variety</source>
        <translation>多样性</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>adtailor::ComparePage</name>
    <message numerus="yes">
        <source>%n ad(s) were saved before that.</source>
        <translation>
            <numerusform>此前已保存 %n 则广告。</numerusform>
        </translation>
    </message>
    <message>
        <source>Save all again…</source>
        <translation>再次全部保存…</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message numerus="yes">
        <source>%n ad(s)</source>
        <translation>
            <numerusform>%n 则广告</numerusform>
        </translation>
    </message>
    <message>
        <source>Save all…</source>
        <translation>全部保存……</translation>
    </message>
    <message>
        <source>Save this ad…</source>
        <translation>保存此广告……</translation>
    </message>
    <message>
        <source>2-up</source>
        <translation>双图</translation>
    </message>
    <message>
        <source>4-up</source>
        <translation>四图</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>互换</translation>
    </message>
    <message>
        <source>Swap A and B (X)</source>
        <translation>互换 A 与 B（X）</translation>
    </message>
    <message>
        <source>Pick A</source>
        <translation>选 A</translation>
    </message>
    <message>
        <source>Star A (1)</source>
        <translation>为 A 标星（1）</translation>
    </message>
    <message>
        <source>Pick B</source>
        <translation>选 B</translation>
    </message>
    <message>
        <source>Star B (2)</source>
        <translation>为 B 标星（2）</translation>
    </message>
    <message>
        <source>There are no ads to compare yet.</source>
        <translation>还没有可对比的广告。</translation>
    </message>
    <message>
        <source>Generate a batch; its ads appear here side by side.</source>
        <translation>生成一批后，广告会并排显示在这里。</translation>
    </message>
    <message>
        <source>Go to Generate</source>
        <translation>前往生成</translation>
    </message>
    <message>
        <source>Choose an ad below.</source>
        <translation>从下方选择一则广告。</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候选</translation>
    </message>
    <message>
        <source>Why this ad</source>
        <translation>为何是这则广告</translation>
    </message>
    <message>
        <source>What of the history this ad was made from (W)</source>
        <translation>这则广告取自历史中的哪些内容（W）</translation>
    </message>
    <message>
        <source>Slider</source>
        <translation>滑块</translation>
    </message>
    <message>
        <source>Flicker</source>
        <translation>闪切</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Link zoom</source>
        <translation>同步缩放</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Choose two ads below.</source>
        <translation>在下方选择两则广告。</translation>
    </message>
</context>
<context>
    <name>adtailor::CompareView</name>
    <message>
        <source>%1 and %2</source>
        <translation>%1 与 %2</translation>
    </message>
    <message>
        <source>%1, divided at %2 %</source>
        <translation>%1，分界在 %2 %</translation>
    </message>
    <message>
        <source>%1 in turn; Space holds</source>
        <translation>%1 轮流显示；空格键停住</translation>
    </message>
    <message>
        <source>Difference of %1</source>
        <translation>%1 的差异</translation>
    </message>
    <message>
        <source>white: differs, black: the same</source>
        <translation>白：不同，黑：相同</translation>
    </message>
</context>
<context>
    <name>adtailor::ConsentSection</name>
    <message>
        <source>Not needed</source>
        <translation>不需要</translation>
    </message>
    <message>
        <source>Without a history there is nothing to agree to.</source>
        <translation>没有历史，就无需同意。</translation>
    </message>
    <message>
        <source>An invented person; nobody has to be asked.</source>
        <translation>虚构人物，无需征求同意。</translation>
    </message>
    <message>
        <source>An invented person that comes with AdTailor; nobody has to be asked.</source>
        <translation>AdTailor 自带的虚构人物，无需征求同意。</translation>
    </message>
    <message>
        <source>Ads for this person may read the clicks.</source>
        <translation>为此人制作的广告可以读取点击。</translation>
    </message>
    <message>
        <source>Ads for this person are made without history.</source>
        <translation>为此人制作的广告不使用历史。</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Clicks not stored</source>
        <translation>未存储的点击</translation>
    </message>
    <message>
        <source>Agreed to ads made from their clicks on</source>
        <translation>同意用其点击制作广告的日期</translation>
    </message>
    <message>
        <source>They agreed</source>
        <translation>已同意</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Record consent…</source>
        <translation>记录同意…</translation>
    </message>
    <message>
        <source>Record a withdrawal…</source>
        <translation>记录撤回…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Erase person…</source>
        <translation>删除此人…</translation>
    </message>
</context>
<context>
    <name>adtailor::ContextBar</name>
    <message>
        <source>None yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>无人</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n click(s)</source>
        <translation>
            <numerusform>%1 · %n 次点击</numerusform>
        </translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>加载中……</translation>
    </message>
    <message>
        <source>%1 · demo quality</source>
        <translation>%1 · 演示质量</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Nobody: a general ad</source>
        <translation>不指定：通用广告</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>For</source>
        <translation>面向</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>adtailor::ContextPicker</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>adtailor::DropWell</name>
    <message>
        <source>Choose a picture…</source>
        <translation>选择图片……</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Product picture</source>
        <translation>商品图片</translation>
    </message>
    <message>
        <source>Drop a product picture here</source>
        <translation>把商品图片拖到这里</translation>
    </message>
    <message>
        <source>Transparent PNG is best. A photo on any background works too: AdTailor cuts the product out and you correct it.</source>
        <translation>透明 PNG 最好。带背景的照片也可以：AdTailor 会抠出商品，你再修正。</translation>
    </message>
    <message>
        <source>Choose a product picture</source>
        <translation>选择商品图片</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.ppm)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.webp *.ppm)</translation>
    </message>
    <message numerus="yes">
        <source>%n files at once: choose one picture.</source>
        <translation>
            <numerusform>一次拖入了 %n 个文件：请选一张图片。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no picture to paste. Copy one first, or choose a file.</source>
        <translation>没有可粘贴的图片。先复制一张，或选择文件。</translation>
    </message>
</context>
<context>
    <name>adtailor::EraseDialog</name>
    <message>
        <source>Erase %1</source>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>Erase everything about %1?</source>
        <translation>删除与 %1 有关的一切？</translation>
    </message>
    <message>
        <source>It cannot be undone. Adapters that were trained with these clicks are not listed: they name nobody. Delete them on the Models page or train again.</source>
        <translation>此操作无法撤销。用这些点击训练的适配器不在列表中：它们不含姓名。可在“模型”页删除或重新训练。</translation>
    </message>
    <message>
        <source>Type the name to erase it</source>
        <translation>输入姓名以删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>adtailor::FinishInspector</name>
    <message>
        <source>Bind the text</source>
        <translation>绑定文字</translation>
    </message>
    <message>
        <source>Free the text</source>
        <translation>解除绑定</translation>
    </message>
    <message>
        <source>Edit the text</source>
        <translation>编辑文字</translation>
    </message>
    <message>
        <source>Choose the typeface</source>
        <translation>选择字体</translation>
    </message>
    <message>
        <source>Choose the weight</source>
        <translation>选择字重</translation>
    </message>
    <message>
        <source>Set the type</source>
        <translation>调整文字样式</translation>
    </message>
    <message>
        <source>Align the text</source>
        <translation>对齐文字</translation>
    </message>
    <message>
        <source>Colour of the letters</source>
        <translation>文字颜色</translation>
    </message>
    <message>
        <source>Choose the colour</source>
        <translation>选择颜色</translation>
    </message>
    <message>
        <source>No layer chosen</source>
        <translation>未选择图层</translation>
    </message>
    <message>
        <source>from the ad title</source>
        <translation>来自广告标题</translation>
    </message>
    <message>
        <source>from the brief</source>
        <translation>来自简报</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Choose a layer on the picture or in the list.</source>
        <translation>在画面上或列表中选择一个图层。</translation>
    </message>
    <message>
        <source>This layer is not on this picture.</source>
        <translation>此图层不在这张图上。</translation>
    </message>
    <message>
        <source>Lowest under the letters: %1. Needs %2 at this size (%3 px).</source>
        <translation>字下最低 %1，此字号（%3 px）需 %2。</translation>
    </message>
    <message>
        <source>%1: passes</source>
        <translation>%1：通过</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n finding(s)</source>
        <translation>
            <numerusform>%1：%n 条提示</numerusform>
        </translation>
    </message>
    <message>
        <source>Export without words</source>
        <translation>导出无字版</translation>
    </message>
    <message>
        <source>Use white</source>
        <translation>改用白底</translation>
    </message>
    <message>
        <source>Lay out again</source>
        <translation>重新排版</translation>
    </message>
    <message>
        <source>Make it readable</source>
        <translation>提高可读性</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Bind the text to its source</source>
        <translation>将文字绑定到来源</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>文字样式</translation>
    </message>
    <message>
        <source>Studio&apos;s own</source>
        <translation>默认字体</translation>
    </message>
    <message>
        <source>Typeface</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>Regular</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>粗体</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>字重</translation>
    </message>
    <message>
        <source>Size, percent of what the template gives</source>
        <translation>字号，占模板给定值的百分比</translation>
    </message>
    <message>
        <source>Line height in letter sizes</source>
        <translation>行高（字号的倍数）</translation>
    </message>
    <message>
        <source>Space between letters, percent</source>
        <translation>字间距，百分比</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>中</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>Position in pixels</source>
        <translation>位置（像素）</translation>
    </message>
    <message>
        <source>Left edge</source>
        <translation>左边缘</translation>
    </message>
    <message>
        <source>Top edge</source>
        <translation>上边缘</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Contrast with the picture</source>
        <translation>与背景对比度</translation>
    </message>
    <message>
        <source>Line breaks</source>
        <translation>断行</translation>
    </message>
    <message>
        <source>No orphan words</source>
        <translation>避免孤字</translation>
    </message>
    <message>
        <source>Chinese: no comma at line start</source>
        <translation>标点不出现在行首</translation>
    </message>
</context>
<context>
    <name>adtailor::FinishPage</name>
    <message>
        <source>Move a layer</source>
        <translation>移动图层</translation>
    </message>
    <message>
        <source>Fix what can be fixed</source>
        <translation>自动修正</translation>
    </message>
    <message>
        <source>Add a layer</source>
        <translation>添加图层</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Choose a logo</source>
        <translation>选择标志</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.webp)</translation>
    </message>
    <message>
        <source>Add a logo</source>
        <translation>添加标志</translation>
    </message>
    <message>
        <source>Remove a layer</source>
        <translation>移除图层</translation>
    </message>
    <message>
        <source>Bring a layer forward</source>
        <translation>图层前移</translation>
    </message>
    <message>
        <source>Send a layer back</source>
        <translation>图层后移</translation>
    </message>
    <message>
        <source>Choose a template</source>
        <translation>选择模板</translation>
    </message>
    <message>
        <source>Export into the folder</source>
        <translation>导出到文件夹</translation>
    </message>
    <message>
        <source>Add a size</source>
        <translation>添加尺寸</translation>
    </message>
    <message>
        <source>Remove a size</source>
        <translation>移除尺寸</translation>
    </message>
    <message>
        <source>Numbers of %1</source>
        <translation>数据日期：%1</translation>
    </message>
    <message>
        <source>Bind the text</source>
        <translation>绑定文字</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Add text</source>
        <translation>添加文字</translation>
    </message>
    <message>
        <source>Add a logo…</source>
        <translation>添加标志…</translation>
    </message>
    <message>
        <source>Remove the layer</source>
        <translation>移除图层</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Ad</source>
        <translation>广告</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Left column</source>
        <translation>左栏</translation>
    </message>
    <message>
        <source>Lower band</source>
        <translation>底部横条</translation>
    </message>
    <message>
        <source>Top line</source>
        <translation>顶部一行</translation>
    </message>
    <message>
        <source>Quiet (no text)</source>
        <translation>无文字</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>评审中</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>已导出</translation>
    </message>
    <message>
        <source>Back to draft</source>
        <translation>退回草稿</translation>
    </message>
    <message>
        <source>Snap</source>
        <translation>吸附</translation>
    </message>
    <message>
        <source>Safe areas</source>
        <translation>安全区</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Artboard</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>AI label: composite, on</source>
        <translation>AI 标识：合成，已开</translation>
    </message>
    <message>
        <source>Sizes…</source>
        <translation>尺寸…</translation>
    </message>
    <message>
        <source>There is no finished ad yet.</source>
        <translation>还没有完成的广告。</translation>
    </message>
    <message>
        <source>Generate ads and star the best in Compare; words and sizes are made here.</source>
        <translation>先生成广告，在对比中给最好的加星；文字和尺寸在这里完成。</translation>
    </message>
    <message>
        <source>Go to Compare</source>
        <translation>前往对比</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) exported to %1</source>
        <translation>
            <numerusform>已导出 %n 个文件到 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Show a layer</source>
        <translation>显示图层</translation>
    </message>
    <message>
        <source>Hide a layer</source>
        <translation>隐藏图层</translation>
    </message>
    <message>
        <source>Change line breaks</source>
        <translation>更改断行</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>成稿</translation>
    </message>
    <message>
        <source>dashed: safe area</source>
        <translation>虚线：安全区</translation>
    </message>
    <message numerus="yes">
        <source>%n size(s)</source>
        <translation>
            <numerusform>%n 个尺寸</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pass(es)</source>
        <translation>
            <numerusform>%n 通过</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n 警告</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blocked</source>
        <translation>
            <numerusform>%n 阻止</numerusform>
        </translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Export opens after approval</source>
        <translation>批准后可导出</translation>
    </message>
    <message>
        <source>Send to review</source>
        <translation>提交评审</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Make a new draft</source>
        <translation>新建草稿</translation>
    </message>
    <message>
        <source>Approved: nothing can be changed any more.</source>
        <translation>已批准：内容已锁定，不能再改。</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>adtailor::GalleryModel</name>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>%1
Tags: %2</source>
        <translation>%1
标签：%2</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>评审中</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>已导出</translation>
    </message>
</context>
<context>
    <name>adtailor::GalleryPanel</name>
    <message>
        <source>Anybody</source>
        <translation>任何人</translation>
    </message>
    <message>
        <source>Any product</source>
        <translation>任何商品</translation>
    </message>
    <message>
        <source>Any tag</source>
        <translation>任何标签</translation>
    </message>
    <message>
        <source>Any state</source>
        <translation>任何状态</translation>
    </message>
    <message numerus="yes">
        <source>Trash: %n ad(s)</source>
        <translation>
            <numerusform>回收站：%n 则广告</numerusform>
        </translation>
    </message>
    <message>
        <source>Without history</source>
        <translation>无历史</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation>回收站是空的。</translation>
    </message>
    <message>
        <source>Every ad of this project will be listed here.</source>
        <translation>此项目的所有广告都会列在这里。</translation>
    </message>
    <message>
        <source>No ad is like that. Change the words or the filters.</source>
        <translation>没有符合条件的广告。可更改搜索词或筛选条件。</translation>
    </message>
    <message>
        <source>Take the star</source>
        <translation>取消星标</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>加星</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>To the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message numerus="yes">
        <source>%n ad(s) of the trash will be gone for good.</source>
        <translation>
            <numerusform>回收站中的 %n 则广告将永久删除。</numerusform>
        </translation>
    </message>
    <message>
        <source>Empty the trash</source>
        <translation>清空回收站</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Find words of titles, products, people, tags</source>
        <translation>查找标题、商品、人物、标签中的词</translation>
    </message>
    <message>
        <source>Find ads</source>
        <translation>查找广告</translation>
    </message>
    <message>
        <source>Only ads with a star</source>
        <translation>仅加星的广告</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Any day</source>
        <translation>任何日期</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最早在前</translation>
    </message>
    <message>
        <source>By title</source>
        <translation>按标题</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>Tags of the chosen ads</source>
        <translation>所选广告的标签</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Star the chosen ads (S)</source>
        <translation>给所选广告加星（S）</translation>
    </message>
    <message>
        <source>Move the chosen ads to the trash or back (Delete). Shift+Delete in the trash empties it.</source>
        <translation>将所选广告移到回收站或移回（Delete）。在回收站中按 Shift+Delete 清空。</translation>
    </message>
    <message>
        <source>Ads of the project</source>
        <translation>项目的广告</translation>
    </message>
</context>
<context>
    <name>adtailor::GeneratePage</name>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Loading the model, %1 %</source>
        <translation>正在加载模型，%1 %</translation>
    </message>
    <message>
        <source>Ad %1 of %2 · seed %3</source>
        <translation>第 %1 / %2 则 · 种子 %3</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n selling point(s)</source>
        <translation>
            <numerusform>覆盖 %1 / %n 卖点</numerusform>
        </translation>
    </message>
    <message>
        <source>The title appears here as it is written</source>
        <translation>标题会随撰写显示在这里</translation>
    </message>
    <message numerus="yes">
        <source>Ready. Generate makes %n ad(s) from this brief.</source>
        <translation>
            <numerusform>就绪。点击生成，将用这份简报制作 %n 则广告。</numerusform>
        </translation>
    </message>
    <message>
        <source>The brief is not complete yet.</source>
        <translation>简报尚未完成。</translation>
    </message>
    <message>
        <source>Stopped before the picture began.</source>
        <translation>在开始绘制前已停止。</translation>
    </message>
    <message>
        <source>The first row is being drawn.</source>
        <translation>正在绘制第一行。</translation>
    </message>
    <message>
        <source>The picture starts when the title is done.</source>
        <translation>标题完成后开始绘制。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Start engine</source>
        <translation>启动引擎</translation>
    </message>
    <message>
        <source>The engine stopped and is starting again.</source>
        <translation>引擎已停止，正在重新启动。</translation>
    </message>
    <message>
        <source>This batch is then tried once more.</source>
        <translation>随后会重试这一批。</translation>
    </message>
    <message>
        <source>Loading the model.</source>
        <translation>正在加载模型。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Open the brief</source>
        <translation>打开简报</translation>
    </message>
    <message>
        <source>A batch is running, or the brief is not complete.</source>
        <translation>有一批正在生成，或简报尚未完成。</translation>
    </message>
    <message>
        <source>Generate %1</source>
        <translation>生成 %1 则</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Lock this title</source>
        <translation>锁定标题</translation>
    </message>
    <message>
        <source>Copy the title</source>
        <translation>复制标题</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Token grid</source>
        <translation>词元网格</translation>
    </message>
    <message>
        <source>Title of the ad</source>
        <translation>广告标题</translation>
    </message>
    <message>
        <source>Picture of the ad</source>
        <translation>广告图像</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导</translation>
    </message>
    <message>
        <source>Product hold</source>
        <translation>商品控制</translation>
    </message>
    <message>
        <source>Picture variety</source>
        <translation>图片多样性</translation>
    </message>
    <message>
        <source>Title variety</source>
        <translation>标题多样性</translation>
    </message>
    <message>
        <source>Make more than one ad.</source>
        <translation>生成多于一则广告。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message numerus="yes">
        <source>%1 was stopped after %n row(s).</source>
        <translation>
            <numerusform>%1 在 %n 行后停止。</numerusform>
        </translation>
    </message>
    <message>
        <source>It can go on as if nothing had happened.</source>
        <translation>可以继续，结果与未停止时相同。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
</context>
<context>
    <name>adtailor::HighlightView</name>
    <message>
        <source>weight %1</source>
        <translation>权重 %1</translation>
    </message>
    <message>
        <source>%1 of %2 patches kept</source>
        <translation>保留 %1 / %2 个图块</translation>
    </message>
    <message>
        <source>Words by their source</source>
        <translation>按来源标记的词</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
</context>
<context>
    <name>adtailor::HistoryModel</name>
    <message>
        <source>Included</source>
        <translation>已包含</translation>
    </message>
    <message>
        <source>Left out by you</source>
        <translation>已排除</translation>
    </message>
</context>
<context>
    <name>adtailor::ImageCanvas</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>Stands here</source>
        <translation>落地线</translation>
    </message>
</context>
<context>
    <name>adtailor::IncludeClickCommand</name>
    <message>
        <source>Include a click</source>
        <translation>包含一次点击</translation>
    </message>
    <message>
        <source>Leave out a click</source>
        <translation>排除一次点击</translation>
    </message>
</context>
<context>
    <name>adtailor::IntervalPlot</name>
    <message>
        <source>Values with intervals</source>
        <translation>数值与区间</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2, between %3 and %4</source>
        <translation>%1：%2，介于 %3 与 %4 之间</translation>
    </message>
</context>
<context>
    <name>adtailor::JobBar</name>
    <message>
        <source>Steps of this job</source>
        <translation>任务步骤</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Stop, keep as draft</source>
        <translation>停止并留作草稿</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 词元/秒</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止……</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>测量中</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>剩余 %1 秒</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>剩余 %1 分钟</translation>
    </message>
    <message>
        <source>%1 h left</source>
        <translation>剩余 %1 小时</translation>
    </message>
</context>
<context>
    <name>adtailor::JobQueue</name>
    <message>
        <source>drawing</source>
        <translation>绘制中</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n ad(s)</source>
        <translation>
            <numerusform>%n 则广告</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
</context>
<context>
    <name>adtailor::KeptPanel</name>
    <message>
        <source>This ad</source>
        <translation>这则广告</translation>
    </message>
    <message>
        <source>The next ad</source>
        <translation>下一则广告</translation>
    </message>
    <message>
        <source>Not made yet: what it would be made from.</source>
        <translation>尚未生成：它将取自这些内容。</translation>
    </message>
    <message>
        <source>Picture patches: %1 of %2</source>
        <translation>图块：%2 个中的 %1 个</translation>
    </message>
    <message>
        <source>Title words: %1 of %2</source>
        <translation>标题词：%2 个中的 %1 个</translation>
    </message>
    <message>
        <source>Teal: from the brief. Plum: a word kept in a clicked title.</source>
        <translation>青色：来自简报。紫色：点击过的标题中保留的词。</translation>
    </message>
    <message>
        <source>Title of the ad</source>
        <translation>广告标题</translation>
    </message>
    <message>
        <source>What was kept</source>
        <translation>保留的内容</translation>
    </message>
    <message>
        <source>Palette of the kept patches</source>
        <translation>保留图块的色板</translation>
    </message>
    <message>
        <source>The model kept these parts.</source>
        <translation>模型保留了这些部分。</translation>
    </message>
    <message>
        <source>It does not mean they caused every detail: check with the twin.</source>
        <translation>这不代表每个细节都由此而来：用对照来检验。</translation>
    </message>
</context>
<context>
    <name>adtailor::KeysPage</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>Brief, People, Generate, Compare, Finish</source>
        <translation>简报、人群、生成、对比、成稿</translation>
    </message>
    <message>
        <source>The tools below the line</source>
        <translation>下方的工具</translation>
    </message>
    <message>
        <source>The main button of the page</source>
        <translation>页面的主按钮</translation>
    </message>
    <message>
        <source>Undo, redo</source>
        <translation>撤销、重做</translation>
    </message>
    <message>
        <source>Open a folder of ads</source>
        <translation>打开广告文件夹</translation>
    </message>
    <message>
        <source>Next region</source>
        <translation>下一区域</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>本列表</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Brief</source>
        <translation>简报</translation>
    </message>
    <message>
        <source>Move the product, with Shift by 10</source>
        <translation>移动商品，按住 Shift 每次 10 像素</translation>
    </message>
    <message>
        <source>Fit, 100 %</source>
        <translation>适合窗口、100 %</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人群</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Include or leave out a click</source>
        <translation>包含或排除一次点击</translation>
    </message>
    <message>
        <source>Grid, list</source>
        <translation>网格、列表</translation>
    </message>
    <message>
        <source>New draw</source>
        <translation>重新抽取</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Stop, keep as draft</source>
        <translation>停止并留作草稿</translation>
    </message>
    <message>
        <source>Lock this title</source>
        <translation>锁定标题</translation>
    </message>
    <message>
        <source>Token grid</source>
        <translation>词元网格</translation>
    </message>
    <message>
        <source>Ads of the batch</source>
        <translation>本批广告</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Star A, star B</source>
        <translation>为 A、B 标星</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>互换 A 与 B</translation>
    </message>
    <message>
        <source>Next candidate</source>
        <translation>下一候选</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除键</translation>
    </message>
    <message>
        <source>Remove the ad; undo brings it back</source>
        <translation>移除广告，撤销可恢复</translation>
    </message>
    <message>
        <source>Save this ad</source>
        <translation>保存此广告</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>评审</translation>
    </message>
    <message>
        <source>Vote: left, equally good, both bad, right</source>
        <translation>投票：左边、一样好、都不好、右边</translation>
    </message>
    <message>
        <source>Take the last vote back</source>
        <translation>撤回上一票</translation>
    </message>
    <message>
        <source>Break, hand over</source>
        <translation>休息、换人</translation>
    </message>
    <message>
        <source>Sections of the report, flagged raters</source>
        <translation>报告章节、被标记的评审员</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>导出报告</translation>
    </message>
    <message>
        <source>Add the ads to the queue</source>
        <translation>将广告加入队列</translation>
    </message>
    <message>
        <source>Gallery: every ad of the project</source>
        <translation>图库：项目的所有广告</translation>
    </message>
    <message>
        <source>Edit history</source>
        <translation>编辑历史</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Find ads</source>
        <translation>查找广告</translation>
    </message>
    <message>
        <source>Compare the chosen ads</source>
        <translation>对比所选广告</translation>
    </message>
    <message>
        <source>Star the chosen ads</source>
        <translation>给所选广告加星</translation>
    </message>
    <message>
        <source>To the trash, or back from it</source>
        <translation>移到回收站或移回</translation>
    </message>
    <message>
        <source>Hold back, let run, try again</source>
        <translation>暂缓、放行、重试</translation>
    </message>
    <message>
        <source>Earlier, later</source>
        <translation>提前、推后</translation>
    </message>
    <message>
        <source>Take out of the queue</source>
        <translation>移出队列</translation>
    </message>
    <message>
        <source>What the model keeps</source>
        <translation>模型保留什么</translation>
    </message>
    <message>
        <source>Keep the finished rows</source>
        <translation>保留已完成的行</translation>
    </message>
    <message>
        <source>What the ad was made from</source>
        <translation>广告取自哪些内容</translation>
    </message>
    <message>
        <source>Next way of comparing</source>
        <translation>下一种对比方式</translation>
    </message>
    <message>
        <source>Difference of A and B</source>
        <translation>A 与 B 的差异</translation>
    </message>
    <message>
        <source>Link zoom</source>
        <translation>同步缩放</translation>
    </message>
    <message>
        <source>Hold to see single pixels</source>
        <translation>按住查看单个像素</translation>
    </message>
    <message>
        <source>Rank higher, lower</source>
        <translation>名次上移、下移</translation>
    </message>
    <message>
        <source>Why this ad</source>
        <translation>为何是这则广告</translation>
    </message>
    <message>
        <source>Heat, spotlight, off</source>
        <translation>热度、聚光、关闭</translation>
    </message>
    <message>
        <source>A twin without the chosen click</source>
        <translation>去掉所选点击的对照</translation>
    </message>
    <message>
        <source>Back to where it was opened</source>
        <translation>返回打开处</translation>
    </message>
</context>
<context>
    <name>adtailor::LaterPage</name>
    <message>
        <source>Evaluate</source>
        <translation>评测</translation>
    </message>
    <message>
        <source>Scores of whole folders come here in a later version. Today Compare shows the ads side by side.</source>
        <translation>整个文件夹的评分将在后续版本提供。目前可在对比页并排查看广告。</translation>
    </message>
    <message>
        <source>Not in this version yet</source>
        <translation>此版本尚未提供</translation>
    </message>
    <message>
        <source>Go to Compare</source>
        <translation>前往对比</translation>
    </message>
</context>
<context>
    <name>adtailor::LayerModel</name>
    <message>
        <source>Headline</source>
        <translation>主标题</translation>
    </message>
    <message>
        <source>Selling points</source>
        <translation>卖点</translation>
    </message>
    <message>
        <source>Call to action</source>
        <translation>行动按钮</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>标志</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>no product</source>
        <translation>没有商品</translation>
    </message>
    <message>
        <source>exact cutout, %1 px</source>
        <translation>原始抠图 %1 px</translation>
    </message>
    <message>
        <source>no room at this size</source>
        <translation>此尺寸放不下</translation>
    </message>
    <message>
        <source>bound to the ad title</source>
        <translation>绑定广告标题</translation>
    </message>
    <message>
        <source>%1 of %2, bound to the brief</source>
        <translation>%1 / %2，绑定简报</translation>
    </message>
    <message>
        <source>no picture yet</source>
        <translation>还没有图片</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
</context>
<context>
    <name>adtailor::LayerScene</name>
    <message>
        <source>%1, at %2, %3, %4 by %5 pixels</source>
        <translation>%1，位于 %2, %3，%4 × %5 像素</translation>
    </message>
</context>
<context>
    <name>adtailor::LinkedPictures</name>
    <message>
        <source>Ads to judge</source>
        <translation>待评广告</translation>
    </message>
</context>
<context>
    <name>adtailor::Messages</name>
    <message>
        <source>Stopped. What was finished is kept as a draft.</source>
        <translation>已停止。完成的部分留作草稿。</translation>
    </message>
    <message>
        <source>The brief cannot be used as it is. Correct it and try again.</source>
        <translation>简报无法直接使用。修改后再试。</translation>
    </message>
    <message>
        <source>A file is missing. Check that it is still in its place.</source>
        <translation>缺少文件。检查它是否还在原处。</translation>
    </message>
    <message>
        <source>The file is damaged or is not what its name says. Choose another one.</source>
        <translation>文件已损坏，或与文件名不符。换一个文件。</translation>
    </message>
    <message>
        <source>The model does not fit this version of AdTailor. Choose another model.</source>
        <translation>模型与此版本的 AdTailor 不匹配。换一个模型。</translation>
    </message>
    <message>
        <source>There is not enough memory. Make fewer ads at once or close other programs.</source>
        <translation>内存不足。减少每批数量，或关闭其他程序。</translation>
    </message>
    <message>
        <source>The disk is full. Nothing was lost. Free some space and save again.</source>
        <translation>磁盘已满。没有数据丢失。清理空间后再保存。</translation>
    </message>
    <message>
        <source>The engine stopped. Finished ads are kept. Start it again.</source>
        <translation>引擎已停止。完成的广告已保留。重新启动即可。</translation>
    </message>
    <message>
        <source>The engine reported a fault. Try again; the details are in the tooltip.</source>
        <translation>引擎报告了故障。再试一次，详情见提示。</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>加载模型</translation>
    </message>
    <message>
        <source>Reading the history</source>
        <translation>读取历史</translation>
    </message>
    <message>
        <source>Writing the title</source>
        <translation>撰写标题</translation>
    </message>
    <message>
        <source>Drawing the picture</source>
        <translation>绘制图像</translation>
    </message>
    <message>
        <source>Finishing the picture</source>
        <translation>完成图像</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Preparing the data</source>
        <translation>准备数据</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>剩余 %1 秒</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>剩余 %1 分钟</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>The run cannot go on with these settings or data.</source>
        <translation>以现有的设置或数据，这次训练无法继续。</translation>
    </message>
    <message>
        <source>A file of this run is missing. Put it back and start again.</source>
        <translation>这次训练缺少文件。放回原处后重新开始。</translation>
    </message>
    <message>
        <source>A file of this run is damaged. Replace it and start again.</source>
        <translation>这次训练的文件已损坏。替换后重新开始。</translation>
    </message>
    <message>
        <source>The model does not fit the settings of this run.</source>
        <translation>模型与这次训练的设置不符。</translation>
    </message>
    <message>
        <source>There was not enough memory. Duplicate the run with half the batch, or close other programs.</source>
        <translation>内存不足。复制这次训练并将批量减半，或关闭其他程序。</translation>
    </message>
    <message>
        <source>The disk is full. The last checkpoint is kept. Free some space and resume.</source>
        <translation>磁盘已满，最后的检查点已保留。清理空间后继续。</translation>
    </message>
    <message>
        <source>The training program cannot be started.</source>
        <translation>无法启动训练程序。</translation>
    </message>
    <message>
        <source>The training reported a fault. The last checkpoint is kept.</source>
        <translation>训练报告了故障，最后的检查点已保留。</translation>
    </message>
    <message>
        <source>unreadable row</source>
        <translation>无法读取的行</translation>
    </message>
    <message>
        <source>picture missing</source>
        <translation>缺少图片</translation>
    </message>
    <message>
        <source>picture unreadable</source>
        <translation>图片无法读取</translation>
    </message>
    <message>
        <source>cutout with a background</source>
        <translation>抠图带有背景</translation>
    </message>
    <message>
        <source>product cut off</source>
        <translation>商品被截断</translation>
    </message>
    <message>
        <source>no title</source>
        <translation>没有标题</translation>
    </message>
    <message>
        <source>long title</source>
        <translation>标题过长</translation>
    </message>
    <message>
        <source>title not from the selling points</source>
        <translation>标题不来自卖点</translation>
    </message>
    <message>
        <source>short history</source>
        <translation>历史过短</translation>
    </message>
    <message>
        <source>row twice</source>
        <translation>重复的行</translation>
    </message>
    <message>
        <source>picture twice</source>
        <translation>重复的图片</translation>
    </message>
    <message>
        <source>The study does not allow this. The line below says what to change.</source>
        <translation>研究不允许这样做。下面一行说明要改什么。</translation>
    </message>
    <message>
        <source>A file of this study is missing. Put it back and try again.</source>
        <translation>这项研究缺少一个文件。放回后重试。</translation>
    </message>
    <message>
        <source>A file of this study was changed or is damaged. Nothing was taken from it.</source>
        <translation>这项研究的一个文件被改动或已损坏，未采用其中任何内容。</translation>
    </message>
    <message>
        <source>The disk is full. Nothing was lost. Free some space and try again.</source>
        <translation>磁盘已满，没有数据丢失。清理空间后重试。</translation>
    </message>
</context>
<context>
    <name>adtailor::ModelDesk</name>
    <message>
        <source>%1 is imported.</source>
        <translation>已导入 %1。</translation>
    </message>
    <message>
        <source>%1 is listed.</source>
        <translation>已列出 %1。</translation>
    </message>
    <message numerus="yes">
        <source>%1: checksums of %n file(s) were made.</source>
        <translation>
            <numerusform>%1：已生成 %n 个文件的校验和。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: all %n file(s) are unchanged.</source>
        <translation>
            <numerusform>%1：全部 %n 个文件均未改变。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: files have changed.</source>
        <translation>%1：文件已改变。</translation>
    </message>
    <message>
        <source>The model&apos;s files are deleted.</source>
        <translation>模型文件已删除。</translation>
    </message>
    <message>
        <source>The model is not listed any more; its files stay.</source>
        <translation>模型已移出列表，文件保留。</translation>
    </message>
</context>
<context>
    <name>adtailor::ModelListModel</name>
    <message>
        <source>Complete model</source>
        <translation>完整模型</translation>
    </message>
    <message>
        <source>Base model, without history and product control</source>
        <translation>基础模型，无历史和商品控制</translation>
    </message>
    <message>
        <source>Adapter (LoRA), rank %1</source>
        <translation>适配器（LoRA），秩 %1</translation>
    </message>
    <message>
        <source>Something is missing</source>
        <translation>缺少内容</translation>
    </message>
    <message>
        <source>Files have changed</source>
        <translation>文件已改变</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Not stated</source>
        <translation>未说明</translation>
    </message>
    <message>
        <source>%1 · demo quality</source>
        <translation>%1 · 演示质量</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>adtailor::ModelPanel</name>
    <message>
        <source>The sentence a model was trained with</source>
        <translation>模型训练时所用的句子</translation>
    </message>
    <message>
        <source>Text files (*.txt)</source>
        <translation>文本文件 (*.txt)</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>无模型</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 million</source>
        <translation>%1 百万</translation>
    </message>
    <message>
        <source>The folder does not say. Ask where the model comes from before you publish.</source>
        <translation>文件夹中没有说明。发布之前，先弄清模型的来源。</translation>
    </message>
    <message>
        <source>AdTailor&apos;s own wording</source>
        <translation>AdTailor 自带的措辞</translation>
    </message>
    <message>
        <source>%1 of %2 free</source>
        <translation>可用 %1，共 %2</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>够用</translation>
    </message>
    <message>
        <source>Tight</source>
        <translation>紧张</translation>
    </message>
    <message>
        <source>Does not fit</source>
        <translation>不够</translation>
    </message>
    <message numerus="yes">
        <source>Estimated for %n ad(s) at once.</source>
        <translation>
            <numerusform>按一次 %n 则广告估算。</numerusform>
        </translation>
    </message>
    <message>
        <source>bfloat16 frees %1</source>
        <translation>bfloat16 可释放 %1</translation>
    </message>
    <message>
        <source>One ad at a time frees %1</source>
        <translation>一次一则广告可释放 %1</translation>
    </message>
    <message>
        <source>Guidance 1 frees %1</source>
        <translation>引导设为 1 可释放 %1</translation>
    </message>
    <message>
        <source>Not checked yet. A check makes checksums of all files, and later ones compare with them.</source>
        <translation>尚未校验。首次校验生成所有文件的校验和，以后的校验与之比较。</translation>
    </message>
    <message>
        <source>Unchanged since %1.</source>
        <translation>自 %1 起未改变。</translation>
    </message>
    <message>
        <source>Not as on %1: %2</source>
        <translation>与 %1 时不同：%2</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>移出列表</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Made for</source>
        <translation>适用于</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>组成</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>Picture decoder</source>
        <translation>图片解码器</translation>
    </message>
    <message>
        <source>Picture tokens</source>
        <translation>图片词元</translation>
    </message>
    <message>
        <source>Product control</source>
        <translation>商品控制</translation>
    </message>
    <message>
        <source>History reading</source>
        <translation>历史读取</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Will it fit?</source>
        <translation>内存够用吗？</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Check files</source>
        <translation>校验文件</translation>
    </message>
    <message>
        <source>Read every byte and compare (F5)</source>
        <translation>读取每个字节并比较（F5）</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>A text with four {}: word list, titles, description, pictures</source>
        <translation>含有四个 {} 的文本：卖点、标题、描述、图片</translation>
    </message>
    <message>
        <source>Use our own</source>
        <translation>改用自带措辞</translation>
    </message>
</context>
<context>
    <name>adtailor::ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Import a model from its folder</source>
        <translation>从文件夹导入模型</translation>
    </message>
    <message>
        <source>List models where they are</source>
        <translation>原地列出模型</translation>
    </message>
    <message>
        <source>%1 imported · %2</source>
        <translation>已导入 %1 · %2</translation>
    </message>
    <message>
        <source>In use for new ads</source>
        <translation>已用于新广告</translation>
    </message>
    <message>
        <source>Use for new ads</source>
        <translation>用于新广告</translation>
    </message>
    <message>
        <source>The engine does not start on this model.</source>
        <translation>引擎无法用此模型启动。</translation>
    </message>
    <message>
        <source>Use the model from before</source>
        <translation>改回之前的模型</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>导入文件夹…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Adapters</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>Find a model</source>
        <translation>查找模型</translation>
    </message>
    <message>
        <source>Drop a model&apos;s folder here to import it. Files are checked, never run.</source>
        <translation>把模型文件夹拖到这里即可导入。文件只会被检查，绝不会被运行。</translation>
    </message>
    <message>
        <source>List a folder where it is…</source>
        <translation>原地列出文件夹…</translation>
    </message>
    <message>
        <source>Leave this adapter out</source>
        <translation>不用此适配器</translation>
    </message>
    <message>
        <source>%1 in %2 are deleted for good.</source>
        <translation>%2 中的 %1 将被永久删除。</translation>
    </message>
    <message>
        <source>It is in use: the engine starts again without it.</source>
        <translation>它正在使用：引擎将不带它重新启动。</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>删除 %1？</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>adtailor::NavRail</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 项等待</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adtailor::PaletteBar</name>
    <message>
        <source>%1: %2 %</source>
        <translation>%1：%2 %</translation>
    </message>
</context>
<context>
    <name>adtailor::PeopleModel</name>
    <message>
        <source>Fictional</source>
        <translation>虚构人物</translation>
    </message>
    <message>
        <source>Consent given</source>
        <translation>已同意</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>尚未询问</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Withdrawn %1</source>
        <translation>%1 已撤回</translation>
    </message>
</context>
<context>
    <name>adtailor::PeoplePage</name>
    <message>
        <source>People</source>
        <translation>人群</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>无人</translation>
    </message>
    <message>
        <source>The ad will be general.</source>
        <translation>将生成通用广告。</translation>
    </message>
    <message numerus="yes">
        <source>%n click(s)</source>
        <translation>
            <numerusform>%n 次点击</numerusform>
        </translation>
    </message>
    <message>
        <source>No history is stored.</source>
        <translation>未保存任何历史记录。</translation>
    </message>
    <message>
        <source>This product and %1</source>
        <translation>此商品与%1</translation>
    </message>
    <message>
        <source>This product</source>
        <translation>此商品</translation>
    </message>
    <message>
        <source>clicks the model will read, in this order. A random draw weighted by similarity, so not simply the top ones.</source>
        <translation>次点击将按此顺序被模型读取。按相似度加权随机抽取，并非简单取最高。</translation>
    </message>
    <message>
        <source>Write the product description first: the draw compares it with the clicked titles.</source>
        <translation>先写商品描述：抽取时会与点击过的标题比较。</translation>
    </message>
    <message>
        <source>The draw appears when the engine is ready.</source>
        <translation>引擎就绪后显示抽取结果。</translation>
    </message>
    <message>
        <source>Comparing the clicks with the product…</source>
        <translation>正在比较点击与商品……</translation>
    </message>
    <message>
        <source>No click is included.</source>
        <translation>没有包含任何点击。</translation>
    </message>
    <message>
        <source>No person is chosen.</source>
        <translation>未选择人群。</translation>
    </message>
    <message>
        <source>Choose somebody at the left, or make a general ad: the model then writes and draws from the product alone.</source>
        <translation>在左侧选择一个人，或制作通用广告：模型只根据商品撰写和绘制。</translation>
    </message>
    <message>
        <source>Generate without history</source>
        <translation>不用历史生成</translation>
    </message>
    <message>
        <source>%1 has withdrawn consent. No history is stored.</source>
        <translation>%1已撤回同意。未保存任何历史记录。</translation>
    </message>
    <message>
        <source>%1 has not been asked. No history is stored.</source>
        <translation>尚未询问%1。未保存任何历史记录。</translation>
    </message>
    <message>
        <source>The ad can be made without history.</source>
        <translation>可以不用历史记录生成。</translation>
    </message>
    <message>
        <source>%1 has no clicks.</source>
        <translation>%1没有点击。</translation>
    </message>
    <message>
        <source>Every click is left out, so the ad will be general.</source>
        <translation>所有点击都已排除，将生成通用广告。</translation>
    </message>
    <message numerus="yes">
        <source>%n click(s) are too few for a draw: all of them are read.</source>
        <translation>
            <numerusform>只有 %n 次点击，不足以抽取，将全部读取。</numerusform>
        </translation>
    </message>
    <message>
        <source>Next: Generate</source>
        <translation>下一步：生成</translation>
    </message>
    <message>
        <source>Clicked ads</source>
        <translation>点击过的广告</translation>
    </message>
    <message>
        <source>Nobody: a general ad</source>
        <translation>不指定：通用广告</translation>
    </message>
    <message>
        <source>No consent, no history: it is neither stored nor used.</source>
        <translation>未经同意就没有历史：既不保存也不使用。</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Newest click</source>
        <translation>最新点击</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>相似度</translation>
    </message>
    <message>
        <source>Reading order</source>
        <translation>读取顺序</translation>
    </message>
    <message>
        <source>Draw seed</source>
        <translation>抽取种子</translation>
    </message>
    <message>
        <source>New draw</source>
        <translation>重新抽取</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Colours clicked</source>
        <translation>点击过的颜色</translation>
    </message>
    <message>
        <source>Closest click</source>
        <translation>最相近的点击</translation>
    </message>
    <message>
        <source>Mean similarity</source>
        <translation>平均相似度</translation>
    </message>
    <message>
        <source>Left out by you</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>Include all</source>
        <translation>全部包含</translation>
    </message>
    <message>
        <source>Add a person from a folder…</source>
        <translation>从文件夹添加人物……</translation>
    </message>
    <message>
        <source>Similarity compares the words and letters of the titles. No sentence encoder is installed that knows their language.</source>
        <translation>相似度按标题的词和字母比较。没有安装懂这种语言的句子编码器。</translation>
    </message>
    <message>
        <source>Similarity compares what the titles mean, by the sentence encoder %1.</source>
        <translation>相似度按标题的含义比较，使用句子编码器 %1。</translation>
    </message>
    <message>
        <source>Without consent AdTailor neither stores nor uses clicks. The ad can be made without history.</source>
        <translation>未经同意，AdTailor 既不存储也不使用点击。可以不用历史制作广告。</translation>
    </message>
    <message>
        <source>Record consent…</source>
        <translation>记录同意…</translation>
    </message>
    <message>
        <source>Import people from a file…</source>
        <translation>从文件导入人群…</translation>
    </message>
    <message>
        <source>What the model keeps</source>
        <translation>模型保留什么</translation>
    </message>
</context>
<context>
    <name>adtailor::PeopleQuestions</name>
    <message numerus="yes">
        <source>%n person(s) imported.</source>
        <translation>
            <numerusform>已导入 %n 人。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n click(s) are stored.</source>
        <translation>
            <numerusform>已存储 %n 次点击。</numerusform>
        </translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>已导出到 %1</translation>
    </message>
    <message>
        <source>It is erased from this computer&apos;s projects.</source>
        <translation>已从本机的项目中删除。</translation>
    </message>
    <message>
        <source>Files that were exported or saved elsewhere are not touched.</source>
        <translation>导出或另存的文件不受影响。</translation>
    </message>
    <message>
        <source>Import people</source>
        <translation>导入人群</translation>
    </message>
    <message>
        <source>Click histories (*.json *.jsonl *.csv *.tsv)</source>
        <translation>点击历史 (*.json *.jsonl *.csv *.tsv)</translation>
    </message>
    <message>
        <source>Add a person from a folder</source>
        <translation>从文件夹添加人物</translation>
    </message>
    <message>
        <source>Export into the folder</source>
        <translation>导出到文件夹</translation>
    </message>
    <message>
        <source>Without consent only the names are kept; the clicks are left out.</source>
        <translation>未经同意只保留姓名，不含点击。</translation>
    </message>
    <message>
        <source>%1
%2 First: %3</source>
        <translation>%1
%2第一处：%3</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) cannot be read.</source>
        <translation>
            <numerusform>%n 行无法读取。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) in %1. Have they agreed to ads made from their clicks?</source>
        <translation>
            <numerusform>%1 中有 %n 人。他们同意用其点击制作广告吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>They agreed</source>
        <translation>已同意</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>尚未询问</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>%n click(s)</source>
        <translation>
            <numerusform>%n 次点击</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1，分布于 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n ad(s)</source>
        <translation>
            <numerusform>%n 则广告</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n project(s)</source>
        <translation>
            <numerusform>%n 个项目</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting job(s)</source>
        <translation>
            <numerusform>%n 个等待的任务</numerusform>
        </translation>
    </message>
    <message>
        <source>Recording that %1 has withdrawn erases:</source>
        <translation>记录 %1 的撤回会删除：</translation>
    </message>
    <message>
        <source>Withdraw and erase</source>
        <translation>撤回并删除</translation>
    </message>
</context>
<context>
    <name>adtailor::ProjectSession</name>
    <message>
        <source>Include all clicks</source>
        <translation>包含全部点击</translation>
    </message>
    <message>
        <source>Choose nobody</source>
        <translation>不选人</translation>
    </message>
    <message>
        <source>Choose %1</source>
        <translation>选择 %1</translation>
    </message>
    <message>
        <source>Draw clicks anew</source>
        <translation>重新抽取点击</translation>
    </message>
    <message>
        <source>Change the settings</source>
        <translation>更改设置</translation>
    </message>
</context>
<context>
    <name>adtailor::QueuePanel</name>
    <message numerus="yes">
        <source>%n ad(s) were waiting when AdTailor closed.</source>
        <translation>
            <numerusform>AdTailor 关闭时有 %n 则广告在等待。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was lost. The queue is paused.</source>
        <translation>没有数据丢失，队列已暂停。</translation>
    </message>
    <message>
        <source>Resume queue</source>
        <translation>继续队列</translation>
    </message>
    <message>
        <source>Keep paused</source>
        <translation>保持暂停</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Nothing waits.</source>
        <translation>没有等待的任务。</translation>
    </message>
    <message numerus="yes">
        <source>%n running or waiting</source>
        <translation>
            <numerusform>%n 个运行或等待中</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 个失败</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · paused</source>
        <translation>%1 · 已暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Try this one again</source>
        <translation>重试此任务</translation>
    </message>
    <message>
        <source>Let this one run</source>
        <translation>让此任务运行</translation>
    </message>
    <message>
        <source>Hold this one back</source>
        <translation>暂缓此任务</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>推后</translation>
    </message>
    <message>
        <source>Take out of the queue</source>
        <translation>移出队列</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Starts no further ads until it is resumed</source>
        <translation>继续之前不再开始新广告</translation>
    </message>
</context>
<context>
    <name>adtailor::RatingScreen</name>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Practice %1 of %2</source>
        <translation>练习 %1 / %2</translation>
    </message>
    <message>
        <source>Pair %1 of %2</source>
        <translation>第 %1 / %2 对</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Vote %1 is stored on this disk</source>
        <translation>第 %1 票已存到这块磁盘</translation>
    </message>
    <message>
        <source>Practice vote %1 is stored on this disk</source>
        <translation>练习票 %1 已存到这块磁盘</translation>
    </message>
    <message>
        <source>Vote %1 was taken back</source>
        <translation>第 %1 票已撤回</translation>
    </message>
    <message>
        <source>Practice vote %1 was taken back</source>
        <translation>练习票 %1 已撤回</translation>
    </message>
    <message>
        <source>A picture of this pair cannot be read. Nothing was counted.</source>
        <translation>这一对中有图片无法读取，没有计入任何投票。</translation>
    </message>
    <message>
        <source>Put the study&apos;s folder back as it was, then try again.</source>
        <translation>把研究文件夹恢复原样，然后重试。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The disk is full. This vote is not stored yet.</source>
        <translation>磁盘已满，这一票还没有存下。</translation>
    </message>
    <message>
        <source>Free some space, then press Retry.</source>
        <translation>清理一些空间，然后按“重试”。</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>This vote could not be stored.</source>
        <translation>这一票没能存下。</translation>
    </message>
    <message>
        <source>Practice %1 of %2, not counted</source>
        <translation>练习 %1 / %2，不计入</translation>
    </message>
    <message>
        <source>Undo last vote</source>
        <translation>撤回上一票</translation>
    </message>
    <message>
        <source>Take a break</source>
        <translation>休息</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>换人</translation>
    </message>
    <message>
        <source>zoom all</source>
        <translation>一起缩放</translation>
    </message>
    <message>
        <source>hold for 100 %</source>
        <translation>按住看 100 %</translation>
    </message>
    <message>
        <source>Rater %1</source>
        <translation>评审员 %1</translation>
    </message>
    <message>
        <source>Time until a vote is taken</source>
        <translation>距可以投票的时间</translation>
    </message>
</context>
<context>
    <name>adtailor::RatingSheet</name>
    <message>
        <source>Your name or initials</source>
        <translation>名字或缩写</translation>
    </message>
</context>
<context>
    <name>adtailor::RatingWindow</name>
    <message>
        <source>Rating</source>
        <translation>评审</translation>
    </message>
    <message>
        <source>Who is rating?</source>
        <translation>谁来评审？</translation>
    </message>
    <message>
        <source>You will see ads side by side and say which one you would rather see. There is no right answer. Your votes are stored one by one on this disk.</source>
        <translation>你会看到并排的广告，说出更想看到哪一则。没有标准答案。每一票都会逐一存到这块磁盘。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>%1 has rated here before</source>
        <translation>%1 之前在这里评过</translation>
    </message>
    <message>
        <source>%1 of %2 are done. Go on with them, or type a name that tells you two apart.</source>
        <translation>已完成 %1 / %2。可以接着评，或输入能区分两人的名字。</translation>
    </message>
    <message>
        <source>Go on as %1</source>
        <translation>以 %1 继续</translation>
    </message>
    <message>
        <source>Another name</source>
        <translation>换个名字</translation>
    </message>
    <message>
        <source>Time for a break</source>
        <translation>休息一下</translation>
    </message>
    <message>
        <source>%1 of %2 are done and stored. The clock stands still until you go on.</source>
        <translation>已完成并存下 %1 / %2。继续之前不计时。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>换人</translation>
    </message>
    <message>
        <source>Leave the rating?</source>
        <translation>离开评审？</translation>
    </message>
    <message>
        <source>Every vote is stored. Next time you go on at exactly this place.</source>
        <translation>每一票都已存下。下次会从这里继续。</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
    <message>
        <source>Thank you, all %1 are done</source>
        <translation>谢谢，%1 题全部完成</translation>
    </message>
    <message>
        <source>Every vote is stored on this disk.</source>
        <translation>每一票都已存到这块磁盘。</translation>
    </message>
    <message>
        <source>Next person</source>
        <translation>下一位</translation>
    </message>
    <message>
        <source>Type a name first. Initials are enough.</source>
        <translation>先输入名字，缩写即可。</translation>
    </message>
    <message>
        <source>You will see one ad at a time and say how good it is. There is no right answer. Your votes are stored one by one on this disk.</source>
        <translation>你会逐一看到广告，说出它有多好。没有标准答案。每一票都会逐一存到这块磁盘。</translation>
    </message>
</context>
<context>
    <name>adtailor::ReviewPage</name>
    <message>
        <source>The report is in %1.</source>
        <translation>报告在 %1。</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>评审</translation>
    </message>
    <message>
        <source>Freezing…</source>
        <translation>正在冻结…</translation>
    </message>
    <message>
        <source>Freeze and start</source>
        <translation>冻结并开始</translation>
    </message>
    <message>
        <source>Start rating</source>
        <translation>开始评审</translation>
    </message>
    <message>
        <source>Go on rating</source>
        <translation>继续评审</translation>
    </message>
    <message>
        <source>Study of %1</source>
        <translation>%1 的研究</translation>
    </message>
    <message>
        <source>Save the report into the folder</source>
        <translation>把报告保存到文件夹</translation>
    </message>
    <message>
        <source>Open a study package</source>
        <translation>打开研究包</translation>
    </message>
    <message>
        <source>Study packages (*.adstudy)</source>
        <translation>研究包 (*.adstudy)</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>评审</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Steps of a study</source>
        <translation>研究步骤</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>导出报告</translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) of a chosen and a rejected ad</source>
        <translation>
            <numerusform>%n 对选中与落选的广告</numerusform>
        </translation>
    </message>
    <message>
        <source>Train with them</source>
        <translation>用它们训练</translation>
    </message>
    <message>
        <source>Make a preference set</source>
        <translation>生成偏好集</translation>
    </message>
</context>
<context>
    <name>adtailor::RunBar</name>
    <message>
        <source>Sending the brief</source>
        <translation>正在发送简报</translation>
    </message>
    <message>
        <source>Waiting for the engine</source>
        <translation>等待引擎</translation>
    </message>
    <message>
        <source>Picture, row %1 of %2</source>
        <translation>图像 第 %1 / %2 行</translation>
    </message>
    <message>
        <source>Done in %1</source>
        <translation>用时 %1</translation>
    </message>
    <message>
        <source>Stop, keep as draft</source>
        <translation>停止并留作草稿</translation>
    </message>
    <message>
        <source>Brief</source>
        <translation>简报</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Exact product</source>
        <translation>贴合商品</translation>
    </message>
</context>
<context>
    <name>adtailor::RunControlPanel</name>
    <message>
        <source>No run</source>
        <translation>没有训练</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 / %2 步</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Preparing the data</source>
        <translation>正在准备数据</translation>
    </message>
    <message>
        <source>%1 of %2 read</source>
        <translation>已读取 %1 / %2</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>正在测速</translation>
    </message>
    <message>
        <source>%1 · ends about %2</source>
        <translation>%1 · 约 %2 结束</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>正在暂停</translation>
    </message>
    <message>
        <source>The step is finished and saved first.</source>
        <translation>先完成这一步并保存。</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Resume from %1</source>
        <translation>从 %1 继续</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>%1 s / step</source>
        <translation>%1 秒 / 步</translation>
    </message>
    <message numerus="yes">
        <source>The held-out loss has not fallen for %n check(s).</source>
        <translation>
            <numerusform>留出集损失已连续 %n 次检查未下降。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %n more the run ends and keeps step %1.</source>
        <translation>
            <numerusform>再有 %n 次，训练将结束并保留第 %1 步。</numerusform>
        </translation>
    </message>
    <message>
        <source>Step %1 is still the best.</source>
        <translation>第 %1 步仍是最佳。</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>run.json cannot be read.</source>
        <translation>无法读取 run.json。</translation>
    </message>
    <message>
        <source>The curves are still here; restore the file to go on.</source>
        <translation>曲线仍在；恢复该文件后即可继续。</translation>
    </message>
    <message>
        <source>Stopped at %1: the held-out loss no longer fell.</source>
        <translation>在第 %1 步停止：留出集损失不再下降。</translation>
    </message>
    <message>
        <source>The best is step %1; its weights are the result.</source>
        <translation>第 %1 步最佳，其权重即为结果。</translation>
    </message>
    <message>
        <source>The training process ended without a word.</source>
        <translation>训练进程意外结束。</translation>
    </message>
    <message>
        <source>The system may have been out of memory. Checkpoints are whole.</source>
        <translation>系统内存可能已耗尽。检查点完好。</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Packing…</source>
        <translation>正在打包…</translation>
    </message>
    <message>
        <source>Use step %1</source>
        <translation>使用第 %1 步</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>There is no checkpoint yet.</source>
        <translation>还没有检查点。</translation>
    </message>
    <message>
        <source>New ads are made with it (U)</source>
        <translation>用它制作新广告（U）</translation>
    </message>
    <message>
        <source>Stop and save</source>
        <translation>停止并保存</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Held-out picture</source>
        <translation>留出集图片</translation>
    </message>
    <message>
        <source>Held-out title</source>
        <translation>留出集标题</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>picture / title</source>
        <translation>图片 / 标题</translation>
    </message>
    <message>
        <source>Steps done</source>
        <translation>已完成的步数</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>The run continues if AdTailor closes. Checkpoints are written whole or not at all.</source>
        <translation>关闭 AdTailor 后训练仍会继续。检查点要么完整写入，要么不写。</translation>
    </message>
    <message>
        <source>of a run stand here</source>
        <translation>训练后会列在这里</translation>
    </message>
</context>
<context>
    <name>adtailor::RunCurves</name>
    <message>
        <source>best so far: step %1</source>
        <translation>目前最佳：第 %1 步</translation>
    </message>
    <message numerus="yes">
        <source>squares: held-out check every %n step(s)</source>
        <translation>
            <numerusform>方块：每 %n 步用留出集检查</numerusform>
        </translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>The value axis (L)</source>
        <translation>数值轴（L）</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Picture, held out</source>
        <translation>图片，留出集</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Title, held out</source>
        <translation>标题，留出集</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>Loss over the steps</source>
        <translation>各步的损失</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Gain from history</source>
        <translation>历史的增益</translation>
    </message>
    <message>
        <source>How much worse held-out pictures are guessed with somebody else&apos;s history</source>
        <translation>换成别人的历史后，留出集图片的预测差了多少</translation>
    </message>
    <message>
        <source>PBS of samples</source>
        <translation>样例的 PBS</translation>
    </message>
    <message>
        <source>How alike the backgrounds of the samples and of what their people clicked are</source>
        <translation>样例背景与其人物点击内容的背景有多相似</translation>
    </message>
</context>
<context>
    <name>adtailor::RunListModel</name>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>正在暂停</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Stopped early</source>
        <translation>提前停止</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Crashed</source>
        <translation>已崩溃</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>adtailor::RunListPanel</name>
    <message>
        <source>%1 is off the list.</source>
        <translation>%1 已移出列表。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message numerus="yes">
        <source>after %n worse check(s)</source>
        <translation>
            <numerusform>%n 次变差后</numerusform>
        </translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) left out</source>
        <translation>
            <numerusform>跳过 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Open the folder of a training run</source>
        <translation>打开训练的文件夹</translation>
    </message>
    <message>
        <source>The command is on the clipboard.</source>
        <translation>命令已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Open the folder of a run…</source>
        <translation>打开训练的文件夹…</translation>
    </message>
    <message>
        <source>Take this run off the list</source>
        <translation>将这次训练移出列表</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Ads to learn from</source>
        <translation>用于学习的广告</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>留出集</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>Early stop</source>
        <translation>提前停止</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Memory, measured peak</source>
        <translation>内存实测峰值</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>复制为命令</translation>
    </message>
    <message>
        <source>5 % of the people</source>
        <translation>5 % 的人</translation>
    </message>
    <message>
        <source>LoRA, rank %1</source>
        <translation>LoRA，秩 %1</translation>
    </message>
    <message>
        <source>all weights</source>
        <translation>全部权重</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>训练的部分</translation>
    </message>
</context>
<context>
    <name>adtailor::RunSettingsPanel</name>
    <message numerus="yes">
        <source>%1 of %n click(s)</source>
        <translation>
            <numerusform>%n 次点击中的 %1 次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n click(s)</source>
        <translation>
            <numerusform>%n 次点击</numerusform>
        </translation>
    </message>
    <message>
        <source>Use the history of %1</source>
        <translation>使用%1的历史</translation>
    </message>
    <message>
        <source>Use a history</source>
        <translation>使用历史</translation>
    </message>
    <message>
        <source>No person is chosen.</source>
        <translation>未选择人群。</translation>
    </message>
    <message>
        <source>%1 has not given consent.</source>
        <translation>%1尚未同意。</translation>
    </message>
    <message>
        <source>No click is included.</source>
        <translation>没有包含任何点击。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Ads</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>First seed</source>
        <translation>起始种子</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>新种子</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Product hold</source>
        <translation>商品控制</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导</translation>
    </message>
    <message>
        <source>Variety</source>
        <translation>多样性</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Length limit</source>
        <translation>长度上限</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
</context>
<context>
    <name>adtailor::RunSetupPanel</name>
    <message>
        <source>Run of %1</source>
        <translation>%1 的训练</translation>
    </message>
    <message>
        <source>The folder of the pictures</source>
        <translation>图片所在的文件夹</translation>
    </message>
    <message>
        <source>Files of %1 are missing. Choose another one on the Models page.</source>
        <translation>%1 缺少文件。在“模型”页另选一个。</translation>
    </message>
    <message>
        <source>Choose the ads to learn from.</source>
        <translation>选择用于学习的广告。</translation>
    </message>
    <message>
        <source>Choose the folder of the pictures.</source>
        <translation>选择图片所在的文件夹。</translation>
    </message>
    <message>
        <source>%1 is not there.</source>
        <translation>%1 不存在。</translation>
    </message>
    <message>
        <source>%1: this number cannot be used.</source>
        <translation>%1：这个数字不能使用。</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>检查中</translation>
    </message>
    <message>
        <source>Two steps are tried to see what the run takes. Nothing is written.</source>
        <translation>试跑两步，看看需要多少资源。不写入任何文件。</translation>
    </message>
    <message>
        <source>The check is not done yet.</source>
        <translation>检查尚未完成。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Left out, for example: %1</source>
        <translation>已跳过，例如：%1</translation>
    </message>
    <message>
        <source>Does not fit</source>
        <translation>不够</translation>
    </message>
    <message>
        <source>Needs %1 of %2.</source>
        <translation>需要 %1，共 %2。</translation>
    </message>
    <message>
        <source>Half the batch at a time takes less and learns the same.</source>
        <translation>批量减半占用更少，效果相同。</translation>
    </message>
    <message>
        <source>Halve the batch</source>
        <translation>批量减半</translation>
    </message>
    <message>
        <source>Tight</source>
        <translation>紧张</translation>
    </message>
    <message>
        <source>Only %1 are free now.</source>
        <translation>现在只有 %1 可用。</translation>
    </message>
    <message>
        <source>Close other programs, or take half the batch at a time.</source>
        <translation>关闭其他程序，或将批量减半。</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>够用</translation>
    </message>
    <message>
        <source>Cannot start</source>
        <translation>无法开始</translation>
    </message>
    <message>
        <source>There is not enough memory for this run.</source>
        <translation>内存不足以进行这次训练。</translation>
    </message>
    <message>
        <source>The run cannot start like this.</source>
        <translation>这样无法开始训练。</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新建训练</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>Quick look</source>
        <translation>快速试跑</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>Some minutes: do the data and the settings work at all?</source>
        <translation>几分钟：数据和设置是否可行？</translation>
    </message>
    <message>
        <source>The look of a person or a brand; ends when it no longer gets better.</source>
        <translation>学习个人或品牌的风格；不再变好时结束。</translation>
    </message>
    <message>
        <source>As many steps as the paper took, for a new general style.</source>
        <translation>与论文相同的步数，用于新的通用风格。</translation>
    </message>
    <message>
        <source>Goes on from %1, the model in use.</source>
        <translation>以正在使用的模型 %1 为起点。</translation>
    </message>
    <message>
        <source>Ads to learn from</source>
        <translation>用于学习的广告</translation>
    </message>
    <message>
        <source>Ads held out</source>
        <translation>留出的广告</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>选择：%1</translation>
    </message>
    <message>
        <source>The folder that the ads name them in</source>
        <translation>广告中所指的图片文件夹</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>Batches per step</source>
        <translation>每步批数</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热步数</translation>
    </message>
    <message>
        <source>Check every</source>
        <translation>检查间隔</translation>
    </message>
    <message>
        <source>Worse checks</source>
        <translation>容许变差次数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Settings for experts</source>
        <translation>专家设置</translation>
    </message>
    <message>
        <source>Before it starts</source>
        <translation>开始之前</translation>
    </message>
    <message>
        <source>Memory, estimated</source>
        <translation>内存估计</translation>
    </message>
    <message>
        <source>Rows to learn from</source>
        <translation>可用行数</translation>
    </message>
    <message>
        <source>Rows left out</source>
        <translation>跳过行数</translation>
    </message>
    <message>
        <source>Time, estimated</source>
        <translation>时间估计</translation>
    </message>
    <message>
        <source>Disk for checkpoints</source>
        <translation>检查点占用磁盘</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The held-out ads are those to learn from: the dashed curves will say nothing.</source>
        <translation>留出的广告与学习的广告相同：虚线曲线没有意义。</translation>
    </message>
    <message>
        <source>Ads (*.json *.jsonl *.csv *.tsv)</source>
        <translation>广告 (*.json *.jsonl *.csv *.tsv)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>No row has a fault.</source>
        <translation>各行均无问题。</translation>
    </message>
    <message>
        <source>Found in the rows: %1</source>
        <translation>各行中发现：%1</translation>
    </message>
    <message>
        <source>PAd1M, JSON Lines or CSV</source>
        <translation>PAd1M、JSON Lines 或 CSV</translation>
    </message>
    <message>
        <source>Nothing: 5 % of the people</source>
        <translation>留空：取 5 % 的人</translation>
    </message>
    <message>
        <source>LoRA rank</source>
        <translation>LoRA 秩</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Only models in AdTailor&apos;s layout train all weights. Use a LoRA rank.</source>
        <translation>只有 AdTailor 格式的模型能训练全部权重。改用 LoRA 秩。</translation>
    </message>
    <message>
        <source>Say which column holds: %1.</source>
        <translation>请指定哪一列是：%1。</translation>
    </message>
    <message>
        <source>Pairs of ads of which people chose one: makes such ads more likely.</source>
        <translation>由人们二选一的广告对：让被选中的那类广告更可能出现。</translation>
    </message>
    <message>
        <source>Votes</source>
        <translation>投票</translation>
    </message>
    <message>
        <source>Votes train LoRA alone. Use a LoRA rank.</source>
        <translation>投票只训练 LoRA。请设置 LoRA 秩。</translation>
    </message>
</context>
<context>
    <name>adtailor::SampleListModel</name>
    <message>
        <source>Step %1, not drawn yet</source>
        <translation>第 %1 步，尚未绘制</translation>
    </message>
    <message>
        <source>Step %1: %2</source>
        <translation>第 %1 步：%2</translation>
    </message>
</context>
<context>
    <name>adtailor::SampleTimeline</name>
    <message>
        <source>Ad %1 of %2</source>
        <translation>广告 %1 / %2</translation>
    </message>
    <message>
        <source>The first sample comes with the first held-out check.</source>
        <translation>第一次留出集检查时会生成第一个样例。</translation>
    </message>
    <message>
        <source>Not drawn yet</source>
        <translation>尚未绘制</translation>
    </message>
    <message>
        <source>The picture of step %1 cannot be read.</source>
        <translation>无法读取第 %1 步的图片。</translation>
    </message>
    <message>
        <source>“%1” at step %2</source>
        <translation>“%1”，第 %2 步</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样例</translation>
    </message>
    <message>
        <source>same ads, same seed, at every held-out check</source>
        <translation>相同的广告和种子，每次留出集检查时绘制</translation>
    </message>
    <message>
        <source>The ad before</source>
        <translation>上一则广告</translation>
    </message>
    <message>
        <source>The next ad</source>
        <translation>下一则广告</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Clicked ad</source>
        <translation>被点击的广告</translation>
    </message>
    <message>
        <source>The ad that this person really clicked</source>
        <translation>此人真正点击过的广告</translation>
    </message>
    <message>
        <source>Step of the sample</source>
        <translation>样例的步数</translation>
    </message>
    <message>
        <source> · PBS of these samples %1</source>
        <translation> · 这些样例的 PBS %1</translation>
    </message>
</context>
<context>
    <name>adtailor::ScoreMatrix</name>
    <message>
        <source>%1 and %2: %3</source>
        <translation>%1 与 %2：%3</translation>
    </message>
    <message>
        <source>No cell is chosen.</source>
        <translation>未选择单元格。</translation>
    </message>
</context>
<context>
    <name>adtailor::ScorePanel</name>
    <message numerus="yes">
        <source>%n ad(s)</source>
        <translation>
            <numerusform>%n 则广告</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ad(s) · compared with %1 click(s) of %2</source>
        <translation>
            <numerusform>%n 则广告 · 与 %2 的 %1 次点击比较</numerusform>
        </translation>
    </message>
    <message>
        <source>Shortlist: %1 of %2</source>
        <translation>入围：%2 则中的 %1 则</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Hide the scores</source>
        <translation>收起评分</translation>
    </message>
    <message>
        <source>Show the scores</source>
        <translation>展开评分</translation>
    </message>
    <message>
        <source>Rank higher</source>
        <translation>名次上移</translation>
    </message>
    <message>
        <source>Rank lower</source>
        <translation>名次下移</translation>
    </message>
</context>
<context>
    <name>adtailor::ScoreTableModel</name>
    <message>
        <source>Rank</source>
        <translation>名次</translation>
    </message>
    <message>
        <source>Ad</source>
        <translation>广告</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>adtailor::SliderField</name>
    <message>
        <source>Double click: back to %1</source>
        <translation>双击恢复为 %1</translation>
    </message>
</context>
<context>
    <name>adtailor::StartPage</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>未命名</translation>
    </message>
    <message numerus="yes">
        <source>%n ad(s)</source>
        <translation>
            <numerusform>%n 则广告</numerusform>
        </translation>
    </message>
    <message>
        <source>Sample: %1 for %2</source>
        <translation>示例：为%2制作%1</translation>
    </message>
    <message>
        <source>The sample is missing</source>
        <translation>缺少示例</translation>
    </message>
    <message numerus="yes">
        <source>A finished brief and a fictional person with %n click(s). First ad without any set-up.</source>
        <translation>
            <numerusform>一份完成的简报，一位有 %n 次点击的虚构人物。无需设置即可生成第一则广告。</numerusform>
        </translation>
    </message>
    <message>
        <source>Its files were not found. Install AdTailor again, or drop a picture of your own.</source>
        <translation>未找到示例文件。重新安装 AdTailor，或拖入自己的图片。</translation>
    </message>
    <message>
        <source>The engine does not start</source>
        <translation>引擎无法启动</translation>
    </message>
    <message>
        <source>Engine restarting</source>
        <translation>引擎重新启动中</translation>
    </message>
    <message>
        <source>Engine starting</source>
        <translation>引擎启动中</translation>
    </message>
    <message>
        <source>Loading the model. You can prepare the brief meanwhile.</source>
        <translation>正在加载模型。可以先准备简报。</translation>
    </message>
    <message>
        <source>Engine ready: %1 model, demo quality</source>
        <translation>引擎就绪：%1 模型，演示质量</translation>
    </message>
    <message>
        <source>Engine ready: %1</source>
        <translation>引擎就绪：%1</translation>
    </message>
    <message>
        <source>%1 million parameters, %2 px pictures, on this computer (%3). Nothing leaves it.</source>
        <translation>%1 百万参数，%2 像素图像，在本机（%3）运行，数据不会离开。</translation>
    </message>
    <message>
        <source>Which product are we dressing today?</source>
        <translation>今天为哪件商品做广告？</translation>
    </message>
    <message>
        <source>Drop a product picture, choose a person who said yes, get an ad that fits. Everything runs on this computer.</source>
        <translation>拖入商品图片，选择一位已同意的人，得到合适的广告。一切都在本机运行。</translation>
    </message>
    <message>
        <source>Drop a product picture here</source>
        <translation>把商品图片拖到这里</translation>
    </message>
    <message>
        <source>Transparent PNG is best. A photo on plain white works too: AdTailor cuts the product out.</source>
        <translation>透明 PNG 最好。纯白背景的照片也可以：AdTailor 会抠出商品。</translation>
    </message>
    <message>
        <source>Open the sample</source>
        <translation>打开示例</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Your projects will be listed here. They save themselves.</source>
        <translation>你的项目会列在这里，并自动保存。</translation>
    </message>
    <message>
        <source>Open a folder of ads…</source>
        <translation>打开广告文件夹……</translation>
    </message>
    <message>
        <source>New empty project</source>
        <translation>新建空项目</translation>
    </message>
    <message>
        <source>Start engine</source>
        <translation>启动引擎</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) of “%1” were waiting when AdTailor closed.</source>
        <translation>
            <numerusform>AdTailor 关闭时，“%1”有 %n 个任务在等待。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was lost. The queue is paused.</source>
        <translation>没有数据丢失，队列已暂停。</translation>
    </message>
    <message>
        <source>Resume queue</source>
        <translation>继续队列</translation>
    </message>
    <message>
        <source>Keep paused</source>
        <translation>保持暂停</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>adtailor::StatusLine</name>
    <message>
        <source>Engine starting</source>
        <translation>引擎启动中</translation>
    </message>
    <message>
        <source>Engine ready</source>
        <translation>引擎就绪</translation>
    </message>
    <message>
        <source>Engine working</source>
        <translation>引擎工作中</translation>
    </message>
    <message>
        <source>Engine restarting</source>
        <translation>引擎重新启动中</translation>
    </message>
    <message>
        <source>Engine stopped</source>
        <translation>引擎已停止</translation>
    </message>
    <message>
        <source>%1 · this computer · %2 · %3</source>
        <translation>%1 · 本机 · %2 · %3</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Not saved; trying again</source>
        <translation>未保存，正在重试</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>保存中……</translation>
    </message>
    <message>
        <source>Offline: nothing leaves this computer</source>
        <translation>离线：数据不会离开本机</translation>
    </message>
</context>
<context>
    <name>adtailor::StudioDocks</name>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Edit history</source>
        <translation>编辑历史</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>As it was opened</source>
        <translation>打开时的状态</translation>
    </message>
</context>
<context>
    <name>adtailor::StudioMenus</name>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Font size</source>
        <translation>字号</translation>
    </message>
</context>
<context>
    <name>adtailor::StudioWindow</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Start page</source>
        <translation>开始页</translation>
    </message>
    <message>
        <source>New empty project</source>
        <translation>新建空项目</translation>
    </message>
    <message>
        <source>Open a folder of ads…</source>
        <translation>打开广告文件夹……</translation>
    </message>
    <message>
        <source>Open the sample</source>
        <translation>打开示例</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Next region</source>
        <translation>下一区域</translation>
    </message>
    <message>
        <source>Ad</source>
        <translation>广告</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Stop, keep as draft</source>
        <translation>停止并留作草稿</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message numerus="yes">
        <source>%n ad(s) done.</source>
        <translation>
            <numerusform>%n 则广告已完成。</numerusform>
        </translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>The title is on the clipboard.</source>
        <translation>标题已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Open a folder of ads</source>
        <translation>打开广告文件夹</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read.</source>
        <translation>
            <numerusform>%n 个文件无法读取。</numerusform>
        </translation>
    </message>
    <message>
        <source>Save into the folder</source>
        <translation>保存到文件夹</translation>
    </message>
    <message numerus="yes">
        <source>%n ad(s) saved in %1</source>
        <translation>
            <numerusform>%n 则广告已保存到 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>加入队列</translation>
    </message>
</context>
<context>
    <name>adtailor::StudyDesk</name>
    <message>
        <source>%1 preferences</source>
        <translation>%1 偏好</translation>
    </message>
</context>
<context>
    <name>adtailor::StudyListModel</name>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Nobody has rated yet</source>
        <translation>还没有人评审</translation>
    </message>
    <message numerus="yes">
        <source>%n rater(s)</source>
        <translation>
            <numerusform>%n 名评审员</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 v%2</source>
        <translation>%1 v%2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>adtailor::StudyListPanel</name>
    <message>
        <source>Studies</source>
        <translation>研究</translation>
    </message>
    <message>
        <source>New study</source>
        <translation>新研究</translation>
    </message>
    <message>
        <source>Open a study package…</source>
        <translation>打开研究包…</translation>
    </message>
</context>
<context>
    <name>adtailor::StudyPdf</name>
    <message>
        <source>%1 (%2 to %3)</source>
        <translation>%1（%2 至 %3）</translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <translation>%1，第 %2 版</translation>
    </message>
    <message>
        <source>%1 votes on %2 items by %3 raters · plan %4</source>
        <translation>%3 名评审员对 %2 项投了 %1 票 · 方案 %4</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评审</translation>
    </message>
    <message>
        <source>Wins</source>
        <translation>胜</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>负</translation>
    </message>
    <message>
        <source>Ties</source>
        <translation>平</translation>
    </message>
    <message>
        <source>Both bad</source>
        <translation>都不好</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>一致性</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Raters</source>
        <translation>评审员</translation>
    </message>
    <message>
        <source>Rater</source>
        <translation>评审员</translation>
    </message>
    <message>
        <source>Votes</source>
        <translation>投票</translation>
    </message>
    <message>
        <source>Catch trials passed</source>
        <translation>检查题通过</translation>
    </message>
    <message>
        <source>Same answer twice</source>
        <translation>两次答案相同</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>标记</translation>
    </message>
</context>
<context>
    <name>adtailor::StudyPlanPanel</name>
    <message>
        <source>Which of two is better</source>
        <translation>两则选更好</translation>
    </message>
    <message>
        <source>Rate one ad</source>
        <translation>给一则广告打分</translation>
    </message>
    <message>
        <source>Best and worst of four</source>
        <translation>四选最好与最差</translation>
    </message>
    <message>
        <source>Choose a folder of ads of one source</source>
        <translation>选择一个来源的广告文件夹</translation>
    </message>
    <message>
        <source>as in the version before</source>
        <translation>同上一版</translation>
    </message>
    <message>
        <source>The open project has no ads yet.</source>
        <translation>打开的项目还没有广告。</translation>
    </message>
    <message>
        <source>Reading the ads…</source>
        <translation>正在读取广告…</translation>
    </message>
    <message>
        <source>Add at least two sources. Ads of the same name in all of them are compared.</source>
        <translation>至少添加两个来源。各来源中同名的广告会相互比较。</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) in all sources, %1 left out</source>
        <translation>
            <numerusform>所有来源共有 %n 项，另有 %1 项未用</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) in all sources</source>
        <translation>
            <numerusform>所有来源共有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <translation>%1，第 %2 版</translation>
    </message>
    <message>
        <source>Frozen when it started. To change anything, make the next version; the votes of this one stay with it.</source>
        <translation>开始时已冻结。要改动就建立下一版；这一版的投票仍归这一版。</translation>
    </message>
    <message>
        <source>Opened from a package: where the ads come from is not known on this computer. Send the votes back to where the study was made.</source>
        <translation>由研究包打开：这台电脑不知道广告来源。把投票发回建立研究的地方。</translation>
    </message>
    <message numerus="yes">
        <source>%n, unnamed</source>
        <translation>
            <numerusform>%n 个，未具名</numerusform>
        </translation>
    </message>
    <message>
        <source>1 in %1</source>
        <translation>每 %1 次一次</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>No study yet</source>
        <translation>还没有研究</translation>
    </message>
    <message>
        <source>Let several people say blind which ads they would rather see. The report says how sure the answer is.</source>
        <translation>让几个人在不知来源的情况下说出更想看哪则广告。报告会说明结论有多可靠。</translation>
    </message>
    <message>
        <source>New study</source>
        <translation>新研究</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What raters do</source>
        <translation>评审员做什么</translation>
    </message>
    <message>
        <source>Question over the ads</source>
        <translation>广告上方的问题</translation>
    </message>
    <message>
        <source>The usual words</source>
        <translation>默认问题</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>What is compared. Raters never see these names; double click to change one.</source>
        <translation>要比较的对象。评审员看不到这些名称；双击可改名。</translation>
    </message>
    <message>
        <source>Name in the report</source>
        <translation>报告中的名称</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Add ads of this project</source>
        <translation>添加本项目的广告</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Make the next version</source>
        <translation>建立下一版</translation>
    </message>
    <message>
        <source>Raters do</source>
        <translation>评审员任务</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Trials a rater</source>
        <translation>每人题数</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Catch trials</source>
        <translation>检查题</translation>
    </message>
    <message>
        <source>Shown twice</source>
        <translation>重复出现</translation>
    </message>
    <message>
        <source>Least time</source>
        <translation>最短时间</translation>
    </message>
    <message>
        <source>Plan hash</source>
        <translation>方案哈希</translation>
    </message>
</context>
<context>
    <name>adtailor::StudyRatePanel</name>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>This study came as a package; only its votes go back.</source>
        <translation>这项研究来自研究包，只需送回投票。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Save the study for another computer</source>
        <translation>为另一台电脑保存研究</translation>
    </message>
    <message>
        <source>Study packages (*.adstudy)</source>
        <translation>研究包 (*.adstudy)</translation>
    </message>
    <message>
        <source>Save the votes of this computer</source>
        <translation>保存这台电脑的投票</translation>
    </message>
    <message>
        <source>Votes (*.advotes)</source>
        <translation>投票 (*.advotes)</translation>
    </message>
    <message>
        <source>Merge the votes of other computers</source>
        <translation>合并其他电脑的投票</translation>
    </message>
    <message>
        <source>Votes (*.advotes *.jsonl)</source>
        <translation>投票 (*.advotes *.jsonl)</translation>
    </message>
    <message>
        <source>%1 new, %2 with more votes, %3 already here.</source>
        <translation>新增 %1 份，%2 份有更多投票，%3 份已在此。</translation>
    </message>
    <message numerus="yes">
        <source>%n log(s) not merged</source>
        <translation>
            <numerusform>%n 份投票未合并</numerusform>
        </translation>
    </message>
    <message>
        <source>Equal names are different people: merge</source>
        <translation>同名是不同的人：合并</translation>
    </message>
    <message>
        <source>No study is open</source>
        <translation>没有打开的研究</translation>
    </message>
    <message>
        <source>Choose one under Plan, or start a new one there.</source>
        <translation>在“方案”中选择一项，或新建一项。</translation>
    </message>
    <message>
        <source>Go to Plan</source>
        <translation>前往方案</translation>
    </message>
    <message>
        <source>Nobody has rated yet</source>
        <translation>还没有人评审</translation>
    </message>
    <message>
        <source>Start the rating and hand the computer to the first person. Several people can take turns.</source>
        <translation>开始评审，把电脑交给第一位。几个人可以轮流。</translation>
    </message>
    <message>
        <source>Rater</source>
        <translation>评审员</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Raters</source>
        <translation>评审员</translation>
    </message>
    <message>
        <source>Other computers</source>
        <translation>其他电脑</translation>
    </message>
    <message>
        <source>There</source>
        <translation>带过去</translation>
    </message>
    <message>
        <source>One file holds the pictures and the questions, and nothing about where the ads come from. Give every computer a number of its own.</source>
        <translation>一个文件包含图片和问题，不含广告来源。每台电脑使用各自的编号。</translation>
    </message>
    <message>
        <source>Computer number</source>
        <translation>电脑编号</translation>
    </message>
    <message>
        <source>Save a package…</source>
        <translation>保存研究包…</translation>
    </message>
    <message>
        <source>And back</source>
        <translation>带回来</translation>
    </message>
    <message>
        <source>Merging the same votes again changes nothing. Edited votes and votes of another version are refused.</source>
        <translation>再次合并同样的投票不会有变化。被改动的投票和其他版本的投票会被拒绝。</translation>
    </message>
    <message>
        <source>Save the votes…</source>
        <translation>保存投票…</translation>
    </message>
    <message>
        <source>Merge votes…</source>
        <translation>合并投票…</translation>
    </message>
</context>
<context>
    <name>adtailor::StudyReportView</name>
    <message>
        <source>Not computed</source>
        <translation>未计算</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>Tentative</source>
        <translation>勉强</translation>
    </message>
    <message>
        <source>Reliable</source>
        <translation>可靠</translation>
    </message>
    <message>
        <source>95 % interval %1 to %2</source>
        <translation>95 % 区间 %1 至 %2</translation>
    </message>
    <message>
        <source>Winner</source>
        <translation>胜者</translation>
    </message>
    <message>
        <source>%1 wins against %2</source>
        <translation>%1 胜过 %2</translation>
    </message>
    <message>
        <source>Pairs of sources we can tell apart</source>
        <translation>可以区分的来源对</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>The others overlap.</source>
        <translation>其余的区间重叠。</translation>
    </message>
    <message>
        <source>Left side chosen</source>
        <translation>选择左边</translation>
    </message>
    <message>
        <source>p = %1 · a side was preferred</source>
        <translation>p = %1 · 偏向一侧</translation>
    </message>
    <message>
        <source>p = %1 · no side bias seen</source>
        <translation>p = %1 · 未见左右偏好</translation>
    </message>
    <message>
        <source>Catch trials passed</source>
        <translation>检查题通过</translation>
    </message>
    <message>
        <source>No rater is flagged.</source>
        <translation>没有评审员被标记。</translation>
    </message>
    <message numerus="yes">
        <source>%n flagged rater(s) left out</source>
        <translation>
            <numerusform>已排除 %n 名被标记的评审员</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rater(s) flagged, still counted</source>
        <translation>
            <numerusform>%n 名评审员被标记，仍然计入</numerusform>
        </translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>Bradley–Terry, 1000 is the average</source>
        <translation>Bradley–Terry，1000 为平均</translation>
    </message>
    <message>
        <source>Row beats column</source>
        <translation>行胜过列</translation>
    </message>
    <message>
        <source>95 % from the model (sandwich)</source>
        <translation>95 % 来自模型（三明治估计）</translation>
    </message>
    <message>
        <source>95 % over raters and items (bootstrap)</source>
        <translation>95 % 按评审员与项目（自助法）</translation>
    </message>
    <message>
        <source>Criteria</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>mean of 1 to 5, line: 95 % interval</source>
        <translation>1 至 5 的平均值，线为 95 % 区间</translation>
    </message>
    <message>
        <source>Picture looks real</source>
        <translation>图片真实</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>版式</translation>
    </message>
    <message>
        <source>Text is accurate</source>
        <translation>文字准确</translation>
    </message>
    <message>
        <source>Text reads well</source>
        <translation>文字通顺</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>一致性</translation>
    </message>
    <message>
        <source>0.80 and more is reliable, from 0.667 usable with care, below that revise the question</source>
        <translation>0.80 以上可靠，0.667 起谨慎使用，更低则应修改问题</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Same rater, seats swapped</source>
        <translation>同一人，换位后</translation>
    </message>
    <message>
        <source>Raters</source>
        <translation>评审员</translation>
    </message>
    <message>
        <source>Press F to leave the flagged ones out.</source>
        <translation>按 F 排除被标记的评审员。</translation>
    </message>
    <message>
        <source>Rater</source>
        <translation>评审员</translation>
    </message>
    <message>
        <source>Votes</source>
        <translation>投票</translation>
    </message>
    <message>
        <source>Same answer, seats swapped</source>
        <translation>换位后答案相同</translation>
    </message>
    <message>
        <source>Median time</source>
        <translation>时间中位数</translation>
    </message>
    <message>
        <source>Left side</source>
        <translation>选左</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>计入</translation>
    </message>
    <message>
        <source>Flagged</source>
        <translation>已标记</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>All categories</source>
        <translation>所有类别</translation>
    </message>
    <message>
        <source>All people</source>
        <translation>所有人群</translation>
    </message>
    <message>
        <source>All languages</source>
        <translation>所有语言</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Win probabilities</source>
        <translation>胜率</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>章节</translation>
    </message>
    <message>
        <source>Slice by</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Leave out flagged raters</source>
        <translation>排除被标记的评审员</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Plan hash</source>
        <translation>方案哈希</translation>
    </message>
    <message>
        <source>Computing the report…</source>
        <translation>正在计算报告…</translation>
    </message>
    <message>
        <source>No study is open</source>
        <translation>没有打开的研究</translation>
    </message>
    <message>
        <source>Choose one under Plan, or start a new one there.</source>
        <translation>在“方案”中选择一项，或新建一项。</translation>
    </message>
    <message>
        <source>Go to Plan</source>
        <translation>前往方案</translation>
    </message>
    <message>
        <source>No votes to report yet</source>
        <translation>还没有可报告的投票</translation>
    </message>
    <message>
        <source>The report grows with every vote that is stored.</source>
        <translation>每存下一票，报告就多一分。</translation>
    </message>
    <message>
        <source>Go to Rate</source>
        <translation>前往评审</translation>
    </message>
    <message>
        <source>v%1</source>
        <translation>v%1</translation>
    </message>
</context>
<context>
    <name>adtailor::StudySizePanel</name>
    <message>
        <source>This plan cannot start yet.</source>
        <translation>这个方案还不能开始。</translation>
    </message>
    <message>
        <source>Simulating how many votes %1 needs…</source>
        <translation>正在模拟 %1 需要多少票…</translation>
    </message>
    <message>
        <source>You need about %1 votes for %2.</source>
        <translation>%2 大约需要 %1 票。</translation>
    </message>
    <message>
        <source>So few raters never reach %1. Ask more people.</source>
        <translation>评审员太少，达不到 %1。请更多人参加。</translation>
    </message>
    <message>
        <source>Size and fairness</source>
        <translation>规模与公平</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>规模</translation>
    </message>
    <message>
        <source>Raters</source>
        <translation>评审员</translation>
    </message>
    <message>
        <source>Trials each</source>
        <translation>每人题数</translation>
    </message>
    <message>
        <source>Counted trials a rater; 0 is all of them.</source>
        <translation>每名评审员计入的题数；0 表示全部。</translation>
    </message>
    <message>
        <source>Fairness</source>
        <translation>公平性</translation>
    </message>
    <message>
        <source>Catch 1 in</source>
        <translation>检查题间隔</translation>
    </message>
    <message>
        <source>One trial in so many shows a broken ad beside whole ones; 0 is none.</source>
        <translation>每隔这么多题出现一次有破损的广告；0 表示不用。</translation>
    </message>
    <message>
        <source>Shown twice</source>
        <translation>重复出现</translation>
    </message>
    <message>
        <source>Share of the trials shown again with seats swapped.</source>
        <translation>交换左右后再次出现的题所占比例。</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Trials before the first one that counts.</source>
        <translation>第一道计入的题之前。</translation>
    </message>
    <message>
        <source>Least time</source>
        <translation>最短时间</translation>
    </message>
    <message>
        <source>Before a vote is taken.</source>
        <translation>在可以投票之前。</translation>
    </message>
    <message>
        <source>Break after</source>
        <translation>休息间隔</translation>
    </message>
    <message>
        <source>Trials between two offers of a break; 0 is none.</source>
        <translation>两次休息提示之间的题数；0 表示不提示。</translation>
    </message>
    <message>
        <source>What it costs</source>
        <translation>代价</translation>
    </message>
    <message>
        <source>Trials a rater</source>
        <translation>每人题数</translation>
    </message>
    <message>
        <source>At 6 s a trial</source>
        <translation>按每题 6 秒</translation>
    </message>
    <message>
        <source>Trials in all</source>
        <translation>总题数</translation>
    </message>
    <message>
        <source>Precision ±</source>
        <translation>精度 ±</translation>
    </message>
    <message>
        <source>Half of the 95 % interval of one source&apos;s share of wins.</source>
        <translation>某一来源胜率 95 % 区间的一半。</translation>
    </message>
</context>
<context>
    <name>adtailor::TableMapping</name>
    <message>
        <source>not used</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>Choose a column.</source>
        <translation>请选择一列。</translation>
    </message>
    <message>
        <source>Product picture (needed)</source>
        <translation>商品图片（必需）</translation>
    </message>
    <message>
        <source>Product title (needed)</source>
        <translation>商品名称（必需）</translation>
    </message>
    <message>
        <source>Selling points (needed)</source>
        <translation>卖点（必需）</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人</translation>
    </message>
    <message>
        <source>Pictures of clicked ads</source>
        <translation>点击过的广告图片</translation>
    </message>
    <message>
        <source>Titles of clicked ads</source>
        <translation>点击过的广告标题</translation>
    </message>
    <message>
        <source>Size in the picture</source>
        <translation>在画面中的大小</translation>
    </message>
</context>
<context>
    <name>adtailor::TagEditor</name>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Remove (Delete)</source>
        <translation>移除（Delete）</translation>
    </message>
    <message>
        <source>Type and press Enter</source>
        <translation>输入后按回车</translation>
    </message>
    <message>
        <source>Selling points</source>
        <translation>卖点</translation>
    </message>
    <message>
        <source>New selling point</source>
        <translation>新卖点</translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%1 / %2：%3</translation>
    </message>
    <message>
        <source>“%1” is already there.</source>
        <translation>“%1”已在列表中。</translation>
    </message>
    <message>
        <source>“%1…” is longer than %2 characters.</source>
        <translation>“%1……”超过 %2 个字符。</translation>
    </message>
    <message>
        <source>No more than %1 selling points: remove one first.</source>
        <translation>最多 %1 条卖点：先移除一条。</translation>
    </message>
</context>
<context>
    <name>adtailor::TextField</name>
    <message>
        <source>The text to paste has %1 characters, more than the %2 that fit here.</source>
        <translation>要粘贴的文字有 %1 个字符，超过此处可容纳的 %2 个。</translation>
    </message>
</context>
<context>
    <name>adtailor::ThumbnailView</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>adtailor::TickProgress</name>
    <message>
        <source>%1 of %2 done</source>
        <translation>已完成 %1 / %2</translation>
    </message>
</context>
<context>
    <name>adtailor::TitleEdit</name>
    <message>
        <source>Ad title</source>
        <translation>广告标题</translation>
    </message>
</context>
<context>
    <name>adtailor::TokenGrid</name>
    <message>
        <source>Picture being drawn</source>
        <translation>正在绘制的图像</translation>
    </message>
    <message>
        <source>%1 of %2 rows finished</source>
        <translation>已完成 %1 / %2 行</translation>
    </message>
    <message>
        <source>row %1 chosen</source>
        <translation>已选第 %1 行</translation>
    </message>
</context>
<context>
    <name>adtailor::ToolPages</name>
    <message>
        <source>The Train page has the run ready: look it over and start it.</source>
        <translation>训练页已备好这次训练：看一遍再开始。</translation>
    </message>
</context>
<context>
    <name>adtailor::TrainPage</name>
    <message>
        <source>%1, again</source>
        <translation>%1（再次）</translation>
    </message>
    <message>
        <source>New ads are made with %1.</source>
        <translation>新广告将用 %1 制作。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>New run…</source>
        <translation>新建训练…</translation>
    </message>
    <message>
        <source>No training run yet</source>
        <translation>还没有训练</translation>
    </message>
    <message>
        <source>Teach the model the taste of a brand or of your customers with ads that were clicked. Curves and samples show whether it learns; you can pause and go on at any time.</source>
        <translation>用被点击过的广告，让模型学会品牌或客户的喜好。曲线和样例显示它是否在学习；随时可以暂停和继续。</translation>
    </message>
    <message>
        <source>Votes of %1</source>
        <translation>%1 的投票</translation>
    </message>
</context>
<context>
    <name>adtailor::TwinList</name>
    <message>
        <source>PBS %1</source>
        <translation>PBS %1</translation>
    </message>
    <message>
        <source>PBS …</source>
        <translation>PBS …</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>基准</translation>
    </message>
</context>
<context>
    <name>adtailor::VarySection</name>
    <message numerus="yes">
        <source>%n ad(s): each seed with %1</source>
        <translation>
            <numerusform>%n 则广告：每个种子配 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Also vary</source>
        <translation>同时变化</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导</translation>
    </message>
    <message>
        <source>Product hold</source>
        <translation>商品控制</translation>
    </message>
    <message>
        <source>Picture variety</source>
        <translation>图片多样性</translation>
    </message>
    <message>
        <source>Title variety</source>
        <translation>标题多样性</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>取值数</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
</context>
<context>
    <name>adtailor::WhyPage</name>
    <message>
        <source>Why this ad</source>
        <translation>为何是这则广告</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>返回%1</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Read as no. %1</source>
        <translation>第 %1 个读取</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 patches · %n word(s)</source>
        <translation>
            <numerusform>%2 个图块中的 %1 个 · %n 个词</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading what the model kept…</source>
        <translation>正在读取模型保留的内容…</translation>
    </message>
    <message>
        <source>What was kept could not be read.</source>
        <translation>无法读取保留的内容。</translation>
    </message>
    <message>
        <source>This ad used no history.</source>
        <translation>这则广告没有使用历史。</translation>
    </message>
    <message>
        <source>The next ad will use no history.</source>
        <translation>下一则广告不会使用历史。</translation>
    </message>
    <message>
        <source>Its title and picture follow from the product alone.</source>
        <translation>标题和图片只取决于商品。</translation>
    </message>
    <message>
        <source>Make a twin with…</source>
        <translation>用此人做对照…</translation>
    </message>
    <message>
        <source>This model reads no history.</source>
        <translation>此模型不读取历史。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Another model made this ad.</source>
        <translation>这则广告由另一个模型生成。</translation>
    </message>
    <message>
        <source>Shown is what the loaded model keeps of the same clicks.</source>
        <translation>显示的是当前模型对同样的点击所保留的内容。</translation>
    </message>
    <message>
        <source>No history</source>
        <translation>无历史</translation>
    </message>
    <message>
        <source>Without “%1”</source>
        <translation>去掉“%1”</translation>
    </message>
    <message>
        <source>PBS is not installed, so twins are compared by eye.</source>
        <translation>未安装 PBS，只能用眼睛比较对照。</translation>
    </message>
    <message>
        <source>A twin is made of an ad that is done.</source>
        <translation>只有已完成的广告才能做对照。</translation>
    </message>
    <message>
        <source>A twin has the same seed, title draw and picture draw; only the history differs. PBS is the mean to the clicks this ad read.</source>
        <translation>对照使用相同的种子和抽样，只有历史不同。PBS 是与这则广告所读点击的平均值。</translation>
    </message>
    <message>
        <source>Nobody else has given consent.</source>
        <translation>没有其他人同意。</translation>
    </message>
    <message>
        <source>dark: dropped, plum: kept, stronger is deeper</source>
        <translation>暗：丢弃，紫：保留，越深越强</translation>
    </message>
    <message>
        <source>dark: dropped, clear: kept</source>
        <translation>暗：丢弃，清晰：保留</translation>
    </message>
    <message>
        <source>Heat</source>
        <translation>热度</translation>
    </message>
    <message>
        <source>Spotlight</source>
        <translation>聚光</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>H changes the view.</source>
        <translation>按 H 切换显示方式。</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Weight in this ad</source>
        <translation>在这则广告中的权重</translation>
    </message>
    <message>
        <source>Reading order</source>
        <translation>读取顺序</translation>
    </message>
    <message>
        <source>Twin: what if?</source>
        <translation>对照：如果换一种？</translation>
    </message>
    <message>
        <source>Without history</source>
        <translation>无历史</translation>
    </message>
    <message>
        <source>Another person…</source>
        <translation>另一个人…</translation>
    </message>
    <message>
        <source>Without this click</source>
        <translation>去掉这次点击</translation>
    </message>
    <message>
        <source>The draw then reads another click in its place.</source>
        <translation>抽样会改读另一次点击。</translation>
    </message>
    <message>
        <source>Open in Compare</source>
        <translation>在对比中打开</translation>
    </message>
</context>
<context>
    <name>adtailor::WinMatrix</name>
    <message>
        <source>Row beats column</source>
        <translation>行胜过列</translation>
    </message>
    <message>
        <source>%1 and %2 were never compared.</source>
        <translation>%1 与 %2 从未比较过。</translation>
    </message>
    <message>
        <source>%1 is chosen before %2 in %3.</source>
        <translation>有 %3 选择 %1 而非 %2。</translation>
    </message>
    <message>
        <source>%1 and %2 cannot be told apart: %3.</source>
        <translation>%1 与 %2 无法区分：%3。</translation>
    </message>
    <message>
        <source>cannot tell</source>
        <translation>无法区分</translation>
    </message>
</context>
</TS>
