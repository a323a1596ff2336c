#include "cli/page.hpp"

#include <regex>
#include <sstream>

namespace portflow::test {

std::vector<Example> examples_of(const std::string& page) {
  std::istringstream lines(page);
  std::vector<Example> examples;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      inside = line == "```console";
    } else if (inside && line.starts_with("$ portflow ")) {
      examples.push_back({line.substr(11), ""});
    } else if (inside && !examples.empty()) {
      examples.back().output += line + "\n";
    }
  }
  return examples;
}

std::vector<std::string> preparations_of(const std::string& page) {
  std::istringstream lines(page);
  std::vector<std::string> commands;
  const std::string start = "    portflow ";
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(start)) commands.push_back(line.substr(start.size()));
  }
  return commands;
}

std::string without_seconds(const std::string& text) {
  static const std::regex seconds("seconds [0-9.]+");
  return std::regex_replace(text, seconds, "seconds ...");
}

bool says(const std::string& expected, const std::string& printed) {
  const std::string more = "\n...\n";
  if (!expected.ends_with(more)) return expected == printed;
  return printed.starts_with(expected.substr(0, expected.size() - more.size() + 1));
}

}  // namespace portflow::test
