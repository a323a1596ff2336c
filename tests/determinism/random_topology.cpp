#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>

#include "core/fingerprint.hpp"
#include "core/hash.hpp"
#include "kernel/engine.hpp"
#include "kernel/shards.hpp"

namespace portflow::kernel {
namespace {

/// What travels owns memory, so that a body lost, doubled or shared shows up.
struct Parcel {
  std::vector<std::uint64_t> route;
};

std::uint64_t below(std::uint64_t& state, std::uint64_t limit) {
  state = mix(state + 0x9e3779b97f4a7c15ULL);
  return state % limit;
}

/// A post office whose routing depends on all that it has seen, so that one event out of
/// order changes everything after it. Delays are short whole numbers: ties are the rule.
class Office final : public Process<Parcel> {
 public:
  Office(std::uint64_t seed, std::uint64_t self) : memory_{chain(seed, self)}, self_{self} {}

  void handle(Parcel& parcel, Context<Parcel>& context) override {
    memory_ = chain(memory_, static_cast<std::uint64_t>(context.now().time_since_epoch().count()));
    for (const auto stop : parcel.route) memory_ = chain(memory_, stop);
    seen_.add(memory_);
    parcel.route.push_back(self_);
    if (parcel.route.size() > 6) parcel.route.erase(parcel.route.begin());
    auto luck = memory_;
    const auto rank = static_cast<Rank>(below(luck, 4));
    const auto delay = Duration{1 + static_cast<std::int64_t>(below(luck, 20))};
    if (timer_ && below(luck, 3) == 0) {
      seen_.add(context.cancel(*timer_) ? 1 : 0);
      timer_.reset();
    }
    switch (below(luck, 9)) {
      case 0:
        return;  // delivered
      case 8:    // a copy that may yet be called back
        timer_ = context.after(delay, Parcel{parcel}, rank);
        pass_on(parcel, context, luck, rank);
        return;
      case 1:  // split in two
        context.after(delay, Parcel{parcel}, rank);
        pass_on(parcel, context, luck, rank);
        return;
      case 2:
        context.after(delay, std::move(parcel), rank);
        return;
      default:
        pass_on(parcel, context, luck, rank);
    }
  }

  std::vector<ChannelId> ways;
  [[nodiscard]] const Fingerprint& seen() const { return seen_; }

 private:
  void pass_on(Parcel& parcel, Context<Parcel>& context, std::uint64_t& luck, Rank rank) {
    if (ways.empty()) return;
    const auto way = ways[below(luck, ways.size())];
    const auto extra = Duration{static_cast<std::int64_t>(below(luck, 4))};
    context.send(way, std::move(parcel), extra, rank);
  }

  std::uint64_t memory_;
  std::uint64_t self_;
  std::optional<EventKey> timer_;
  Fingerprint seen_;
};

struct Outcome {
  std::uint64_t fingerprint{0};
  std::uint64_t events{0};
};

Outcome run(std::uint64_t seed, unsigned workers, bool sequential) {
  auto luck = mix(seed);
  // Few processes are shared out window by window; of many, each worker has his own.
  const auto count = static_cast<std::uint32_t>(
      seed % 3 == 2 ? most_own_shards + 1 + below(luck, 160) : 2 + below(luck, 24));
  Engine<Parcel> engine;
  std::vector<Office*> offices;
  for (std::uint32_t i = 0; i < count; ++i) {
    auto office = std::make_unique<Office>(seed, i);
    offices.push_back(office.get());
    engine.add(fmt::format("office{:04}", i), std::move(office));
  }
  const auto channels = count + below(luck, 3U * count);
  for (std::uint64_t c = 0; c < channels; ++c) {
    const auto from = static_cast<std::uint32_t>(below(luck, count));
    const auto to = static_cast<std::uint32_t>(below(luck, count));  // itself as well
    const auto lookahead = Duration{1 + static_cast<std::int64_t>(below(luck, 30))};
    offices[from]->ways.push_back(engine.connect(ProcessId{from}, ProcessId{to}, lookahead));
  }
  for (std::uint64_t i = 0; i < 4U * count; ++i) {
    const auto where = ProcessId{static_cast<std::uint32_t>(below(luck, count))};
    engine.seed(where, SimTime{Duration{static_cast<std::int64_t>(below(luck, 50))}}, Parcel{{i}});
  }
  RunOptions options;
  options.until = SimTime{Duration{600}};
  options.workers = workers;
  options.sequential = sequential;
  options.share_all = true;
  const auto summary = engine.run(options);
  EXPECT_TRUE(summary);
  std::vector<std::pair<std::string, Fingerprint>> parts;
  parts.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    parts.emplace_back(engine.name(ProcessId{i}), offices[i]->seen());
  }
  return {combine(parts), summary ? summary->events : 0};
}

class RandomTopology : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomTopology, SameBytesForAnyNumberOfWorkers) {
  const auto plain = run(GetParam(), 1, true);
  EXPECT_GT(plain.events, 8U);
  for (const unsigned workers : {1U, 2U, 3U, 5U, 8U, 16U}) {
    const auto windows = run(GetParam(), workers, false);
    EXPECT_EQ(windows.fingerprint, plain.fingerprint) << workers << " workers";
    EXPECT_EQ(windows.events, plain.events) << workers << " workers";
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomTopology, testing::Range<std::uint64_t>(1, 101));

}  // namespace
}  // namespace portflow::kernel
