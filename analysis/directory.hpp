/// \file directory.hpp
/// Who is who in a trace: entities by id and by the name that people write.
///
/// A name is spelt from role and ordinal along the parents (`liners-112/lots-3/boxes-2`); nothing
/// of it is stored, so a directory of a million entities takes some tens of megabytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "trace/batch.hpp"
#include "trace/schema.hpp"

namespace portflow::analysis {

/// All births of a record. Feed it the record, then close() it; only then may it be asked.
class Directory final : public trace::Sink {
 public:
  explicit Directory(const trace::Schema& schema) : schema_(schema) {}

  void consume(const trace::Batch& batch) override;
  /// Ends the births.
  void close();

  /// The birth of an entity; null for an id that was never born.
  [[nodiscard]] const trace::Born* find(trace::EntityId entity) const;

  /// Its spelt name; 16 hexadecimal digits for an id that is not known, `nobody` for none.
  [[nodiscard]] std::string spell(trace::EntityId entity) const;

  /// `ship`, `lot`, `box`, ...; `entity` for an id that is not known.
  [[nodiscard]] std::string type(trace::EntityId entity) const;

  /// Reads a spelt name, or 16 hexadecimal digits.
  /// \returns an input fault that tells the nearest right name, or which there are.
  [[nodiscard]] Result<trace::EntityId> read(std::string_view text) const;

  /// By id.
  [[nodiscard]] const std::vector<trace::Born>& entities() const noexcept { return born_; }

 private:
  [[nodiscard]] std::string own_name(const trace::Born& born) const;
  [[nodiscard]] std::vector<const trace::Born*> members(trace::EntityId parent) const;
  [[nodiscard]] Result<trace::EntityId> read_digits(const std::string& text) const;
  [[nodiscard]] std::string members_text(trace::EntityId parent) const;

  const trace::Schema& schema_;
  std::vector<trace::Born> born_;
};

}  // namespace portflow::analysis
