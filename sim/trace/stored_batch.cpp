#include "trace/stored_batch.hpp"

#include "trace/file_writer.hpp"

namespace portflow::trace {

StoredBatch::StoredBatch(const Batch& batch, Detail level) : sealed(batch.sealed) {
  const auto view = [level](Table table, const auto& rows, auto& to) {
    if (FileWriter::stores(table, level)) to = rows;
  };
  view(Table::born, batch.born, born);
  view(Table::born, batch.attributes, attributes);
  view(Table::marks, batch.marks, marks);
  view(Table::steps, batch.steps, steps);
  view(Table::ended, batch.ended, ended);
  view(Table::paths, batch.paths, paths);
  view(Table::moves, batch.moves, moves);
  view(Table::levels, batch.levels, levels);
  view(Table::ledger, batch.ledger, ledger);
}

std::size_t StoredBatch::rows() const noexcept {
  return born.size() + marks.size() + steps.size() + ended.size() + paths.size() + moves.size() +
         levels.size() + ledger.size();
}

}  // namespace portflow::trace
