#include "analysis/anatomy.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "analysis/anatomy_questions.hpp"
#include "kpi/lives.hpp"

namespace portflow::analysis {
namespace {

constexpr std::array<std::string_view, axis_count> axis_names{"all",   "mode",   "channel",
                                                              "goods", "trader", "hour"};
constexpr std::uint32_t no_channel = ~std::uint32_t{0};

/// A row of a study that is being made.
struct Cell {
  std::string category;
  std::vector<std::int64_t> values;
  CauseSums sums{};
  std::int64_t known{0};
};

/// A span that is known, of an entity whose path is to come.
struct Span {
  std::size_t tree{0};
  SimTime from{}, to{};
  std::vector<Cell*> cells;
  bool closed{false};  ///< its channel is known
  [[nodiscard]] std::int64_t ms() const { return (to - from).count(); }
};

/// An entity whose end or whose path was seen, but not yet both.
struct Open {
  std::optional<std::int64_t> life;  ///< ms; empty: its end was not seen yet
  bool in_cohort{false};
  std::vector<Span> spans;
  std::vector<trace::PathPart> path;
  std::int64_t path_ms{0};
  [[nodiscard]] bool whole() const { return life && path_ms == *life; }
};

/// What belongs to one span KPI.
struct TreeWork {
  std::uint64_t count{0};
  std::int64_t total{0};
  std::map<std::pair<std::uint16_t, Cause>, std::int64_t> parts;
  /// By axis and code; addresses stay.
  std::map<std::pair<Axis, std::uint32_t>, Cell> cells;
};

struct PromiseWork {
  Promise promise;
  std::map<SimTime, BrokenHour> broken;
};

SimTime hour_of(SimTime at) {
  return std::chrono::floor<std::chrono::hours>(at);
}

}  // namespace

std::string_view name_of(Axis axis) noexcept {
  return axis_names[static_cast<std::size_t>(axis)];
}

struct Anatomist::Impl {
  Impl(const trace::Schema& given, Questions asked)
      : schema(given), questions(std::move(asked)), lives(questions.plan, schema) {
    trees.resize(questions.trees.size());
    for (const kpi::Definition& definition : questions.promises) {
      promises.push_back({{.kpi = definition.name, .limit = definition.over, .broken = {}}, {}});
    }
  }

  [[nodiscard]] bool studied(std::size_t tree) const {
    return questions.trees[tree].release_study.asked();
  }

  /// All that the plan says of one entity, question by question.
  std::vector<Span> settle(const kpi::Life& life, std::optional<SimTime> done) {
    std::vector<Span> spans;
    channel = no_channel;
    for (const kpi::Use& use : questions.plan.roles[life.role].uses) {
      if (!kpi::Lives::measures(use, life.readings)) continue;
      const kpi::Observation seen = kpi::observation_of(use, life, done, last);
      const Question& question = questions.of_definition[questions.plan.folds[use.fold].definition];
      switch (question.kind) {
        case Question::Kind::promise:
          keep_promise(promises[question.subject], seen);
          break;
        case Question::Kind::tree:
          close_channel(spans);
          if (kpi::standing_of(seen) == kpi::Standing::known) {
            spans.push_back({question.subject, seen.from.at, seen.to.at, {}, false});
            if (studied(question.subject)) begin_cells(spans.back());
          }
          break;
        case Question::Kind::category:
          if (!spans.empty() && spans.back().tree == question.subject) {
            add_category(spans.back(), use, life, question);
          }
          break;
        case Question::Kind::mark:
          if (seen.marked.is_set()) channel = std::min(channel, question.channel);
          break;
      }
    }
    close_channel(spans);
    return spans;
  }

  Cell& cell(const Span& span, Axis axis, std::uint32_t code, const std::string& category) {
    const auto [at, fresh] = trees[span.tree].cells.try_emplace({axis, code});
    if (fresh) at->second.category = category;
    return at->second;
  }

  void begin_cells(Span& span) {
    const auto hour = static_cast<std::uint32_t>(
        std::chrono::floor<std::chrono::hours>(time_of_day(span.from)).count());
    span.cells = {&cell(span, Axis::all, 0, {}),
                  &cell(span, Axis::hour, hour, std::to_string(hour))};
  }

