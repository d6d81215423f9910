# How targets are declared in this tree.
#
#   headrace_library(http
#       HEADERS include/http/agent.h include/http/server.h     # public, the include root is include/
#       SOURCES src/agent.cpp src/server.cpp src/parser_p.h    # everything else
#       PUBLIC  Headrace::Wire Qt6::Network                    # what our headers include
#       PRIVATE OpenSSL::SSL)                                  # what only our .cpp files include
#   -> static library `headrace_http`, alias `Headrace::Http`. Paths are relative to the folder that
#      calls. `HEADER_ROOT <dir>` names another include root (`.` for ui). A name of several words
#      gives one capital each: `ui_models` -> `headrace_ui_models`, `Headrace::UiModels`.
#      A library with headers only (no SOURCES) becomes an INTERFACE library; PRIVATE is then an error.
#
#   headrace_executable(headrace SOURCES main.cpp LIBS Headrace::UiWidgets)
#   -> a program with the same flags.
#
#   headrace_test(http tst_agent LIBS Headrace::Http [SOURCES extra.cpp ...] [TIMEOUT s]
#                 [ENVIRONMENT NAME=value ...] [LABELS label ...] [RUN_SERIAL])
#   -> Qt Test program of tests/http/tst_agent.cpp, known to ctest as `http.agent` with label `http`,
#      offscreen, stopped after 120 s. Call it from tests/http/CMakeLists.txt. The extra sources are
#      relative to that folder. `cmake --build <dir> --target tests_http` builds one layer's tests,
#      `library_tests` those of every layer under lib/.
#
#   headrace_fuzzer(fuzz_requestparser LIBS Headrace::Wire)
#   -> libFuzzer program of tests/fuzz/fuzz_requestparser.cpp, only when HEADRACE_BUILD_FUZZERS is on;
#      ctest runs it for a moment (label `fuzz`) over tests/fuzz/corpus/requestparser if it exists, with the
#      words of tests/fuzz/http.dict.
#
#   headrace_add_subdirectories(wire http ...)
#   -> add_subdirectory() of those, in this order, that have a CMakeLists.txt; one that appears later
#      is noticed by the next build.
include_guard(GLOBAL)

set(HEADRACE_LIBRARY_LAYERS wire tls http exchange formats store mock proxy script session
    CACHE INTERNAL "The folders of lib/, bottom first")

function(headrace_add_subdirectories)
    file(GLOB present CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}"
        "${CMAKE_CURRENT_SOURCE_DIR}/*/CMakeLists.txt")
    foreach(folder IN LISTS ARGN)
        if("${folder}/CMakeLists.txt" IN_LIST present)
            add_subdirectory("${folder}")
        endif()
    endforeach()
endfunction()

# "ui_models" -> "UiModels"
function(_headrace_camel_case name result)
    set(camel "")
    string(REPLACE "_" ";" words "${name}")
    foreach(word IN LISTS words)
        string(SUBSTRING "${word}" 0 1 first)
        string(SUBSTRING "${word}" 1 -1 rest)
        string(TOUPPER "${first}" first)
        string(APPEND camel "${first}${rest}")
    endforeach()
    set(${result} "${camel}" PARENT_SCOPE)
endfunction()

# The settings of every C++ target of ours. None of them reaches an embedder.
function(_headrace_defaults target)
    target_compile_definitions(${target} PRIVATE
        QT_NO_KEYWORDS
        QT_NO_CAST_FROM_ASCII
        QT_NO_CAST_TO_ASCII
        QT_NO_NARROWING_CONVERSIONS_IN_CONNECT)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic)
    target_compile_features(${target} PUBLIC cxx_std_20)
    set_target_properties(${target} PROPERTIES
        AUTOMOC ON
        CXX_EXTENSIONS OFF
        POSITION_INDEPENDENT_CODE ON)
endfunction()

function(_headrace_check_arguments function prefix)
    if(${prefix}_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "${function}: what is \"${${prefix}_UNPARSED_ARGUMENTS}\"?")
    endif()
endfunction()

