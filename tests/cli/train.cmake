# A fine-tuning run by the command: estimate, train, export of a checkpoint, merge; ads of each.
include(${CMAKE_CURRENT_LIST_DIR}/cli.cmake)
set(ENV{ADTAILOR_MODELS} ${WORK}/store)

file(WRITE ${WORK}/records.json [=[[{"f_path": "opaque.png", "f_path_trans": "cutout.png",
    "sku_title_cn": "Kettle", "gt_title_cn": "boils fast", "word_list": "boils fast, steel",
    "history_images": ["history/ad0.png"], "history_titles": ["Pan"]}]]=])
file(WRITE ${WORK}/run/run.json [=[{"stage": "personalised", "base": "small", "steps": 3, "batch": 1,
    "threads": 1, "learning_rate": 0.05, "checkpoint_every": 2, "lora": {"rank": 2},
    "gradient_checkpointing": true, "scenes": "..", "records": "../records.json",
    "held_out": "../records.json"}]=])

function(expect_code code)
    execute_process(COMMAND ${COMMAND} ${ARGN} WORKING_DIRECTORY ${WORK}
        RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE error)
    if(NOT result EQUAL ${code} OR NOT error MATCHES "^[^\n]+\\.\n$")
        message(FATAL_ERROR "${ARGN} ended with ${result}, not ${code}: ${error}")
    endif()
    message(STATUS "${code}: ${error}")
endfunction()

# The base is a name in the list of models.
expect_code(3 train run)
expect_success(output ${COMMAND} models import model --name small)
expect_success(output ${COMMAND} train run --dry-run --json)
require_match("an estimate" "${output}" "\"trainedParameters\":[1-9]")
expect_code(2 train run --export early)
expect_success(output ${COMMAND} train run)
require_match("where the result is" "${output}" "Finished; the weights are in run/adapter")
foreach(name adapter_config.json adapter_model.safetensors trained_modules.safetensors lineage.json)
    require_file(run/adapter/${name})
endforeach()

expect_success(output ${COMMAND} train run --export early --step 2)
expect_code(2 train run --export early --step 2)
expect_code(2 train run --export none --step 1)
expect_success(output ${COMMAND} models show run/adapter)
require_match("an adapter like any other" "${output}" "rank 2, made for: tiny")

expect_success(output ${COMMAND} models merge small run/adapter whole)
expect_code(2 models merge small run/adapter whole)
expect_code(2 models merge small run/adapter)
expect_code(5 models merge small ${FIXTURES}/lora/plain other)
set(GENERATE ${COMMAND} generate --threads 1 --description kettle --point fast --cutout cutout.png
    --seed 7)
expect_success(output ${GENERATE} --model small --out base)
expect_success(output ${GENERATE} --model small --add run/adapter --out added)
expect_success(output ${GENERATE} --model whole --out merged)
foreach(name base added merged)
    file(READ ${WORK}/${name}/ad-7.json record)
    string(JSON ${name} GET "${record}" ad image_tokens)
endforeach()
require_equal("the ad of the merged model" ${merged} ${added})
if("${base}" STREQUAL "${added}")
    message(FATAL_ERROR "The adapter changed nothing")
endif()
