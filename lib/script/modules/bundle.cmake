# The JavaScript that the runtime carries: our modules (lib/script/js) and what they need of npm packages.
#
#   headrace_script_resources(target)
#   -> adds to target one resource collection with :/script/js and :/script/modules (bundle.mjs says what is
#      where). A static library's collection has to be asked for, outside of any namespace:
#      Q_INIT_RESOURCE(headrace_script).
#
# The packages are fetched once per build tree, in exactly the versions of package-lock.json and checked against
# its hashes; none of their own scripts is run. After that the build needs no network.
set(HEADRACE_SCRIPT_MODULES_DIR "${CMAKE_CURRENT_LIST_DIR}")

function(headrace_script_resources target)
    find_program(NPM_PROGRAM npm)
    find_program(NODE_PROGRAM NAMES node nodejs)
    mark_as_advanced(NPM_PROGRAM NODE_PROGRAM)
    if(NOT NPM_PROGRAM OR NOT NODE_PROGRAM)
        message(FATAL_ERROR "lib/script bundles npm packages: npm and node are needed to build it, and at least "
            "one of them is missing. On Debian, install npm (packaging/build-deps does).")
    endif()

    set(source_dir "${HEADRACE_SCRIPT_MODULES_DIR}")
    cmake_path(GET source_dir PARENT_PATH library_dir)
    set(scripts_dir "${library_dir}/js")
    set(packages_dir "${CMAKE_CURRENT_BINARY_DIR}/packages")
    set(bundle_dir "${CMAKE_CURRENT_BINARY_DIR}/bundle")
    file(MAKE_DIRECTORY "${packages_dir}" "${bundle_dir}")
    file(GLOB_RECURSE scripts CONFIGURE_DEPENDS "${scripts_dir}/*.js")

    set(packages_stamp "${packages_dir}/fetched.stamp")
    add_custom_command(OUTPUT "${packages_stamp}"
        COMMAND "${CMAKE_COMMAND}" -E copy
            "${source_dir}/package.json" "${source_dir}/package-lock.json" "${packages_dir}"
        COMMAND "${NPM_PROGRAM}" ci --ignore-scripts --no-audit --no-fund --no-update-notifier
            --prefer-offline --loglevel=error
        COMMAND "${CMAKE_COMMAND}" -E touch "${packages_stamp}"
        DEPENDS "${source_dir}/package.json" "${source_dir}/package-lock.json"
        WORKING_DIRECTORY "${packages_dir}"
        COMMENT "Fetching the npm packages of lib/script"
        VERBATIM)

    # Touched by hand: bundle.mjs leaves alone what has not changed.
    set(collection "${bundle_dir}/script.qrc")
    add_custom_command(OUTPUT "${collection}"
        COMMAND "${NODE_PROGRAM}" "${source_dir}/bundle.mjs"
            --packages "${packages_dir}" --scripts "${scripts_dir}" --output "${bundle_dir}"
        COMMAND "${CMAKE_COMMAND}" -E touch "${collection}"
        DEPENDS "${packages_stamp}" "${source_dir}/bundle.mjs" ${scripts}
        DEPFILE "${bundle_dir}/script.d"
        COMMENT "Bundling the JavaScript of lib/script"
        VERBATIM)

    # Not compressed: what a program does not read of it costs no time then, and start-up counts.
    set(resource "${bundle_dir}/qrc_script.cpp")
    add_custom_command(OUTPUT "${resource}"
        COMMAND Qt6::rcc --name headrace_script --no-compress --output "${resource}" "${collection}"
        DEPENDS "${collection}"
        COMMENT "Compiling the JavaScript of lib/script into a resource"
        VERBATIM)
    set_source_files_properties("${resource}" PROPERTIES SKIP_AUTOGEN ON)
    target_sources(${target} PRIVATE "${resource}")
endfunction()
