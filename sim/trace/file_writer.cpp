#include "trace/file_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <thread>

#include "trace/schema_file.hpp"

namespace portflow::trace {
namespace {

/// The simulation has first claim on the processors.
unsigned press_threads() {
  return std::clamp(std::thread::hardware_concurrency() / 4, 1U, 4U);
}

/// The code of a category; what a role does not know is no_code.
std::uint16_t code_of(double value, const AttributeInfo& attribute) {
  if (std::isnan(value)) return no_code;
  const double most = static_cast<double>(attribute.categories.size());
  if (value < 0 || value >= most || value != std::floor(value)) {
    throw FileError(Failure::bug, "attribute " + attribute.name + " was given " +
                                      std::to_string(value) + ", which is none of its " +
                                      std::to_string(attribute.categories.size()) + " categories");
  }
  return static_cast<std::uint16_t>(value);
}

/// Lets what HDF5 still writes to a file go nowhere. Closing on a full disk would store an end
/// of file and clear the mark of an open file, though the rows did not get there: no tool
/// could open the file again.
void cut_off(hid_t file) noexcept {
  void* handle = nullptr;
  if (H5Fget_vfd_handle(file, H5P_DEFAULT, &handle) < 0 || handle == nullptr) return;
  const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nowhere < 0) return;
  ::dup2(nowhere, *static_cast<const int*>(handle));
  ::close(nowhere);
}

void refuse_too_many(std::string_view what, std::size_t count) {
  if (count < no_code) return;
  throw FileError(Failure::limit, "a trace can name at most 65535 " + std::string(what) + ", not " +
                                      std::to_string(count));
}

void refuse_what_codes_cannot_name(const Schema& schema) {
  refuse_too_many("marks", schema.marks.size());
  refuse_too_many("steps", schema.steps.size());
  refuse_too_many("roles", schema.roles.size());
  refuse_too_many("resources", schema.resources.size());
  refuse_too_many("routes", schema.routes.size());
  refuse_too_many("items", schema.items.size());
  for (const RoleInfo& role : schema.roles) {
    for (const AttributeInfo& attribute : role.attributes) {
      refuse_too_many("categories of " + attribute.name, attribute.categories.size());
    }
  }
}

}  // namespace

bool FileWriter::stores(Table table, Detail level) noexcept {
  return layout_of(table).least <= level;
}

FileWriter::FileWriter(const std::string& path, const Schema& schema, Detail level)
    : schema_(schema),
      identities_(schema),
      digest_(schema, level),
      level_(level),
      press_(press_threads()),
      sealed_(SimTime::min()) {
  refuse_what_codes_cannot_name(schema);
  file_ = create_file(path);
  write_schema(file_.get(), schema, level);
  place_.resize(table_count);
  for (std::size_t i = 0; i < table_count; ++i) {
    const auto table = static_cast<Table>(i);
    if (!stores(table, level)) continue;
    place_[i] = tables_.size();
    tables_.emplace_back(file_.get(), layout_of(table), schema_);
  }
  for (const RoleInfo& role : schema_.roles) {
    roles_.emplace_back();
    if (role.attributes.empty()) continue;
    roles_.back().table.emplace(file_.get(), layout_of(role), schema_);
  }
  checkpoints_.emplace(file_.get(), table_paths(schema_, level_), sealed_);
  must(H5Fstart_swmr_write(file_.get()), "let others read while writing");
}

template <class Row>
void FileWriter::append(Table table, std::span<const Row> rows, bool hurry,
                        std::initializer_list<const std::uint32_t*> numbers) {
  if (!stores(table, level_) || rows.empty()) return;
  TableWriter& to = tables_[place_[static_cast<std::size_t>(table)]];
  to.append(rows.data(), rows.size(), {numbers.begin(), numbers.size()}, press_, hurry);
}

void FileWriter::add_attributes(Role& role, const RoleInfo& info,
                                std::span<const double> values) const {
  const std::size_t begin = role.rows.size();
  role.rows.resize(begin + values.size_bytes());
  std::byte* to = role.rows.data() + begin;
  for (std::size_t i = 0; i < values.size(); ++i, to += sizeof(double)) {
    const AttributeInfo& attribute = info.attributes[i];
    if (attribute.categories.empty()) {
      std::memcpy(to, &values[i], sizeof values[i]);
    } else {
      const std::uint16_t code = code_of(values[i], attribute);
      std::memcpy(to, &code, sizeof code);
    }
  }
  ++role.count;
}

