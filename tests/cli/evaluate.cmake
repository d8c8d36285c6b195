# An evaluation: our systems and an imported one, a bad record in the middle, resuming, bad input.
include(${CMAKE_CURRENT_LIST_DIR}/cli.cmake)

set(EVALUATE ${COMMAND} evaluate records.json --threads 1 --model model)
file(WRITE ${WORK}/other.csv "number,title\n1,Boil fast\n2,skipped\n3,<b>Never</b> wait\n")
set(RUN ${EVALUATE} --out eval --system none --system mpe --system other --system CSV=other.csv
    --resamples 100)
execute_process(COMMAND ${RUN} WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE error)
# All records have one history, so nobody has another person's.
require_equal("exit code with a system without ads (${error})" ${result} 2)
require_match("note" "${error}" "No other person")

set(RUN ${EVALUATE} --out eval --system none --system mpe --system no-control --system CSV=other.csv
    --resamples 100 --pbs none)
execute_process(COMMAND ${RUN} WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE error)
require_equal("exit code (${error})" ${result} 0)
require_match("bad record" "${error}" "Record 2")
require_match("lines" "${output}" "CSV: 2 of 2 records")
foreach(name report.html report.json means.csv differences.csv items.csv rows/mpe/1.json rows/CSV/3.json
        systems/mpe/test/hico_p2i_3/0/fusion_image/0.png)
    require_file(eval/${name})
endforeach()
file(READ ${WORK}/eval/report.json report)
string(JSON count GET "${report}" systems 0 means placement n)
require_equal("scored pictures" ${count} 2)
string(JSON missing GET "${report}" metrics 0 missing)
require_equal("PBS without a model" "${missing}" "not installed")
file(READ ${WORK}/eval/rows/mpe/3.json row)
string(JSON seed GET "${row}" seed)
require_equal("seed of record 3" ${seed} 3)

# What is there is kept; what is missing is made the same again.
set(picture eval/systems/mpe/test/hico_p2i_3/0/pr_image/2.png)
file(SHA256 ${WORK}/${picture} before)
file(REMOVE ${WORK}/${picture} ${WORK}/eval/systems/mpe/test/hico_p2i_3/0_batch/2_layout.json)
file(SHA256 ${WORK}/eval/report.json report_before)
execute_process(COMMAND ${RUN} WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_QUIET)
require_match("made again" "${output}" "Record 3, mpe")
if(output MATCHES "Record 1, mpe")
    message(FATAL_ERROR "an ad that was there was made again")
endif()
file(SHA256 ${WORK}/${picture} after)
require_equal("picture made again" ${after} ${before})
file(SHA256 ${WORK}/eval/report.json report_after)
require_equal("report made again" ${report_after} ${report_before})

# A feature model makes PBS one more metric of the rows that are there.
execute_process(COMMAND ${EVALUATE} --out eval --system none --system mpe --system no-control
        --system CSV=other.csv --resamples 100 --no-generate --pbs ${FIXTURES}/pbs.pth WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE error)
require_equal("exit code with PBS (${error})" ${result} 0)
require_match("PBS" "${output}" "PSS . MPE: 2 of 2 records, pbs ")
file(READ ${WORK}/eval/report.json report)
string(JSON count GET "${report}" systems 1 means pbs n)
require_equal("PBS of pictures" ${count} 2)
string(JSON count ERROR_VARIABLE absent GET "${report}" systems 3 means pbs n)
if(NOT absent)
    message(FATAL_ERROR "a system of titles has a PBS")
endif()

# Models that score pictures, here tiny ones, and the time each took.
set(MODELS ${FIXTURES}/picture_metrics)
set(SCORED ${EVALUATE} --out eval --system mpe --system CSV=other.csv --resamples 100 --no-generate --pbs none)
expect_success(output ${SCORED} --clip ${MODELS}/clip --aesthetic ${MODELS}/aesthetic.pth --pick-score ${MODELS}/clip
    --image-reward ${MODELS}/image_reward --dino ${MODELS}/dino)
file(READ ${WORK}/eval/report.json report)
foreach(metric clip clip_i aesthetic pick_score image_reward dino)
    string(JSON count GET "${report}" systems 0 means ${metric} n)
    require_equal("pictures with ${metric}" ${count} 2)
    string(JSON count ERROR_VARIABLE absent GET "${report}" systems 1 means ${metric} n)
    if(NOT absent)
        message(FATAL_ERROR "a system of titles has ${metric}")
    endif()
endforeach()
file(READ ${WORK}/eval/times.csv times)
require_match("times" "${times}" "clip_i clip aesthetic,4,")
set(TITLES ${EVALUATE} --system CSV=other.csv --no-generate)
expect_failure(2 ${TITLES} --aesthetic ${MODELS}/aesthetic.pth --clip none)
expect_failure(5 ${TITLES} --dino ${MODELS}/clip)
expect_failure(3 ${TITLES} --image-reward nowhere)

# Titles by a text model; they are kept, and another model's never mix with them.
set(CHAT ${EVALUATE} --out chat --system Q=chat:${FIXTURES}/text_models/qwen3 --resamples 100 --pbs none
    --answer-tokens 8 --text-temperature 1)
expect_success(output ${CHAT})
require_match("titles" "${output}" "Record 3, Q: .+Q: 2 of 2 records")
expect_success(output ${CHAT})
if(output MATCHES "Record 3, Q")
    message(FATAL_ERROR "a title that was there was written again")
endif()
execute_process(COMMAND ${CHAT} --seed 1 WORKING_DIRECTORY ${WORK} RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE error)
require_equal("exit code with other settings (${error})" ${result} 2)
expect_failure(3 ${EVALUATE} --system Q=chat:nowhere)
expect_failure(5 ${EVALUATE} --system Q=chat:${FIXTURES}/picture_metrics/clip)

# Two in one folder.
execute_process(COMMAND flock ${WORK}/chat/lock ${CHAT} WORKING_DIRECTORY ${WORK} RESULT_VARIABLE result ERROR_VARIABLE error)
require_equal("exit code in a folder that is in use" ${result} 2)
require_match("in use" "${error}" "another evaluation writes into it")

# Without the ads of one record: reported, and the exit code of a batch that is not whole.
file(REMOVE ${WORK}/eval/systems/none/test/hico_p2i_3/0_batch/0_layout.json)
foreach(kind pr fusion)
    file(REMOVE ${WORK}/eval/systems/none/test/hico_p2i_3/0/${kind}_image/0.png)
endforeach()
execute_process(COMMAND ${RUN} --no-generate WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE error)
require_equal("exit code of an incomplete system" ${result} 9)
require_match("note" "${error}" "1 of 2 records have no ad")

execute_process(COMMAND ${RUN} --guidance 2 WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE error)
require_equal("exit code with other settings" ${result} 2)

expect_failure(2 ${EVALUATE} --system nothing)
expect_failure(3 ${EVALUATE} --system X=nowhere --no-generate)
expect_failure(2 ${EVALUATE} --system A=other.csv --system A=other.csv)
expect_failure(2 ${EVALUATE} --resamples 1)
expect_failure(3 ${EVALUATE} --system A=other.csv --paper nowhere.json)
expect_failure(3 ${EVALUATE} --system A=other.csv --pbs nowhere)
file(WRITE ${WORK}/open.csv "number,title\n1,\"x\n")
expect_failure(4 ${EVALUATE} --system A=open.csv)
