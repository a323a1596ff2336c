#include "analysis/store/anatomy_json.hpp"

namespace portflow::store {
namespace {

using analysis::Anatomy;
using nlohmann::json;

json json_of(const analysis::TimeTree& tree) {
  json parts = json::array();
  for (const analysis::TimePart& part : tree.parts) {
    parts.push_back({part.step, static_cast<unsigned>(part.cause), part.ms});
  }
  return {tree.kpi, tree.count, tree.total, tree.not_known, std::move(parts)};
}

json json_of(const analysis::ReleaseTimes& study) {
  json cells = json::array();
  for (const analysis::StudyCell& cell : study.cells) {
    cells.push_back({static_cast<unsigned>(cell.axis), cell.category, cell.count, cell.total,
                     cell.median, cell.least, cell.greatest, cell.sums, cell.not_known});
  }
  return {study.kpi, std::move(cells)};
}

json json_of(const analysis::Promise& promise) {
  json broken = json::array();
  for (const analysis::BrokenHour& hour : promise.broken) {
    broken.push_back({hour.at.time_since_epoch().count(), hour.count, hour.worst.count()});
  }
  return {promise.kpi,  promise.limit.count(), promise.count,
          promise.over, promise.worst.count(), std::move(broken)};
}

analysis::TimeTree tree_of(const json& in) {
  analysis::TimeTree tree{in.at(0), in.at(1), in.at(2), in.at(3), {}};
  for (const json& part : in.at(4)) {
    tree.parts.push_back({part.at(0), cause_of(part.at(1)), part.at(2)});
  }
  return tree;
}

analysis::ReleaseTimes study_of(const json& in) {
  analysis::ReleaseTimes study{in.at(0), {}};
  for (const json& cell : in.at(1)) {
    const auto axis = cell.at(0).get<unsigned>();
    if (axis >= analysis::axis_count) throw json::out_of_range::create(401, "no axis", &cell);
    study.cells.push_back({.axis = static_cast<analysis::Axis>(axis),
                           .category = cell.at(1),
                           .count = cell.at(2),
                           .total = cell.at(3),
                           .median = cell.at(4),
                           .least = cell.at(5),
                           .greatest = cell.at(6),
                           .sums = cell.at(7).get<analysis::CauseSums>(),
                           .not_known = cell.at(8)});
  }
  return study;
}

analysis::Promise promise_of(const json& in) {
  analysis::Promise promise{.kpi = in.at(0),
                            .limit = Duration{in.at(1).get<std::int64_t>()},
                            .count = in.at(2),
                            .over = in.at(3),
                            .worst = Duration{in.at(4).get<std::int64_t>()},
                            .broken = {}};
  for (const json& hour : in.at(5)) {
    promise.broken.push_back({SimTime{Duration{hour.at(0).get<std::int64_t>()}}, hour.at(1),
                              Duration{hour.at(2).get<std::int64_t>()}});
  }
  return promise;
}

template <class Part>
json list_of(const std::vector<Part>& parts) {
  json list = json::array();
  for (const Part& part : parts) list.push_back(json_of(part));
  return list;
}

}  // namespace

json json_of(const Anatomy& anatomy) {
  return {list_of(anatomy.trees), list_of(anatomy.studies), list_of(anatomy.promises)};
}

Anatomy anatomy_of(const json& in) {
  Anatomy anatomy;
  for (const json& one : in.at(0)) anatomy.trees.push_back(tree_of(one));
  for (const json& one : in.at(1)) anatomy.studies.push_back(study_of(one));
  for (const json& one : in.at(2)) anatomy.promises.push_back(promise_of(one));
  return anatomy;
}

Cause cause_of(const json& in) {
  const auto code = in.get<unsigned>();
  if (code >= cause_count) throw json::out_of_range::create(401, "no cause", &in);
  return static_cast<Cause>(code);
}

}  // namespace portflow::store
