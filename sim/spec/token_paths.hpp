/// \file token_paths.hpp
/// What is known of a procedure's tokens before anything runs: which steps may be dead, which
/// two never run for one entity, and what is over when a step begins.
///
/// A step is live for the choices that lead to it: `live_[step]` holds sets of choices
/// (chooser, option taken), one of which must have been made; an empty set means always. Where
/// every option of a chooser leads on alike, the choice drops out: so a join of all branches is
/// live for certain. Who loses patience has taken one of two options: the step that `renege` names,
/// or all others. What a condition holds or a chance decides is left open: skipped steps are live.
/// Where the sets become too many the answer errs towards "may be dead" and "may both run".
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "spec/procedure.hpp"

namespace portflow::spec {

class TokenPaths {
 public:
  /// \pre no step waits for itself (StepGraph::circle is empty). Steps are numbered as in
  ///      Procedure::steps; names that are no steps are left out.
  explicit TokenPaths(const Procedure& procedure);

  /// Whether an entity may come through without any of these steps being live for it.
  [[nodiscard]] bool may_all_be_dead(std::span<const std::size_t> steps) const;
  [[nodiscard]] bool may_be_dead(std::size_t step) const { return mortal_[step]; }
  /// Whether a choice parts the two, so that no entity performs both.
  [[nodiscard]] bool exclusive(std::size_t one, std::size_t other) const;
  /// Whether `earlier` is over (ended or skipped) whenever `later` starts live, or will never be
  /// live then. What comes after `{any: ..}` may start before all of it is over.
  [[nodiscard]] bool over_before(std::size_t earlier, std::size_t later) const {
    return over_live_[later][earlier];
  }
  /// The same whether a live or a dead token comes to `later`.
  [[nodiscard]] bool over_anyhow(std::size_t earlier, std::size_t later) const {
    return over_live_[later][earlier] && (!mortal_[later] || over_dead_[later][earlier]);
  }

 private:
  using Choice = std::pair<std::size_t, std::size_t>;  ///< chooser, option
  using Choices = std::set<Choice>;
  using Ways = std::set<Choices>;  ///< one of them must have been made

  [[nodiscard]] std::vector<std::size_t> in_order() const;
  [[nodiscard]] Ways through(std::size_t from, std::size_t to) const;
  [[nodiscard]] bool merge(Ways& ways) const;
  [[nodiscard]] bool simplify(Ways& ways) const;
  static bool parted(const Ways& one, const Ways& other);
  void order(std::size_t step, bool any);

  std::vector<std::vector<std::size_t>> after_, followers_;
  [[nodiscard]] std::size_t option(std::size_t from, std::size_t to) const;
  [[nodiscard]] std::vector<std::size_t> options(std::size_t chooser) const;

  static constexpr std::size_t nowhere = ~std::size_t{0};
  std::vector<bool> chooses_;
  std::vector<std::size_t> renege_;  ///< where who loses patience goes, or nowhere
  std::vector<Ways> live_;
  std::vector<bool> vague_;   ///< `live_` was cut short: it says too much
  std::vector<bool> mortal_;  ///< may be dead
  std::vector<std::vector<bool>> over_live_, over_dead_;  ///< [later][earlier]
};

}  // namespace portflow::spec
