// From files to a model: read, edit by hand, apply measures, build, draw.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <set>
#include <sstream>

#include "core/words.hpp"
#include "facility/catalogue.hpp"
#include "io/read.hpp"
#include "kpi/definition.hpp"
#include "run/disturbances.hpp"
#include "run/geometry.hpp"
#include "run/impl.hpp"
#include "run/measures.hpp"
#include "run/published.hpp"
#include "spec/bind.hpp"
#include "spec/number.hpp"

namespace portflow::run {
namespace {

namespace fs = std::filesystem;

/// Sets fields as `--set PATH=VALUE` says; the value is YAML.
Errors set_fields(spec::Node& root, const std::vector<std::string>& settings) {
  Errors errors;
  for (const std::string& setting : settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos) {
      errors.push_back({{"--set", 1, 1}, setting, "expected PATH=VALUE"});
      continue;
    }
    auto value = io::parse(setting.substr(equals + 1), "--set");
    if (!value) {
      errors.insert(errors.end(), value.error().errors.begin(), value.error().errors.end());
      continue;
    }
    const std::string path = setting.substr(0, equals);
    spec::Node* at = &root;
    std::istringstream words(path);
    for (std::string word; std::getline(words, word, '.');) {
      spec::Node* next = at->find(word);
      if (next == nullptr) {
        std::vector<std::string> keys;
        keys.reserve(at->entries.size());
        for (const auto& entry : at->entries) keys.push_back(entry.key);
        const std::string close = nearest(word, keys);
        errors.push_back(
            {{"--set", 1, 1},
             path,
             "no field '" + word + "'" + (close.empty() ? "" : "; did you mean '" + close + "'?")});
        at = nullptr;
        break;
      }
      at = next;
    }
    if (at != nullptr) *at = *value;
  }
  return errors;
}

kpi::Definition definition_of(const spec::Kpi& in) {
  static constexpr const char* kinds[] = {"span",       "share",  "count",
                                          "unfinished", "ledger", "outage"};
  kpi::Definition out;
  out.name = in.name;
  out.kind = kinds[static_cast<std::size_t>(in.kind)];
  out.of = in.of;
  out.where = in.where.text();
  out.from = in.from;
  out.to = in.to;
  out.marked = in.marked;
  out.over = in.over;
  out.weight = in.weight;
  out.items = in.items;
  if (in.book != spec::Ledger::costs) out.book = spec::name_of(in.book);
  out.payer = in.payer;
  out.payee = in.payee;
  out.bearer = in.bearer;
  out.statistic = in.statistic;
  out.unit = in.unit;
  out.better = static_cast<kpi::Better>(in.better);
  out.target = in.target;
  out.by = in.by;
  if (in.release_study) {
    const auto& [mode, goods, trader, channel] = *in.release_study;
    out.release_study = {mode, goods, trader, channel};
  }
  out.title = {in.title.zh, in.title.en};
  out.definition = {in.definition.zh, in.definition.en};
  return out;
}

/// `2023-03-13`, or a duration from the start such as `7 d`.
Result<SimTime> parse_until(const std::string& text, const spec::Horizon& horizon) {
  if (text.empty()) return horizon.until();
  if (const auto date = parse_time(text)) {
    if (*date > horizon.from) return *date;
    return fail(Failure::input, fmt::format("--until: '{}' is not after the scenario's start, {}",
                                            text, to_text(horizon.from)));
  }
  const auto span = spec::read_number(text, spec::duration(Duration{1}));
  if (span) return horizon.from + Duration{static_cast<std::int64_t>(*span)};
  return fail(Failure::input,
              "--until: '" + text + "' is neither a date (2023-03-13) nor a duration (7 d)");
}

/// The folders of the scenario and of what it extends: where its map may lie.
std::vector<std::string> folders_of(const std::vector<std::string>& files) {
  std::vector<std::string> folders;
  for (const std::string& file : files) {
    std::string folder = fs::path(file).parent_path().string();
    if (std::ranges::find(folders, folder) == folders.end()) folders.push_back(std::move(folder));
  }
  return folders;
}

Result<void> build_model(Prepared::Impl& impl, const std::vector<std::string>& folders) {
  std::vector<procedure::Dated> dated;
  for (const policy::Epoch& epoch : impl.compiled.epochs) {
    procedure::Dated one;
    one.from = epoch.from;
    one.scenario = &epoch.scenario;
    for (const auto& [name, some] : epoch.alternatives) {
      procedure::Alternatives& out = one.alternatives[name];
      out.rules = some.rules;
      for (const spec::Procedure& procedure : some.by_adopters) {
        out.by_adopters.push_back(&procedure);
      }
    }
    dated.push_back(std::move(one));
  }
  std::vector<procedure::AdoptionInput> adoptions;
  adoptions.reserve(impl.compiled.adoptions.size());
  for (const policy::AdoptionRule& rule : impl.compiled.adoptions) {
    adoptions.push_back({rule.part, rule.adoption.by, rule.adoption.where, rule.adoption.share,
                         rule.from, rule.to});
  }
  auto built = procedure::build(dated, adoptions, facility::kinds());
  if (!built) return tl::unexpected(built.error());
  impl.model = std::move(built->model);
  Errors errors =
      draw_routes(impl.compiled.epochs.front().scenario, built->lines, folders, impl.model->schema);
  if (!errors.empty()) return refuse(std::move(errors));
  return {};
}

/// Adds the leaves of `node` that a record depends on; `without` are first words of paths.
void add_fields(const spec::Node& node, const std::string& prefix,
                std::initializer_list<std::string_view> without, std::vector<spec::Leaf>& out) {
  for (spec::Leaf& leaf : spec::leaves(node)) {
    const std::string_view word =
        std::string_view(leaf.path).substr(0, leaf.path.find_first_of(".["));
    if (std::ranges::find(without, word) != without.end()) continue;
    out.push_back({prefix + leaf.path, std::move(leaf.text)});
  }
}

/// What ended before the horizon may still have shaped who was announced for it, so it counts.
bool acts(const policy::Part& part, const spec::Horizon& horizon) {
  return part.starts.value_or(SimTime::min()) < horizon.until();
}

/// The leaves of a measure, without parts that are off or never act: the record is the same with
/// them and without.
void add_measure(const policy::Measure& measure, const spec::Horizon& horizon,
                 std::vector<spec::Leaf>& out) {
  std::vector<std::string> acting;
  for (const policy::Part& part : measure.parts) {
    if (acts(part, horizon)) acting.push_back(part.name);
  }
  if (acting.empty()) return;
  std::ranges::sort(acting);
  const std::string prefix = "measures." + measure.id + ".";
  for (const std::string& part : acting) out.push_back({prefix + "on", part});
  spec::Node node = measure.node;
  if (spec::Node* parts = node.find("parts"); parts != nullptr) {
    std::erase_if(parts->entries, [&](const spec::Node::Entry& part) {
      return std::ranges::find(acting, part.key) == acting.end();
    });
  }
  add_fields(node, prefix,
             {"title", "sources", "number", "clause", "concerns", "overlaps", "expect", "unchanged",
              "shown", "institutional", "settled"},
             out);
}

/// \param measures  by id
std::vector<spec::Leaf> fields_of(const spec::Node& root, const spec::Horizon& horizon,
                                  const std::vector<policy::Measure>& measures) {
  std::vector<spec::Leaf> fields;
  // Disturbances are told as what they are compiled to, however they were named.
  add_fields(root, "", {"title", "sources", "map", "seed", "disturbances"}, fields);
  for (const policy::Measure& measure : measures) add_measure(measure, horizon, fields);
  return fields;
}

/// Days between two instants that any calendar names as closed.
std::vector<CivilDate> holidays_within(const spec::Scenario& scenario, SimTime from, SimTime to) {
  std::set<CivilDate> days;
  for (const auto& [name, calendar] : scenario.calendars) {
    for (const CivilDate day : calendar.closed_on) {
      if (midnight(day) + Days(1) > from && midnight(day) < to) days.insert(day);
    }
  }
  return {days.begin(), days.end()};
}

}  // namespace

