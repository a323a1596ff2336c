# Compiler options that every target of portflow shares.
add_library(portflow_options INTERFACE)
target_compile_options(portflow_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor
  -Woverloaded-virtual -Wold-style-cast -Wcast-align -Werror
  # Fused multiply-add would make a draw depend on the processor (architecture: C++).
  -ffp-contract=off
  # g++ 12 sees uninitialised strings and optionals where there are none once it inlines deeply
  # (GCC bug 105562 and its kin); clang, which checks the same, runs in `make lint`.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
  # clang 19 finds a deprecated call inside std::stable_sort of libstdc++ 12, which g++ knows for the
  # library's own; what we call ourselves, g++ checks.
  $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

set(PORTFLOW_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize= (address,undefined or thread)")
if(PORTFLOW_SANITIZE)
  target_compile_options(portflow_options INTERFACE -fsanitize=${PORTFLOW_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(portflow_options INTERFACE -fsanitize=${PORTFLOW_SANITIZE})
endif()

# Lint (preset `lint`): clang-tidy reads each file just before clang compiles it, so that Ninja reads
# again only what changed. The hash makes a change of the rules a change of every command.
option(PORTFLOW_LINT "Run clang-tidy on every file" OFF)
if(PORTFLOW_LINT)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/.clang-tidy)
  file(SHA256 ${CMAKE_SOURCE_DIR}/.clang-tidy rules)
  set(CMAKE_CXX_CLANG_TIDY clang-tidy-19 -quiet --extra-arg=-DPORTFLOW_LINT_RULES=0x${rules})
  set(CMAKE_CXX_FLAGS_LINT -DNDEBUG)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
      ${CCACHE_PROGRAM})
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM AND NOT PORTFLOW_SANITIZE)
  add_link_options(-fuse-ld=mold)
endif()
