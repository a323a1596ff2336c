#include "analysis/study/check_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "core/words.hpp"
#include "io/read.hpp"
#include "run/measures.hpp"
#include "spec/bind.hpp"
#include "spec/fields.hpp"

namespace portflow::study {
namespace {

using spec::Node;
using spec::Spot;

/// The scenario of a study, as its factors meet it.
class Checker {
 public:
  Checker(Node& root, Study& study, spec::Notes& notes)
      : root_(root), study_(study), top_(notes), notes_(notes) {}

  void run() {
    if (root_.find("design") != nullptr) check_design();
    auto loaded = io::load(study_.base.scenario);
    if (!loaded) {
      // A file that is not there is the study's fault, what stands in it is not.
      const Node* name = root_.find("scenario");
      for (Error error : loaded.error().errors) {
        if (error.place.line == 0) error = {name->place, "scenario", error.message};
        notes_.errors.push_back(std::move(error));
      }
      return;
    }
    tree_ = std::move(loaded->root);
    auto bound = spec::bind(tree_);
    if (!bound) {
      notes_.errors.insert(notes_.errors.end(), bound.error().errors.begin(),
                           bound.error().errors.end());
      return;
    }
    check_kpis(*bound);
    const Node* factors = root_.find("factors");
    if (factors == nullptr || !factors->is_map()) return;
    for (std::size_t i = 0; i < study_.factors.size(); ++i) {
      const auto& entry = factors->entries[i];
      check_factor(study_.factors[i], entry.value, top_ / "factors" / entry.key);
    }
    check_exclusions();
  }

 private:
  [[nodiscard]] const Node& design_node() const { return *root_.find("design"); }

  void check_design() {
    const Spot spot = top_ / "design";
    const Design::Kind kind = study_.design.kind;
    if (kind == Design::Kind::list) return read_points();
    const bool two = kind == Design::Kind::fractional || kind == Design::Kind::plackett_burman;
    if (two) {
      for (const Factor& factor : study_.factors) {
        const bool many =
            factor.kind == Factor::Kind::words || factor.kind == Factor::Kind::measure;
        if (!many || factor.settings() == 2) continue;
        const auto& entry =
            *std::ranges::find(root_.find("factors")->entries, factor.name, &Node::Entry::key);
        (top_ / "factors" / factor.name)
            .complain(entry.value.place, fmt::format("has {} settings; a {} design takes two",
                                                     factor.settings(), name_of(kind)));
      }
    }
    if (kind == Design::Kind::plackett_burman && study_.replications < 5) {
      const Node* count = root_.find("replications");
      (top_ / "replications")
          .complain(count->place, "Plackett-Burman effects take at least 5 replications");
    }
    if (kind == Design::Kind::fractional) check_fraction(spot);
    double points = 1;
    for (const Factor& factor : study_.factors) points *= static_cast<double>(factor.levels);
    if (kind == Design::Kind::full && points > 1e6) {
      spot.complain(design_node().place, fmt::format("would take {:.3g} points", points));
    }
  }

  /// Refused by counting, or after a search that is short; what does work is named.
  void check_fraction(const Spot& spot) {
    constexpr std::size_t most = 65'536;
    const std::size_t factors = study_.factors.size();
    const int resolution = study_.design.resolution;
    if (factors == 0 || design::fraction_runs(factors, resolution)) return;
    const std::size_t least = design::least_fraction(factors, resolution);
    std::string instead;
    for (int lower = resolution - 1; lower >= 3; --lower) {
      const auto runs = design::fraction_runs(factors, lower);
      if (runs) instead += fmt::format("resolution {} takes {} runs, ", lower, *runs);
    }
    instead += fmt::format("plackett_burman {} or a few more", (factors + 4) / 4 * 4);
    const std::string why =
        least > most
            ? fmt::format("cannot be had in {} runs: it takes {} at the least", most, least)
            : fmt::format("was not found in {} runs, though counting does not rule it out", most);
    spot.complain(design_node().place, fmt::format("resolution {} of {} factors {}; {}", resolution,
                                                   factors, why, instead));
  }

  /// `{list: [{lanes: 4, m04: true}, ...]}`: every factor in every point.
  void read_points() {
    Node* const points = root_.find("design")->find("list");
    const Spot spot = top_ / "design" / "list";
    if (points == nullptr || !check_kind(*points, Node::Kind::list, spot)) return;
    Node& list = *points;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      spec::Fields fields{list.items[i], spot.item(i)};
      auto& point = study_.design.listed.emplace_back();
      for (const Factor& factor : study_.factors) {
        double& coordinate = point.emplace_back(0);
        fields.required(factor.name, coordinate,
                        [&](const Node& node, const Spot& at, double& out) {
                          if (const auto found = coordinate_of(factor, node, at)) out = *found;
                        });
      }
      fields.done();
    }
    if (list.items.empty()) spot.complain(list.place, "no points");
  }

