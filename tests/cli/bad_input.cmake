# The list of bad inputs: each gets one sentence and its exit code, and nothing is written.
include(${CMAKE_CURRENT_LIST_DIR}/cli.cmake)

set(GENERATE ${COMMAND} generate --threads 1 --model model)
set(BRIEF --description kettle --point fast)
set(GOOD ${BRIEF} --cutout cutout.png)

# Pictures
expect_failure(3 ${GENERATE} ${BRIEF} --cutout nowhere.png)
expect_failure(4 ${GENERATE} ${BRIEF} --cutout empty.png)
expect_failure(4 ${GENERATE} ${BRIEF} --cutout gif.png)
expect_failure(2 ${GENERATE} ${BRIEF} --cutout huge.png)
expect_failure(2 ${GENERATE} ${BRIEF} --cutout transparent.png)
expect_failure(2 ${GENERATE} ${BRIEF})

# Texts
expect_failure(2 ${GENERATE} --cutout cutout.png --description= --point fast)
expect_failure(2 ${GENERATE} ${GOOD} --title=)
string(REPEAT "x" 100000 long) # the longest word a Linux command line takes is 128 KiB
expect_failure(2 ${GENERATE} ${GOOD} --title ${long})
expect_failure(2 ${GENERATE} --cutout cutout.png --description ${long})
string(REPEAT "x" 1048576 megabyte)
file(WRITE ${WORK}/long_title.json
    "{\"brief\":{\"product\":{\"title\":\"kettle\",\"cutout\":\"cutout.png\"}},\"title\":\"${megabyte}\"}")
expect_failure(2 ${GENERATE} --request long_title.json)
string(REPEAT "\"x\"," 9999 points)
file(WRITE ${WORK}/many_points.json
    "{\"brief\":{\"product\":{\"title\":\"kettle\",\"cutout\":\"cutout.png\",\"selling_points\":[${points}\"x\"]}}}")
expect_failure(2 ${GENERATE} --request many_points.json)

# Histories
expect_failure(4 ${GENERATE} ${GOOD} --history bad_history.json)
expect_failure(4 ${GENERATE} ${GOOD} --history not.json)
expect_failure(3 ${GENERATE} ${GOOD} --history nowhere)
expect_failure(3 ${GENERATE} ${GOOD} --history no_model)
expect_failure(2 ${GENERATE} ${GOOD} --history withdrawn.json)

# Settings
expect_failure(2 ${GENERATE} ${GOOD} --count 0)
expect_failure(2 ${GENERATE} ${GOOD} --count 1000)
expect_failure(2 ${GENERATE} ${GOOD} --count many)
expect_failure(2 ${GENERATE} ${GOOD} --temperature -1)
expect_failure(2 ${GENERATE} ${GOOD} --top-p 0)
expect_failure(2 ${GENERATE} ${GOOD} --guidance nan)
expect_failure(2 ${GENERATE} ${GOOD} --masks maybe)
expect_failure(2 ${GENERATE} ${GOOD} --max-ratio 7)
expect_failure(2 ${GENERATE} ${GOOD} --sead 1)
expect_failure(2 ${GENERATE} ${GOOD} --seed)
expect_failure(2 ${GENERATE} ${GOOD} --device warp)
expect_failure(2 ${GENERATE} ${GOOD} surplus)

# Models
set(GENERATE ${COMMAND} generate --threads 1)
expect_failure(3 ${GENERATE} ${GOOD} --model nowhere)
expect_failure(3 ${GENERATE} ${GOOD} --model no_model)
expect_failure(4 ${GENERATE} ${GOOD} --model truncated)
expect_failure(4 ${GENERATE} ${GOOD} --model web_page)
expect_failure(5 ${GENERATE} ${GOOD} --model wrong_shape)
expect_failure(5 ${GENERATE} ${GOOD} --model wrong_name)
set(ADAPTER ${CMAKE_CURRENT_LIST_DIR}/../fixtures/lora/plain) # made for another model
expect_failure(3 ${GENERATE} ${GOOD} --model model --add nowhere)
expect_failure(5 ${GENERATE} ${GOOD} --model model --add ${ADAPTER})
expect_failure(2 ${GENERATE} ${GOOD} --model model --add ${ADAPTER}=100)

# A full disk, played by a limit on the size of files
find_program(BASH bash REQUIRED)
expect_failure(7 ${BASH} -c "trap '' XFSZ && ulimit -f 8 && exec \"$@\"" bash
    ${GENERATE} ${GOOD} --model model)
