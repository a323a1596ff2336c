/// \file watch.hpp
/// Runs a scenario given as text and tells what happened to each entity, in words that a test
/// can compare: `moor 1 08:00 1 08:30 1 10:00` is a step, ready, begun and ended on day 1.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>

#include "core/fingerprint.hpp"
#include "run/run.hpp"
#include "trace/batch.hpp"

namespace portflow::procedure_test {

/// Everything that one run recorded.
class Watched final : public trace::Sink {
 public:
  void consume(const trace::Batch& batch) override {
    const auto append = [](auto& to, const auto& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    append(rows.born, batch.born);
    append(rows.attributes, batch.attributes);
    append(rows.marks, batch.marks);
    append(rows.steps, batch.steps);
    append(rows.ended, batch.ended);
    append(rows.paths, batch.paths);
    append(rows.ledger, batch.ledger);
  }

  trace::Batch rows;
  trace::Schema schema;
  run::Outcome outcome;
  std::string refusal;  ///< what the scenario was refused with; then nothing ran

  /// `2 08:30` is half past eight on the second day; seconds only where there are any.
  [[nodiscard]] std::string when(SimTime at) const {
    const auto ms = (at - schema.from).count();
    const auto day = ms >= 0 ? ms / 86'400'000 : -((-ms + 86'399'999) / 86'400'000);
    const auto rest = ms - day * 86'400'000;
    std::string text = fmt::format("{} {:02}:{:02}", day + 1, rest / 3'600'000, rest / 60'000 % 60);
    if (rest % 60'000 != 0)
      text += fmt::format(":{:06.3f}", static_cast<double>(rest % 60'000) / 1e3);
    return text;
  }

  /// Names of all entities of a role (`ships`, `ships/boxes`), in the order of birth.
  [[nodiscard]] std::vector<std::string> names(const std::string& role) const {
    std::vector<std::string> result;
    for (const trace::Born& born : rows.born) {
      if (schema.roles[born.role].name == role) result.push_back(name(born.entity));
    }
    return result;
  }

  /// The steps of an entity, by their end, one a line: name, ready, start, end.
  [[nodiscard]] std::string steps(const std::string& entity) const {
    std::vector<const trace::StepDone*> own;
    for (const trace::StepDone& row : rows.steps) {
      if (name(row.entity) == entity) own.push_back(&row);
    }
    std::string text;
    for (const trace::StepDone* row : own) {
      const std::string& full = schema.steps[row->step];
      text += fmt::format("{} {} {} {}\n", full.substr(full.find('.') + 1), when(row->ready),
                          when(row->start), when(row->at));
    }
    return text;
  }

  /// The marks of an entity in the order of their setting: `landed 1 08:00`, `checked void`.
  [[nodiscard]] std::string marks(const std::string& entity) const {
    std::string text;
    for (const trace::MarkSet& row : rows.marks) {
      if (name(row.entity) != entity) continue;
      text += schema.marks[row.mark] + " " + (row.is_void != 0 ? "void" : when(row.at)) + "\n";
    }
    return text;
  }

  /// Its total and its causes in minutes: `600 = working 480 + busy 120`; empty if unfinished.
  [[nodiscard]] std::string account(const std::string& entity) const {
    for (const trace::Ended& row : rows.ended) {
      if (name(row.entity) != entity) continue;
      std::string text = fmt::format("{}", minutes((row.end - row.created).count()));
      bool first = true;
      for (std::size_t i = 0; i < cause_count; ++i) {
        if (row.ticks_by_cause[i] == 0) continue;
        text += fmt::format(" {} {} {}", first ? "=" : "+", name_of(static_cast<Cause>(i)),
                            minutes(row.ticks_by_cause[i]));
        first = false;
      }
      return text;
    }
    return {};
  }

  /// Ended entities whose causes do not add up to their time.
  [[nodiscard]] std::size_t wrong_accounts() const {
    return static_cast<std::size_t>(std::ranges::count_if(rows.ended, [](const trace::Ended& row) {
      const auto sum =
          std::accumulate(row.ticks_by_cause.begin(), row.ticks_by_cause.end(), std::int64_t{0});
      return sum != (row.end - row.created).count();
    }));
  }

  [[nodiscard]] std::string name(trace::EntityId id) const {
    if (spelt_.empty()) {
      for (const trace::Born& born : rows.born) by_id_[born.entity] = &born;
    }
    const auto known = spelt_.find(id);
    if (known != spelt_.end()) return known->second;
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return "?";
    const trace::Born& born = *found->second;
    const std::string parent = born.parent == trace::no_entity ? "" : name(born.parent);
    return spelt_[id] = trace::entity_name(schema, born.role, born.ordinal, parent);
  }

 private:
  static std::string minutes(std::int64_t ms) {
    return fmt::format("{}", static_cast<double>(ms) / 60e3);
  }
  mutable std::map<trace::EntityId, const trace::Born*> by_id_;
  mutable std::map<trace::EntityId, std::string> spelt_;
};

/// A file in a folder of its own, gone with the object.
class ScratchFile {
 public:
  explicit ScratchFile(const std::string& text) {
    static int counter = 0;
    path_ = std::filesystem::path(PORTFLOW_BINARY_DIR) / "test-scratch" /
            fmt::format("{}-{}", ::testing::UnitTest::GetInstance()->random_seed(), ::getpid());
    std::filesystem::create_directories(path_);
    path_ /= fmt::format("scenario{}.yaml", ++counter);
    std::ofstream(path_) << text;
  }
  ~ScratchFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
    std::filesystem::remove(path_.parent_path(), ignored);
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

struct WatchOptions {
  std::vector<std::string> measures{};  ///< texts of measure files
  std::uint64_t seed{1};
  unsigned threads{1};
  bool may_be_refused{false};
};

/// Runs `text`. A refusal fails the test unless it may be; file names in it become `FILE`.
inline Watched watch(const std::string& text, const WatchOptions& options = {}) {
  Watched result;
  const ScratchFile file(text);
  run::Request request;
  request.scenario = file.path();
  request.seed = options.seed;
  std::vector<std::unique_ptr<ScratchFile>> measures;
  for (const std::string& measure : options.measures) {
    measures.push_back(std::make_unique<ScratchFile>(measure));
    request.measures.push_back(measures.back()->path());
  }
  const auto refuse = [&](const Fault& fault) {
    for (const Error& error : fault.errors) result.refusal += error.text() + "\n";
    const auto hide = [&](const std::string& path, const std::string& as) {
      for (std::size_t at; (at = result.refusal.find(path)) != std::string::npos;) {
        result.refusal.replace(at, path.size(), as);
      }
    };
    hide(file.path(), "FILE");
    for (const auto& measure : measures) hide(measure->path(), "MEASURE");
    if (!options.may_be_refused) ADD_FAILURE() << result.refusal;
  };
  const auto prepared = run::prepare(request);
  if (!prepared) {
    refuse(prepared.error());
    return result;
  }
  result.schema = (*prepared)->schema(0);
  run::Drive drive;
  drive.threads = options.threads;
  drive.paths = true;
  trace::Sink* sinks[] = {&result};
  const auto outcome = run::simulate(**prepared, drive, sinks);
  if (outcome) {
    result.outcome = *outcome;
  } else {
    refuse(outcome.error());
  }
  EXPECT_EQ(result.wrong_accounts(), 0u) << "causes must add up to the total time, to the tick";
  return result;
}

}  // namespace portflow::procedure_test
