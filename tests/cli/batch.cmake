# A batch: the output tree, a bad record in the middle, resuming, another model refused.
include(${CMAKE_CURRENT_LIST_DIR}/cli.cmake)

set(BATCH ${COMMAND} batch records.json --threads 1 --model model --out out)
execute_process(COMMAND ${BATCH} WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE error)
require_equal("exit code with a bad record" ${result} 9)
require_match("note" "${error}" "Record 2")
set(tree out/test/hico_p2i_3)
foreach(name 0/pr_image/0.png 0/pr_image/2.png 0/gt_image/0.png 0/trans_image/0.png
        0/fusion_image/0.png 0_batch/0_layout.json 0_batch/0.png 0_batch/0/2_0.png report.json)
    require_file(${tree}/${name})
endforeach()
if(EXISTS ${WORK}/${tree}/0/pr_image/1.png)
    message(FATAL_ERROR "the bad record has a picture")
endif()
file(READ ${WORK}/${tree}/0_batch/0_layout.json layout)
string(JSON truth GET "${layout}" gt_title 0)
require_equal("target title" "${truth}" "Boil fast")

require_file(${tree}/results.csv)
file(READ ${WORK}/${tree}/results.csv results)
require_match("results" "${results}" "2,[^\n]*\"failed\",\"[^\n]*\\.\",\"\"")
require_match("results" "${results}" "3,[^\n]*\"made\",\"[^\n]+\",\"0/fusion_image/2.png\"")

# What is there is kept; what is missing is made the same again.
file(SHA256 ${WORK}/${tree}/0/pr_image/2.png before)
file(REMOVE ${WORK}/${tree}/0_batch/2_layout.json ${WORK}/${tree}/0/pr_image/2.png)
execute_process(COMMAND ${BATCH} WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_QUIET)
require_match("summary" "${output}" "1 made, 1 kept from before, 1 failed")
file(SHA256 ${WORK}/${tree}/0/pr_image/2.png after)
require_equal("picture made again" ${after} ${before})

# The first record as a table with columns of its own gives the same picture.
file(WRITE ${WORK}/table.csv "ad;product;title;points;what;max_ratio;seen;seen titles
opaque.png;cutout.png;Boil fast;boils fast, cool handle;A kettle;0.6;history/ad0.png;A pan
")
file(WRITE ${WORK}/columns.json [[{"f_path": "ad", "f_path_trans": "product", "gt_title_cn": "title",
    "word_list": "points", "sku_title_cn": "what", "history_images": "seen",
    "history_titles": "seen titles"}]])
set(TABLE ${COMMAND} batch table.csv --threads 1 --model model --out table)
execute_process(COMMAND ${TABLE} WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE error)
require_match("what an unmapped table lacks" "${error}" "columns are missing: \"f_path_trans\"")
expect_success(output ${TABLE} --columns columns.json)
file(SHA256 ${WORK}/table/test/hico_p2i_1/0/pr_image/0.png tabled)
file(SHA256 ${WORK}/${tree}/0/pr_image/0.png first)
require_equal("picture of the table's record" ${tabled} ${first})

execute_process(COMMAND ${BATCH} --seed 5 WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE error)
require_equal("exit code with other settings" ${result} 2)

# The clicked ad is not read from the history, and the record's own similarities choose.
foreach(name plain leak near far)
    execute_process(
        COMMAND ${COMMAND} batch history_${name}.json --threads 1 --model model --out history_${name}
            --history-count 1
        WORKING_DIRECTORY ${WORK} RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE error)
    require_equal("exit code of history_${name} (${error})" ${result} 0)
    file(SHA256 ${WORK}/history_${name}/test/hico_p2i_1/0/pr_image/0.png ${name})
endforeach()
require_equal("picture without the clicked ad" ${leak} ${plain})
if(near STREQUAL far)
    message(FATAL_ERROR "similarities of the record change nothing")
endif()
