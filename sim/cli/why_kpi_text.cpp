#include "cli/why_kpi_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "analysis/apportion.hpp"
#include "cli/table.hpp"
#include "cli/why_words.hpp"
#include "kpi/units.hpp"

namespace portflow::cli {
namespace {

using analysis::CauseShare;
using analysis::KpiCauses;

/// Places that are shown one by one, of those with a twentieth of a percent or more; the rest is
/// one row.
constexpr std::size_t most_places = 15;

std::size_t places_shown(const KpiCauses& causes) {
  const auto small = std::ranges::find_if(causes.places, [&](const analysis::KpiPlace& place) {
    return place.all * 2000 < causes.all.total;
  });
  return std::min(most_places, static_cast<std::size_t>(small - causes.places.begin()));
}

/// Means in the KPI's unit with a fixed number of decimals, which add up to the mean of the total.
class Means {
 public:
  Means(const std::vector<std::int64_t>& parts, std::uint64_t count, std::string_view unit) {
    auto step = static_cast<std::int64_t>(kpi::milliseconds_in(unit));
    const std::int64_t total = std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
    const auto entities = static_cast<std::int64_t>(count);
    // Four digits or so, as far as whole milliseconds go.
    while (decimals_ < 4 && step % 10 == 0 && std::abs(total) < 1000 * step * entities) {
      step /= 10;
      ++decimals_;
    }
    whole_ = analysis::apportioned(parts, std::max<std::int64_t>(1, step * entities));
    for (int i = 0; i < decimals_; ++i) scale_ *= 10;
  }
  [[nodiscard]] std::string text(std::size_t part) const { return text_of(whole_[part]); }
  [[nodiscard]] std::string total() const {
    return text_of(std::accumulate(whole_.begin(), whole_.end(), std::int64_t{0}));
  }

 private:
  [[nodiscard]] std::string text_of(std::int64_t whole) const {
    return fmt::format("{:.{}f}", static_cast<double>(whole) / scale_, decimals_);
  }

  std::vector<std::int64_t> whole_;
  int decimals_{0};
  double scale_{1};
};

std::vector<std::int64_t> parts_of(const CauseShare& share) {
  std::vector<std::int64_t> parts(share.sums.begin(), share.sums.end());
  parts.push_back(share.not_known);
  return parts;
}

std::string causes_table(const KpiCauses& causes) {
  const auto all = parts_of(causes.all);
  const auto slow = parts_of(causes.slow);
  const Means mean(all, causes.all.count, causes.unit);
  const Means worst(slow, causes.slow.count, causes.unit);
  Table table;
  table.heading = {"cause", "mean", "share", "slowest", "share", "what it means"};
  table.words_last = true;
  const auto row = [&](std::size_t i, const std::string& name, std::string meaning) {
    if (all[i] == 0) return;
    table.rows.push_back({name, mean.text(i), share_text(all[i], causes.all.total), worst.text(i),
                          share_text(slow[i], causes.slow.total), std::move(meaning)});
  };
  for (const std::size_t i : greatest_first(causes.all.sums)) {
    const auto cause = static_cast<Cause>(i);
    row(i, spaced(cause), std::string(meaning_of(cause)));
  }
  row(cause_count, "not known",
      fmt::format("{} are not done, and a path is recorded when its entity is",
                  grouped(causes.all.count_not_known)));
  table.rows.push_back({"total", mean.total(), "", worst.total(), "", ""});
  return table.text();
}

std::string places_table(const analysis::Record& record, const KpiCauses& causes) {
  const trace::Schema& schema = record.schema();
  const std::size_t shown = places_shown(causes);
  std::vector<std::int64_t> all(shown + 2), slow(shown + 2);
  for (std::size_t i = 0; i < causes.places.size(); ++i) {
    const std::size_t row = std::min(i, shown);
    all[row] += causes.places[i].all;
    slow[row] += causes.places[i].slow;
  }
  all.back() = causes.all.not_known;
  slow.back() = causes.slow.not_known;
  const Means mean(all, causes.all.count, causes.unit);
  const Means worst(slow, causes.slow.count, causes.unit);
  Table table;
  table.heading = {"cause", "step", "resource", "mean", "share", "slowest", "share"};
  table.left = 3;
  const auto row = [&](std::size_t i, std::string cause, std::string step, std::string resource) {
    table.rows.push_back({std::move(cause), std::move(step), std::move(resource), mean.text(i),
                          share_text(all[i], causes.all.total), worst.text(i),
                          share_text(slow[i], causes.slow.total)});
  };
  for (std::size_t i = 0; i < shown; ++i) {
    const analysis::KpiPlace& place = causes.places[i];
    row(i, spaced(place.cause), place.step == trace::no_code ? "word" : schema.steps[place.step],
        place.resource == trace::no_code ? "-" : schema.resources[place.resource].name);
  }
  if (causes.places.size() > shown) {
    row(shown, fmt::format("{} more", causes.places.size() - shown), "", "");
  }
  if (causes.all.not_known != 0) row(shown + 1, "not known", "", "");
  table.rows.push_back({"total", "", "", mean.total(), "", worst.total(), ""});
  return table.text();
}

}  // namespace

std::string kpi_causes_text(const analysis::Record& record, const KpiCauses& causes) {
  std::string text =
      fmt::format("{} in {}: {} entities counted, {} unfinished and left out\n", causes.kpi,
                  causes.unit, grouped(causes.all.count), grouped(causes.unfinished));
  if (!causes.p95) return text + "Nothing was counted, so there is nothing to explain.\n";
  text += fmt::format(
      "mean: over all of them; slowest: over the slowest twentieth, {} entities (P95 is "
      "{:.4g})\n\n",
      grouped(causes.slow.count),
      static_cast<double>(causes.p95->count()) / kpi::milliseconds_in(causes.unit));
  return text + causes_table(causes) + "\nWhere:\n" + places_table(record, causes);
}

}  // namespace portflow::cli
