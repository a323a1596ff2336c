# Compiler options that every target of portflow shares.
add_library(portflow_options INTERFACE)
target_compile_options(portflow_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor
  -Woverloaded-virtual -Wold-style-cast -Wcast-align -Werror
  # Fused multiply-add would make a draw depend on the processor (architecture: C++).
  -ffp-contract=off
  # g++ 12 sees uninitialised strings and optionals where there are none once it inlines deeply
  # (GCC bug 105562 and its kin); clang, which checks the same, runs in `make lint`.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

set(PORTFLOW_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize= (address,undefined or thread)")
if(PORTFLOW_SANITIZE)
  target_compile_options(portflow_options INTERFACE -fsanitize=${PORTFLOW_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(portflow_options INTERFACE -fsanitize=${PORTFLOW_SANITIZE})
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
