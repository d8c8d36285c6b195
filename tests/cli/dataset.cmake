# Lint: findings as sentences and as JSON lines, exit codes, columns from a file.
include(${CMAKE_CURRENT_LIST_DIR}/cli.cmake)

file(WRITE ${WORK}/clicks.csv "ad,product,slogan,words\ncutout.png,cutout.png,Boil fast,boil fast\n")
file(WRITE ${WORK}/columns.json
    "{\"f_path\": \"ad\", \"f_path_trans\": \"product\", \"gt_title_cn\": \"slogan\", \"word_list\": \"words\"}")
set(LINT ${COMMAND} dataset lint clicks.csv --columns columns.json)
expect_success(output ${LINT})
require_match("a warning" "${output}" "Record 1, history_images, warning: The history has 0 items")
require_match("summary" "${output}" "1 records, 0 of them cannot be trained on; 1 warnings")
expect_success(output ${LINT} --shortest-history 0 --json)
string(REGEX MATCH "[^\n]*\"event\":\"done\"[^\n]*" done "${output}")
string(JSON warnings GET "${done}" warnings)
require_equal("warnings" "${warnings}" 0)

file(APPEND ${WORK}/clicks.csv "none.png,cutout.png,\"Boil, fast\",boil fast\n")
execute_process(COMMAND ${LINT} --shortest-history 0 --json WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_VARIABLE output)
require_equal("exit code with a bad record" ${result} 9)
string(REGEX MATCH "[^\n]*\"event\":\"finding\"[^\n]*" finding "${output}")
string(JSON kind GET "${finding}" kind)
require_equal("kind" "${kind}" missing-image)
string(JSON field GET "${finding}" field)
require_equal("field" "${field}" ad)

expect_failure(2 ${COMMAND} dataset lint clicks.csv)
expect_failure(3 ${COMMAND} dataset lint none.csv)
expect_failure(2 ${COMMAND} dataset lint)
expect_failure(2 ${COMMAND} dataset lint clicks.csv --longest-title -1)
