#include "analysis/study/ablation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/study/effective.hpp"
#include "analysis/study/response.hpp"

namespace portflow::study {
namespace {

constexpr std::size_t most_members = 63;  // bits of a Subset, less one

/// One KPI of an ablation.
class Account {
 public:
  Account(const Ablation& ablation, const Response& response, std::vector<Finding>& out)
      : ablation_(ablation), response_(response), out_(out), all_(ablation.subsets.back()) {}

  void run() {
    add("total", "all together", over([&](std::size_t r) { return worth(all_, r) - worth(0, r); }));
    const auto own = [](std::size_t member) { return design::Subset{1} << member; };
    add_members("alone", [&](std::size_t member, std::size_t r) {
      return worth(own(member), r) - worth(0, r);
    });
    add_members("left_out", [&](std::size_t member, std::size_t r) {
      return worth(all_, r) - worth(all_ & ~own(member), r);
    });
    const auto shares =
        design::shapley(ablation_.members.size(), ablation_.orders, response_.values.size(),
                        [&](design::Subset subset, std::size_t r) { return worth(subset, r); });
    for (std::size_t member = 0; member < shares.size(); ++member) {
      Finding& one = add("share", ablation_.members[member], shares[member].values);
      if (ablation_.orders.empty()) continue;
      one.p.reset();  // a test over replications knows nothing of the orders' luck
      if (one.ci95) one.ci95 = shares[member].ci95;
      one.note(fmt::format("{} orders drawn", ablation_.orders.size()));
    }
    correct_for_many(out_, out_.size() - shares.size());
  }

 private:
  [[nodiscard]] double worth(design::Subset subset, std::size_t replication) const {
    const auto found = std::ranges::lower_bound(ablation_.subsets, subset);
    return response_
        .values[replication][static_cast<std::size_t>(found - ablation_.subsets.begin())];
  }

  template <class Difference>
  [[nodiscard]] std::vector<double> over(const Difference& difference) const {
    std::vector<double> values;
    for (std::size_t r = 0; r < response_.values.size(); ++r) values.push_back(difference(r));
    return values;
  }

  Finding& add(std::string what, std::string subject, const std::vector<double>& values) {
    out_.push_back(finding_of(response_, std::move(what), std::move(subject), 0));
    rest_on(out_.back(), response_, values);
    return out_.back();
  }

  template <class Difference>
  void add_members(const std::string& what, const Difference& difference) {
    const std::size_t first = out_.size();
    for (std::size_t member = 0; member < ablation_.members.size(); ++member) {
      add(what, ablation_.members[member],
          over([&](std::size_t r) { return difference(member, r); }));
    }
    correct_for_many(out_, first);
  }

  const Ablation& ablation_;
  const Response& response_;
  std::vector<Finding>& out_;
  design::Subset all_;
};

/// What accounts need beside the shares: each member alone and each left out.
void add_singles(std::size_t members, std::vector<design::Subset>& subsets) {
  const design::Subset all = (design::Subset{1} << members) - 1;
  for (std::size_t member = 0; member < members; ++member) {
    subsets.push_back(design::Subset{1} << member);
    subsets.push_back(all & ~(design::Subset{1} << member));
  }
  subsets.push_back(all);
  subsets.push_back(0);
  std::ranges::sort(subsets);
  subsets.erase(std::unique(subsets.begin(), subsets.end()), subsets.end());
}

}  // namespace

Result<Ablation> take_apart(const run::Request& base, const std::vector<std::string>& members,
                            std::size_t orders) {
  std::vector<run::Group> groups;
  groups.reserve(members.size());
  for (const std::string& member : members) groups.push_back({member, {member}});
  return take_apart(base, groups, orders);
}

Result<Ablation> take_apart(const run::Request& base, const std::vector<run::Group>& groups,
                            std::size_t orders) {
  if (groups.empty() || groups.size() > most_members) {
    return fail(Failure::input,
                fmt::format("a package of {} measures cannot be taken apart (1 to {})",
                            groups.size(), most_members));
  }
  std::vector<std::string> named = base.measures;
  for (const run::Group& group : groups) {
    named.insert(named.end(), group.measures.begin(), group.measures.end());
  }
  const auto known = run::load_measures(base.scenario, named);
  if (!known) return tl::unexpected(known.error());
  run::Request whole = base;
  whole.measures = effective(named, *known);
  if (auto compiled = run::prepare(whole); !compiled) return tl::unexpected(compiled.error());

  Ablation ablation;
  for (const run::Group& group : groups) ablation.members.push_back(group.name);
  if (groups.size() > design::most_exact) {
    ablation.orders = design::drawn_orders(groups.size(), orders, base.seed.value_or(1));
  }
  ablation.subsets = design::subsets_for(groups.size(), ablation.orders);
  add_singles(groups.size(), ablation.subsets);
  for (const design::Subset subset : ablation.subsets) {
    Arm arm{"", base};
    std::vector<std::string>& on = arm.request.measures;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if ((subset >> i & 1u) == 0) continue;
      on.insert(on.end(), groups[i].measures.begin(), groups[i].measures.end());
    }
    on = effective(std::move(on), *known);
    arm.name = fmt::format("{}", fmt::join(on, "+"));
    ablation.arms.push_back(std::move(arm));
  }
  return ablation;
}

std::vector<Finding> account(const Ablation& ablation, const Campaign& campaign,
                             const std::vector<std::string>& kpis) {
  std::vector<Finding> findings;
  for (const std::string& kpi : kpis) {
    const Response response = response_of(campaign, kpi);
    if (!response.values.empty()) Account{ablation, response, findings}.run();
  }
  return findings;
}

std::vector<Levels> levels_of(const Ablation& ablation) {
  std::vector<Levels> levels;
  for (std::size_t i = 0; i < ablation.members.size(); ++i) {
    Levels& one = levels.emplace_back();
    one.name = ablation.members[i];
    for (const design::Subset subset : ablation.subsets) {
      one.at.emplace_back((subset >> i & 1u) != 0 ? "on" : "off");
    }
  }
  return levels;
}

Result<Screening> screen(const run::Request& base, std::vector<std::string> measures, bool folded,
                         std::uint32_t replications) {
  if (replications < 5) {
    return fail(Failure::input, "Plackett-Burman effects take at least 5 replications");
  }
  auto known = run::all_measures(run::measures_folder(base.scenario));
  if (!measures.empty()) known = run::load_measures(base.scenario, measures);
  if (!known) return tl::unexpected(known.error());
  if (measures.empty()) {
    for (const policy::Measure& measure : *known) measures.push_back(measure.id);
  }
  Screening screening;
  Study& study = screening.study;
  study.name = "screening";
  study.base = base;
  study.replications = replications;
  study.design.kind = Design::Kind::plackett_burman;
  study.design.folded = folded;
  for (const auto& group : exclusive_groups(measures, *known)) {
    Factor factor;
    factor.name = group.front();
    factor.kind = Factor::Kind::measure;
    factor.words = {group.front()};
    study.factors.push_back(std::move(factor));
    screening.left_out.insert(screening.left_out.end(), group.begin() + 1, group.end());
  }
  if (study.factors.empty()) return fail(Failure::input, "there are no measures to screen");
  return screening;
}

}  // namespace portflow::study
