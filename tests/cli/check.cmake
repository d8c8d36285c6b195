# `adtailor check`: the stored results are met, and a wrong one is noticed.
include(${CMAKE_CURRENT_LIST_DIR}/cli.cmake)

expect_success(output ${COMMAND} check --fixtures ${FIXTURES})
if("${output}" MATCHES "WRONG")
    message(FATAL_ERROR "${output}")
endif()
require_match("comparisons" "${output}" "uni_adgen +picture tokens 1")
execute_process(COMMAND ${COMMAND} check --fixtures ${WORK}/no_model RESULT_VARIABLE result ERROR_QUIET)
require_equal("exit code without fixtures" ${result} 3)
