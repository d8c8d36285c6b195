# adtailor pbs: two folders to a CSV, matrices and maps; folders that do not go together.
include(${CMAKE_CURRENT_LIST_DIR}/cli.cmake)

set(PBS ${COMMAND} pbs --threads 1 --model ${FIXTURES}/pbs.pth)
set(SOURCE ${FIXTURES}/imaging)

# put(FOLDER NAME PICTURE): a picture of the fixtures under another name.
function(put folder name picture)
    file(MAKE_DIRECTORY ${WORK}/${folder})
    configure_file(${SOURCE}/${picture} ${WORK}/${folder}/${name} COPYONLY)
endfunction()

put(ads a.png source_rgb.png)
put(ads b.png jpeg_444.expected.png)
put(ads "c,d.png" jpeg_progressive.expected.png)
put(references a.png source_rgb.png)
put(references b.jpg jpeg_444.jpg) # the same pixels
put(references "c,d.png" source_rgb.png)
file(WRITE ${WORK}/ads/notes.txt "not a picture")

expect_success(output ${PBS} ads references --out scores --matrix --history references --maps --json)
require_match("summary" "${output}" "\"event\":\"pbs\".*\"pairs\":3,.*\"maximum\":1\\.000000")
file(READ ${WORK}/scores/pbs.csv csv)
require_match("csv" "${csv}" "^filename,pbs\na,1\\.000000\nb,1\\.000000\n\"c,d\",-?[01]\\.[0-9][0-9][0-9][0-9][0-9][0-9]\n$")
foreach(file summary.json ads.csv ads.json history.csv history.json maps/a.png maps/a.json maps/b.png)
    require_file(scores/${file})
endforeach()
file(READ ${WORK}/scores/history.json history)
string(JSON one GET "${history}" pbs 0 0)
string(JSON other GET "${history}" pbs 0 1)
if(one LESS 0.99999 OR other GREATER 0.99999)
    message(FATAL_ERROR "history: ${one} ${other}")
endif()
file(READ ${WORK}/scores/summary.json summary)
string(JSON mean GET "${summary}" mean)
string(JSON deviation GET "${summary}" standard_deviation)
# Two scores of 1 and one of x: mean (2 + x) / 3, deviation of the sample |1 - x| / sqrt(3).
string(REGEX MATCH "\"c,d\",([-0-9.]+)" _ "${csv}")
message(STATUS "x ${CMAKE_MATCH_1} mean ${mean} deviation ${deviation}")

# JPEG first, as the public tool: another score, but a close one.
expect_success(output ${PBS} ads references --out jpeg --jpeg)
file(READ ${WORK}/jpeg/summary.json jpeg)
string(JSON saved GET "${jpeg}" jpeg)
require_equal("jpeg" "${saved}" ON)

# One folder
expect_success(output ${PBS} ads --out one --matrix)
require_file(one/ads.csv)
if(EXISTS ${WORK}/one/pbs.csv)
    message(FATAL_ERROR "pbs.csv without references")
endif()

# Some pictures without a partner, or broken: the rest is scored, and the code says so.
put(some a.png source_rgb.png)
put(some z.png source_rgb.png)
file(WRITE ${WORK}/some/b.png "broken")
execute_process(COMMAND ${PBS} some references --out partial WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result ERROR_VARIABLE error OUTPUT_QUIET)
require_equal("partial" ${result} 9)
require_match("partial" "${error}" "z\\. They are left out")
require_match("partial" "${error}" "b\\.png.*left out")
file(READ ${WORK}/partial/pbs.csv csv)
require_equal("partial" "${csv}" "filename,pbs\na,1.000000\n")

# Pictures of other shape are compared, and said.
put(wide a.png resize_bicubic_rgb_75x20.png)
execute_process(COMMAND ${PBS} wide some --out shape WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result ERROR_VARIABLE error OUTPUT_QUIET)
require_equal("shape" ${result} 9)
require_match("shape" "${error}" "different shape: a")

# Folders that do not go together
put(others x.png source_rgb.png)
expect_failure(2 ${PBS} ads others)
expect_failure(3 ${PBS} ads nowhere)
file(MAKE_DIRECTORY ${WORK}/empty)
expect_failure(2 ${PBS} ads empty)
expect_failure(2 ${PBS} empty references)
put(twice a.png source_rgb.png)
put(twice a.jpg jpeg_444.jpg)
expect_failure(2 ${PBS} twice references)
file(MAKE_DIRECTORY ${WORK}/broken)
file(WRITE ${WORK}/broken/a.png "broken")
expect_failure(2 ${PBS} ads)
expect_failure(2 ${PBS})
expect_failure(2 ${PBS} ads --matrix --maps)
expect_failure(2 ${PBS} ads references --threads -1)

# Models that are none
expect_failure(3 ${COMMAND} pbs ads references --model nowhere.pth)
expect_failure(4 ${COMMAND} pbs ads references --model ads/notes.txt)
expect_failure(5 ${COMMAND} pbs ads references --model ${FIXTURES}/dinov2.safetensors)