  void add_category(Span& span, const kpi::Use& use, const kpi::Life& life,
                    const Question& question) {
    for (const kpi::Use::Group& group : use.groups) {
      const double code = life.readings[group.reading];
      if (!(code >= 0 && code < static_cast<double>(group.folds.size()))) continue;
      const std::size_t fold = group.folds[static_cast<std::size_t>(code)];
      if (fold >= questions.plan.folds.size()) continue;
      // A flag is told by its name: `by_rail`, `no by_rail`.
      const std::string& word = questions.plan.folds[fold].category;
      const std::string category = word == "yes"  ? question.attribute
                                   : word == "no" ? "no " + question.attribute
                                                  : word;
      span.cells.push_back(&cell(span, question.axis, static_cast<std::uint32_t>(fold), category));
    }
  }

  /// The marks of a study follow its span.
  void close_channel(std::vector<Span>& spans) {
    const std::uint32_t first = std::exchange(channel, no_channel);
    if (spans.empty() || spans.back().cells.empty() || spans.back().closed) return;
    Span& span = spans.back();
    span.closed = true;
    const auto& names = questions.trees[span.tree].release_study.channel;
    if (names.empty()) return;
    const bool none = first == no_channel;
    span.cells.push_back(&cell(span, Axis::channel,
                               none ? static_cast<std::uint32_t>(names.size()) : first,
                               none ? "none" : names[first]));
  }

  static void keep_promise(PromiseWork& work, const kpi::Observation& seen) {
    Promise& promise = work.promise;
    const kpi::Standing standing = kpi::standing_of(seen);
    const bool known = standing == kpi::Standing::known;
    const bool waits = standing == kpi::Standing::unfinished && seen.from.is_set();
    if (!known && !waits) return;
    const Duration span = (known ? seen.to.at : seen.known_until) - seen.from.at;
    if (waits && span <= promise.limit) return;
    ++promise.count;
    promise.worst = std::max(promise.worst, span);
    if (span <= promise.limit) return;
    ++promise.over;
    const SimTime hour = hour_of(seen.from.at + promise.limit);
    BrokenHour& broken = work.broken[hour];
    broken.at = hour;
    ++broken.count;
    broken.worst = std::max(broken.worst, span);
  }

  /// Adds a span to its tree and its cells; without a path where it has none.
  void add(const Span& span, const std::vector<trace::PathPart>* path) {
    TreeWork& tree = trees[span.tree];
    ++tree.count;
    tree.total += span.ms();
    for (Cell* cell_of : span.cells) cell_of->values.push_back(span.ms());
    if (path == nullptr) return;
    std::int64_t covered = 0;
    for (const trace::PathPart& part : *path) covered += within(part, span.from, span.to).count();
    // A span that reaches beyond the life is no part of the path.
    if (covered != span.ms()) return;
    for (const trace::PathPart& part : *path) {
      const std::int64_t ms = within(part, span.from, span.to).count();
      if (ms == 0) continue;
      tree.parts[{part.step, part.cause}] += ms;
      for (Cell* one : span.cells) {
        one->sums[static_cast<std::size_t>(part.cause)] += ms;
        one->known += ms;
      }
    }
  }

  void close(trace::EntityId entity, const Open& one) {
    for (const Span& span : one.spans) add(span, &one.path);
    if (!one.in_cohort) return;
    std::vector<TimeAt> parts;
    for (const trace::PathPart& part : one.path) {
      const auto same = std::ranges::find_if(
          parts, [&](const TimeAt& at) { return at.step == part.step && at.cause == part.cause; });
      const std::int64_t ms = (part.end - part.begin).count();
      if (same != parts.end()) {
        same->ms += ms;
      } else {
        parts.push_back({part.step, part.cause, ms});
      }
    }
    accounts.keep(entity, parts);
  }

  void end(const trace::Ended& ended) {
    last = std::max(last, ended.at);
    Open& one = open[ended.entity];
    one.life = (ended.end - ended.created).count();
    one.in_cohort = ended.created >= schema.cohort_from && ended.created < schema.to;
    if (const kpi::Life* life = lives.find(ended.entity)) {
      one.spans = settle(*life, ended.end);
      lives.forget(ended.entity);
    }
    close_if_whole(ended.entity, one);
  }

