#include "procedure/build.hpp"

#include <algorithm>

#include "procedure/builder.hpp"

namespace portflow::procedure {
namespace {

/// The time over which a group is made, slice by slice: long enough for thousands of members.
constexpr Duration group_takes = std::chrono::hours{6};

}  // namespace

std::vector<const spec::Procedure*> Dated::of(const std::string& procedure) const {
  if (const auto found = alternatives.find(procedure); found != alternatives.end()) {
    return found->second.by_adopters;
  }
  const auto found = scenario->procedures.find(procedure);
  if (found == scenario->procedures.end()) return {};
  return {&found->second};
}

std::vector<const spec::Procedure*> Dated::all() const {
  std::vector<const spec::Procedure*> result;
  for (const auto& [name, procedure] : scenario->procedures) {
    const auto some = of(name);
    result.insert(result.end(), some.begin(), some.end());
  }
  return result;
}

Result<Built> Builder::build() {
  const spec::Scenario& first = *dated_.front().scenario;
  for (const Dated& dated : dated_) {
    model_->epochs.push_back(dated.from);
    model_->scenarios.push_back(dated.scenario);
    model_->networks.emplace_back(*dated.scenario);
    model_->calendars.push_back(dated.scenario->calendars);
  }
  model_->horizon = first.horizon;
  structure();
  if (!errors_.empty()) return refuse(std::move(errors_));
  sites();
  if (!errors_.empty()) return refuse(std::move(errors_));
  learned();
  roles();
  if (errors_.empty()) layouts();
  if (!errors_.empty()) return refuse(std::move(errors_));
  created();
  dictionaries();
  adoptions();
  graphs();
  if (!errors_.empty()) return refuse(std::move(errors_));
  awaits();
  unborn();
  numbers();
  ways();
  adjusted();
  if (!errors_.empty()) return refuse(std::move(errors_));
  for (SourceInfo& source : model_->sources) {
    for (const ChannelInfo& channel : model_->channels) {
      if (channel.from == source.site) source.reach = std::max(source.reach, channel.least);
    }
    const Role& role = model_->roles[source.role];
    const bool group = !role.member_roles.empty();
    source.at_once = !group && !role.heard_at_birth;
    source.ahead =
        source.at_once ? Duration::zero() : source.reach + (group ? group_takes : Duration::zero());
    const Graph& graph = *role.graphs.front().front();
    if (source.at_once && graph.roots.size() == 1) {
      const Step& first_step = graph.steps[graph.roots.front()];
      if (first_step.timed) source.first_service = first_step.takes_point;
    }
  }
  notices();
  std::sort(model_->channels.begin(), model_->channels.end(),
            [](const ChannelInfo& a, const ChannelInfo& b) {
              return std::tie(a.from, a.to) < std::tie(b.from, b.to);
            });
  return Built{std::move(model_), std::move(lines_)};
}

Result<Built> build(const std::vector<Dated>& dated, const std::vector<AdoptionInput>& adoptions,
                    Kinds kinds) {
  return Builder(dated, adoptions, kinds).build();
}

}  // namespace portflow::procedure
