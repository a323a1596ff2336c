/// \file random.hpp
/// Keyed randomness: a draw is a pure function of who draws, where and how often.
///
/// draw(seed, replication, entity, decision point, occurrence) gives a quantile in (0, 1),
/// by the counter-based generator Philox4x32-10 (Salmon et al. 2011, SC'11) of Random123.
/// Nothing else enters: not time, not threads, not the order of draws. So the same container
/// meets the same luck under two policies.
#pragma once

#include <cstdint>
#include <span>

namespace portflow {

/// Hash of the stable name of a decision point, such as `import_lot.select`.
enum class Point : std::uint64_t {};

/// The source of all draws of one replication.
class Draws {
 public:
  Draws(std::uint64_t seed, std::uint32_t replication) noexcept;

  /// The quantile, strictly between 0 and 1, that `entity` meets at `point`.
  /// \param entity      stable hash of the entity's name
  /// \param occurrence  0 for the first time, 1 for the second, ...
  [[nodiscard]] double quantile(std::uint64_t entity, Point point,
                                std::uint32_t occurrence = 0) const noexcept;

  /// Likewise, for the occurrences `first`, `first` + 1, ...: as many as there is room for. Side by
  /// side, they take a fraction of the time of one by one.
  void quantiles(std::uint64_t entity, Point point, std::uint32_t first,
                 std::span<double> into) const noexcept;

  /// Likewise, for the first time of each of `entities`. \pre there is room for all of them.
  void quantiles(std::span<const std::uint64_t> entities, Point point,
                 std::span<double> into) const noexcept;

 private:
  std::uint64_t key_;
};

}  // namespace portflow
