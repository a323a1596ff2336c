#include "cli/shell.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace portflow::test {

namespace fs = std::filesystem;

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::string scratch(const std::string& name) {
  const auto* info = testing::UnitTest::GetInstance()->current_test_info();
  // A folder a process: ctest runs tests side by side.
  std::string folder = PORTFLOW_BINARY_DIR "/scratch/";
  folder += info != nullptr ? info->name() : "none";
  folder += "." + std::to_string(getpid());
  fs::create_directories(folder);
  const std::string path = folder + "/" + name;
  fs::remove(path);
  return path;
}

Said portflow(const std::string& arguments) {
  return portflow_in(PORTFLOW_SOURCE_DIR, arguments);
}

Said portflow_in(const std::string& folder, const std::string& arguments) {
  const std::string out = scratch("out"), err = scratch("err");
  std::string command = "cd " + folder + " && " PORTFLOW_BINARY_DIR "/bin/portflow ";
  command += arguments + " > " + out + " 2> " + err + " < /dev/null";
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(out), text_of(err)};
}

}  // namespace portflow::test
