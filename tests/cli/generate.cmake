# Ads on disk: the files, the same ad again, an opaque picture, JSON lines, help.
include(${CMAKE_CURRENT_LIST_DIR}/cli.cmake)

set(GENERATE ${COMMAND} generate --threads 1 --model model)
set(GOOD --description kettle --point fast --cutout cutout.png)

expect_success(output ${GENERATE} ${GOOD} --history persona.json --count 2 --seed 7 --out first)
foreach(name ad-7.png ad-7.json ad-8.png ad-8.json parts/ad-7.png parts/ad-8.png)
    require_file(first/${name})
endforeach()
file(READ ${WORK}/first/ad-7.json record)
string(JSON seed GET "${record}" ad seed)
string(JSON hash GET "${record}" ad model_hash)
string(JSON tokens LENGTH "${record}" ad image_tokens)
string(JSON picture GET "${record}" request brief history 0 image)
string(LENGTH "${hash}" hashLength)
require_equal("recorded seed" "${seed}" 7)
require_equal("length of the model hash" ${hashLength} 64)
require_equal("image tokens" ${tokens} 16)
require_equal("path of the history picture" "${picture}" "../history/ad0.png")

# The record makes the same ad again, byte for byte.
expect_success(output ${GENERATE} --request first/ad-7.json --out second)
foreach(name ad-7.png ad-8.png parts/ad-7.png parts/ad-8.png)
    file(SHA256 ${WORK}/first/${name} one)
    file(SHA256 ${WORK}/second/${name} two)
    require_equal("${name} made again" ${two} ${one})
endforeach()

# A weights file stands for its folder, and a checkpoint may be laid over it.
expect_success(output ${COMMAND} generate --threads 1 --model model/model.safetensors
    ${GOOD} --history persona.json --seed 7 --out single)
expect_success(output ${GENERATE} --add model/model.safetensors ${GOOD} --out over)
file(SHA256 ${WORK}/first/parts/ad-7.png one)
file(SHA256 ${WORK}/single/parts/ad-7.png two)
require_equal("the same model by its file" ${two} ${one})

# A person may be a folder of pictures, or nobody.
expect_success(output ${GENERATE} ${GOOD} --history history --out third)
expect_success(output ${GENERATE} ${GOOD} --out=fourth "--title=Boil fast")

# An opaque picture is taken with a warning.
execute_process(COMMAND ${GENERATE} --description kettle --cutout opaque.png --out fifth
    WORKING_DIRECTORY ${WORK} RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE error)
require_equal("exit code for an opaque picture" ${result} 0)
require_match("warning" "${error}" "Note: opaque.png has no transparency")

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
require_match("JSON lines" "${events}" "progress")
require_match("JSON lines" "${events}" "ad;done$")
execute_process(COMMAND ${GENERATE} ${GOOD} --json --count 99 WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE error)
string(REGEX REPLACE "^.*\n({\"event\":\"error\")" "\\1" last "${output}")
string(JSON code GET "${last}" code)
require_equal("code of the error line" "${code}" "invalid-input")

# Weights of 8 and 4 bits, in the shipped model: the tiny one's layers are too narrow for them.
foreach(precision int8 int4)
    foreach(run one two)
        expect_success(output ${COMMAND} generate --threads 1 ${GOOD} --precision ${precision}
            --seed 7 --out ${precision}-${run})
        file(SHA256 ${WORK}/${precision}-${run}/parts/ad-7.png ${run})
    endforeach()
    require_equal("picture of ${precision} made again" ${two} ${one})
endforeach()
expect_success(output ${COMMAND} generate --threads 1 ${GOOD} --seed 7 --out wide)
file(SHA256 ${WORK}/wide/parts/ad-7.png wide)
if(wide STREQUAL one)
    message(FATAL_ERROR "int4 drew what float32 draws: its weights were not rounded")
endif()

# Help
expect_success(output ${COMMAND} --help)
foreach(name generate batch serve check dataset train)
    expect_success(output ${COMMAND} ${name} --help)
    require_match("help" "${output}" "Examples:\n  adtailor ${name}")
endforeach()
execute_process(COMMAND ${COMMAND} conjure RESULT_VARIABLE result ERROR_QUIET)
require_equal("exit code of an unknown command" ${result} 2)