function(headrace_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADER_ROOT" "HEADERS;SOURCES;PUBLIC;PRIVATE")
    _headrace_check_arguments(headrace_library arg)
    if(NOT arg_HEADER_ROOT)
        set(arg_HEADER_ROOT include)
    endif()

    set(target headrace_${name})
    if(arg_SOURCES)
        add_library(${target} STATIC ${arg_SOURCES})
        set(scope PUBLIC)
        _headrace_defaults(${target})
        target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
    else()
        if(arg_PRIVATE)
            message(FATAL_ERROR "headrace_library(${name}): PRIVATE libraries, but no SOURCES")
        endif()
        add_library(${target} INTERFACE)
        set(scope INTERFACE)
        target_compile_features(${target} INTERFACE cxx_std_20)
        target_link_libraries(${target} INTERFACE ${arg_PUBLIC})
    endif()
    target_sources(${target} ${scope}
        FILE_SET HEADERS BASE_DIRS "${arg_HEADER_ROOT}" FILES ${arg_HEADERS})

    _headrace_camel_case(${name} alias)
    add_library(Headrace::${alias} ALIAS ${target})
endfunction()

function(headrace_executable name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBS")
    _headrace_check_arguments(headrace_executable arg)
    add_executable(${name} ${arg_SOURCES})
    _headrace_defaults(${name})
    target_link_libraries(${name} PRIVATE ${arg_LIBS})
endfunction()

# Target that builds all tests of one label, and for the layers of lib/ the one that builds all those.
function(_headrace_test_group label test)
    if(NOT TARGET tests_${label})
        add_custom_target(tests_${label})
    endif()
    add_dependencies(tests_${label} ${test})
    if(label IN_LIST HEADRACE_LIBRARY_LAYERS)
        if(NOT TARGET library_tests)
            add_custom_target(library_tests)
        endif()
        add_dependencies(library_tests tests_${label})
    endif()
endfunction()

function(headrace_test layer name)
    cmake_parse_arguments(PARSE_ARGV 2 arg "RUN_SERIAL" "TIMEOUT" "LIBS;SOURCES;ENVIRONMENT;LABELS")
    _headrace_check_arguments(headrace_test arg)
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()

    # Classes of two layers may share a name, so the target has the layer in it; the file has not.
    set(target ${layer}_${name})
    headrace_executable(${target}
        SOURCES ${PROJECT_SOURCE_DIR}/tests/${layer}/${name}.cpp ${arg_SOURCES}
        LIBS ${arg_LIBS} Qt6::Test)
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests/${layer})

    string(REGEX REPLACE "^tst_" "" subject "${name}")
    set(test ${layer}.${subject})
    add_test(NAME ${test} COMMAND ${target})
    set_tests_properties(${test} PROPERTIES
        LABELS "${layer};${arg_LABELS}"
        TIMEOUT ${arg_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;${arg_ENVIRONMENT}"
        RUN_SERIAL ${arg_RUN_SERIAL})
    _headrace_test_group(${layer} ${target})
endfunction()

function(headrace_fuzzer name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBS;SOURCES")
    _headrace_check_arguments(headrace_fuzzer arg)
    if(NOT HEADRACE_BUILD_FUZZERS)
        return()
    endif()
    headrace_executable(${name}
        SOURCES ${PROJECT_SOURCE_DIR}/tests/fuzz/${name}.cpp ${arg_SOURCES}
        LIBS ${arg_LIBS})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)

    # libFuzzer writes new inputs into the first folder it is given; the one in the tree comes second.
    string(REGEX REPLACE "^fuzz_" "" subject "${name}")
    set(found ${CMAKE_CURRENT_BINARY_DIR}/corpus/${subject})
    file(MAKE_DIRECTORY ${found})
    set(corpora ${found})
    if(IS_DIRECTORY ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${subject})
        list(APPEND corpora ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${subject})
    endif()
    add_test(NAME fuzz.${subject} COMMAND ${name} -max_total_time=20 -timeout=10 -max_len=2048
        -dict=${PROJECT_SOURCE_DIR}/tests/fuzz/http.dict ${corpora})
    set_tests_properties(fuzz.${subject} PROPERTIES LABELS fuzz TIMEOUT 120)
    _headrace_test_group(fuzz ${name})
endfunction()
