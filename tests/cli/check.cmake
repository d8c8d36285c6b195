# `adtailor check`: the stored results are met, and a wrong one is noticed.
include(${CMAKE_CURRENT_LIST_DIR}/cli.cmake)

expect_success(output ${COMMAND} check --fixtures ${FIXTURES})
require("every comparison is good" NOT "${output}" MATCHES "WRONG")
require("the whole network is compared" "${output}" MATCHES "uni_adgen +picture tokens 1")
execute_process(COMMAND ${COMMAND} check --fixtures ${WORK}/no_model RESULT_VARIABLE result ERROR_QUIET)
require("missing fixtures are noticed" result EQUAL 3)