  static std::optional<double> coordinate_of(const Factor& factor, const Node& node,
                                             const Spot& at) {
    const auto middle_of = [](std::size_t index, std::size_t count) {
      return (static_cast<double>(index) + 0.5) / static_cast<double>(count);
    };
    if (factor.kind == Factor::Kind::measure || factor.kind == Factor::Kind::words) {
      std::vector<std::string> words = factor.words;
      if (factor.kind == Factor::Kind::measure) {
        if (words.size() == 1) words = {"true"};
        words.insert(words.begin(), "false");
      }
      const auto found = std::ranges::find(words, node.text);
      if (node.is_scalar() && found != words.end()) {
        return middle_of(static_cast<std::size_t>(found - words.begin()), words.size());
      }
      at.complain(node.place, fmt::format("`{}` is no level{} (allowed: {})", to_text(node),
                                          spec::did_you_mean(node.text, words), listed(words)));
      return std::nullopt;
    }
    const auto split = node.is_scalar() ? spec::split_number(node.text) : std::nullopt;
    if (!split || split->unit != factor.unit || split->value < factor.least ||
        split->value > factor.most) {
      at.complain(node.place, fmt::format("`{}` is not from `{}` to `{}`", to_text(node),
                                          factor.text_at(0), factor.text_at(1)));
      return std::nullopt;
    }
    if (factor.kind == Factor::Kind::real) {
      return (split->value - factor.least) / (factor.most - factor.least);
    }
    if (split->value != std::floor(split->value)) {
      at.complain(node.place, fmt::format("`{}` is not whole", node.text));
      return std::nullopt;
    }
    return middle_of(static_cast<std::size_t>(split->value - factor.least), factor.settings());
  }

  void check_kpis(const spec::Scenario& scenario) {
    Node* list = root_.find("kpis");
    if (list == nullptr) return;
    std::vector<std::string> names{"resource", "procedure", "cause"};
    for (const spec::Kpi& kpi : scenario.kpis) names.push_back(kpi.name);
    spec::each_item(*list, top_ / "kpis", [&](Node& item, const Spot& at) {
      if (!item.is_scalar()) return;
      const std::string whole = item.text.substr(0, item.text.find('.'));
      if (std::ranges::find(names, whole) != names.end()) return;
      at.complain(item.place, fmt::format("the scenario has no KPI `{}`{}", item.text,
                                          spec::did_you_mean(whole, names)));
    });
  }

  void check_factor(const Factor& factor, const Node& node, const Spot& spot) {
    if (factor.kind == Factor::Kind::measure) return check_measures(factor, node, spot);
    if (factor.path.empty()) return;
    Node* field = find_field(factor, node, spot);
    if (field == nullptr) return;
    const char* key = factor.kind == Factor::Kind::words   ? "words"
                      : factor.kind == Factor::Kind::whole ? "whole"
                                                           : "real";
    const Node* levels = node.find(key);
    if (levels == nullptr) return;
    const Node before = *field;
    for (const Node& level : levels->items) {
      const bool told =
          std::ranges::find(notes_.errors, level.place, &Error::place) != notes_.errors.end();
      if (told) continue;  // no number at all: one complaint will do
      // The level stands where the scenario's own value stood, but keeps its place in this file.
      *field = level;
      Node tree = tree_;
      if (const auto bound = spec::bind(tree); !bound) {
        for (const Error& error : bound.error().errors) {
          const bool here = error.place == level.place;
          notes_.errors.push_back(
              here ? error
                   : Error{level.place, spot.path(),
                           fmt::format("with `{}`: {}", to_text(level), error.text())});
        }
      }
    }
    *field = before;
  }

  Node* find_field(const Factor& factor, const Node& node, const Spot& spot) {
    Node* at = &tree_;
    std::istringstream words(factor.path);
    for (std::string word; std::getline(words, word, '.');) {
      Node* next = at->find(word);
      if (next == nullptr) {
        std::vector<std::string> keys;
        for (const auto& entry : at->entries) keys.push_back(entry.key);
        (spot / "set")
            .complain(node.find("set")->place,
                      fmt::format("the scenario has no `{}` in `{}`{}", word, factor.path,
                                  spec::did_you_mean(word, keys)));
        return nullptr;
      }
      at = next;
    }
    return at;
  }

  void check_measures(const Factor& factor, const Node& node, const Spot& spot) {
    const Node& value = *node.find("measure");
    for (const Node& item : value.is_list() ? value.items : std::vector<Node>{value}) {
      if (item.text.empty()) continue;
      const auto known = run::load_measures(study_.base.scenario, {item.text});
      if (known) {
        measures_.push_back({&factor, known->front(), item.place, spot.path() + ".measure"});
        continue;
      }
      for (const Error& error : known.error().errors) {
        const bool own = error.place.line > 0;  // what stands in the measure's own file
        notes_.errors.push_back(own ? error
                                    : Error{item.place, spot.path() + ".measure", error.message});
      }
    }
  }

  /// Two measures that exclude each other cannot be varied independently.
  void check_exclusions() {
    for (const Use& a : measures_) {
      for (const Use& b : measures_) {
        const bool out =
            std::ranges::find(a.measure.excludes, b.measure.id) != a.measure.excludes.end();
        if (!out || a.factor == b.factor) continue;
        notes_.errors.push_back(
            {a.place, a.path,
             fmt::format("`{0}` excludes `{1}`; make them one factor: `measure: [{0}, {1}]`",
                         a.measure.id, b.measure.id)});
      }
    }
  }

  struct Use {
    const Factor* factor;
    policy::Measure measure;
    Place place;
    std::string path;
  };

  Node& root_;
  Study& study_;
  Spot top_;
  spec::Notes& notes_;
  Node tree_;
  std::vector<Use> measures_;
};

}  // namespace

void check_study(Node& root, Study& study, spec::Notes& notes) {
  Checker{root, study, notes}.run();
}

}  // namespace portflow::study
