/// \file store.hpp
/// A trace as the panels want it: columns turned once into answers for any instant.
///
/// Built from the rows of a whole trace; afterwards it never changes. Every panel reads this
/// and nothing else, so that scrubbing is a look-up.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "trace/reader.hpp"
#include "viz/breaches.hpp"
#include "viz/causes.hpp"
#include "viz/levels.hpp"
#include "viz/movers.hpp"
#include "viz/quays.hpp"
#include "viz/rolling.hpp"
#include "viz/tiles.hpp"
#include "viz/weather.hpp"

namespace portflow::viz {

/// A facility at an instant: the resources that share the unit of its main one, as one.
struct FacilityState {
  std::uint16_t facility{0};
  bool has_resource{false};
  ResourceState state;
};

/// A row of the table of queues.
struct QueueRow {
  std::uint16_t resource{0};
  ResourceState state;
  Duration target{0};  ///< 0 for none
};

/// A named point at the end of routes that is no facility: another port, a pilot ground.
struct RoutePlace {
  std::string name;
  trace::Label title;  ///< empty in traces that name no places
  LonLat at;
  bool pilot_ground{false};
  std::uint32_t routes{0};  ///< how many begin or end there
};

class Store final : public trace::Sink {
 public:
  /// From all rows at once.
  Store(trace::Schema schema, const trace::Batch& batch);
  /// Or batch by batch in the order of the run, then close(); a trace of any length is thus read
  /// in bounded memory.
  explicit Store(trace::Schema schema);
  void consume(const trace::Batch& batch) override;
  void close();
  /// How much is to come: makes room, and decides how finely curves are kept.
  void expect(std::size_t moves) { movers_.expect(moves); }
  /// Where moves are read from again; before close().
  void read_from(MoveSource source) { movers_.read_from(std::move(source)); }
  /// The open file that it came from, for whoever reads more of it; null for none, and for one that
  /// grows, which is opened anew each time.
  void keep(std::shared_ptr<const trace::Reader> reader) { reader_ = std::move(reader); }
  [[nodiscard]] std::shared_ptr<const trace::Reader> reader() const { return reader_; }
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  [[nodiscard]] const trace::Schema& schema() const noexcept { return schema_; }
  [[nodiscard]] const Movers& movers() const noexcept { return movers_; }
  [[nodiscard]] const Quays& quays() const noexcept { return quays_; }
  [[nodiscard]] const Levels& levels() const noexcept { return levels_; }
  [[nodiscard]] const Causes& causes() const noexcept { return causes_; }
  [[nodiscard]] const std::vector<Tile>& tiles() const noexcept { return tiles_; }
  [[nodiscard]] const std::vector<RoutePlace>& places() const noexcept { return places_; }

  /// Where weather may strike.
  [[nodiscard]] const std::vector<Exposure>& exposures() const noexcept { return exposures_; }
  /// Whether a placed facility stands within a kilometre of `place`, and so marks it.
  [[nodiscard]] bool facility_at(LonLat place) const;

  /// First and last instant that can be shown; end > begin.
  [[nodiscard]] SimTime begin() const noexcept { return begin_; }
  [[nodiscard]] SimTime end() const noexcept { return end_; }

  /// Placed facilities, in the order of the schema.
  [[nodiscard]] std::vector<FacilityState> facilities(SimTime at) const;
  /// Resources where anybody waits at any time of the trace: the longest mean wait now first,
  /// then the longest queue, then the order of notable().
  [[nodiscard]] std::vector<QueueRow> queues(SimTime at) const;
  /// `Dayaowan gate, lanes in`; the facility alone where it has one queue only.
  [[nodiscard]] std::string resource_name(std::uint16_t resource, Language language) const;
  /// The two parts of that name; the second is empty where the facility has one queue only.
  struct ResourceName {
    std::string facility, resource;
  };
  [[nodiscard]] ResourceName resource_parts(std::uint16_t resource, Language language) const;

  /// Resources where anybody ever waited, those with a target first, then by their highest
  /// wait; of resources that are always held together, one.
  [[nodiscard]] const std::vector<std::uint16_t>& notable() const noexcept { return notable_; }
  /// Moments worth a look.
  [[nodiscard]] const Breaches& breaches() const noexcept { return breaches_; }
  [[nodiscard]] const Totals& totals() const noexcept { return totals_; }
  /// The next (or previous) instant at which somebody sets out or arrives.
  [[nodiscard]] std::optional<SimTime> next_event(SimTime from, bool forward) const {
    return movers_.next_event(from, forward);
  }
  /// When the longest mean wait of the trace was reached.
  [[nodiscard]] SimTime longest_wait() const noexcept { return longest_wait_; }
  /// Entities born and not ended at `at`, to the quarter of an hour; empty where the run was cut
  /// off, which loses births.
  [[nodiscard]] std::optional<std::int64_t> unfinished(SimTime at) const;
  /// Whether the day of `at` is one on which offices are closed.
  [[nodiscard]] bool is_holiday(SimTime at) const;
  /// Whether the run finished; if not, end() is where the first table ends.
  [[nodiscard]] bool sealed() const noexcept { return !schema_.fingerprint.empty(); }

  /// Share of the resources with a target that break it in each of `slots` equal parts of
  /// the run, and how many are under way then relative to the most; for the year row.
  struct Activity {
    float level;
    bool breach;
  };
  [[nodiscard]] std::vector<Activity> activity(std::size_t slots) const;

 private:
  void find_places();
  void find_notable();

  trace::Schema schema_;
  std::shared_ptr<const trace::Reader> reader_;
  SimTime begin_{}, end_{};
  Movers movers_;
  Levels levels_;
  Quays quays_;
  Causes causes_;
  std::vector<Tile> tiles_;
  std::vector<std::vector<std::uint16_t>> main_;  // resources that stand for each facility
  std::vector<std::uint16_t> notable_;
  Breaches breaches_;
  Totals totals_;
  Rolling born_, ended_;
  std::unique_ptr<TileMaker> tile_maker_;  // until closed
  SimTime last_level_{}, last_move_{}, last_end_{};
  std::vector<std::pair<SimTime, SimTime>> over_target_;
  SimTime longest_wait_{};
  std::vector<RoutePlace> places_;
  std::vector<Exposure> exposures_;
};

}  // namespace portflow::viz
