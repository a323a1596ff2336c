#include "trace/column.hpp"

#include <algorithm>
#include <array>

#include "trace/column_make.hpp"
#include "trace/stored_rows.hpp"

namespace portflow::trace {
namespace {

std::vector<Column> ended_columns() {
  std::vector<Column> columns{
      after<Ended>("when this became known"),
      lasting("late", &Ended::end, Form::under, 0,
              "`at` - `end`, the latest end of its steps, which is at most `at`"),
      entity<Ended>(),
      column("role", &Ended::role, "code", "its role", Codes::roles),
      lasting("unexplained", &Ended::created, Form::rest, 1,
              "`end` - `created` - the ten causes, so always 0"),
  };
  const std::size_t first = offset_of(&Ended::ticks_by_cause);
  constexpr std::array<std::string_view, cause_count> meaning{
      "in the service of steps",
      "under way or carried between facilities",
      "waiting for a document or notice under way",
      "waiting for failed equipment",
      "waiting while a calendar keeps the resource closed",
      "waiting behind others in a queue",
      "waiting for a resource that another holds",
      "waiting for a batch to fill",
      "waiting for a timetable or an agreed time",
      "waiting for another that was not born yet"};
  for (std::size_t i = 0; i < cause_count; ++i) {
    columns.push_back({std::string(cause_names[i]),
                       Cell::i64,
                       first + i * sizeof(std::int64_t),
                       "ms",
                       "time " + std::string(meaning[i]),
                       Codes::none,
                       {},
                       Form::value,
                       0,
                       false});
  }
  return columns;
}

std::array<Layout, recorded_count> make_layouts() {
  const std::string none(no_code_means);
  return {{
      {"/born",
       "births in their order; the k-th row of a role here is row k of its table under /entities",
       Detail::kpi,
       sizeof(StoredBirth),
       {after<StoredBirth>("when the entity was born"),
        stored(Form::above, column("further", &StoredBirth::number, "",
                                   "number of the entity, " + std::string(less_above))),
        column("role", &StoredBirth::role, "code", "its role", Codes::roles),
        column("back", &StoredBirth::back, "",
               "number of the entity less that of the group that bears it, modulo 2^32; 0 where "
               "none does"),
        column("ordinal", &StoredBirth::ordinal, "count",
               "how manieth it is within source or group, from 1")}},
      {"/marks",
       "a step of an entity set a mark, or set it void because the step was skipped",
       Detail::kpi,
       sizeof(StoredMark),
       {stored(Form::above,
               column("steps", &StoredMark::steps, "count",
                      "how many rows of /steps there are up to that of the step that set it, " +
                          std::string(less_above))),
        column("later", &StoredMark::later, "ms",
               "`at`, when this was recorded, less that of the last of these rows"),
        column("further", &StoredMark::further, "",
               "number of the entity less that of the last of these rows, modulo 2^32"),
        column("mark", &StoredMark::mark, "code", "the mark", Codes::marks),
        column("is_void", &StoredMark::is_void, "flag", "1 where the step was skipped, else 0")}},
      {"/steps",
       "a step ended; ready <= start <= end = at, the wait is start - ready",
       Detail::stages,
       sizeof(StepDone),
       {after<StepDone>("when the step ended"),
        lasting("service", &StepDone::start, Form::under, 0,
                "`at` - `start`, when its service began"),
        lasting("wait", &StepDone::ready, Form::under, 1,
                "`start` - `ready`, when its last token came"),
        entity<StepDone>(), column("step", &StepDone::step, "code", "the step", Codes::steps),
        column("resource", &StepDone::resource, "code", "the first resource that it held" + none,
               Codes::resources)}},
      {"/ended", "an entity ended; the ten causes add up to end - created exactly", Detail::kpi,
       sizeof(Ended), ended_columns()},
      {"/paths",
       "a segment of the critical path of an entity, latest first, that no earlier path has; "
       "/path_heads says which are whose",
       Detail::full,
       sizeof(StoredSegment),
       {column("lasts", &StoredSegment::lasts, "ms",
               "length of the segment, which ends where the one before it in the path begins, the "
               "first one at the `end` of the entity"),
        column("onto", &StoredSegment::onto, "",
               "number of the owner in the row above, or in the first row of a path of the "
               "entity, less that of the owner, whose step the segment passes through; 0, -1, 1, "
               "-2, ... modulo 2^32 as 0, 1, 2, 3, ..."),
        column("holder", &StoredSegment::holder, "",
               "number of who held the resource, where one did; 0 where nobody"),
        column("step", &StoredSegment::step, "code", "the owner's step" + none, Codes::steps),
        column("resource", &StoredSegment::resource, "code", "waited for or held" + none,
               Codes::resources),
        column("cause", &StoredSegment::cause, "code", "why this time passed", Codes::causes)}},
      {"/moves",
       "a mover was under way on a route over [begin, end]",
       Detail::stages,
       sizeof(Moved),
       {after<Moved>(),
        lasting("ahead", &Moved::begin, Form::over, 0, "`begin`, when it set out, - `at`"),
        lasting("lasts", &Moved::end, Form::over, 1, "`end`, when it arrived, - `begin`"),
        entity<Moved>("number of the mover"),
        column("route", &Moved::route, "code", "the line on the map", Codes::routes),
        column("role", &Moved::role, "code", "the mover's role", Codes::roles)}},
      {"/levels",
       "what a resource did in the interval [at - span, at]; integrals are exact",
       Detail::kpi,
       sizeof(Level),
       {after<Level>("end of the interval"),
        column("span", &Level::span, "ms", "length of the interval"),
        column("busy", &Level::busy, "unit ms", "integral of the units in use"),
        column("queued", &Level::queued, "entity ms", "integral of the length of the queue"),
        column("capacity", &Level::capacity, "unit ms", "integral of the units in service"),
        column("waited", &Level::waited, "ms", "sum of the waits that ended in the interval"),
        column("started", &Level::started, "count", "how many waits ended in it"),
        column("queue_max", &Level::queue_max, "count", "longest queue in the interval"),
        column("queue_now", &Level::queue_now, "count", "queue at its end"),
        column("busy_now", &Level::busy_now, "unit", "units in use at its end"),
        column("capacity_now", &Level::capacity_now, "unit", "units in service at its end"),
        column("resource", &Level::resource, "code", "the resource", Codes::resources)}},
      {"/ledger",
       "money or a risk was booked",
       Detail::kpi,
       sizeof(Booked),
       {after<Booked>(),
        column("amount", &Booked::amount, "",
               "the amount in whole parts of the item's unit, so that sums are exact: hundredths "
               "of a yuan (CNY), milliseconds (a time), milliardths of an event that is expected "
               "(1)"),
        entity<Booked>("number of the entity for whom; 0 where for none"),
        column("item", &Booked::item, "code", "the item", Codes::items)}},
  }};
}

std::string dotted(std::string name) {
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

}  // namespace

std::size_t size_of(Cell cell) noexcept {
  constexpr std::array<std::size_t, 6> sizes{8, 8, 8, 4, 2, 1};
  return sizes[static_cast<std::size_t>(cell)];
}

std::string_view name_of(Cell cell) noexcept {
  constexpr std::array<std::string_view, 6> names{"int64",  "uint64", "float64",
                                                  "uint32", "uint16", "uint8"};
  return names[static_cast<std::size_t>(cell)];
}

std::string dictionary_of(Codes codes) {
  switch (codes) {
    case Codes::marks:
      return "/dictionary/marks";
    case Codes::steps:
      return "/dictionary/steps";
    case Codes::resources:
      return "/dictionary/resources";
    case Codes::routes:
      return "/dictionary/routes";
    case Codes::roles:
      return "/dictionary/roles";
    case Codes::items:
      return "/dictionary/items";
    case Codes::none:
    case Codes::causes:
      break;
  }
  return {};
}

std::size_t size_of(Codes codes, const Schema& schema) noexcept {
  switch (codes) {
    case Codes::marks:
      return schema.marks.size();
    case Codes::steps:
      return schema.steps.size();
    case Codes::resources:
      return schema.resources.size();
    case Codes::routes:
      return schema.routes.size();
    case Codes::roles:
      return schema.roles.size();
    case Codes::items:
      return schema.items.size();
    case Codes::causes:
      return cause_count;
    case Codes::none:
      break;
  }
  return 0;
}

const Layout& layout_of(Table table) {
  static const std::array<Layout, recorded_count> recorded = make_layouts();
  const auto index = static_cast<std::size_t>(table);
  return index < recorded_count ? recorded[index] : digest_layout_of(table);
}

std::vector<std::string> table_paths(const Schema& schema, Detail level) {
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < table_count; ++i) {
    const Layout& layout = layout_of(static_cast<Table>(i));
    if (layout.least <= level) paths.push_back(layout.path);
  }
  for (const RoleInfo& role : schema.roles) {
    if (!role.attributes.empty()) paths.push_back(layout_of(role).path);
  }
  return paths;
}

Layout step_key_layout() {
  return {"/steps",
          "",
          Detail::stages,
          sizeof(StepKey),
          {after(&StepKey::at, ""), column("entity", &StepKey::number, "", "")}};
}

Layout end_key_layout() {
  return {"/ended",
          "",
          Detail::kpi,
          sizeof(EndKey),
          {after(&EndKey::at, ""), lasting("late", &EndKey::end, Form::under, 0, ""),
           column("entity", &EndKey::number, "", "")}};
}

Layout step_state_layout() {
  return {"/steps",
          "",
          Detail::stages,
          sizeof(StepState),
          {after(&StepState::at, ""), column("entity", &StepState::number, "", ""),
           column("step", &StepState::step, "code", "", Codes::steps)}};
}

Layout layout_of(const RoleInfo& role) {
  Layout layout{"/entities/" + dotted(role.name),
                "attributes of the entities of role " + role.name + " in the order of their births",
                Detail::kpi,
                sizeof(double) * role.attributes.size(),
                {}};
  for (std::size_t i = 0; i < role.attributes.size(); ++i) {
    const AttributeInfo& attribute = role.attributes[i];
    const bool number = attribute.categories.empty();
    layout.columns.push_back({dotted(attribute.name), number ? Cell::f64 : Cell::u16,
                              i * sizeof(double), number ? attribute.unit : "code",
                              number ? "attribute " + attribute.name
                                     : "attribute " + attribute.name + ", index into `categories`" +
                                           std::string(no_code_means),
                              Codes::none, attribute.categories, Form::value, 0, false});
  }
  return layout;
}

}  // namespace portflow::trace
