#include "analysis/record.hpp"

#include <algorithm>

namespace portflow::analysis {
namespace {

/// Keeps the rows of chosen entities.
class Chosen final : public trace::Sink {
 public:
  explicit Chosen(std::vector<trace::EntityId> entities) : entities_(std::move(entities)) {
    std::ranges::sort(entities_);
  }

  void consume(const trace::Batch& batch) override {
    keep(batch.marks, rows.marks);
    keep(batch.steps, rows.steps);
    keep(batch.ended, rows.ended);
    keep(batch.paths, rows.paths);
    keep(batch.ledger, rows.ledger);
  }

  trace::Batch rows;

 private:
  template <class Row>
  void keep(const std::vector<Row>& from, std::vector<Row>& to) const {
    std::ranges::copy_if(from, std::back_inserter(to), [&](const Row& row) {
      return std::ranges::binary_search(entities_, row.entity);
    });
  }

  std::vector<trace::EntityId> entities_;
};

}  // namespace

Record::Record(std::string path, std::unique_ptr<trace::Reader> reader)
    : path_(std::move(path)), reader_(std::move(reader)), directory_(reader_->schema()) {}

Result<std::unique_ptr<Record>> Record::open(const std::string& path) {
  auto reader = trace::Reader::open(path);
  if (!reader) return tl::unexpected(reader.error());
  std::unique_ptr<Record> record(new Record(path, std::move(*reader)));
  auto read = record->reader_->replay(record->directory_, {.steps = true, .paths = true});
  if (!read) return tl::unexpected(read.error());
  record->directory_.close();
  return record;
}

Result<void> Record::needs_paths() const {
  const auto tables = reader_->tables();
  if (std::ranges::find(tables, "paths", &trace::Reader::Table::name) != tables.end()) return {};
  return fail(Failure::input,
              "this trace holds no critical paths, since it was not written at level full; run the "
              "scenario again with --trace FILE --level full",
              {path_, 0, 0});
}

Result<trace::Batch> Record::rows_of(std::vector<trace::EntityId> entities) const {
  Chosen chosen(std::move(entities));
  if (auto read = reader_->replay(chosen); !read) return tl::unexpected(read.error());
  return std::move(chosen.rows);
}

}  // namespace portflow::analysis
