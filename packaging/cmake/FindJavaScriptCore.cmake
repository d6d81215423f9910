# JavaScriptCore with its C API: the target JavaScriptCore::JavaScriptCore. On macOS the system's framework,
# elsewhere WebKitGTK's library (Debian: libjavascriptcoregtk-4.1-dev).
include(FindPackageHandleStandardArgs)

if(APPLE)
    find_library(JavaScriptCore_LIBRARY JavaScriptCore)
    set(_required JavaScriptCore_LIBRARY)
else()
    find_package(PkgConfig QUIET)
    pkg_check_modules(PC_JavaScriptCore QUIET javascriptcoregtk-4.1)
    find_path(JavaScriptCore_INCLUDE_DIR JavaScriptCore/JavaScript.h
        HINTS ${PC_JavaScriptCore_INCLUDE_DIRS}
        PATH_SUFFIXES webkitgtk-4.1)
    find_library(JavaScriptCore_LIBRARY NAMES javascriptcoregtk-4.1
        HINTS ${PC_JavaScriptCore_LIBRARY_DIRS})
    set(JavaScriptCore_VERSION "${PC_JavaScriptCore_VERSION}")
    set(_required JavaScriptCore_LIBRARY JavaScriptCore_INCLUDE_DIR)
endif()

find_package_handle_standard_args(JavaScriptCore
    REQUIRED_VARS ${_required}
    VERSION_VAR JavaScriptCore_VERSION)
mark_as_advanced(JavaScriptCore_INCLUDE_DIR JavaScriptCore_LIBRARY)

if(JavaScriptCore_FOUND AND NOT TARGET JavaScriptCore::JavaScriptCore)
    add_library(JavaScriptCore::JavaScriptCore UNKNOWN IMPORTED)
    set_target_properties(JavaScriptCore::JavaScriptCore PROPERTIES
        IMPORTED_LOCATION "${JavaScriptCore_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${JavaScriptCore_INCLUDE_DIR}")
endif()
