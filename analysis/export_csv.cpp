#include "analysis/export_csv.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>

#include "analysis/csv_file.hpp"
#include "kpi/collector.hpp"

namespace portflow::analysis {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 7> table_names{"entities",  "attributes", "stages", "causes",
                                                      "movements", "resources",  "series"};

std::string path_of(const std::string& folder, std::string_view table) {
  return (fs::path(folder) / (std::string(table) + ".csv")).string();
}

bool holds(const Record& record, std::string_view table) {
  const auto tables = record.reader().tables();
  return std::ranges::find(tables, table, &trace::Reader::Table::name) != tables.end();
}

/// Writes the rows of a trace as they pass by.
class Exporter final : public trace::Sink {
 public:
  Exporter(const Record& record, const std::string& folder, kpi::Collector& kpis)
      : schema_(record.schema()),
        directory_(record.directory()),
        kpis_(kpis),
        entities_(path_of(folder, "entities"),
                  {"entity", "parent", "role", "type", "procedure", "flow", "created [UTC+08:00]"}),
        attributes_(path_of(folder, "attributes"), {"entity", "attribute", "value", "unit"}),
        causes_(path_of(folder, "causes"), {"entity", "role", "created [UTC+08:00]",
                                            "ended [UTC+08:00]", "cause", "lasts [s]"}),
        resources_(path_of(folder, "resources"),
                   {"resource", "unit", "from [UTC+08:00]", "to [UTC+08:00]", "in use [unit]",
                    "in service [unit]", "queue [entities]", "longest queue [entities]",
                    "waits ended", "waited [s]"}),
        series_(path_of(folder, "series"), {"kpi", "day [UTC+08:00]", "value", "unit"}) {
    if (holds(record, "steps")) {
      stages_ = std::make_unique<CsvFile>(
          path_of(folder, "stages"),
          std::initializer_list<std::string_view>{"entity", "role", "step", "resource",
                                                  "ready [UTC+08:00]", "start [UTC+08:00]",
                                                  "end [UTC+08:00]", "wait [s]", "service [s]"});
    }
    if (holds(record, "moves")) {
      movements_ =
          std::make_unique<CsvFile>(path_of(folder, "movements"),
                                    std::initializer_list<std::string_view>{
                                        "entity", "role", "route", "mode", "departure [UTC+08:00]",
                                        "arrival [UTC+08:00]", "under way [s]"});
    }
  }

  void consume(const trace::Batch& batch) override {
    std::size_t first = 0;
    for (const trace::Born& born : batch.born) {
      add(born);
      const auto& attributes = schema_.roles[born.role].attributes;
      for (std::size_t i = 0; i < attributes.size(); ++i) {
        add(born.entity, attributes[i], batch.attributes[first + i]);
      }
      first += attributes.size();
    }
    for (const trace::StepDone& step : batch.steps) add(step);
    for (const trace::Ended& ended : batch.ended) add(ended);
    for (const trace::Moved& moved : batch.moves) add(moved);
    for (const trace::Level& level : batch.levels) add(level);
    kpis_.consume(batch);
  }

  /// When all rows have passed: what the KPIs were, day by day.
  void end() {
    for (const kpi::Figure& figure : kpis_.finish().figures) {
      for (const kpi::CurvePoint& point : figure.curve) {
        series_.text(figure.name).time(point.at).real(point.value).text(figure.unit).end_row();
      }
    }
  }

  /// Those that are written, in the order of table_names.
  [[nodiscard]] std::vector<CsvFile*> files() {
    std::vector<CsvFile*> all{&entities_,       &attributes_, stages_.get(), &causes_,
                              movements_.get(), &resources_,  &series_};
    std::erase(all, nullptr);
    return all;
  }

 private:
  void add(const trace::Born& born) {
    const trace::RoleInfo& role = schema_.roles[born.role];
    entities_.text(directory_.spell(born.entity));
    if (born.parent == trace::no_entity) {
      entities_.nothing();
    } else {
      entities_.text(directory_.spell(born.parent));
    }
    entities_.text(role.name).text(role.type).text(role.procedure).text(role.flow).time(born.at);
    entities_.end_row();
  }

  void add(trace::EntityId entity, const trace::AttributeInfo& attribute, double value) {
    attributes_.text(directory_.spell(entity)).text(attribute.name);
    const bool named = value >= 0 && value < static_cast<double>(attribute.categories.size());
    if (named) {
      attributes_.text(attribute.categories[static_cast<std::size_t>(value)]);
    } else if (attribute.categories.empty()) {
      attributes_.real(value);
    } else {
      attributes_.nothing();
    }
    attributes_.text(attribute.unit).end_row();
  }

