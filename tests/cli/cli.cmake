# What the command-line tests share: fresh inputs, and running the command with an expectation.
cmake_minimum_required(VERSION 3.25)

set(WORK ${WORK}/${TEST})
file(REMOVE_RECURSE ${WORK})
execute_process(COMMAND ${INPUTS} ${WORK} COMMAND_ERROR_IS_FATAL ANY)

# expect_failure(CODE WORDS... ): the command ends with CODE, one sentence on standard error and no
# file written.
function(expect_failure code)
    execute_process(COMMAND ${ARGN} --out ${WORK}/out WORKING_DIRECTORY ${WORK}
        RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE error TIMEOUT 120)
    string(JOIN " " shown ${ARGN})
    string(SUBSTRING "${shown}" 0 300 shown)
    if(NOT result EQUAL ${code})
        message(FATAL_ERROR "${shown}\nended with ${result}, not ${code}: ${error}")
    endif()
    string(REGEX REPLACE "Note: [^\n]*\n" "" error "${error}")
    if(NOT error MATCHES "^[^\n]+\\.\n$")
        message(FATAL_ERROR "${shown}\ndid not answer one sentence: ${error}")
    endif()
    string(LENGTH "${error}" length)
    if(length GREATER 600)
        message(FATAL_ERROR "${shown}\nanswered ${length} letters: ${error}")
    endif()
    if(EXISTS ${WORK}/out)
        message(FATAL_ERROR "${shown}\nwrote ${WORK}/out")
    endif()
    message(STATUS "${code}: ${error}")
endfunction()

# expect_success(VARIABLE WORDS...): exit code 0; the output lands in VARIABLE.
function(expect_success variable)
    execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${WORK}
        RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE error TIMEOUT 120)
    if(NOT result EQUAL 0)
        string(JOIN " " shown ${ARGN})
        message(FATAL_ERROR "${shown}\nended with ${result}: ${error}")
    endif()
    set(${variable} "${output}" PARENT_SCOPE)
endfunction()

function(require_file path)
    if(NOT EXISTS ${WORK}/${path})
        message(FATAL_ERROR "${path} was not written")
    endif()
endfunction()

function(require_equal what actual expected)
    if(NOT "${actual}" STREQUAL "${expected}")
        message(FATAL_ERROR "${what}: ${actual}, not ${expected}")
    endif()
endfunction()

function(require_match what text expression)
    if(NOT "${text}" MATCHES "${expression}")
        message(FATAL_ERROR "${what}: no \"${expression}\" in ${text}")
    endif()
endfunction()
