# llhttp, the HTTP parser. Gives the target llhttp::llhttp and llhttp_VERSION.
#
# In this order:
#   1. a target llhttp::llhttp that an embedder has made already;
#   2. an installed CMake package of llhttp;
#   3. an installed library, as pkg-config describes it;
#   4. the C sources that Debian's node-llhttp installs, compiled here.
# LLHTTP_INCLUDE_DIR and LLHTTP_SOURCE_DIR may name the folders of llhttp.h and llhttp.c for 4.

if(TARGET llhttp::llhttp)
    set(llhttp_FOUND TRUE)
    return()
endif()

find_package(llhttp CONFIG QUIET)
if(llhttp_FOUND)
    if(NOT TARGET llhttp::llhttp)
        # Newer packages name the two kinds of library.
        foreach(candidate IN ITEMS llhttp::llhttp_static llhttp::llhttp_shared)
            if(TARGET ${candidate})
                add_library(headrace_llhttp INTERFACE)
                target_link_libraries(headrace_llhttp INTERFACE ${candidate})
                add_library(llhttp::llhttp ALIAS headrace_llhttp)
                break()
            endif()
        endforeach()
    endif()
    if(TARGET llhttp::llhttp)
        return()
    endif()
endif()

find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
    pkg_check_modules(LLHTTP QUIET IMPORTED_TARGET GLOBAL libllhttp)
    if(LLHTTP_FOUND)
        add_library(headrace_llhttp INTERFACE)
        target_link_libraries(headrace_llhttp INTERFACE PkgConfig::LLHTTP)
        add_library(llhttp::llhttp ALIAS headrace_llhttp)
        set(llhttp_FOUND TRUE)
        set(llhttp_VERSION "${LLHTTP_VERSION}")
        return()
    endif()
endif()

find_path(LLHTTP_INCLUDE_DIR llhttp.h PATHS /usr/share/include PATH_SUFFIXES llhttp)
find_path(LLHTTP_SOURCE_DIR llhttp.c PATHS /usr/share PATH_SUFFIXES llhttp src)
mark_as_advanced(LLHTTP_INCLUDE_DIR LLHTTP_SOURCE_DIR)

unset(llhttp_VERSION)
if(LLHTTP_INCLUDE_DIR)
    file(STRINGS "${LLHTTP_INCLUDE_DIR}/llhttp.h" numbers
        REGEX "^#define LLHTTP_VERSION_(MAJOR|MINOR|PATCH) [0-9]+")
    list(TRANSFORM numbers REPLACE ".* " "")
    list(JOIN numbers "." llhttp_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(llhttp
    REQUIRED_VARS LLHTTP_SOURCE_DIR LLHTTP_INCLUDE_DIR
    VERSION_VAR llhttp_VERSION
    REASON_FAILURE_MESSAGE "on Debian, install node-llhttp (packaging/build-deps does)")

if(llhttp_FOUND)
    add_library(headrace_llhttp STATIC
        "${LLHTTP_SOURCE_DIR}/api.c"
        "${LLHTTP_SOURCE_DIR}/http.c"
        "${LLHTTP_SOURCE_DIR}/llhttp.c")
    # The parser has two state machines; which one is compiled is decided before it sees its header.
    target_compile_definitions(headrace_llhttp PRIVATE LLHTTP_STRICT_MODE=1)
    target_include_directories(headrace_llhttp SYSTEM PUBLIC "${LLHTTP_INCLUDE_DIR}")
    # Not our code: our warnings and our linters stay away from it, and it is always optimised.
    target_compile_options(headrace_llhttp PRIVATE -w -O2)
    set_target_properties(headrace_llhttp PROPERTIES
        COMPILE_WARNING_AS_ERROR OFF
        C_CLANG_TIDY ""
        POSITION_INDEPENDENT_CODE ON)
    add_library(llhttp::llhttp ALIAS headrace_llhttp)
endif()