Result<std::shared_ptr<const Prepared>> prepare(const Request& request) {
  auto loaded = io::load(request.scenario);
  if (!loaded) return tl::unexpected(loaded.error());
  // Bound first, so that fields which stand at their defaults can be set too.
  auto bound = spec::bind(loaded->root);
  if (!bound) return tl::unexpected(bound.error());
  Errors errors = set_fields(loaded->root, request.settings);
  if (!errors.empty()) return refuse(std::move(errors));

  auto measures = load_measures(request.scenario, request.measures);
  auto own = disturbances_of(loaded->root);
  if (!measures || !own) {
    if (!measures) errors = measures.error().errors;
    if (!own) errors.insert(errors.end(), own.error().errors.begin(), own.error().errors.end());
    return refuse(std::move(errors));
  }
  auto impl = std::make_unique<Prepared::Impl>();
  for (const Disturbance& one : *own) impl->disturbances.push_back(one.measure.id);
  measures = together(std::move(*measures), std::move(*own));
  if (!measures) return tl::unexpected(measures.error());

  auto compiled = policy::compile(loaded->root, *measures);
  if (!compiled) return tl::unexpected(compiled.error());
  impl->compiled = std::move(*compiled);
  impl->evidence = spec::count_evidence(loaded->root);
  impl->warnings = impl->compiled.warnings;

  const spec::Scenario& scenario = impl->compiled.epochs.front().scenario;
  if (auto done = build_model(*impl, folders_of(loaded->files)); !done)
    return tl::unexpected(done.error());
  auto until = parse_until(request.until, scenario.horizon);
  if (!until) return tl::unexpected(until.error());

  impl->seed = request.seed.value_or(scenario.seed);
  trace::Schema& schema = impl->model->schema;
  schema.scenario_name = scenario.name;
  schema.scenario_title = {scenario.title.zh, scenario.title.en};
  schema.scenario_text = loaded->text;
  impl->measures = std::move(*measures);
  std::ranges::sort(impl->measures, {}, &policy::Measure::id);
  impl->fields = fields_of(loaded->root, scenario.horizon, impl->measures);
  for (const policy::Measure& measure : impl->measures) schema.measures.push_back(measure.id);
  schema.engine = PORTFLOW_VERSION;
  schema.build = engine();
  schema.seed = impl->seed;
  schema.from = scenario.horizon.from;
  schema.to = std::min(scenario.horizon.to, *until);
  schema.until = *until;
  schema.follow = scenario.horizon.follow;
  schema.cohort_from = scenario.horizon.from + scenario.horizon.warm_up;
  if (*until <= schema.cohort_from) {
    impl->warnings.push_back(
        {{}, "--until", "ends before the warm-up does, so nothing is counted"});
  }
  schema.level_span = std::chrono::minutes{15};
  std::vector<kpi::Definition> definitions;
  definitions.reserve(scenario.kpis.size());
  for (const spec::Kpi& one : scenario.kpis) definitions.push_back(definition_of(one));
  schema.kpi_definitions = kpi::to_json(definitions);
  schema.map_folder = scenario.map;
  if (auto known = check_published(scenario, schema); !known) return tl::unexpected(known.error());
  for (const spec::NetworkPlace& place : scenario.network.places) {
    schema.places.push_back({place.name,
                             {place.title.zh, place.title.en},
                             place.position.longitude,
                             place.position.latitude});
  }
  schema.holidays = holidays_within(scenario, schema.from, schema.until);
  return std::make_shared<const Prepared>(std::move(impl));
}

Prepared::Prepared(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Prepared::~Prepared() = default;

trace::Schema Prepared::schema(std::uint32_t replication) const {
  trace::Schema schema = impl_->model->schema;
  schema.replication = replication;
  return schema;
}
const spec::Scenario& Prepared::scenario() const noexcept {
  return impl_->compiled.epochs.front().scenario;
}
const policy::Compiled& Prepared::compiled() const noexcept {
  return impl_->compiled;
}
const std::vector<policy::Measure>& Prepared::measures() const noexcept {
  return impl_->measures;
}
const std::vector<std::string>& Prepared::disturbances() const noexcept {
  return impl_->disturbances;
}
const Errors& Prepared::warnings() const noexcept {
  return impl_->warnings;
}
const spec::Evidence& Prepared::evidence() const noexcept {
  return impl_->evidence;
}
const std::vector<spec::Leaf>& Prepared::fields() const noexcept {
  return impl_->fields;
}
std::uint64_t Prepared::seed() const noexcept {
  return impl_->seed;
}

}  // namespace portflow::run
