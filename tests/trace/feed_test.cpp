// A batch reaches every sink whole, in parts or at once, whoever throws.
#include "trace/feed.hpp"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>
#include <string>

namespace portflow::trace {
namespace {

/// Counts marks, a few at a time where it may, and says in a log what was asked of it.
class Counting final : public Sink {
 public:
  Counting(std::string name, std::string& log, bool in_parts, bool shares = false)
      : name_(std::move(name)), log_(log), in_parts_(in_parts), shares_(shares) {}

  void consume(const Batch& batch) override { say("consume", batch.marks.size()); }
  void take(Batch& batch) override {
    say("take", batch.marks.size());
    batch.clear();
  }
  [[nodiscard]] bool in_parts() const override { return in_parts_; }
  bool consume_some(const Batch& batch, std::size_t most) override {
    if (throws_at == from_) throw std::runtime_error("no");
    const std::size_t some = std::min(most, batch.marks.size() - from_);
    from_ += some;
    say("some", some);
    if (from_ < batch.marks.size()) return true;
    from_ = 0;
    return false;
  }
  bool share(const Batch& /*batch*/) override { return shares_; }
  void await() override { log_ += name_ + " awaited; "; }
  [[nodiscard]] bool is_taking() const override { return shares_; }

  std::size_t rows{0};
  std::size_t throws_at{1000};

 private:
  void say(const char* what, std::size_t count) {
    rows += count;
    log_ += name_ + " " + what + " " + std::to_string(count) + "; ";
  }

  std::string name_;
  std::string& log_;
  bool in_parts_, shares_;
  std::size_t from_{0};
};

Batch of_marks(std::size_t count) {
  Batch batch;
  batch.marks.resize(count);
  return batch;
}

TEST(Feed, GivesSomeRowsToOneAfterTheOther) {
  std::string log;
  Counting fold("fold", log, true);
  Counting whole("whole", log, false);
  Counting writer("writer", log, false);
  const std::array<Sink*, 3> sinks{&fold, &whole, &writer};
  Batch batch = of_marks(5);
  Feed feed;
  feed.begin(batch, sinks);
  EXPECT_EQ(feed.elsewhere(), 0u);
  EXPECT_TRUE(feed.some(2));
  EXPECT_TRUE(feed.some(2));
  EXPECT_TRUE(feed.some(2));
  EXPECT_TRUE(feed.some(2));
  EXPECT_FALSE(feed.some(2));
  EXPECT_FALSE(feed.some(2));
  EXPECT_EQ(log, "fold some 2; fold some 2; fold some 1; whole consume 5; writer take 5; ");
  feed.complete();
  EXPECT_EQ(fold.rows, 5u);
}

TEST(Feed, CompletesWhatWasBegun) {
  std::string log;
  Counting fold("fold", log, true);
  Counting shares("shares", log, false, true);
  Counting last("last", log, false);
  const std::array<Sink*, 3> sinks{&fold, &shares, &last};
  Feed feed;
  for (int turn = 0; turn < 2; ++turn) {
    Batch batch = of_marks(3);
    feed.begin(batch, sinks);
    EXPECT_EQ(feed.elsewhere(), 1u);
    EXPECT_TRUE(feed.some(1));
    feed.complete();
    feed.complete();  // nothing is left to do
    EXPECT_EQ(log, "fold some 1; fold some 2; last consume 3; shares awaited; ");
    log.clear();
  }
}

TEST(Feed, AwaitsWhoSharesWhenItGoes) {
  std::string log;
  Counting shares("shares", log, false, true);
  const std::array<Sink*, 1> sinks{&shares};
  Batch batch = of_marks(1);
  {
    Feed feed;
    feed.begin(batch, sinks);
  }
  EXPECT_EQ(log, "shares awaited; ");
}

TEST(Feed, KeepsWhatASinkThrowsUntilNobodyReadsTheBatch) {
  std::string log;
  Counting fold("fold", log, true);
  fold.throws_at = 2;
  Counting shares("shares", log, false, true);
  Counting last("last", log, false);
  const std::array<Sink*, 3> sinks{&fold, &shares, &last};
  Batch batch = of_marks(5);
  Feed feed;
  feed.begin(batch, sinks);
  EXPECT_TRUE(feed.some(2));
  EXPECT_FALSE(feed.some(2));  // it threw; the others are given nothing more
  EXPECT_FALSE(feed.some(2));
  EXPECT_THROW(feed.complete(), std::runtime_error);
  EXPECT_EQ(log, "fold some 2; shares awaited; ");
  feed.complete();
}

}  // namespace
}  // namespace portflow::trace
