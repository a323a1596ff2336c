#include "analysis/calibration/shapes.hpp"

#include <algorithm>
#include <cmath>

namespace portflow::calibration {

std::optional<double> busiest_day(const std::vector<SimTime>& instants, SimTime from, SimTime to) {
  if (instants.empty()) return std::nullopt;
  std::map<std::int64_t, std::uint64_t> days;
  std::uint64_t greatest = 0;
  const Duration day{Days{1}};
  for (const SimTime at : instants) greatest = std::max(greatest, ++days[(at - from) / day]);
  const double count = static_cast<double>((to - from).count()) / static_cast<double>(day.count());
  return static_cast<double>(greatest) * count / static_cast<double>(instants.size());
}

std::optional<double> gap_order(std::vector<SimTime> instants) {
  if (instants.size() < 3) return std::nullopt;
  std::ranges::sort(instants);
  const auto gaps = static_cast<double>(instants.size() - 1);
  const double mean = static_cast<double>((instants.back() - instants.front()).count()) / gaps;
  double squares = 0;
  for (std::size_t i = 1; i < instants.size(); ++i) {
    const double off = static_cast<double>((instants[i] - instants[i - 1]).count()) - mean;
    squares += off * off;
  }
  if (squares <= 0) return std::nullopt;
  return mean * mean * gaps / squares;
}

Shapes::Shapes(const trace::Schema& schema, const std::vector<spec::Term>& terms)
    : from_{schema.cohort_from}, to_{schema.to} {
  for (const spec::Term& term : terms) {
    if (!term.of_marks()) continue;
    const auto dot = term.name.find('.');
    Watched one;
    const auto mark = std::ranges::find(schema.marks, term.name.substr(dot + 1));
    one.mark = static_cast<std::uint16_t>(mark - schema.marks.begin());
    for (const trace::RoleInfo& role : schema.roles) {
      one.roles.push_back(role.type == term.name.substr(0, dot));
    }
    watched_.try_emplace(term.name, std::move(one));
  }
}

void Shapes::consume(const trace::Batch& batch) {
  for (auto& [name, one] : watched_) {
    for (const trace::Born& born : batch.born) {
      if (one.roles[born.role]) one.entities.insert(born.entity);
    }
    for (const trace::MarkSet& mark : batch.marks) {
      if (mark.mark != one.mark || mark.is_void != 0 || mark.at < from_ || mark.at >= to_) continue;
      if (one.entities.contains(mark.entity)) one.instants.push_back(mark.at);
    }
  }
}

std::optional<double> Shapes::value(const spec::Term& term) const {
  const auto& instants = watched_.at(term.name).instants;
  return term.aspect == "gap_order" ? gap_order(instants) : busiest_day(instants, from_, to_);
}

}  // namespace portflow::calibration
