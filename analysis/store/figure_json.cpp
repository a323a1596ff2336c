#include "analysis/store/figure_json.hpp"

#include <utility>

namespace portflow::store {
namespace {

using nlohmann::json;

constexpr std::pair<const char*, std::optional<double> kpi::Figure::*> numbers[] = {
    {"target", &kpi::Figure::target}, {"value", &kpi::Figure::value},
    {"mean", &kpi::Figure::mean},     {"p50", &kpi::Figure::p50},
    {"p90", &kpi::Figure::p90},       {"p95", &kpi::Figure::p95},
    {"max", &kpi::Figure::max},       {"restricted", &kpi::Figure::restricted}};

constexpr std::pair<const char*, std::string kpi::Figure::*> texts[] = {
    {"name", &kpi::Figure::name},
    {"kind", &kpi::Figure::kind},
    {"statistic", &kpi::Figure::statistic},
    {"unit", &kpi::Figure::unit}};

constexpr std::pair<const char*, std::uint64_t kpi::Figure::*> counts[] = {
    {"count", &kpi::Figure::count},
    {"unfinished", &kpi::Figure::unfinished},
    {"restricted_unknown", &kpi::Figure::restricted_unknown}};

}  // namespace

json json_of(const kpi::Figure& figure) {
  json out;
  for (const auto& [name, member] : texts) out[name] = figure.*member;
  for (const auto& [name, member] : numbers) {
    if (figure.*member) out[name] = *(figure.*member);
  }
  for (const auto& [name, member] : counts) {
    if (figure.*member > 0) out[name] = figure.*member;
  }
  out["better"] = static_cast<int>(figure.better);
  if (figure.automatic) out["automatic"] = true;
  const trace::Label &title = figure.title, &definition = figure.definition;
  if (title != trace::Label{}) out["title"] = {title.zh, title.en};
  if (definition != trace::Label{}) out["definition"] = {definition.zh, definition.en};
  for (const kpi::CurvePoint& point : figure.curve) {
    out["curve"].push_back({point.at.time_since_epoch().count(), point.value});
  }
  return out;
}

kpi::Figure figure_of(const json& in) {
  kpi::Figure figure;
  for (const auto& [name, member] : texts) figure.*member = in.at(name).get<std::string>();
  for (const auto& [name, member] : numbers) {
    const auto found = in.find(name);
    if (found != in.end() && found->is_number()) figure.*member = found->get<double>();
  }
  for (const auto& [name, member] : counts) figure.*member = in.value(name, std::uint64_t{0});
  figure.better = static_cast<kpi::Better>(in.at("better").get<int>());
  figure.automatic = in.value("automatic", false);
  const auto label = [&](const char* name) {
    const auto found = in.find(name);
    if (found == in.end()) return trace::Label{};
    return trace::Label{found->at(0).get<std::string>(), found->at(1).get<std::string>()};
  };
  figure.title = label("title");
  figure.definition = label("definition");
  if (const auto curve = in.find("curve"); curve != in.end()) {
    for (const json& point : *curve) {
      figure.curve.push_back(
          {SimTime{Duration{point.at(0).get<std::int64_t>()}}, point.at(1).get<double>()});
    }
  }
  return figure;
}

json json_of(const std::vector<kpi::Figure>& figures) {
  json out = json::array();
  for (const kpi::Figure& figure : figures) out.push_back(json_of(figure));
  return out;
}

std::vector<kpi::Figure> figures_of(const json& in) {
  std::vector<kpi::Figure> figures;
  for (const json& one : in) figures.push_back(figure_of(one));
  return figures;
}

}  // namespace portflow::store
