# portflow_module(PARENT NAME LINK ... PRIVATE ...): one folder, one namespace, one library.
# Sources are globbed, so that a new file needs no line here.
function(portflow_module PARENT NAME)
  cmake_parse_arguments(ARG "" "" "LINK;PRIVATE" ${ARGN})
  if(PARENT STREQUAL ".")
    set(folder ${NAME})
  else()
    set(folder ${PARENT}/${NAME})
  endif()
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  if(sources)
    add_library(portflow_${NAME} STATIC ${sources})
    set(scope PUBLIC)
    target_link_libraries(portflow_${NAME} PRIVATE portflow_options ${ARG_PRIVATE})
    target_precompile_headers(portflow_${NAME} PRIVATE <algorithm> <map> <memory> <span> <string> <string_view> <vector>)
  else()
    add_library(portflow_${NAME} INTERFACE)
    set(scope INTERFACE)
    target_link_libraries(portflow_${NAME} INTERFACE ${ARG_PRIVATE})
  endif()
  target_include_directories(portflow_${NAME} ${scope} ${CMAKE_SOURCE_DIR}/sim ${CMAKE_SOURCE_DIR})
  target_link_libraries(portflow_${NAME} ${scope} ${ARG_LINK})
endfunction()

# portflow_program(PARENT FOLDER NAME program LINK ...): one folder, one executable.
function(portflow_program PARENT FOLDER)
  cmake_parse_arguments(ARG "" "NAME" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${PARENT}/${FOLDER}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${ARG_NAME} ${sources})
  target_link_libraries(${ARG_NAME} PRIVATE portflow_options ${ARG_LINK})
  target_compile_definitions(${ARG_NAME} PRIVATE PORTFLOW_VERSION="${PROJECT_VERSION}")
endfunction()

# portflow_test_folder(NAME LINK ...): one GoogleTest binary for a folder under tests/.
function(portflow_test_folder NAME)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${NAME}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${NAME} ${sources})
  target_precompile_headers(test_${NAME} PRIVATE <gtest/gtest.h> <map> <string> <vector>)
  target_link_libraries(test_${NAME} PRIVATE portflow_options ${ARG_LINK} GTest::gtest_main GTest::gmock)
  target_include_directories(test_${NAME} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_definitions(test_${NAME} PRIVATE
    PORTFLOW_SOURCE_DIR="${CMAKE_SOURCE_DIR}" PORTFLOW_BINARY_DIR="${CMAKE_BINARY_DIR}")
  gtest_discover_tests(test_${NAME} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 900)
endfunction()

# portflow_engine_digest(TARGET FOLDER...): gives TARGET the definition of run::engine(), which
# changes with every source file in the folders below sim/ and with nothing else.
function(portflow_engine_digest TARGET)
  set(sources "")
  foreach(folder IN LISTS ARGN)
    file(GLOB found CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
      ${CMAKE_SOURCE_DIR}/sim/${folder}/*.cpp ${CMAKE_SOURCE_DIR}/sim/${folder}/*.hpp)
    list(APPEND sources ${found})
  endforeach()
  list(SORT sources)
  string(REPLACE ";" "\n" lines "${sources}")
  set(list ${CMAKE_BINARY_DIR}/engine_sources.txt)
  file(CONFIGURE OUTPUT ${list} CONTENT "${lines}\n" @ONLY)
  set(out ${CMAKE_BINARY_DIR}/engine_digest.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DLIST=${list} -DVERSION=${PROJECT_VERSION} -DOUT=${out}
      -P ${CMAKE_SOURCE_DIR}/cmake/EngineDigest.cmake
    DEPENDS ${sources} ${list} ${CMAKE_SOURCE_DIR}/cmake/EngineDigest.cmake
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} VERBATIM)
  target_sources(${TARGET} PRIVATE ${out})
endfunction()
