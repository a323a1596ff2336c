/// \file comparison.hpp
/// Two traces of one port on one clock: figures as paired differences, and who fared differently.
///
/// Entities of the two runs are the same ones with the same luck, so what differs is the policy's
/// doing. A figure's difference is that over the whole run; how sure it is comes from its days:
/// of each day the figure in B minus that in A, and Student's interval of their mean about it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "viz/by_entity.hpp"
#include "viz/store.hpp"

namespace portflow::viz {

enum class Verdict : std::uint8_t { better, worse, unclear, same };

struct PairedTile {
  std::size_t a{0}, b{0};  ///< numbers of the tile in either store
  double value_a{0}, value_b{0};
  double difference{0}, low{0}, high{0};  ///< B minus A, and 95 % of it
  std::size_t days{0};                    ///< that the interval rests on
  Verdict verdict{Verdict::unclear};
};

/// One entity in both runs.
struct MoverPair {
  trace::EntityId entity{0};
  std::uint16_t role{0};
  Duration total_a{}, total_b{};
  CauseTicks causes_a{}, causes_b{};
  [[nodiscard]] Duration difference() const { return total_b - total_a; }
};

/// How much longer everybody took in B, of those who took another time; on disk where they are
/// many.
class Changes {
 public:
  struct Change {
    trace::EntityId entity{0};
    std::int64_t seconds{0};
  };
  void add(const Change& change) { all_.add(change); }
  [[nodiscard]] Result<void> close() { return all_.close(); }
  /// [s]; 0 for who took the same time, or is in one run only. Remembers who was asked for lately:
  /// a map asks for everybody in sight in every frame. Not for several threads.
  [[nodiscard]] std::int64_t of(trace::EntityId entity) const;

 private:
  static constexpr std::size_t slots = 65'536;
  ByEntity<Change> all_;
  mutable std::vector<Change> lately_;  // by the entity's slot
};

struct Comparison {
  std::vector<PairedTile> tiles;
  std::vector<MoverPair> movers;  ///< greatest difference first, either way
  Changes changes;
  std::uint64_t matched{0}, different{0}, only_a{0}, only_b{0};
  /// Empty, or why the two are hardly comparable: another scenario, seed or replication.
  std::string unlike;
};

/// \param path_a, path_b  the files that the stores came from
/// \returns an input fault where one cannot be read again
[[nodiscard]] Result<Comparison> compare(const Store& a, const Store& b, const std::string& path_a,
                                         const std::string& path_b);

/// The paired difference of one figure over the days on which both are known.
[[nodiscard]] std::optional<PairedTile> paired(const Tile& a, const Tile& b, SimTime from,
                                               SimTime to);

}  // namespace portflow::viz
