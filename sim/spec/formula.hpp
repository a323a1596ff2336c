/// \file formula.hpp
/// Arithmetic over KPIs: `ship_moves.mainline / ship_calls.mainline / ship_working_time.mainline`.
///
///     sum     = product { (+|-) product }
///     product = factor { (*|/) factor }
///     factor  = number | name | aspect(name) | ( sum )
///     aspect  = mean | p50 | p90 | p95 | max | count | unfinished | busiest_day | gap_order
///
/// The last two are not of a KPI but of the instants at which entities of a type set a mark
/// (`gap_order(ship.arrived)`): the busiest day over the mean day, and the order of the Erlang
/// distribution whose gaps vary as much as theirs (1 for a Poisson stream, 2, 3, .. the more even).
///
/// A bare name is the KPI's headline value. Names may hold `-`, so an operator stands between
/// spaces. Numbers are plain: units are those of the KPIs, and whoever writes the formula says
/// what comes out.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace portflow::spec {

/// One number taken from one KPI.
struct Term {
  std::string name;
  std::string aspect;  ///< empty: the headline
  /// Whether `name` is `type.mark`, not a KPI.
  [[nodiscard]] bool of_marks() const { return aspect == "busiest_day" || aspect == "gap_order"; }
  friend bool operator==(const Term&, const Term&) = default;
};

class Formula {
 public:
  /// \returns the formula, or one sentence that says what is wrong with `text`
  [[nodiscard]] static tl::expected<Formula, std::string> parse(std::string_view text);

  /// The KPIs that it reads, in the order of the text.
  [[nodiscard]] const std::vector<Term>& terms() const noexcept { return terms_; }
  /// Whether it is nothing but one KPI's headline.
  [[nodiscard]] bool is_headline() const noexcept;
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

  /// What it comes to; empty where a KPI was not observed, or a divisor is 0.
  [[nodiscard]] std::optional<double> value(
      const std::function<std::optional<double>(const Term&)>& figure) const;

 private:
  /// A step of the calculation, in postfix order.
  struct Step {
    char what{'n'};  ///< n: a number, t: a term, else the operator
    double number{0};
    std::size_t term{0};
  };
  class Parser;

  std::string text_;
  std::vector<Term> terms_;
  std::vector<Step> steps_;
};

}  // namespace portflow::spec