  void walk(const trace::PathPart& part) {
    Open& one = open[part.entity];
    one.path.push_back(part);
    one.path_ms += (part.end - part.begin).count();
    close_if_whole(part.entity, one);
  }

  void close_if_whole(trace::EntityId entity, const Open& one) {
    if (!one.whole()) return;
    close(entity, one);
    open.erase(entity);
  }

  trace::Schema schema;
  Questions questions;
  kpi::Lives lives;
  std::vector<TreeWork> trees;
  std::vector<PromiseWork> promises;
  std::unordered_map<trace::EntityId, Open> open;
  Accounts accounts;
  SimTime last{};
  std::uint32_t channel{no_channel};
};

Anatomist::Anatomist(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Anatomist::~Anatomist() = default;

Result<std::unique_ptr<Anatomist>> Anatomist::make(const trace::Schema& schema) {
  auto questions = questions_of(schema);
  if (!questions) return tl::unexpected(questions.error());
  return std::unique_ptr<Anatomist>(
      new Anatomist(std::make_unique<Impl>(schema, std::move(*questions))));
}

void Anatomist::consume(const trace::Batch& batch) {
  impl_->lives.bear(batch);
  impl_->lives.set(batch.marks);
  for (const trace::MarkSet& mark : batch.marks) impl_->last = std::max(impl_->last, mark.at);
  // Either may come first where a record was cut between them.
  for (const trace::Ended& ended : batch.ended) impl_->end(ended);
  for (const trace::PathPart& part : batch.paths) impl_->walk(part);
  for (const trace::Level& level : batch.levels) impl_->last = std::max(impl_->last, level.at);
}

const Accounts& Anatomist::accounts() const noexcept {
  return impl_->accounts;
}

namespace {

StudyCell finished(Axis axis, Cell& cell) {
  StudyCell row{.axis = axis, .category = cell.category, .count = cell.values.size()};
  std::ranges::sort(cell.values);
  for (const std::int64_t value : cell.values) row.total += value;
  row.median = cell.values[(cell.values.size() + 1) / 2 - 1];
  row.least = cell.values.front();
  row.greatest = cell.values.back();
  row.sums = cell.sums;
  row.not_known = row.total - cell.known;
  return row;
}

TimeTree finished(const trace::Schema& schema, const std::string& kpi, const TreeWork& work) {
  TimeTree tree{kpi, work.count, work.total, work.total, {}};
  for (const auto& [key, ms] : work.parts) {
    const auto& [step, cause] = key;
    tree.parts.push_back({step < schema.steps.size() ? schema.steps[step] : "", cause, ms});
    tree.not_known -= ms;
  }
  // Codes differ between arms; names do not.
  std::ranges::sort(tree.parts, {}, [](const TimePart& one) {
    return std::pair(std::string_view(one.step), one.cause);
  });
  return tree;
}

}  // namespace

Anatomy Anatomist::finish() {
  Impl& impl = *impl_;
  for (const trace::EntityId entity : impl.lives.remaining()) {
    for (const Span& span : impl.settle(*impl.lives.find(entity), std::nullopt)) {
      impl.add(span, nullptr);
    }
  }
  // Ends whose paths never came: the record holds none, or was cut.
  std::vector<trace::EntityId> pathless;
  for (const auto& [entity, one] : impl.open) pathless.push_back(entity);
  std::ranges::sort(pathless);
  for (const trace::EntityId entity : pathless) {
    for (const Span& span : impl.open[entity].spans) impl.add(span, nullptr);
  }
  Anatomy anatomy;
  for (std::size_t i = 0; i < impl.trees.size(); ++i) {
    const std::string& kpi = impl.questions.trees[i].name;
    anatomy.trees.push_back(finished(impl.schema, kpi, impl.trees[i]));
    if (!impl.studied(i)) continue;
    ReleaseTimes& study = anatomy.studies.emplace_back(ReleaseTimes{kpi, {}});
    for (auto& [key, cell] : impl.trees[i].cells) {
      if (!cell.values.empty()) study.cells.push_back(finished(key.first, cell));
    }
  }
  for (PromiseWork& work : impl.promises) {
    for (const auto& [hour, broken] : work.broken) work.promise.broken.push_back(broken);
    anatomy.promises.push_back(std::move(work.promise));
  }
  return anatomy;
}

}  // namespace portflow::analysis
