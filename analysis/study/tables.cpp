#include "analysis/study/tables.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

#include "core/fingerprint.hpp"
#include "trace/sheet.hpp"

namespace portflow::study {
namespace {

namespace fs = std::filesystem;

/// Quoted where RFC 4180 asks for it.
std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char letter : text) {
    if (letter == '"') result += '"';
    result += letter;
  }
  return result + '"';
}

/// The shortest digits that read back to the same number; empty for what is not known.
std::string digits(std::optional<double> value) {
  return value && std::isfinite(*value) ? fmt::format("{}", *value) : std::string();
}

Result<void> write_file(const std::string& path, const std::string& text) {
  const std::string aside = path + ".partial";
  std::ofstream file(aside, std::ios::binary);
  file << text;
  file.close();
  std::error_code error;
  if (file) fs::rename(aside, path, error);
  if (!file || error) return fail(Failure::disk, "cannot be written", {path, 0, 0});
  return {};
}

/// Rows of the tidy table, column by column.
struct Rows {
  std::vector<std::uint64_t> point, replication, count, unfinished;
  std::vector<std::string> kpi, unit, status, fingerprint;
  std::vector<double> value, restricted;

  void add(std::size_t at, std::uint32_t r, const kpi::Figure& figure, const std::string& run) {
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    point.push_back(at);
    replication.push_back(r);
    kpi.push_back(figure.name);
    unit.push_back(figure.unit);
    value.push_back(figure.value.value_or(unknown));
    restricted.push_back(figure.restricted.value_or(unknown));
    count.push_back(figure.count);
    unfinished.push_back(figure.unfinished);
    status.emplace_back("done");
    fingerprint.push_back(run);
  }
  void add_failed(std::size_t at, std::uint32_t r, const std::string& reason) {
    add(at, r, {}, {});
    status.back() = "failed: " + reason.substr(0, reason.find('\n'));
  }
};

Rows rows_of(const Campaign& campaign, const std::vector<std::string>& kpis) {
  Rows rows;
  for (std::size_t at = 0; at < campaign.arms.size(); ++at) {
    const ArmRuns& arm = campaign.arms[at];
    for (std::uint32_t r = 0; r < arm.runs.size(); ++r) {
      const auto& run = arm.runs[r];
      if (arm.refused) {
        rows.add_failed(at, r, arm.refused->reason);
      } else if (run && run->failed) {
        rows.add_failed(at, r, run->failed->reason);
      } else if (run) {
        for (const std::string& name : kpis) {
          const kpi::Figure* figure = kpi::find(run->figures, name);
          if (figure != nullptr) rows.add(at, r, *figure, to_hex(run->fingerprint));
        }
      }
    }
  }
  return rows;
}

std::string csv_of(const Rows& rows, const std::vector<Levels>& levels) {
  std::string text = "point,replication";
  for (const Levels& one : levels) text += "," + quoted(one.name);
  text += ",kpi,unit,value,restricted,count,unfinished,status,fingerprint\n";
  for (std::size_t i = 0; i < rows.point.size(); ++i) {
    text += fmt::format("{},{}", rows.point[i], rows.replication[i]);
    for (const Levels& one : levels) text += "," + quoted(one.at[rows.point[i]]);
    text += fmt::format(",{},{},{},{},{},{},{},{}\n", quoted(rows.kpi[i]), quoted(rows.unit[i]),
                        digits(rows.value[i]), digits(rows.restricted[i]), rows.count[i],
                        rows.unfinished[i], quoted(rows.status[i]), rows.fingerprint[i]);
  }
  return text;
}

std::vector<trace::SheetColumn> columns_of(Rows rows, const std::vector<Levels>& levels) {
  std::vector<trace::SheetColumn> columns;
  columns.push_back({"point", "1", "point of the design, from 0", rows.point});
  columns.push_back({"replication", "1", "from 0", std::move(rows.replication)});
  for (const Levels& one : levels) {
    std::vector<std::string> texts;
    texts.reserve(rows.point.size());
    for (const std::uint64_t point : rows.point) texts.push_back(one.at[point]);
    columns.push_back({"factor." + one.name, "", "level of the factor", std::move(texts)});
  }
  columns.push_back({"kpi", "", "empty for a failed run", std::move(rows.kpi)});
  columns.push_back({"unit", "", "of value and restricted", std::move(rows.unit)});
  columns.push_back({"value", "as unit says", "headline of the KPI", std::move(rows.value)});
  columns.push_back({"restricted", "as unit says", "the same of min(T, follow), for spans",
                     std::move(rows.restricted)});
  columns.push_back({"count", "1", "entities that it rests on", std::move(rows.count)});
  columns.push_back(
      {"unfinished", "1", "entities for which it is not known", std::move(rows.unfinished)});
  columns.push_back({"status", "", "done, or failed and why", std::move(rows.status)});
  columns.push_back({"fingerprint", "", "of the run", std::move(rows.fingerprint)});
  return columns;
}

std::string csv_of(const std::vector<Finding>& findings) {
  std::string text = "kpi,unit,analysis,subject,estimate,low,high,p,p_holm,remark\n";
  for (const Finding& one : findings) {
    const auto low = one.ci95 ? std::optional(one.ci95->low) : std::nullopt;
    const auto high = one.ci95 ? std::optional(one.ci95->high) : std::nullopt;
    text += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", quoted(one.kpi), quoted(one.unit),
                        one.what, quoted(one.subject), digits(one.estimate), digits(low),
                        digits(high), digits(one.p), digits(one.p_holm), quoted(one.remark));
  }
  return text;
}

std::string who_ran(const Campaign& campaign) {
  std::string text = "point,replication,seconds,host,events\n";
  for (std::size_t at = 0; at < campaign.arms.size(); ++at) {
    for (const auto& run : campaign.arms[at].runs) {
      if (!run) continue;
      text += fmt::format("{},{},{:.3f},{},{}\n", at, run->replication, run->wall_seconds,
                          quoted(run->host), run->events);
    }
  }
  return text;
}

}  // namespace

Result<void> write_tables(const std::string& folder, const std::string& title,
                          const std::vector<Levels>& levels, const Campaign& campaign,
                          const std::vector<std::string>& kpis,
                          const std::vector<Finding>& findings) {
  const Rows rows = rows_of(campaign, kpis);
  for (const auto& [name, text] :
       {std::pair<std::string, std::string>{"results.csv", csv_of(rows, levels)},
        {"analysis.csv", csv_of(findings)},
        {"runs.csv", who_ran(campaign)}}) {
    if (auto written = write_file(folder + "/" + name, text); !written) return written;
  }
  return trace::write_sheet(
      folder + "/results.h5",
      {{"format", "portflow-results"}, {"schema_version", "1"}, {"of", title}},
      columns_of(rows, levels));
}

}  // namespace portflow::study
