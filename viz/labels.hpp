/// \file labels.hpp
/// Every word that the viewer itself says, in Chinese and English.
///
/// Names of facilities come with the trace; names of resources are single words there
/// (`in_lane`), which `resource_title` spells out in both languages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/cause.hpp"
#include "trace/schema.hpp"
#include "viz/theme.hpp"

namespace portflow::viz {

enum class Language : std::uint8_t { zh, en };

enum class Text : std::uint16_t {
  replication,
  with_measures,
  baseline,
  day_shift,
  night_shift,
  weekend,
  entities_in_system,
  entity_time_median,
  entities_waiting,
  entities_ended,
  last_7_days,
  mean_7_days,
  share_7_days,
  total_7_days,
  median_7_days,
  high_7_days,
  within_target,
  target_met,
  above_target,
  below_target,
  change_24h,
  as_24h_ago,
  none_yet,
  still_under_way,
  unit_entities,
  unit_s,
  unit_min,
  unit_h,
  unit_d,
  unit_cny,
  queues_now,
  longest_first,
  number,
  wait,
  target,
  queue,
  full,
  closed_now,
  nothing_waiting,
  nothing_waiting_hint,
  waiting_by_cause,
  last_24h,
  hours_of,
  boxes,
  lots,
  ships,
  people,
  trucks,
  trains,
  aircraft,
  boxes_by_rail,
  others,
  no_waits,
  no_waits_hint,
  ended_in_24h,
  share,
  legend_flow,
  legend_mode,
  legend_facility,
  flow_import,
  flow_export,
  flow_transit,
  flow_domestic,
  flow_passengers,
  flow_bulk,
  flow_mixed,
  mode_ship,
  mode_train,
  mode_wagon,
  mode_truck,
  mode_aircraft,
  pilot_ground,
  ring_full,
  ring_number,
  ring_breach,
  ring_breach_2,
  on_the_map,
  ships_at_sea,
  ships_at_anchor,
  ships_at_berth,
  facilities,
  no_place,
  no_place_hint,
  curve_wait,
  curve_queue,
  minutes,
  mode_wait,
  mode_queue,
  days_shown,
  whole_run,
  speed,
  speed_range,
  per_second,
  jump_to,
  next_breach,
  longest_queue,
  busiest_hour,
  no_curves,
  no_curves_hint,
  times_utc8,
  objects_in_view,
  entities_unfinished,
  frames,
  sealed,
  still_open,
  no_coast,
  coast_source,
  events_word,
  help,
  help_play,
  help_reverse,
  help_step,
  help_speed,
  help_ends,
  help_breach,
  help_language,
  help_theme,
  help_fit,
  help_map,
  help_close,
  speed_of,
  count_
};
inline constexpr std::size_t text_count = static_cast<std::size_t>(Text::count_);

/// The words of `id`; never empty.
[[nodiscard]] const char* text(Text id, Language language) noexcept;

[[nodiscard]] const char* cause_title(Cause cause, Language language) noexcept;
[[nodiscard]] const char* flow_title(Flow flow, Language language) noexcept;

/// `label` in `language`, or in the other one where it is missing there.
[[nodiscard]] const std::string& pick(const trace::Label& label, Language language) noexcept;

/// A resource's word spelt out: `in_lane` -> `进场车道`, `lanes in`; unknown words keep their
/// letters, with spaces for underscores.
[[nodiscard]] std::string resource_title(std::string_view word, Language language);

/// A place of the region, as map files spell it (`Shanghai (Yangshan)`), in `language`.
[[nodiscard]] std::string place_title(std::string_view name, Language language);

/// Everything above in both languages, for building and testing the font atlas.
[[nodiscard]] std::vector<std::string> all_labels();

}  // namespace portflow::viz
