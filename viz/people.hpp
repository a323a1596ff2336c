/// \file people.hpp
/// Who was born, and what each is called: names are spelt from role and ordinal along parents.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trace/batch.hpp"
#include "trace/schema.hpp"

namespace portflow::viz {

/// Somebody that a search found.
struct Found {
  trace::EntityId entity{0};
  std::string name;
  std::uint16_t role{0};
};

class People final : public trace::Sink {
 public:
  explicit People(const trace::Schema& schema) : schema_(&schema) {}
  void consume(const trace::Batch& batch) override;
  /// Makes room for so many births.
  void expect(std::size_t births) { people_.reserve(births); }
  /// Ends the births; only then may anybody be asked for.
  void close();

  struct Person {
    trace::EntityId entity{0}, parent{0};
    std::uint32_t ordinal{0};
    std::uint16_t role{0};
  };
  /// Null for an id that was never born.
  [[nodiscard]] const Person* find(trace::EntityId entity) const;
  /// `mainline-112/import_lots-3/boxes-2`; 16 hexadecimal digits for an id that is not known.
  [[nodiscard]] std::string spell(trace::EntityId entity) const;
  /// Those whose name begins with `text`, or, where it holds no `/`, whose own part does: exact
  /// ones first, then in the order of their names, at most `most`.
  [[nodiscard]] std::vector<Found> search(std::string_view text, std::size_t most) const;
  [[nodiscard]] std::size_t size() const noexcept { return people_.size(); }

 private:
  [[nodiscard]] std::string own_name(const Person& person) const;

  const trace::Schema* schema_;
  std::vector<Person> people_;  // by entity
};

}  // namespace portflow::viz
