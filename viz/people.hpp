/// \file people.hpp
/// Who was born, and what each is called: names are spelt from role and ordinal along parents.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "trace/batch.hpp"
#include "trace/schema.hpp"
#include "viz/by_entity.hpp"

namespace portflow::viz {

/// Somebody that a search found.
struct Found {
  trace::EntityId entity{0};
  std::string name;
  std::uint16_t role{0};
};

/// Births of any number in bounded memory (by_entity.hpp): no name is kept, each is spelt when it
/// is asked for.
class People final : public trace::Sink {
 public:
  explicit People(const trace::Schema& schema) : schema_(&schema) {}
  void consume(const trace::Batch& batch) override;
  /// Ends the births; only then may anybody be asked for. \returns a disk fault where there is no
  /// room for a scratch file
  [[nodiscard]] Result<void> close() { return people_.close(); }

  struct Person {
    trace::EntityId entity{0}, parent{0};
    SimTime at{};
    std::uint32_t ordinal{0};
    std::uint16_t role{0};
  };
  /// Empty for an id that was never born.
  [[nodiscard]] std::optional<Person> find(trace::EntityId entity) const {
    return people_.find(entity);
  }
  /// `mainline-112/import_lots-3/boxes-2`; 16 hexadecimal digits for an id that is not known.
  [[nodiscard]] std::string spell(trace::EntityId entity) const;
  /// Those whose name begins with `text`, or, where it holds no `/`, whose own part does: exact
  /// ones first, shorter names before longer ones. Of more than `most` those that are exact, of
  /// the least number and of the earliest birth. Reads all births once for each part of `text`.
  [[nodiscard]] std::vector<Found> search(std::string_view text, std::size_t most) const;
  [[nodiscard]] std::size_t size() const noexcept { return people_.size(); }

 private:
  [[nodiscard]] std::string own_name(const Person& person) const;

  const trace::Schema* schema_;
  ByEntity<Person> people_;
};

}  // namespace portflow::viz
