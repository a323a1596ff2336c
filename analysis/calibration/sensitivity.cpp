#include "analysis/calibration/sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/replicate.hpp"
#include "core/words.hpp"
#include "io/read.hpp"
#include "kpi/figure.hpp"
#include "policy/arithmetic.hpp"
#include "spec/number.hpp"
#include "spec/spot.hpp"

namespace portflow::calibration {
namespace {

using spec::Node;
using Values = std::vector<std::optional<double>>;

/// The scenario with one field changed, as a setting: down to the first list, which is set whole.
std::string setting_of(const Node& scenario, const policy::Path& path, Node value) {
  Node root = scenario;
  *policy::at(root, path) = std::move(value);
  policy::Path whole;
  const Node* node = &root;
  for (const std::string& key : path) {
    if (node->is_list()) break;
    whole.push_back(key);
    node = node->find(key);
  }
  return policy::to_text(whole) + "=" + to_text(*node);
}

/// A number moved by a share; where only whole ones will do, by one.
struct Move {
  std::string setting;
  double by{0};
};

std::vector<Move> moves_of(const Node& scenario, const WeakNumber& number, double share) {
  const Node& node = *policy::at(scenario, number.path);
  std::vector<Move> moves;
  for (const double by : {share, -share}) {
    if (auto scaled = policy::scaled(node, 1 + by)) {
      moves.push_back({setting_of(scenario, number.path, std::move(*scaled)), by});
    }
  }
  if (const auto split = spec::split_number(node.text); node.is_scalar() && split) {
    Node more = node;
    more.text =
        fmt::format("{}{}{}", split->value + 1, split->unit.empty() ? "" : " ", split->unit);
    moves.push_back({setting_of(scenario, number.path, std::move(more)), 1 / split->value});
  }
  return moves;
}

class Study {
 public:
  Study(const run::Request& request, const SensitivityOptions& options)
      : request_{request}, options_{options} {}

  Result<Sensitivity> run() {
    auto loaded = io::load(request_.scenario);
    if (!loaded) return tl::unexpected(loaded.error());
    scenario_ = std::move(loaded->root);
    const auto prepared = run::prepare(request_);
    if (!prepared) return tl::unexpected(prepared.error());
    if (auto chosen = choose(**prepared); !chosen) return tl::unexpected(chosen.error());
    result_.file = request_.scenario;
    result_.scenario = (*prepared)->scenario().name;
    result_.share = options_.share;
    result_.replications = options_.replications;
    result_.seed = (*prepared)->seed();
    auto base = figures(**prepared, options_.threads);
    if (!base) return tl::unexpected(base.error());
    base_ = std::move(*base);
    for (WeakNumber& number : weak_numbers(scenario_)) {
      Influence& one = result_.numbers.emplace_back();
      one.number = std::move(number);
    }
    auto done = analysis::side_by_side(
        static_cast<std::uint32_t>(result_.numbers.size()), options_.threads,
        [this](double share) {
          stopped_ = stopped_ || (options_.progress && options_.progress(share));
          return stopped_;
        },
        [this](std::uint32_t index, unsigned, const std::function<bool(double)>& progress) {
          return move(result_.numbers[index], progress);
        });
    if (!done) return tl::unexpected(done.error());
    if (stopped_) return fail(Failure::limit, "interrupted before every number was moved");
    std::ranges::stable_sort(result_.numbers, [](const Influence& a, const Influence& b) {
      if (a.refused.empty() != b.refused.empty()) return a.refused.empty();
      return a.score > b.score;
    });
    return std::move(result_);
  }

 private:
  Result<void> choose(const run::Prepared& prepared) {
    std::vector<std::string> known;
    for (const spec::Kpi& one : prepared.scenario().kpis) known.push_back(one.name);
    for (const std::string& name : options_.kpis) {
      if (std::ranges::find(known, name) == known.end()) {
        return fail(Failure::input, fmt::format("the scenario has no KPI `{}`{}", name,
                                                spec::did_you_mean(name, known)));
      }
    }
    result_.kpis = options_.kpis;
    if (!result_.kpis.empty()) return {};
    for (const spec::Kpi& one : prepared.scenario().kpis) {
      if (one.target && one.statistic != "max") result_.kpis.push_back(one.name);
    }
    if (!result_.kpis.empty()) return {};
    return fail(Failure::input, "no KPI of the scenario has a target; name some with --kpi");
  }

  Result<Values> figures(const run::Prepared& prepared, unsigned threads) const {
    analysis::RunMany many;
    many.replications = options_.replications;
    many.threads = threads;
    const auto runs = analysis::replicate(prepared, many);
    if (!runs) return tl::unexpected(runs.error());
    Values values;
    for (const std::string& name : result_.kpis) {
      double sum = 0;
      std::size_t seen = 0;
      for (const analysis::Replication& one : *runs) {
        const kpi::Figure* figure = kpi::find(one.results.figures, name);
        if (figure == nullptr || !figure->value) continue;
        sum += *figure->value;
        ++seen;
      }
      values.push_back(seen == 0 ? std::nullopt : std::optional(sum / static_cast<double>(seen)));
    }
    return values;
  }

