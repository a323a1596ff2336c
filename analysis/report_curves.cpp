// Both arms over the days, from replication 0.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/report_sections.hpp"

namespace portflow::analysis {
namespace {

using Curve = std::vector<kpi::CurvePoint>;

constexpr std::size_t most_curves = 6;
constexpr double wide = 420, high = 150, left = 44, right = 8, top = 12, bottom = 20;

/// Means by day, so that a queue of every quarter of an hour is read as easily as a KPI.
Curve daily(const Curve& curve, const Comparison& comparison) {
  std::map<std::int64_t, std::pair<double, int>> days;
  for (const kpi::CurvePoint& point : curve) {
    if (point.at < comparison.cohort_from || point.at >= comparison.to) continue;
    auto& [sum, count] =
        days[std::chrono::floor<std::chrono::days>(point.at.time_since_epoch()).count()];
    sum += point.value;
    ++count;
  }
  Curve result;
  for (const auto& [day, sum] : days) {
    result.push_back({SimTime{Duration{std::chrono::days{day}}}, sum.first / sum.second});
  }
  return result;
}

/// Least of 1, 2, 5 times a power of ten that is not below `value`.
double round_up(double value) {
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (step * power >= value) return step * power;
  }
  return 10 * power;
}

struct Frame {
  SimTime from{}, to{};
  double greatest{1};
  [[nodiscard]] double x(SimTime at) const {
    const double span = std::max(1.0, static_cast<double>((to - from).count()));
    return left + static_cast<double>((at - from).count()) / span * (wide - left - right);
  }
  [[nodiscard]] double y(double value) const {
    return top + (1 - value / greatest) * (high - top - bottom);
  }
};

std::string line(const Frame& frame, const Curve& curve, std::string_view style) {
  std::string points;
  for (const kpi::CurvePoint& point : curve) {
    points += fmt::format("{}{:.1f},{:.1f}", points.empty() ? "" : " ", frame.x(point.at),
                          frame.y(point.value));
  }
  return fmt::format("<polyline class=\"{}\" points=\"{}\"/>", style, points);
}

std::string draw(const Pair& pair, const Curve& a, const Curve& b, const Tongue& say) {
  Frame frame{std::min(a.front().at, b.front().at), std::max(a.back().at, b.back().at), 0};
  const auto& target = pair.base.heading.target;
  for (const Curve* curve : {&a, &b}) {
    for (const auto& point : *curve) frame.greatest = std::max(frame.greatest, point.value);
  }
  frame.greatest = std::max(frame.greatest, target.value_or(0));
  frame.greatest = frame.greatest > 0 ? round_up(frame.greatest) : 1;
  std::string svg =
      fmt::format("<svg class=\"curve\" viewBox=\"0 0 {} {}\" role=\"img\">", wide, high);
  for (const double share : {0.0, 0.5, 1.0}) {
    const double value = frame.greatest * share;
    svg += fmt::format(
        "<path class=\"grid\" d=\"M{:.1f} {:.1f}H{:.1f}\"/><text x=\"{:.1f}\" y=\"{:.1f}\" "
        "text-anchor=\"end\">{}</text>",
        left, frame.y(value), wide - right, left - 6, frame.y(value) + 4,
        fixed_text(value, decimals_for(frame.greatest, 2)));
  }
  for (const bool first : {true, false}) {
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"{}\">{}</text>",
                       first ? left : wide - right, high - 4, first ? "start" : "end",
                       date_text(first ? frame.from : frame.to, say));
  }
  if (target) {
    svg += fmt::format("<path class=\"target\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>", left,
                       frame.y(*target), wide - right);
  }
  return svg + line(frame, a, "a") + line(frame, b, "b") + "</svg>";
}

/// Queues by where they stand, everything else by its title.
std::string curve_title(const kpi::Figure& heading, const Tongue& say) {
  constexpr std::string_view before = "resource.", after = ".queue_length";
  std::string_view name = heading.name;
  if (!name.starts_with(before) || !name.ends_with(after)) return title_of(heading, say);
  name.remove_prefix(before.size());
  name.remove_suffix(after.size());
  return fmt::format("{} <code>{}</code>", say("排队数量", "Queue at"), escape(name));
}

std::string figure(const Comparison& comparison, const Pair& pair, const Tongue& say) {
  // Curves are daily means, which are not what a maximum or a quantile is about.
  const std::string& statistic = pair.base.heading.statistic;
  if (statistic != "mean" && statistic != "share") return {};
  const Curve a = daily(pair.base.heading.curve, comparison),
              b = daily(pair.policy.heading.curve, comparison);
  if (a.size() < 2 || b.size() < 2) return {};
  return fmt::format("<div>\n<h3>{}{}</h3>\n{}\n</div>\n", curve_title(pair.base.heading, say),
                     unit_after_title(pair.base.heading.unit, say), draw(pair, a, b, say));
}

}  // namespace

std::string curve_section(const Comparison& comparison, const Tongue& say) {
  std::string figures;
  std::size_t drawn = 0;
  // What is decided comes first, then what is open; KPIs of the scenario before queues.
  for (const bool automatic : {false, true}) {
    for (const bool sure : {true, false}) {
      for (const Pair& pair : comparison.kpis) {
        const Standing standing = standing_of(pair);
        const bool decided = standing == Standing::better || standing == Standing::worse ||
                             standing == Standing::moved;
        const bool wanted = sure ? decided : standing == Standing::open && !automatic;
        if (!wanted || pair.base.heading.automatic != automatic) continue;
        if (is_group(comparison, pair) || drawn == most_curves) continue;
        const std::string one = figure(comparison, pair, say);
        if (one.empty()) continue;
        figures += one;
        ++drawn;
      }
    }
  }
  if (figures.empty()) return {};
  return fmt::format(
      "<section>\n<h2>{}</h2>\n<p class=\"small\"><span class=\"key ka\"></span>A"
      "<span class=\"key\"></span>B<span class=\"key kt\"></span>{}{}</p>\n"
      "<div class=\"curves\">\n{}</div>\n</section>\n",
      say("逐日变化", "Day by day"), say("目标。", "target. "),
      say("第 0 次重复，按实体产生之日（排队按当日）取平均。",
          "Replication 0, daily means by the day on which entities were created (queues: of that "
          "day)."),
      figures);
}

}  // namespace portflow::analysis