  void add(const trace::StepDone& step) {
    stages_->text(directory_.spell(step.entity)).text(role_of(step.entity));
    name(*stages_, step.step, schema_.steps, [](const std::string& one) { return one; });
    name(*stages_, step.resource, schema_.resources, &trace::ResourceInfo::name);
    stages_->time(step.ready).time(step.start).time(step.at);
    stages_->seconds(step.start - step.ready).seconds(step.at - step.start).end_row();
  }

  void add(const trace::Ended& ended) {
    const std::string who = directory_.spell(ended.entity);
    for (std::size_t i = 0; i < cause_count; ++i) {
      if (ended.ticks_by_cause[i] == 0) continue;
      causes_.text(who).text(role_of(ended.entity)).time(ended.created).time(ended.end);
      causes_.text(cause_names[i]).seconds(Duration{ended.ticks_by_cause[i]}).end_row();
    }
  }

  void add(const trace::Moved& moved) {
    movements_->text(directory_.spell(moved.entity)).text(role_of(moved.entity));
    name(*movements_, moved.route, schema_.routes, &trace::RouteInfo::name);
    name(*movements_, moved.route, schema_.routes, &trace::RouteInfo::mode);
    movements_->time(moved.begin).time(moved.end).seconds(moved.end - moved.begin).end_row();
  }

  void add(const trace::Level& level) {
    if (level.resource >= schema_.resources.size()) return;
    const trace::ResourceInfo& resource = schema_.resources[level.resource];
    const auto mean = [&](std::int64_t integral) {
      return level.span > Duration::zero()
                 ? static_cast<double>(integral) / static_cast<double>(level.span.count())
                 : 0.0;
    };
    resources_.text(resource.name).text(resource.unit);
    resources_.time(level.at - level.span).time(level.at);
    resources_.real(mean(level.busy)).real(mean(level.capacity)).real(mean(level.queued));
    resources_.count(level.queue_max).count(level.started).seconds(Duration{level.waited});
    resources_.end_row();
  }

  [[nodiscard]] std::string_view role_of(trace::EntityId entity) const {
    const trace::Born* born = directory_.find(entity);
    return born == nullptr ? std::string_view{} : schema_.roles[born->role].name;
  }

  /// The name of a code; nothing for none.
  template <class List, class Name>
  static void name(CsvFile& file, std::uint16_t code, const List& list, Name member) {
    if (code < list.size()) {
      file.text(std::invoke(member, list[code]));
    } else {
      file.nothing();
    }
  }

  const trace::Schema& schema_;
  const Directory& directory_;
  kpi::Collector& kpis_;
  CsvFile entities_, attributes_, causes_, resources_, series_;
  std::unique_ptr<CsvFile> stages_, movements_;
};

Result<void> make_room(const std::string& folder, bool force) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!fs::is_directory(folder)) {
    return fail(Failure::disk, error ? error.message() : "is no folder", {folder, 0, 0});
  }
  for (const std::string_view table : table_names) {
    const std::string path = path_of(folder, table);
    if (!fs::exists(path)) continue;
    if (!force) return fail(Failure::disk, "is there already; --force replaces it", {path, 0, 0});
    if (!fs::is_regular_file(path)) return fail(Failure::disk, "is no plain file", {path, 0, 0});
  }
  return {};
}

}  // namespace

Result<Exported> export_csv(const Record& record, const std::string& folder, bool force) {
  if (auto room = make_room(folder, force); !room) return tl::unexpected(room.error());
  auto kpis = kpi::Collector::make(record.schema(), kpi::Keep::daily);
  if (!kpis) return tl::unexpected(kpis.error());
  Exporter exporter(record, folder, **kpis);
  auto read = record.reader().replay(exporter, {.steps = false, .paths = true});
  if (!read) return tl::unexpected(read.error());
  exporter.end();
  for (CsvFile* file : exporter.files()) {
    if (auto written = file->finish(); !written) return tl::unexpected(written.error());
  }
  Exported exported;
  for (const std::string_view table : table_names) {
    const auto files = exporter.files();
    const auto file = std::ranges::find(files, path_of(folder, table), &CsvFile::path);
    if (file != files.end()) {
      if (auto kept = (*file)->keep(); !kept) return tl::unexpected(kept.error());
      exported.files.push_back({(*file)->path(), (*file)->rows()});
      continue;
    }
    // What another trace left there would be taken for this one's.
    std::error_code ignored;
    fs::remove(path_of(folder, table), ignored);
    exported.left_out.emplace_back(table);
  }
  return exported;
}

}  // namespace portflow::analysis
