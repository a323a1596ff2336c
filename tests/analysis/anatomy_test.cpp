// Where the time went: parts add up to the millisecond, however the run was made or the record cut.
#include "analysis/anatomy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <numeric>
#include <regex>

#include "analysis/compare.hpp"
#include "analysis/compare_traces.hpp"
#include "analysis/replicate.hpp"
#include "analysis/report.hpp"
#include "analysis/report_words.hpp"
#include "analysis/well_formed.hpp"
#include "trace/reader.hpp"

namespace portflow::analysis {
namespace {

std::shared_ptr<const run::Prepared> port(const std::vector<std::string>& settings = {}) {
  run::Request request;
  request.scenario = PORTFLOW_SOURCE_DIR "/tests/analysis/report_port.yaml";
  request.settings = settings;
  auto prepared = run::prepare(request);
  EXPECT_TRUE(prepared) << (prepared ? "" : prepared.error().errors.front().text());
  return *prepared;
}

struct Made {
  Anatomy anatomy;
  kpi::Results results;
};

Made make(const run::Prepared& prepared, unsigned threads, std::optional<TraceFile> trace = {}) {
  auto anatomist = Anatomist::make(prepared.schema(0));
  EXPECT_TRUE(anatomist);
  auto run = run_one(prepared, {.threads = threads,
                                .trace = std::move(trace),
                                .paths_to = anatomist->get(),
                                .progress = {}});
  EXPECT_TRUE(run);
  return {(*anatomist)->finish(), std::move(run->results)};
}

std::int64_t sum_of(const CauseSums& sums) {
  return std::accumulate(sums.begin(), sums.end(), std::int64_t{0});
}

TEST(Anatomy, PartsAddUpToTheirWholeAndTheWholeIsTheKpi) {
  const auto prepared = port();
  const Made made = make(*prepared, 1);
  std::size_t trees = 0;
  for (const TimeTree& tree : made.anatomy.trees) {
    std::int64_t parts = tree.not_known;
    for (const TimePart& part : tree.parts) parts += part.ms;
    EXPECT_EQ(parts, tree.total) << tree.kpi;
    const kpi::Figure* figure = kpi::find(made.results.figures, tree.kpi);
    ASSERT_NE(figure, nullptr) << tree.kpi;
    EXPECT_EQ(tree.count, figure->count) << tree.kpi;
    if (tree.count == 0) continue;
    ++trees;
    const double mean = static_cast<double>(tree.total) / static_cast<double>(tree.count) /
                        milliseconds_of(figure->unit);
    EXPECT_NEAR(mean, *figure->mean, 1e-9 * mean) << tree.kpi;
    EXPECT_GT(tree.parts.size(), 1u) << tree.kpi;
    // Nearly all have ended: what is not known is not where the time is.
    EXPECT_LT(tree.not_known * 5, tree.total) << tree.kpi;
  }
  EXPECT_GE(trees, 3u);
}

TEST(Anatomy, CellsOfEveryAxisAddUpToTheWhole) {
  const Made made = make(*port(), 1);
  ASSERT_EQ(made.anatomy.studies.size(), 1u);
  const ReleaseTimes& study = made.anatomy.studies.front();
  ASSERT_EQ(study.kpi, "dwell");
  const StudyCell& whole = study.cells.front();
  ASSERT_EQ(whole.axis, Axis::all);
  std::vector<Axis> seen;
  for (const Axis axis : {Axis::mode, Axis::channel, Axis::trader, Axis::hour}) {
    std::uint64_t count = 0;
    std::int64_t total = 0, least = whole.greatest, greatest = 0;
    CauseSums sums{};
    for (const StudyCell& cell : study.cells) {
      EXPECT_EQ(sum_of(cell.sums) + cell.not_known, cell.total) << cell.category;
      EXPECT_LE(cell.least, cell.median);
      EXPECT_LE(cell.median, cell.greatest);
      if (cell.axis != axis) continue;
      count += cell.count;
      total += cell.total;
      least = std::min(least, cell.least);
      greatest = std::max(greatest, cell.greatest);
      for (std::size_t i = 0; i < cause_count; ++i) sums[i] += cell.sums[i];
    }
    EXPECT_EQ(count, whole.count) << name_of(axis);
    EXPECT_EQ(total, whole.total) << name_of(axis);
    EXPECT_EQ(least, whole.least) << name_of(axis);
    EXPECT_EQ(greatest, whole.greatest) << name_of(axis);
    EXPECT_EQ(sums, whole.sums) << name_of(axis);
  }
  const auto channel = std::ranges::find(study.cells, Axis::channel, &StudyCell::axis);
  EXPECT_EQ(channel->category, "railed");  // marks in the order in which they are written
}

TEST(Anatomy, PromisesCountAsTheirKpiDoes) {
  const Made made = make(*port(), 1);
  ASSERT_EQ(made.anatomy.promises.size(), 1u);  // a share without a target is no promise
  const Promise& promise = made.anatomy.promises.front();
  const kpi::Figure* figure = kpi::find(made.results.figures, promise.kpi);
  ASSERT_NE(figure, nullptr);
  EXPECT_EQ(promise.count, figure->count);
  ASSERT_GT(promise.over, 0u);
  EXPECT_NEAR(100.0 * static_cast<double>(promise.over) / static_cast<double>(promise.count),
              *figure->value, 1e-9);
  std::uint64_t over = 0;
  Duration worst{};
  for (const BrokenHour& hour : promise.broken) {
    EXPECT_EQ(time_of_day(hour.at) % std::chrono::hours{1}, Duration::zero());
    over += hour.count;
    worst = std::max(worst, hour.worst);
  }
  EXPECT_EQ(over, promise.over);
  EXPECT_EQ(worst, promise.worst);
}

TEST(Anatomy, IsTheSameOnAnyThreadsAndFromTheTrace) {
  const auto prepared = port();
  const std::string path = PORTFLOW_BINARY_DIR "/anatomy_test.h5";
  const Made alone = make(*prepared, 1);
  const Made many = make(*prepared, 4, TraceFile{path, trace::Detail::full, true, {}});
  EXPECT_EQ(alone.anatomy, many.anatomy);
  const auto reader = trace::Reader::open(path);
  ASSERT_TRUE(reader);
  auto anatomist = Anatomist::make((*reader)->schema());
  ASSERT_TRUE(anatomist);
  ASSERT_TRUE((*reader)->replay(**anatomist));
  EXPECT_EQ((*anatomist)->finish(), alone.anatomy);
  std::filesystem::remove(path);
}

TEST(Anatomy, MoversShiftsAddUpToWhatTheyMoved) {
  const auto base = port(), policy = port({"parameters.crane_time.value=1.6 min"});
  CompareOptions options;
  options.replications = 2;
  options.anatomy = true;
  const auto comparison = compare(*base, *policy, options);
  ASSERT_TRUE(comparison);
  ASSERT_EQ(comparison->census.movers.size(), 10u);
  for (const Mover& mover : comparison->census.movers) {
    EXPECT_THAT(mover.name, testing::HasSubstr("/boxes-"));
    Duration sum{};
    for (const MoverShift& shift : mover.shifts) sum += shift.difference();
    EXPECT_EQ(sum, mover.difference()) << mover.name;
    EXPECT_FALSE(mover.shifts.empty());
  }
}

TEST(Anatomy, TheReportsTreeAddsUpAsShown) {
  const auto base = port(), policy = port({"parameters.crane_time.value=1.6 min"});
  CompareOptions options;
  options.replications = 3;
  options.anatomy = true;
  const auto comparison = compare(*base, *policy, options);
  ASSERT_TRUE(comparison);
  for (const Language language : {Language::zh, Language::en}) {
    const std::string page = report_in(*comparison, language);
    EXPECT_EQ(analysis_test::fault_in("<!DOCTYPE html>\n" + page), "");
    const std::size_t tree = page.find("class=\"tree\"");
    ASSERT_NE(tree, std::string::npos);
    const std::string table = page.substr(tree, page.find("</table>", tree) - tree);
    const std::regex row(
        "<tr class=\"(whole|step|group)\">.*?<td data-h=\"A\">(.*?)</td><td "
        "data-h=\"B\">(.*?)</td><td class=\"d\"[^>]*><b>(.*?)</b>");
    using Shown = std::array<double, 3>;  // A, B, B - A
    const auto number = [](std::string text) {
      if (const auto minus = text.find("\u2212"); minus != std::string::npos) {
        text.replace(minus, std::string("\u2212").size(), "-");
      }
      return std::stod(text);
    };
    Shown whole{}, steps{}, causes{}, step{};
    int count = 0, parts = 0;
    // Causes follow their step; a step that shows none of its own is let pass.
    const auto close = [&] {
      for (std::size_t i = 0; i < 3 && causes != Shown{}; ++i)
        EXPECT_NEAR(causes[i], step[i], 1e-9);
      causes = {};
    };
    for (std::sregex_iterator at(table.begin(), table.end(), row), end; at != end; ++at) {
      const Shown here{number((*at)[2]), number((*at)[3]), number((*at)[4])};
      if ((*at)[1] == "whole") whole = here;
      if ((*at)[1] == "step") {
        close();
        step = here;
        ++count;
      }
      parts += (*at)[1] == "group" ? 1 : 0;
      Shown& into = (*at)[1] == "group" ? causes : steps;
      for (std::size_t i = 0; i < 3 && (*at)[1] != "whole"; ++i) into[i] += here[i];
    }
    close();
    EXPECT_GT(count, 2);
    EXPECT_GT(parts, count);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(steps[i], whole[i], 1e-9);
  }
}

TEST(Anatomy, ComparedFromTracesAsFromRuns) {
  const auto base = port(), policy = port({"parameters.crane_time.value=1.6 min"});
  const std::string a = PORTFLOW_BINARY_DIR "/anatomy_a.h5",
                    b = PORTFLOW_BINARY_DIR "/anatomy_b.h5";
  CompareOptions options;
  options.anatomy = true;
  options.base_trace = TraceFile{a, trace::Detail::full, true, {}};
  options.policy_trace = TraceFile{b, trace::Detail::full, true, {}};
  const auto live = compare(*base, *policy, options);
  ASSERT_TRUE(live);
  const auto arms = open_arms({a, b});
  ASSERT_TRUE(arms);
  const auto read = compare_traces((*arms)[0], (*arms)[1]);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->base_fingerprint, live->base_fingerprint);
  EXPECT_EQ(read->policy_fingerprint, live->policy_fingerprint);
  ASSERT_EQ(read->anatomies.size(), 1u);
  EXPECT_EQ(read->anatomies.front().base, live->anatomies.front().base);
  EXPECT_EQ(read->anatomies.front().policy, live->anatomies.front().policy);
  ASSERT_EQ(read->kpis.size(), live->kpis.size());
  for (std::size_t i = 0; i < read->kpis.size(); ++i) {
    EXPECT_EQ(read->kpis[i].difference, live->kpis[i].difference)
        << live->kpis[i].base.heading.name;
  }
  const std::string folder = PORTFLOW_BINARY_DIR "/anatomy_traces";
  std::filesystem::create_directories(folder);
  std::filesystem::copy(a, folder + "/a.h5", std::filesystem::copy_options::overwrite_existing);
  std::filesystem::copy(b, folder + "/b.h5", std::filesystem::copy_options::overwrite_existing);
  const auto in_folder = open_arms({folder});
  ASSERT_TRUE(in_folder);
  const auto both = compare_traces((*in_folder)[0], (*in_folder)[1]);
  ASSERT_TRUE(both);
  EXPECT_EQ(report(*both, Language::zh), report(*read, Language::zh));
  std::filesystem::remove_all(folder);
  const auto one = open_arms({a});
  ASSERT_TRUE(one);
  EXPECT_EQ(one->size(), 1u);
  std::filesystem::remove(a);
  std::filesystem::remove(b);
}

}  // namespace
}  // namespace portflow::analysis
