# wslay, framing of WebSocket. Gives the target wslay::wslay and wslay_VERSION.
# Debian's package has neither a CMake package nor a description for pkg-config.

if(TARGET wslay::wslay)
    set(wslay_FOUND TRUE)
    return()
endif()

find_path(WSLAY_INCLUDE_DIR wslay/wslay.h)
find_library(WSLAY_LIBRARY wslay)
mark_as_advanced(WSLAY_INCLUDE_DIR WSLAY_LIBRARY)

unset(wslay_VERSION)
if(WSLAY_INCLUDE_DIR)
    file(STRINGS "${WSLAY_INCLUDE_DIR}/wslay/wslayver.h" line REGEX "^#define WSLAY_VERSION ")
    string(REGEX REPLACE ".*\"(.*)\".*" "\\1" wslay_VERSION "${line}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(wslay
    REQUIRED_VARS WSLAY_LIBRARY WSLAY_INCLUDE_DIR
    VERSION_VAR wslay_VERSION
    REASON_FAILURE_MESSAGE "on Debian, install libwslay-dev (packaging/build-deps does)")

if(wslay_FOUND)
    add_library(wslay::wslay UNKNOWN IMPORTED)
    set_target_properties(wslay::wslay PROPERTIES
        IMPORTED_LOCATION "${WSLAY_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${WSLAY_INCLUDE_DIR}")
endif()
