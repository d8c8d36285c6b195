# `adtailor check`: the stored results are met, and a wrong one is noticed.
include(${CMAKE_CURRENT_LIST_DIR}/cli.cmake)

expect_success(output ${COMMAND} check --fixtures ${FIXTURES})
if("${output}" MATCHES "WRONG")
    message(FATAL_ERROR "${output}")
endif()
require_match("comparisons" "${output}" "uni_adgen +picture tokens 1")
execute_process(COMMAND ${COMMAND} check --fixtures ${WORK}/no_model RESULT_VARIABLE result ERROR_QUIET)
require_equal("exit code without fixtures" ${result} 3)

# Ids and embeddings of lines, for scripts that compare them.
file(WRITE ${WORK}/lines "\"A sofa\"\n\"\"\n")
expect_success(output ${COMMAND} check --tokenizer ${FIXTURES}/tokenizer_mini.json --lines lines)
require_match("ids" "${output}" "\"decoded\":\"A sofa\",\"ids\":\\[[0-9]+,")
expect_success(output ${COMMAND} check --tokenizer ${FIXTURES}/wordpiece_vocab.txt --lines lines)
require_match("WordPiece ids" "${output}" "\"decoded\":\"a sofa\"")
expect_success(output ${COMMAND} check --encoder ${FIXTURES}/encoder_english --lines lines)
require_match("embeddings" "${output}" "^\\[-?0\\.[0-9]+,")
file(WRITE ${WORK}/bad_lines "\"A sofa\"\n{}\n")
foreach(words "--encoder;nowhere;--lines;lines;3" "--encoder;${FIXTURES}/encoder_english;2"
        "--tokenizer;${FIXTURES}/tokenizer_mini.json;--lines;bad_lines;2")
    list(POP_BACK words code)
    execute_process(COMMAND ${COMMAND} check ${words} WORKING_DIRECTORY ${WORK}
        RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE error)
    require_equal("exit code of ${words}: ${error}" ${result} ${code})
endforeach()
