#include "analysis/kpi_tables.hpp"

#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace portflow::analysis {
namespace {

using kpi::Figure;

template <class Value>
std::vector<Value> each(const std::vector<Figure>& figures, auto&& of) {
  std::vector<Value> values;
  values.reserve(figures.size());
  for (const Figure& figure : figures) values.emplace_back(of(figure));
  return values;
}

trace::SheetColumn texts(std::string name, std::string definition,
                         const std::vector<Figure>& figures, auto&& of) {
  return {std::move(name), "", std::move(definition), each<std::string>(figures, of)};
}

/// NaN where there is none.
trace::SheetColumn numbers(std::string name, std::string definition,
                           const std::vector<Figure>& figures, std::optional<double> Figure::* of) {
  return {std::move(name), "as `unit` says", std::move(definition),
          each<double>(figures, [of](const Figure& figure) {
            return (figure.*of).value_or(std::numeric_limits<double>::quiet_NaN());
          })};
}

trace::SheetColumn counts(std::string name, std::string definition,
                          const std::vector<Figure>& figures, std::uint64_t Figure::* of) {
  return {std::move(name), "count", std::move(definition),
          each<std::uint64_t>(figures, [of](const Figure& figure) { return figure.*of; })};
}

trace::SheetTable table_of(const std::vector<Figure>& figures) {
  return {
      "/kpis",
      "the KPIs of the run, those of the scenario first; NaN where there is no such number",
      {texts("name", "its name; group after the first full stop", figures,
             [](const Figure& one) { return one.name; }),
       texts("title_zh", "what it is called in Chinese", figures,
             [](const Figure& one) { return one.title.zh; }),
       texts("title_en", "and in English", figures, [](const Figure& one) { return one.title.en; }),
       texts("kind", "span, share, count, ledger, ...", figures,
             [](const Figure& one) { return one.kind; }),
       texts("statistic", "what `value` is: mean, p50, p90, p95, max, share or sum", figures,
             [](const Figure& one) { return one.statistic; }),
       texts("unit", "of its numbers", figures, [](const Figure& one) { return one.unit; }),
       texts("better", "lower, higher or neither", figures,
             [](const Figure& one) { return std::string(kpi::name_of(one.better)); }),
       numbers("value", "the headline", figures, &Figure::value),
       numbers("mean", "mean over entities", figures, &Figure::mean),
       numbers("p50", "median", figures, &Figure::p50),
       numbers("p90", "nine of ten are at most that", figures, &Figure::p90),
       numbers("p95", "19 of 20 are at most that", figures, &Figure::p95),
       numbers("max", "the largest", figures, &Figure::max),
       numbers("restricted", "`value` of min(T, follow), for spans", figures, &Figure::restricted),
       counts("count", "entities (waits, for resources) that it rests on", figures, &Figure::count),
       counts("unfinished", "entities for which it is not known yet", figures,
              &Figure::unfinished)}};
}

trace::SheetTable series_of(const std::vector<Figure>& figures) {
  std::vector<std::uint64_t> rows;
  std::vector<std::int64_t> instants;
  std::vector<double> values;
  for (std::size_t row = 0; row < figures.size(); ++row) {
    if (figures[row].kind != "span" && figures[row].kind != "share") continue;
    for (const kpi::CurvePoint& point : figures[row].curve) {
      rows.push_back(row);
      instants.push_back(point.at.time_since_epoch().count());
      values.push_back(point.value);
    }
  }
  return {"/kpi_series",
          "means of spans and shares over the entities created on a day; of resources see /levels",
          {{"kpi", "row", "its row in /kpis", std::move(rows)},
           {"at", "ms since 1970-01-01 00:00 UTC+08:00", "midnight with which the day begins",
            std::move(instants)},
           {"value", "as /kpis/unit says", "the mean", std::move(values)}}};
}

}  // namespace

std::vector<trace::SheetTable> kpi_tables(const std::vector<Figure>& figures) {
  return {table_of(figures), series_of(figures)};
}

}  // namespace portflow::analysis
