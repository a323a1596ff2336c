#include "golden/golden.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "core/fingerprint.hpp"
#include "run/run.hpp"

namespace portflow::tests {
namespace {

constexpr const char* heading = "scenario,measures,settings,seed,until,fingerprint,events";

/// Empty text gives no parts; a separator at the end gives an empty last part.
std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  std::istringstream stream(text + separator);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

}  // namespace

std::string Golden::row() const {
  return fmt::format("{},{},{},{},{},{},{}", scenario, fmt::join(measures, " "),
                     fmt::join(settings, ";"), seed, until, fingerprint, events);
}

std::vector<Golden> read_golden(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line) || line != heading) return {};
  std::vector<Golden> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = split(line, ',');
    if (cells.size() != 7) return {};
    rows.push_back({cells[0], split(cells[1], ' '), split(cells[2], ';'), cells[3], cells[4],
                    cells[5], cells[6]});
  }
  return rows;
}

bool write_golden(const std::string& path, const std::vector<Golden>& rows) {
  std::ofstream file(path);
  file << heading << '\n';
  for (const Golden& row : rows) file << row.row() << '\n';
  return file.good();
}

Result<Golden> run_golden(Golden row, const std::string& root) {
  run::Request request;
  request.scenario = root + "/" + row.scenario;
  request.measures = row.measures;
  request.settings = row.settings;
  request.until = row.until;
  if (!row.seed.empty()) request.seed = std::stoull(row.seed);
  const auto prepared = run::prepare(request);
  if (!prepared) return tl::unexpected(prepared.error());
  run::Drive drive;
  drive.threads = 2;
  const auto outcome = run::simulate(**prepared, drive, {});
  if (!outcome) return tl::unexpected(outcome.error());
  row.fingerprint = to_hex(outcome->fingerprint);
  row.events = fmt::format("{}", outcome->events);
  return row;
}

}  // namespace portflow::tests
