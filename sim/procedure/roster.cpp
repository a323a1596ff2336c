// How many units of a resource are in service: shifts, calendars, weather, breakdowns, periods,
// parameters.
#include <algorithm>

#include "core/hash.hpp"
#include "procedure/site.hpp"

namespace portflow::procedure {

void Site::change_parameters(std::uint32_t epoch) {
  epoch_ = static_cast<std::uint16_t>(epoch);
  weather_.clear();
  for (auto& clocks : breakdowns_) clocks.clear();
  for (std::size_t i = 0; i < resources_.size(); ++i) {
    resources_[i].use_watch(info_.resources[i].by_epoch[epoch_]->elastic.has_value() &&
                            facilities_[resources_[i].facility()].behaviour != nullptr);
  }
  for (std::size_t i = 0; i < resources_.size(); ++i) {
    resources_[i].use_period(info_.resources[i].by_epoch[epoch_]->per);
    resources_[i].use_row(info_.resources[i].by_epoch[epoch_]->side_by_side);
    resources_[i].use_priority(info_.resources[i].by_epoch[epoch_]->discipline ==
                               spec::Resource::Discipline::priority);
    resources_[i].use_interrupts(info_.resources[i].by_epoch[epoch_]->at_shift_end,
                                 info_.resources[i].by_epoch[epoch_]->preempt);
    arrange_capacity(static_cast<std::uint16_t>(i));
  }
  for (Facility& facility : facilities_) {
    if (facility.behaviour != nullptr) facility.behaviour->configure(*facility.hands);
  }
}

void Site::calendar(std::uint16_t resource, std::uint32_t version) {
  if (version != calendar_versions_[resource]) return;  // an epoch has set it anew
  arrange_capacity(resource);
  Facility& facility = facilities_[resources_[resource].facility()];
  if (facility.behaviour != nullptr) facility.behaviour->configure(*facility.hands);
}

std::vector<OutageClock>& Site::weather_of(const spec::Calendar& calendar) {
  std::vector<OutageClock>& clocks = weather_[calendar.name];
  if (clocks.size() == calendar.weather.size()) return clocks;
  for (const spec::Weather& weather : calendar.weather) {
    const std::uint64_t key = hash_of("weather." + calendar.name + "." + weather.name);
    clocks.emplace_back(draws_, key, model_.horizon.from, weather.every, weather.lasts,
                        weather.months);
  }
  return clocks;
}

std::span<OutageClock> Site::breakdowns_of(std::uint16_t index, double units) {
  const ResourceInfo& info = info_.resources[index];
  const auto& breakdown = info.by_epoch[epoch_]->breakdown;
  if (!breakdown) return {};
  std::vector<OutageClock>& clocks = breakdowns_[index];
  const auto count = static_cast<std::size_t>(units);
  const std::string& facility = info_.facilities[info.facility].name;
  while (clocks.size() < count) {
    const std::uint64_t key =
        mix(chain(hash_of("breakdown." + facility + "." + info.name), clocks.size()));
    clocks.emplace_back(draws_, key, model_.horizon.from, breakdown->up, breakdown->down);
  }
  return std::span(clocks).first(count);
}

void Site::arrange_capacity(std::uint16_t index) {
  const spec::Resource& resource = *info_.resources[index].by_epoch[epoch_];
  double servers = resource.servers;
  bool open = true;
  SimTime change = never;
  if (!resource.by_hours.empty()) {
    const SimTime day = now_ - time_of_day(now_);
    const Duration tod = now_ - day;
    constexpr Duration whole_day = std::chrono::hours{24};
    for (const auto& [hours, units] : resource.by_hours) {
      if ((tod >= hours.from && tod < hours.to) || tod + whole_day < hours.to) servers = units;
      for (const Duration edge : {hours.from, hours.to % whole_day}) {
        const SimTime next = day + edge > now_ ? day + edge : day + whole_day + edge;
        change = std::min(change, next);
      }
    }
  }
  if (!resource.calendar.empty()) {
    const spec::Calendar& calendar = model_.calendars[epoch_].at(resource.calendar);
    open = calendar.open_at(now_);
    change = std::min(change, calendar.next_change(now_));
    for (OutageClock& clock : weather_of(calendar)) {
      if (clock.out_at(now_)) open = false;
      change = std::min(change, clock.next_change(now_));
    }
  }
  if (open && servers > 0) servers = added_[index].with(servers, now_);
  change = std::min(change, added_[index].next_change(now_));
  resources_[index].renew(now_);
  change = std::min(change, resources_[index].next_period(now_));
  double down = 0;
  for (OutageClock& clock : breakdowns_of(index, servers)) {
    if (clock.out_at(now_)) ++down;
    change = std::min(change, clock.next_change(now_));
  }
  rostered_[index] = open ? servers - down : 0;
  std::optional<Cause> shut;
  if (!open || servers == 0) {
    shut = Cause::closed;
  } else if (servers == down) {
    shut = Cause::down;
  }
  put_in_service(resources_[index], rostered_[index], shut);
  const std::uint32_t version = ++calendar_versions_[index];
  if (change == never) return;
  Message message{Message::Kind::calendar};
  message.slot = index;
  message.number = version;
  // Before whatever else happens then: who is free at closing time begins nothing more.
  context_->after(change - now_, std::move(message), kernel::Rank::parameters);
}

}  // namespace portflow::procedure
