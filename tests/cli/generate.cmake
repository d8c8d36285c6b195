# Ads on disk: the files, the same ad again, an opaque picture, JSON lines, help.
include(${CMAKE_CURRENT_LIST_DIR}/cli.cmake)

set(GENERATE ${COMMAND} generate --threads 1 --model model)
set(GOOD --description kettle --point fast --cutout cutout.png)

expect_success(output ${GENERATE} ${GOOD} --history persona.json --count 2 --seed 7 --out first)
foreach(name ad-7.png ad-7.json ad-8.png ad-8.json parts/ad-7.png parts/ad-8.png)
    require("${name} is written" EXISTS ${WORK}/first/${name})
endforeach()
file(READ ${WORK}/first/ad-7.json record)
string(JSON seed GET "${record}" ad seed)
string(JSON hash GET "${record}" ad model_hash)
string(JSON tokens LENGTH "${record}" ad image_tokens)
string(JSON picture GET "${record}" request brief history 0 image)
string(LENGTH "${hash}" hashLength)
require("the seed is recorded" seed EQUAL 7)
require("the model is recorded" hashLength EQUAL 64)
require("the image tokens are recorded" tokens EQUAL 16)
require("the history is recorded by path" "${picture}" STREQUAL "../history/ad0.png")

# The record makes the same ad again, byte for byte.
expect_success(output ${GENERATE} --request first/ad-7.json --out second)
foreach(name ad-7.png ad-8.png parts/ad-7.png parts/ad-8.png)
    file(SHA256 ${WORK}/first/${name} one)
    file(SHA256 ${WORK}/second/${name} two)
    require("${name} is the same again" "${one}" STREQUAL "${two}")
endforeach()

# A person may be a folder of pictures, or nobody.
expect_success(output ${GENERATE} ${GOOD} --history history --out third)
expect_success(output ${GENERATE} ${GOOD} --cutout=cutout.png --out fourth --title "Boil fast")

# An opaque picture is taken with a warning.
execute_process(COMMAND ${GENERATE} --description kettle --cutout opaque.png --out fifth
    WORKING_DIRECTORY ${WORK} RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE error)
require("an opaque picture is taken" result EQUAL 0)
require("with a warning" "${error}" MATCHES "Note: opaque.png has no transparency")

# JSON lines: every line is an object.
expect_success(output ${GENERATE} ${GOOD} --json --out sixth)
string(STRIP "${output}" output)
string(REPLACE ";" "," output "${output}")
string(REPLACE "\n" ";" lines "${output}")
set(events "")
foreach(line IN LISTS lines)
    string(JSON event GET "${line}" event)
    list(APPEND events ${event})
endforeach()
require("progress comes as JSON" "${events}" MATCHES "progress")
require("the end comes as JSON" "${events}" MATCHES "ad;done$")
execute_process(COMMAND ${GENERATE} ${GOOD} --json --count 99 WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE error)
string(REGEX REPLACE "^.*\n({\"event\":\"error\")" "\\1" last "${output}")
string(JSON code GET "${last}" code)
require("errors come as JSON" "${code}" STREQUAL "invalid-input")

# Help
expect_success(output ${COMMAND} --help)
foreach(name generate batch serve check dataset)
    expect_success(output ${COMMAND} ${name} --help)
    require("${name} --help has examples" "${output}" MATCHES "Examples:\n  adtailor ${name}")
endforeach()
execute_process(COMMAND ${COMMAND} conjure RESULT_VARIABLE result ERROR_QUIET)
require("an unknown command is refused" result EQUAL 2)
