# An ad as files for channels: sizes, labels and records as an independent reader sees them, names,
# archive; then the same ad made again from a file.
include(${CMAKE_CURRENT_LIST_DIR}/cli.cmake)
find_program(EXIFTOOL exiftool REQUIRED) # Debian: libimage-exiftool-perl

expect_success(output ${COMMAND} generate --threads 1 --model model --description kettle
    --point fast --cutout cutout.png --history persona.json --count 2 --seed 7 --out ads)
set(EXPORT ${COMMAND} export ads/ad-8.json)

# exiftool(FILE TAG VARIABLE)
function(exiftool file tag variable)
    execute_process(COMMAND ${EXIFTOOL} -s3 -n -${tag} ${file} WORKING_DIRECTORY ${WORK}
        OUTPUT_VARIABLE value OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    set(${variable} "${value}" PARENT_SCOPE)
endfunction()

file(WRITE ${WORK}/own.json [[{"format": "adtailor-channels", "version": 1, "date": "2026-10", "channels": [
  {"id": "p", "name": "P", "width": 320, "height": 100, "kinds": ["png"]},
  {"id": "j", "name": "J", "width": 300, "height": 600, "kinds": ["jpeg"], "maximum_bytes": 12000},
  {"id": "w", "name": "W", "width": 201, "height": 200, "kinds": ["webp"], "white": true}]}]])
expect_success(output ${EXPORT} --channels own.json --out files)
foreach(file kettle_p_320x100_8.png kettle_j_300x600_8.jpg kettle_w_201x200_8.webp)
    require_file(files/${file})
    exiftool(files/${file} XMP-iptcExt:DigitalSourceType source)
    require_equal("label of ${file}" "${source}"
        "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia")
    exiftool(files/${file} XMP-dc:Title title)
    require_match("title in ${file}" "${title}" ".")
    exiftool(files/${file} Warning warning)
    require_equal("complaint about ${file}" "${warning}" "")
    exiftool(files/${file} ImageSize size)
    string(REGEX MATCH "[0-9]+x[0-9]+" wanted ${file})
    string(REPLACE " " "x" size "${size}")
    require_equal("size of ${file}" "${size}" "${wanted}")
endforeach()
file(SIZE ${WORK}/files/kettle_j_300x600_8.jpg bytes)
if(bytes GREATER 12000)
    message(FATAL_ERROR "the byte limit was not kept: ${bytes}")
endif()

# Every channel of the shipped file, as one archive that another program reads.
expect_success(output ${EXPORT} --zip all.zip --name "{channel}" --out packed)
file(ARCHIVE_EXTRACT INPUT ${WORK}/packed/all.zip DESTINATION ${WORK}/unpacked)
file(GLOB names RELATIVE ${WORK}/unpacked ${WORK}/unpacked/*)
list(LENGTH names count)
if(count LESS 12)
    message(FATAL_ERROR "only ${count} files for the shipped channels")
endif()
exiftool(unpacked/meta-story.jpg ImageSize size)
require_equal("size of the story" "${size}" "1080 1920")

# The same ad again, from its record and from an exported file with the pictures beside it.
set(VERIFY ${COMMAND} verify --threads 1 --model model)
expect_success(output ${VERIFY} ads/ad-8.json)
require_match("verdict" "${output}" "The same ad")
expect_success(output ${VERIFY} files/kettle_j_300x600_8.jpg --request ads/ad-8.json)
require_match("verdict" "${output}" "The same ad")
expect_success(output ${VERIFY} files/kettle_w_201x200_8.webp --read)
require_match("record" "${output}" "seed 8")
if(output MATCHES "Kettle number")
    message(FATAL_ERROR "the history is in the file")
endif()

# A record that was changed is another ad.
file(READ ${WORK}/ads/ad-8.json record)
string(REGEX REPLACE "\"image_tokens\": ?\\[[0-9]+" "\"image_tokens\": [0" changed "${record}")
string(JSON first GET "${record}" ad image_tokens 0)
if(first EQUAL 0)
    string(REGEX REPLACE "\"image_tokens\": ?\\[[0-9]+" "\"image_tokens\": [1" changed "${record}")
endif()
file(WRITE ${WORK}/ads/ad-9.json "${changed}")
execute_process(COMMAND ${VERIFY} ads/ad-9.json WORKING_DIRECTORY ${WORK}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE error)
require_equal("exit code of another ad (${error})" ${result} 10)

# Refusals
expect_failure(2 ${COMMAND} export)
expect_failure(2 ${EXPORT} --channel nowhere)
expect_failure(2 ${EXPORT} --channels own.json --name "{user}")
expect_failure(2 ${EXPORT} --channels own.json --name "../{channel}")
expect_failure(3 ${EXPORT} --channels missing.json)
function(expect_refusal code)
    execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${WORK}
        RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE error)
    require_equal("exit code of ${ARGN} (${error})" ${result} ${code})
endfunction()
expect_refusal(2 ${VERIFY} files/kettle_j_300x600_8.jpg)
expect_refusal(4 ${VERIFY} cutout.png)

# A file that is there with other content is not replaced.
file(WRITE ${WORK}/files/kettle_p_320x100_8.png "mine")
expect_refusal(2 ${EXPORT} --channels own.json --channel p --out files)
file(READ ${WORK}/files/kettle_p_320x100_8.png kept)
require_equal("the file that was there" "${kept}" "mine")