void FileWriter::append_births(const StoredBatch& batch, bool hurry) {
  births_.clear();
  std::size_t next = 0;
  for (std::size_t i = 0; i < batch.born.size(); ++i) {
    const Born& born = batch.born[i];
    if (born.role >= roles_.size()) {
      throw FileError(Failure::bug, "an entity was born with role " + std::to_string(born.role) +
                                        ", but there are " + std::to_string(roles_.size()));
    }
    const RoleInfo& info = schema_.roles[born.role];
    const std::size_t values = info.attributes.size();
    if (batch.attributes.size() - next < values) {
      throw FileError(Failure::bug, "births of " + info.name + " lack attributes");
    }
    if (values > 0) {
      add_attributes(roles_[born.role], info, batch.attributes.subspan(next, values));
      next += values;
    }
    const std::uint32_t number = numbers_.born[i];
    const std::uint32_t parent = numbers_.parents[i];
    if (parent == number) {
      throw FileError(Failure::bug, "entity " + std::to_string(number) + " bears itself");
    }
    const std::uint32_t back = parent == 0 ? 0 : number - parent;
    births_.push_back({born.at, number, born.role, back, born.ordinal});
  }
  // The rows of roles first: a reader that sees a birth must find what it is.
  for (Role& role : roles_) {
    if (role.count == 0) continue;
    role.table->append(role.rows.data(), role.count, {}, press_, hurry);
    role.rows.clear();
    role.count = 0;
  }
  append(Table::born, std::span<const StoredBirth>(births_), hurry);
}

void FileWriter::append(const StoredBatch& batch, bool hurry) {
  const Numbers& numbers = numbers_;
  numbers_.take(batch, numbering_);
  const auto marks = marks_.take(batch.marks, numbers.marks, batch.steps, numbers.steps);
  if (stores(Table::paths, level_)) {
    paths_.take(batch.ended, numbers.ended, batch.paths, numbering_);
  }
  // Before the rows that name them, so that whoever reads these finds who is meant.
  append(Table::identities, identities_.take(batch, numbers, numbering_), hurry);
  append_births(batch, hurry);
  append(Table::steps, batch.steps, hurry, {numbers.steps.data()});
  append(Table::marks, marks, hurry);
  append(Table::ended, batch.ended, hurry, {numbers.ended.data()});
  append(Table::paths, paths_.segments(), hurry);
  append(Table::path_heads, paths_.heads(), hurry);
  append(Table::moves, batch.moves, hurry, {numbers.moves.data()});
  append(Table::levels, batch.levels, hurry);
  append(Table::ledger, batch.ledger, hurry, {numbers.ledger.data()});
  append(digest_.take(batch, numbers), hurry);
  sealed_ = std::max(sealed_, batch.sealed);
}

void FileWriter::append(const DigestRows& rows, bool hurry) {
  append(Table::keyframes, std::span(rows.keyframes), hurry);
  append(Table::alive, std::span(rows.alive), hurry);
  append(Table::alive_steps, std::span(rows.alive_steps), hurry);
  append(Table::under_way, std::span(rows.under_way), hurry);
  append(Table::balances, std::span(rows.balances), hurry);
  append(Table::role_rows, std::span(rows.role_rows), hurry);
  append(Table::level_tiles, std::span(rows.level_tiles), hurry);
  append(Table::lane_tiles, std::span(rows.lane_tiles), hurry);
}

void FileWriter::seal_tables() {
  for (Role& role : roles_) {
    if (role.table) role.table->seal(press_);
  }
  for (TableWriter& table : tables_) table.seal(press_);
}

void FileWriter::flush() {
  must(H5Fflush(file_.get(), H5F_SCOPE_GLOBAL), "write to the disk");
}

std::vector<std::uint64_t> FileWriter::rows() const {
  std::vector<std::uint64_t> rows;
  rows.reserve(tables_.size() + roles_.size());
  for (const TableWriter& table : tables_) rows.push_back(table.rows());
  for (const Role& role : roles_) {
    if (role.table) rows.push_back(role.table->rows());
  }
  return rows;
}

void FileWriter::checkpoint() {
  seal_tables();
  flush();
  checkpoints_->note(sealed_, rows());
  flush();
}

std::uint64_t FileWriter::close() {
  append(digest_.finish(), false);
  seal_tables();
  flush();
  checkpoints_->close(sealed_, rows());
  checkpoints_.reset();
  std::uint64_t waste = 0;
  for (const Role& role : roles_) {
    if (role.table) waste += role.table->waste();
  }
  for (const TableWriter& table : tables_) waste += table.waste();
  roles_.clear();
  tables_.clear();
  if (!file_.close()) throw FileError(Failure::disk, "cannot close the file: " + hdf5_reason());
  return waste;
}

void FileWriter::abandon(Failure kind) noexcept {
  if (kind == Failure::disk) cut_off(file_.get());
  checkpoints_.reset();
  roles_.clear();
  tables_.clear();
  file_.close();
}

}  // namespace portflow::trace
