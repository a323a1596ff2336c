// The strict reader of study files: first every word on its own, then what it says of the scenario.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "analysis/study/check_study.hpp"
#include "analysis/study/study.hpp"
#include "core/words.hpp"
#include "io/read.hpp"
#include "spec/fields.hpp"

namespace portflow::study {
namespace {

using spec::Fields;
using spec::Node;
using spec::Spot;
namespace read = spec::read;

/// Whole numbers of a study file that need no unit.
template <class T>
read::NumberReader whole(T least, T most) {
  return read::number(spec::count(static_cast<double>(least), static_cast<double>(most)));
}

template <class T, class Reader>
void take_whole(Fields& fields, std::string_view key, T& out, const Reader& reader) {
  double value = static_cast<double>(out);
  fields.optional(key, value, reader);
  out = static_cast<T>(value);
}

/// `[2, 6]` or `[4 min, 6 min]`: two numbers of one unit, the first less.
void read_range(const Node& node, const Spot& spot, Factor& factor) {
  const bool two = node.is_list() && node.items.size() == 2;
  if (!two) return spot.complain(node.place, "expected `[least, most]`");
  double* const ends[] = {&factor.least, &factor.most};
  std::string units[2];
  for (std::size_t i = 0; i < 2; ++i) {
    const Node& item = node.items[i];
    const auto split = item.is_scalar() ? spec::split_number(item.text) : std::nullopt;
    if (!split) {
      return spot.item(i).complain(item.place, fmt::format("`{}` is no number", to_text(item)));
    }
    if (factor.kind == Factor::Kind::whole && split->value != std::floor(split->value)) {
      return spot.item(i).complain(item.place, fmt::format("`{}` is not whole", item.text));
    }
    *ends[i] = split->value;
    units[i] = split->unit;
  }
  if (units[0] != units[1]) {
    return spot.complain(node.place, fmt::format("both ends need one unit; `{}` and `{}` differ",
                                                 node.items[0].text, node.items[1].text));
  }
  factor.unit = units[0];
  if (factor.least >= factor.most) {
    spot.complain(node.place, fmt::format("`{}` is not less than `{}`", node.items[0].text,
                                          node.items[1].text));
  }
}

void read_words(Node& node, const Spot& spot, std::vector<std::string>& words) {
  words.clear();
  spec::each_item(node, spot, [&](Node& item, const Spot& at) {
    std::string word;
    read::text(item, at, word);
    if (word.empty()) return;
    if (std::ranges::find(words, word) != words.end()) {
      at.complain(item.place, fmt::format("`{}` stands here twice", word));
    }
    words.push_back(std::move(word));
  });
}

void read_factor(Node& node, const Spot& spot, Factor& factor) {
  Fields fields{node, spot};
  const bool measure = fields.optional("measure", factor.words, read_words);
  const bool set = fields.optional("set", factor.path, read::text);
  int types = 0;
  const auto typed = [&](std::string_view key, Factor::Kind kind, const auto& reader) {
    Node* value = fields.take(key);
    if (value == nullptr) return;
    ++types;
    factor.kind = kind;
    reader(*value, spot / key);
  };
  typed("words", Factor::Kind::words, [&](Node& value, const Spot& at) {
    if (!spec::check_kind(value, Node::Kind::list, at)) return;
    read_words(value, at, factor.words);
    if (factor.words.size() < 2) at.complain(value.place, "needs two words at least");
  });
  const auto range = [&](Node& value, const Spot& at) { read_range(value, at, factor); };
  typed("whole", Factor::Kind::whole, range);
  typed("real", Factor::Kind::real, range);
  const bool counted = fields.has("levels");
  take_whole(fields, "levels", factor.levels, whole(2, 1000));
  fields.done();
  if (!node.is_map()) return;
  if (measure == set) {
    spot.complain(node.place, "needs either `measure` or `set`");
  } else if (measure && types > 0) {
    spot.complain(node.place, "a measure is on or off; `words`, `whole` and `real` go with `set`");
  } else if (set && types != 1) {
    spot.complain(node.place, "`set` needs exactly one of `words`, `whole` and `real`");
  }
  if (measure) factor.kind = Factor::Kind::measure;
  if (!counted && factor.kind != Factor::Kind::real && factor.kind != Factor::Kind::whole) {
    factor.levels = std::max<std::size_t>(2, factor.settings());
  }
  if (factor.settings() > 0 && factor.levels > factor.settings() && factor.settings() > 1) {
    spot.complain(node.place,
                  fmt::format("has {} settings, not {} levels", factor.settings(), factor.levels));
  }
}

void read_factors(Node& node, const Spot& spot, std::vector<Factor>& factors) {
  spec::each_entry(node, spot, [&](const std::string& name, Node& entry, const Spot& at) {
    Factor& factor = factors.emplace_back();
    factor.name = name;
    read_factor(entry, at, factor);
  });
  if (node.is_map() && node.entries.empty()) spot.complain(node.place, "no factors");
}

void read_options(Node& node, const Spot& spot, Design& design) {
  Fields fields{node, spot};
  switch (design.kind) {
    case Design::Kind::fractional:
      take_whole(fields, "resolution", design.resolution, whole(3, 5));
      break;
    case Design::Kind::plackett_burman:
      fields.optional("folded", design.folded, read::flag);
      break;
    case Design::Kind::latin_hypercube:
      take_whole(fields, "points", design.points, whole(2, 1'000'000));
      if (design.points == 0) fields.miss("points");
      break;
    case Design::Kind::sobol:
      take_whole(fields, "base", design.base, whole(2, 1 << 20));
      if (design.base == 0) fields.miss("base");
      if ((design.base & (design.base - 1)) != 0) {
        (spot / "base").complain(node.place, "must be a power of two: 2, 4, 8, ...");
      }
      break;
    case Design::Kind::morris:
      take_whole(fields, "trajectories", design.trajectories, whole(2, 100'000));
      if (design.trajectories == 0) fields.miss("trajectories");
      take_whole(fields, "levels", design.levels, whole(2, 100));
      if (design.levels % 2 != 0) (spot / "levels").complain(node.place, "must be even");
      break;
    default:
      break;
  }
  fields.done();
}

void read_design(Node& node, const Spot& spot, Design& design) {
  static const std::vector<std::string> kinds{
      "list",  "full",   "fractional",   "plackett_burman", "latin_hypercube",
      "sobol", "morris", "one_at_a_time"};
  const bool one = node.is_map() && node.entries.size() == 1;
  if (!node.is_scalar() && !one) {
    return spot.complain(node.place, "expected one design, as in `full` or `{sobol: {base: 64}}`");
  }
  const std::string word = one ? node.entries.front().key : node.text;
  const Place place = one ? node.entries.front().place : node.place;
  const auto found = std::ranges::find(kinds, word);
  if (found == kinds.end()) {
    return spot.complain(place, fmt::format("unknown design `{}`{} (allowed: {})", word,
                                            spec::did_you_mean(word, kinds), listed(kinds)));
  }
  design.kind = static_cast<Design::Kind>(found - kinds.begin());
  if (design.kind == Design::Kind::list) {
    if (!one) spot.complain(place, "`list` needs its points: `{list: [{a: 1}, {a: 2}]}`");
    return;  // read once the factors are known
  }
  Node none = spec::empty_map();
  none.place = place;
  read_options(one ? node.entries.front().value : none, spot / word, design);
}

void read_settings(Node& node, const Spot& spot, std::vector<std::string>& settings) {
  if (!spec::check_kind(node, Node::Kind::map, spot)) return;
  for (auto& entry : node.entries) settings.push_back(entry.key + "=" + to_text(entry.value));
}

void read_whole(Node& root, const Spot& top, Study& study) {
  Fields fields{root, top};
  double version = 1;
  fields.required("portflow", version, whole(1, 1));
  fields.required("study", study.name, read::name);
  spec::Label title;
  fields.optional("title", title, read::label);
  fields.required("scenario", study.base.scenario, read::text);
  fields.optional("measures", study.base.measures, read_words);
  fields.optional("set", study.base.settings, read_settings);
  double seed = 1;
  if (fields.optional("seed", seed, whole(0.0, 9e15))) {
    study.base.seed = static_cast<std::uint64_t>(seed);
  }
  fields.optional("until", study.base.until, read::text);
  take_whole(fields, "replications", study.replications, whole(1, 100'000));
  fields.optional("kpis", study.kpis, read_words);
  fields.required("factors", study.factors, read_factors);
  fields.required("design", study.design, read_design);
  fields.done();
}

}  // namespace

Result<Study> read_study(const std::string& file) {
  auto loaded = io::load(file);
  if (!loaded) return tl::unexpected(loaded.error());
  Study study;
  study.file = file;
  spec::Notes notes;
  read_whole(loaded->root, Spot{notes}, study);
  if (!study.base.scenario.empty()) {
    study.base.scenario = (std::filesystem::path(file).parent_path() / study.base.scenario)
                              .lexically_normal()
                              .string();
  }
  // Checked even where something is amiss, so that every mistake is told at once.
  if (!study.base.scenario.empty()) check_study(loaded->root, study, notes);
  if (!notes.errors.empty()) {
    std::ranges::stable_sort(notes.errors, {}, &Error::place);
    return refuse(std::move(notes.errors));
  }
  return study;
}

}  // namespace portflow::study
