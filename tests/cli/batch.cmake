# A batch: the output tree, a bad record in the middle, resuming, another model refused.
include(${CMAKE_CURRENT_LIST_DIR}/cli.cmake)

set(BATCH ${COMMAND} batch records.json --threads 1 --model model --out out)
execute_process(COMMAND ${BATCH} WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE error)
require("a bad record makes a partial batch" result EQUAL 9)
require("it is named" "${error}" MATCHES "Record 2")
file(GLOB roots ${WORK}/out/test/hico_p2i_*)
list(LENGTH roots count)
require("there is one tree" count EQUAL 1)
foreach(name 0/pr_image/0.png 0/pr_image/2.png 0/gt_image/0.png 0/trans_image/0.png
        0/fusion_image/0.png 0_batch/0_layout.json 0_batch/0.png 0_batch/0/2_0.png report.json)
    require("${name} is written" EXISTS ${roots}/${name})
endforeach()
require("the bad record has no picture" NOT EXISTS ${roots}/0/pr_image/1.png)
file(READ ${roots}/0_batch/0_layout.json layout)
string(JSON truth GET "${layout}" gt_title 0)
require("the layout holds the target title" "${truth}" STREQUAL "Boil fast")

# What is there is kept; what is missing is made the same again.
file(SHA256 ${roots}/0/pr_image/2.png before)
file(REMOVE ${roots}/0_batch/2_layout.json ${roots}/0/pr_image/2.png)
execute_process(COMMAND ${BATCH} WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_QUIET)
require("one is made and one kept" "${output}" MATCHES "1 made, 1 kept from before, 1 failed")
file(SHA256 ${roots}/0/pr_image/2.png after)
require("resumed is the same" "${before}" STREQUAL "${after}")

execute_process(COMMAND ${BATCH} --seed 5 WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE error)
require("other settings do not mix" result EQUAL 2)
