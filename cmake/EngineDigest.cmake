# Writes OUT, the definition of run::engine(): VERSION and a digest of all files named in the file
# LIST, one a line and in order. Run as a script, whenever one of them has changed.
file(STRINGS ${LIST} paths)
set(digests "")
foreach(path IN LISTS paths)
  file(SHA256 ${path} digest)
  string(APPEND digests ${digest})
endforeach()
string(SHA256 digest "${digests}")
string(SUBSTRING ${digest} 0 16 digest)
file(WRITE ${OUT} "#include \"run/run.hpp\"

namespace portflow::run {

std::string_view engine() noexcept {
  return \"${VERSION}+${digest}\";
}

}  // namespace portflow::run
")
