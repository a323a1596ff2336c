#include <array>

#include "trace/column_make.hpp"
#include "trace/digest_rows.hpp"
#include "trace/stored_rows.hpp"

namespace portflow::trace {
namespace {

std::vector<Column> keyframe_columns() {
  std::vector<Column> columns{when("at", &Keyframe::at, "a midnight; the state is that before it")};
  const std::size_t first = offset_of(&Keyframe::rows);
  for (std::size_t i = 0; i < recorded_count; ++i) {
    if (static_cast<Table>(i) == Table::paths) continue;  // they come with /ended
    const std::string path = layout_of(static_cast<Table>(i)).path;
    columns.push_back({path.substr(1),
                       Cell::u64,
                       first + i * sizeof(std::uint64_t),
                       "count",
                       "rows of " + path + " stamped before `at`: the next is the first after it",
                       Codes::none,
                       {},
                       Form::value,
                       0,
                       false});
  }
  const auto begins = [&](const char* name, std::uint64_t Keyframe::* member) {
    columns.push_back(column(name, member, "count",
                             "its rows in /" + std::string(name) +
                                 " begin here, and end where those of the next keyframe begin"));
  };
  begins("alive", &Keyframe::alive);
  begins("alive_steps", &Keyframe::alive_steps);
  begins("under_way", &Keyframe::under_way);
  begins("balances", &Keyframe::balances);
  begins("role_rows", &Keyframe::role_rows);
  return columns;
}

std::vector<Column> level_tile_columns() {
  return {after<LevelTile>("end of the tile"),
          column("span", &LevelTile::span, "ms", "length of the tile"),
          column("busy", &LevelTile::busy, "unit ms", "integral of the units in use"),
          column("queued", &LevelTile::queued, "entity ms", "integral of the length of the queue"),
          column("capacity", &LevelTile::capacity, "unit ms", "integral of the units in service"),
          column("waited", &LevelTile::waited, "ms", "sum of the waits that ended in it"),
          column("started", &LevelTile::started, "count", "how many waits ended in it"),
          column("queue_max", &LevelTile::queue_max, "count", "longest queue in it"),
          column("resource", &LevelTile::resource, "code", "the resource", Codes::resources)};
}

std::array<Layout, table_count - recorded_count> make_layouts() {
  return {{
      {"/keyframes",
       "a midnight of the run, the state then, and how many rows of each table came before: an "
       "index by time; days without a row have none",
       Detail::kpi, sizeof(Keyframe), keyframe_columns()},
      {"/alive",
       "entities that were born one after the other before a keyframe, none of whom had ended",
       Detail::kpi,
       sizeof(Alive),
       {stored(Form::above, column("birth_further", &Alive::row, "count",
                                   "row of the first in /born, " + std::string(less_above))),
        column("count", &Alive::count, "count", "how many")}},
      {"/alive_steps",
       "how far an entity that was alive at a keyframe had come; a row for each that /alive counts",
       Detail::stages,
       sizeof(AliveStep),
       {lasting("since_swing", &AliveStep::since, Form::swing, 0,
                "when its latest step ended, or it was born where none has, " +
                    std::string(less_above) + "; 0, -1, 1, -2, ... as 0, 1, 2, 3, ..."),
        column("step", &AliveStep::step, "code", "that step" + std::string(no_code_means),
               Codes::steps)}},
      {"/under_way",
       "a way that was not over at a keyframe",
       Detail::stages,
       sizeof(UnderWay),
       {column("move", &UnderWay::move, "count", "its row in /moves")}},
      {"/balances",
       "what had been booked of an item before a keyframe, where that is not nothing",
       Detail::kpi,
       sizeof(Balance),
       {column("amount", &Balance::amount, "", "sum of the amounts, in parts of the item's unit"),
        column("item", &Balance::item, "code", "the item", Codes::items)}},
      {"/role_rows",
       "how many entities of a role were born before a keyframe, where any was",
       Detail::kpi,
       sizeof(RoleRows),
       {column("rows", &RoleRows::rows, "count", "how many"),
        column("role", &RoleRows::role, "code", "the role", Codes::roles)}},
      {"/level_tiles",
       "a resource over [at - span, at], summed from /levels; tiles of 4 h, 1 d and 8 d, the last "
       "ones cut short by the end of the record",
       Detail::kpi, sizeof(LevelTile), level_tile_columns()},
      {"/lane_tiles",
       "a route over [at - span, at), from /moves; tiles of 4 h, 1 d and 8 d; a mover is under way "
       "from `begin`, or from when that was recorded, to `end`",
       Detail::stages,
       sizeof(LaneTile),
       {after<LaneTile>("end of the tile"),
        column("span", &LaneTile::span, "ms", "length of the tile"),
        column("under_way", &LaneTile::under_way, "mover ms",
               "integral of how many were under way"),
        column("set_out", &LaneTile::set_out, "count", "how many set out in it"),
        column("route", &LaneTile::route, "code", "the line on the map", Codes::routes)}},
      {"/path_heads",
       "how the path of an entity that ended is made up; row k belongs to row k of /ended",
       Detail::full,
       sizeof(PathHead),
       {column("own", &PathHead::own, "count",
               "rows of /paths that are its own: those after the rows of the heads before"),
        column("back", &PathHead::back, "count",
               "it goes on so many rows of /paths before the first of these, and from there as the "
               "path with that row does; 0 where it does not go on")}},
      {"/identities",
       "who is meant by a number: 0 is nobody, number n stands in row n - 1. Entities have numbers "
       "in the order of their births, a batch of rows before any other that it names",
       Detail::kpi,
       sizeof(Identity),
       {column("hash", &Identity::hash, "",
               "hash of the entity's name, the same in every run, xor what its name says it is: so "
               "always 0, but for growth of a source and whoever has no row in /born")}},
  }};
}

}  // namespace

const Layout& digest_layout_of(Table table) {
  static const std::array<Layout, table_count - recorded_count> layouts = make_layouts();
  return layouts[static_cast<std::size_t>(table) - recorded_count];
}

}  // namespace portflow::trace
