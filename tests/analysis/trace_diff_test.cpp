// Where two traces part, and how many rows moved, changed, are missing or extra.
#include "analysis/trace_diff.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "analysis/traced.hpp"
#include "procedure/by_hand.hpp"

namespace portflow::analysis {
namespace {

std::string replaced(std::string text, const std::string& was, const std::string& is) {
  return text.replace(text.find(was), was.size(), is);
}

/// The day worked out by hand, against one with a change.
class Changed {
 public:
  Changed(const std::string& was, const std::string& is)
      : a_(test::Traced::of_text(procedure_test::by_hand)),
        b_(test::Traced::of_text(replaced(procedure_test::by_hand, was, is))),
        record_a_(a_->record()),
        record_b_(b_->record()) {}
  [[nodiscard]] Arms arms() const { return {*record_a_, *record_b_}; }
  [[nodiscard]] Arms back() const { return {*record_b_, *record_a_}; }

 private:
  std::unique_ptr<test::Traced> a_, b_;
  std::unique_ptr<Record> record_a_, record_b_;
};

/// `same moved changed missing extra`.
std::string counts(const TraceDiff& diff, FactTable table) {
  const TableDiff& one = diff.tables[static_cast<std::size_t>(table)];
  return fmt::format("{} {} {} {} {}", one.same, one.moved, one.changed, one.missing, one.extra);
}

TEST(TraceDiff, AFasterOfficerMovesWhatComesAfter) {
  const Changed pair("needs: officer, takes: 30 min", "needs: officer, takes: 10 min");
  const auto diff = diff_of(pair.arms());
  ASSERT_TRUE(diff.has_value());
  EXPECT_FALSE(diff->same_fingerprint);
  ASSERT_TRUE(diff->first.has_value());
  // The mark of the release comes twenty minutes earlier.
  EXPECT_EQ(to_text(diff->first->at), "2024-01-02 08:40:00");
  EXPECT_EQ(diff->first->table, FactTable::marks);
  EXPECT_EQ(pair.arms().a.directory().spell(diff->first->who), "ships-1/lots-1");
  EXPECT_EQ(diff->first->in_a, "mark released set 2024-01-02 09:00:00");
  EXPECT_EQ(diff->first->in_b, "mark released set 2024-01-02 08:40:00");
  EXPECT_EQ(counts(*diff, FactTable::born), "5 0 0 0 0");
  EXPECT_EQ(counts(*diff, FactTable::marks), "4 1 0 0 0");  // moored, landed x 3; released
  EXPECT_EQ(counts(*diff, FactTable::steps), "8 4 0 0 0");  // the look, and three times go
  EXPECT_EQ(counts(*diff, FactTable::ended), "1 4 0 0 0");
}

TEST(TraceDiff, AStepMoreIsExtraAndItsSuccessorChanged) {
  const Changed pair("      look: {at: customs, after: prepare,",
                     "      stamp: {at: customs, after: prepare, takes: 5 min}\n"
                     "      look: {at: customs, after: stamp,");
  const auto diff = diff_of(pair.arms());
  ASSERT_TRUE(diff.has_value() && diff->first.has_value());
  EXPECT_EQ(to_text(diff->first->at), "2024-01-01 17:05:00");
  EXPECT_EQ(diff->first->table, FactTable::steps);
  EXPECT_EQ(diff->first->in_a, std::nullopt);
  EXPECT_EQ(diff->first->in_b,
            "step lot.stamp ready 2024-01-01 17:00:00, begun 2024-01-01 17:00:00, ended "
            "2024-01-01 17:05:00, with no resource");
  // The look begins and ends as before, but was ready five minutes later.
  EXPECT_EQ(counts(*diff, FactTable::steps), "11 0 1 0 1");
  EXPECT_EQ(counts(*diff, FactTable::ended), "5 0 0 0 0");
  const auto back = diff_of(pair.back());
  EXPECT_EQ(counts(*back, FactTable::steps), "11 0 1 1 0");
  EXPECT_EQ(back->first->in_b, std::nullopt);
}

TEST(TraceDiff, TheSameRunIsKnownByItsFingerprint) {
  const Changed pair("takes: 20 min", "takes: 20 min");
  const auto diff = diff_of(pair.arms());
  ASSERT_TRUE(diff.has_value());
  EXPECT_TRUE(diff->same_fingerprint);
  EXPECT_FALSE(diff->first.has_value());
}

TEST(TraceDiff, EveryRowIsCountedOnce) {
  const std::string port = "scenarios/small/tiny_port.yaml";
  const test::Traced a(port);
  const test::Traced b(port, trace::Detail::full, {}, 2);
  const auto record_a = a.record();
  const auto record_b = b.record();
  const auto diff = diff_of({*record_a, *record_b});
  ASSERT_TRUE(diff.has_value());
  for (const TableDiff& table : diff->tables) {
    const auto rows = [&](const Record& record) -> std::uint64_t {
      // Segments that paths share stand in the file once.
      if (table.table == FactTable::paths) return record.reader().all()->paths.size();
      const auto tables = record.reader().tables();
      return std::ranges::find(tables, name_of(table.table), &trace::Reader::Table::name)->rows;
    };
    const std::uint64_t both = table.same + table.moved + table.changed;
    EXPECT_EQ(both + table.missing, rows(*record_a)) << name_of(table.table);
    EXPECT_EQ(both + table.extra, rows(*record_b)) << name_of(table.table);
  }
}

TEST(TraceDiff, ALesserTraceIsComparedInWhatItHolds) {
  const std::string port = "scenarios/small/tiny_port.yaml";
  const test::Traced a(port);
  const test::Traced b(port, trace::Detail::kpi, {"facilities.hall.resources.echannel.servers=1"});
  const auto record_a = a.record();
  const auto record_b = b.record();
  const auto diff = diff_of({*record_a, *record_b});
  ASSERT_TRUE(diff.has_value());
  for (const TableDiff& table : diff->tables) {
    const bool left_out = table.table == FactTable::steps || table.table == FactTable::paths ||
                          table.table == FactTable::moves;
    EXPECT_EQ(table.in_both, !left_out) << name_of(table.table);
  }
  EXPECT_GT(diff->tables[static_cast<std::size_t>(FactTable::marks)].moved, 0u);
}

}  // namespace
}  // namespace portflow::analysis
