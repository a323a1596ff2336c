#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "core/words.hpp"
#include "spec/cases.hpp"
#include "spec/fields.hpp"

namespace portflow::spec {
namespace {

/// The range of a parameter: a value in the field's dimension, or a pure number.
constexpr Number cv = plain(0, 100);
constexpr Number shape = plain(0, 10'000).positive();
constexpr Number phases = count(1, 10'000);
constexpr Number weight = share(0, 1e9);
constexpr Number factor = plain(0, 1e6);

/// Reads the parameters of one family; stops at the first that is wrong.
class Reader {
 public:
  Reader(Node& node, Spot spot, std::string_view family, const Number& number)
      : node_{node}, spot_{std::move(spot)}, family_{family}, value_{number} {
    // What the whole distribution may not fall below is checked at the end.
    value_.least = std::min(0.0, value_.least);
    value_.above = false;
  }

  [[nodiscard]] std::optional<Distribution> read();

 private:
  [[nodiscard]] std::optional<Distribution> empirical();
  [[nodiscard]] std::optional<Distribution> mixture();

  /// The parameters `names`, from a list, a map or, for one, the plain value.
  std::optional<std::vector<double>> parameters(std::span<const std::string> names,
                                                std::span<const Number> numbers);
  std::optional<std::vector<double>> parameters(std::initializer_list<std::string> names,
                                                std::initializer_list<Number> numbers) {
    return parameters(std::span{names.begin(), names.size()},
                      std::span{numbers.begin(), numbers.size()});
  }
  bool one(Node& node, const Spot& spot, const Number& number, double& out) const {
    const auto before = spot.notes().errors.size();
    read::number(number)(node, spot, out);
    return spot.notes().errors.size() == before;
  }
  std::nullopt_t complain(std::string message) const {
    spot_.complain(node_.place, std::move(message));
    return std::nullopt;
  }
  /// Complains about weights of which none is positive.
  bool positive(const std::vector<double>& weights) const {
    if (std::ranges::any_of(weights, [](double w) { return w > 0; })) return true;
    complain(fmt::format("every weight of the {} is 0", family_));
    return false;
  }

  Node& node_;
  Spot spot_;
  std::string_view family_;
  Number value_;
};

std::optional<std::vector<double>> Reader::parameters(std::span<const std::string> names,
                                                      std::span<const Number> numbers) {
  std::vector<double> result(names.size());
  const auto before = spot_.notes().errors.size();
  if (node_.is_map()) {
    Fields fields{node_, spot_};
    for (std::size_t i = 0; i < names.size(); ++i) {
      fields.required(names[i], result[i], read::number(numbers[i]));
    }
    fields.done();
  } else if (node_.is_list() && node_.items.size() == names.size()) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      one(node_.items[i], spot_.item(i), numbers[i], result[i]);
    }
  } else if (node_.is_scalar() && names.size() == 1) {
    one(node_, spot_, numbers[0], result[0]);
  } else {
    std::string wanted;
    for (const auto& name : names) wanted += (wanted.empty() ? "" : ", ") + name;
    return complain(names.size() == 1 ? fmt::format("{} takes one number, its {}", family_, wanted)
                                      : fmt::format("{} takes {} numbers, `[{}]`", family_,
                                                    names.size(), wanted));
  }
  if (spot_.notes().errors.size() > before) return std::nullopt;
  return result;
}

std::optional<Distribution> Reader::empirical() {
  std::vector<double> values;
  std::vector<double> weights;
  const auto list_of = [&](const Number& number) {
    return [this, number](Node& node, const Spot& spot, std::vector<double>& out) {
      if (!check_kind(node, Node::Kind::list, spot)) return;
      out.resize(node.items.size());
      for (std::size_t i = 0; i < out.size(); ++i) one(node.items[i], spot.item(i), number, out[i]);
    };
  };
  const auto before = spot_.notes().errors.size();
  Fields fields{node_, spot_};
  fields.required("values", values, list_of(value_));
  const bool weighted = fields.optional("weights", weights, list_of(weight));
  fields.done();
  if (spot_.notes().errors.size() > before) return std::nullopt;
  if (values.empty()) return complain("no values");
  if (!weighted) weights.assign(values.size(), 1.0);
  if (values.size() != weights.size()) {
    return complain(fmt::format("values and weights differ in number: {} and {}", values.size(),
                                weights.size()));
  }
  if (!positive(weights)) return std::nullopt;
  return Distribution::empirical(std::move(values), std::move(weights));
}

std::optional<Distribution> Reader::mixture() {
  std::vector<Distribution> parts;
  std::vector<double> weights;
  if (!check_kind(node_, Node::Kind::list, spot_)) return std::nullopt;
  const auto before = spot_.notes().errors.size();
  for (std::size_t i = 0; i < node_.items.size(); ++i) {
    Fields fields{node_.items[i], spot_.item(i)};
    fields.required("p", weights.emplace_back(0), read::number(weight));
    fields.required("of", parts.emplace_back(), read::takes(value_));
    fields.done();
  }
  if (spot_.notes().errors.size() > before) return std::nullopt;
  if (parts.empty()) return complain("no parts");
  if (!positive(weights)) return std::nullopt;
  return Distribution::mixture(std::move(parts), std::move(weights));
}

std::optional<Distribution> Reader::read() {
  if (family_ == "empirical") return empirical();
  if (family_ == "mixture") return mixture();
  if (family_ == "constant") {
    const auto p = parameters({"value"}, {value_});
    return p ? std::optional{Distribution::constant((*p)[0])} : std::nullopt;
  }
  if (family_ == "uniform") {
    const auto p = parameters({"from", "to"}, {value_, value_});
    if (!p) return std::nullopt;
    if ((*p)[0] > (*p)[1]) return complain("uniform goes from the lesser to the greater value");
    return Distribution::uniform((*p)[0], (*p)[1]);
  }
  if (family_ == "triangular") {
    const auto p = parameters({"from", "mode", "to"}, {value_, value_, value_});
    if (!p) return std::nullopt;
    if (!std::ranges::is_sorted(*p)) {
      return complain("triangular goes from the least over the likeliest to the greatest value");
    }
    return Distribution::triangular((*p)[0], (*p)[1], (*p)[2]);
  }
  Number mean = value_;
  mean.least = 0;
  if (family_ == "exponential") {
    const auto p = parameters({"mean"}, {mean});
    return p ? std::optional{Distribution::exponential((*p)[0])} : std::nullopt;
  }
  if (family_ == "lognormal") {
    const auto p = parameters({"mean", "cv"}, {mean, cv});
    return p ? std::optional{Distribution::lognormal((*p)[0], (*p)[1])} : std::nullopt;
  }
  if (family_ == "gamma") {
    const auto p = parameters({"mean", "shape"}, {mean, shape});
    return p ? std::optional{Distribution::gamma((*p)[0], (*p)[1])} : std::nullopt;
  }
  if (family_ == "erlang") {
    const auto p = parameters({"k", "mean"}, {phases, mean});
    return p ? std::optional{Distribution::gamma((*p)[1], (*p)[0])} : std::nullopt;
  }
  mean.least = 1;
  if (mean.dimension != Dimension::plain && mean.dimension != Dimension::count) {
    return complain("geometric counts things; this field measures something");
  }
  const auto p = parameters({"mean"}, {mean});
  return p ? std::optional{Distribution::geometric((*p)[0])} : std::nullopt;
}

const std::vector<std::string> families{"constant",  "uniform", "triangular", "exponential",
                                        "lognormal", "gamma",   "erlang",     "geometric",
                                        "empirical", "mixture"};

/// The entry of `node` that names a family; complains unless there is exactly one.
Node::Entry* family_of(Node& node, const Spot& spot) {
  Node::Entry* found = nullptr;
  bool wrong = false;
  for (auto& entry : node.entries) {
    if (entry.key == "times" || entry.key == "plus") continue;
    if (std::ranges::find(families, entry.key) == families.end()) {
      spot.complain(entry.place, fmt::format("unknown distribution `{}`{} (known: {})", entry.key,
                                             did_you_mean(entry.key, families), listed(families)));
      wrong = true;
    } else if (found != nullptr) {
      spot.complain(entry.place, fmt::format("both `{}` and `{}`: a distribution has one family",
                                             found->key, entry.key));
      wrong = true;
    } else {
      found = &entry;
    }
  }
  if (found == nullptr && !wrong) {
    spot.complain(node.place, fmt::format("no distribution (known: {})", listed(families)));
  }
  return wrong ? nullptr : found;
}

}  // namespace

namespace read {

void TakesReader::operator()(Node& node, const Spot& spot, Distribution& out) const {
  if (node.is_scalar()) {
    double value = 0;
    const auto before = spot.notes().errors.size();
    read::number(number)(node, spot, value);
    if (spot.notes().errors.size() == before) out = Distribution::constant(value);
    return;
  }
  if (!node.is_map()) {
    return spot.complain(node.place,
                         "expected a number or a distribution such as "
                         "`{exponential: mean}`");
  }
  Node::Entry* family = family_of(node, spot);
  if (family == nullptr) return;
  auto read = Reader{family->value, spot / family->key, family->key, number}.read();
  double times = 1;
  double plus = 0;
  Number shift = number;
  shift.least = -number.most;
  shift.above = false;
  if (Node* by = node.find("times")) read::number(factor)(*by, spot / "times", times);
  if (Node* by = node.find("plus")) read::number(shift)(*by, spot / "plus", plus);
  if (!read) return;
  if (times != 1 || plus != 0) *read = read->scaled(times, plus);
  const double least = read->least();
  if (least < number.least || (number.above && least <= number.least)) {
    return spot.complain(
        node.place,
        fmt::format("its least value is {}, but it must be {} {}", to_text(least, number),
                    number.above ? "more than" : "at least", to_text(number.least, number)));
  }
  out = std::move(*read);
}

void TakesReader::operator()(Node& node, const Spot& spot, Takes& out) const {
  if (reads_condition(node, spot)) return read_sides(node, spot, out, *this);
  if (node.find("by") == nullptr) return (*this)(node, spot, out.distribution);
  for (const Case& option : read_cases(node, spot, out.by)) {
    (*this)(option.node, option.spot,
            out.cases.emplace_back(option.name, Takes{}).then.distribution);
  }
}

}  // namespace read
}  // namespace portflow::spec