  Result<void> move(Influence& one, const std::function<bool(double)>& progress) const {
    if (progress(0)) return {};
    for (const Move& move : moves_of(scenario_, one.number, options_.share)) {
      run::Request request = request_;
      // Fields that the study itself sets come last, so that they hold.
      request.settings.insert(request.settings.begin(), move.setting);
      const auto prepared = run::prepare(request);
      if (!prepared) {
        if (one.refused.empty()) one.refused = prepared.error().errors.front().message;
        continue;
      }
      const auto values = figures(**prepared, 1);
      if (!values) return tl::unexpected(values.error());
      one.refused.clear();
      one.moved = move.by;
      judge(one, *values);
      return {};
    }
    if (one.refused.empty()) one.refused = "it is no number that can be scaled";
    return {};
  }

  void judge(Influence& one, const Values& values) const {
    for (std::size_t i = 0; i < values.size(); ++i) {
      one.effects.emplace_back();
      if (!values[i] || !base_[i] || *base_[i] == 0) continue;
      const double effect = (*values[i] - *base_[i]) / std::abs(*base_[i]);
      one.effects.back() = effect;
      if (std::abs(effect / one.moved) > std::abs(one.elasticity)) {
        one.elasticity = effect / one.moved;
        one.strongest = i;
      }
    }
    const double weight = one.number.confidence == spec::Confidence::assumption ? 1 : 0.5;
    one.score = weight * std::abs(one.elasticity);
  }

  const run::Request& request_;
  const SensitivityOptions& options_;
  Node scenario_;
  Values base_;
  Sensitivity result_;
  bool stopped_{false};
};

std::string shortened(const std::string& text) {
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return text;
  std::size_t end = longest - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return text.substr(0, end) + "...";
}

}  // namespace

Result<Sensitivity> sensitivity(const run::Request& request, const SensitivityOptions& options) {
  return Study{request, options}.run();
}

Grid grid_of(const Sensitivity& sensitivity, std::size_t count) {
  Grid grid{{"number", "is", "evidence", "moves most", "by, for 1 % of it", "score"}, {}};
  for (const Influence& one : sensitivity.numbers) {
    if (grid.rows.size() == count || !one.refused.empty()) break;
    grid.rows.push_back({policy::to_text(one.number.path), shortened(one.number.text),
                         std::string(name_of(one.number.confidence)),
                         sensitivity.kpis[one.strongest], fmt::format("{:+.3g} %", one.elasticity),
                         fmt::format("{:.3g}", one.score)});
  }
  return grid;
}

std::string markdown_of(const Sensitivity& sensitivity, std::size_t count) {
  const auto refused = std::ranges::count_if(
      sensitivity.numbers, [](const Influence& one) { return !one.refused.empty(); });
  const auto still = std::ranges::count_if(sensitivity.numbers, [](const Influence& one) {
    return one.refused.empty() && one.score < 0.01;
  });
  return fmt::format(
      "{} numbers that are assumptions or proxies, each moved by {:.0f} %; {} replication{}, seed "
      "{}. "
      "{} of them move no KPI by a hundredth of their own change, {} cannot be moved alone.\n\n{}",
      sensitivity.numbers.size(), 100 * sensitivity.share, sensitivity.replications,
      sensitivity.replications == 1 ? "" : "s", sensitivity.seed, still, refused,
      grid_of(sensitivity, count).markdown());
}

std::string to_json(const Sensitivity& sensitivity) {
  using Json = nlohmann::ordered_json;
  Json numbers = Json::array();
  for (const Influence& one : sensitivity.numbers) {
    Json effects = Json::object();
    for (std::size_t i = 0; i < one.effects.size(); ++i) {
      effects[sensitivity.kpis[i]] = one.effects[i] ? Json(*one.effects[i]) : Json(nullptr);
    }
    Json row{{"field", policy::to_text(one.number.path)},
             {"value", one.number.text},
             {"confidence", std::string(name_of(one.number.confidence))},
             {"file", one.number.place.file},
             {"line", one.number.place.line}};
    if (one.refused.empty()) {
      row["moved"] = one.moved;
      row["effects"] = std::move(effects);
      row["strongest"] = sensitivity.kpis[one.strongest];
      row["elasticity"] = one.elasticity;
      row["score"] = one.score;
    } else {
      row["refused"] = one.refused;
    }
    numbers.push_back(std::move(row));
  }
  const Json root{{"portflow_sensitivity", 1},
                  {"scenario", sensitivity.scenario},
                  {"kpis", sensitivity.kpis},
                  {"share", sensitivity.share},
                  {"replications", sensitivity.replications},
                  {"seed", sensitivity.seed},
                  {"numbers", std::move(numbers)}};
  return root.dump(1) + "\n";
}

}  // namespace portflow::calibration
