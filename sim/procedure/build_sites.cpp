// Facilities, their resources and the processes that they share.
#include <set>

#include "core/words.hpp"
#include "procedure/builder.hpp"

namespace portflow::procedure {

void Builder::check_kind(const spec::Facility& facility) {
  std::vector<std::string> names;
  for (const Kind& kind : kinds_) {
    if (kind.name == facility.kind) {
      for (const Error& error : kind.check(facility)) {
        complain(error.place, error.path, error.message);
      }
      return;
    }
    names.push_back(kind.name);
  }
  const std::string close = nearest(facility.kind, names);
  complain(
      facility.place, "facilities." + facility.name + ".kind",
      "no kind of facility '" + facility.kind + "'" +
          (close.empty() ? "; there are: " + listed(names) : "; did you mean '" + close + "'?"));
}

void Builder::sites() {
  std::set<std::string> names, facilities;
  for (const Dated& dated : dated_) {
    for (const auto& [name, facility] : dated.scenario->facilities) {
      facilities.insert(name);
      names.insert(facility.process.empty() ? name : facility.process);
      check_kind(facility);
    }
  }
  for (const std::string& name : names) {
    SiteInfo site;
    site.name = name;
    model_->sites.push_back(std::move(site));
  }
  trace::Schema& schema = model_->schema;
  for (const std::string& name : facilities) {
    FacilityInfo info;
    info.name = name;
    info.code = static_cast<std::uint16_t>(schema.facilities.size());
    facility_codes_[name] = info.code;
    const spec::Facility* latest = nullptr;
    for (const Dated& dated : dated_) {
      const auto found = dated.scenario->facilities.find(name);
      if (found != dated.scenario->facilities.end()) latest = &found->second;
      info.by_epoch.push_back(latest);
    }
    // A facility that a measure inserts later stands there from the start, unused.
    for (auto& facility : info.by_epoch) {
      if (facility == nullptr) facility = latest;
    }
    const spec::Facility& facility = *info.by_epoch.front();
    info.kind = facility.kind;
    const std::string process = facility.process.empty() ? name : facility.process;
    std::uint16_t site = 0;
    while (model_->sites[site].name != process) ++site;
    SiteInfo& home = model_->sites[site];
    facility_site_.push_back(site);
    facility_local_.push_back(static_cast<std::uint16_t>(home.facilities.size()));

    std::map<std::string, std::vector<const spec::Resource*>> resources;
    for (const spec::Facility* one : info.by_epoch) {
      for (const spec::Resource& resource : one->resources) resources[resource.name];
    }
    std::string shown = facility.shown;
    for (auto& [resource_name, by_epoch] : resources) {
      const spec::Resource* current = nullptr;
      for (const spec::Facility* one : info.by_epoch) {
        for (const spec::Resource& resource : one->resources) {
          if (resource.name == resource_name) current = &resource;
        }
        by_epoch.push_back(current);
      }
      for (auto& one : by_epoch) {
        if (one == nullptr) one = current;
      }
      ResourceInfo resource;
      resource.code = static_cast<std::uint16_t>(schema.resources.size());
      resource.facility = facility_local_.back();
      resource.name = resource_name;
      resource.by_epoch = by_epoch;
      home.resources.push_back(resource);
      trace::ResourceInfo row;
      row.name = name + "." + resource_name;
      row.facility = info.code;
      row.unit = by_epoch.front()->unit;
      row.wait_target_ms = static_cast<double>(by_epoch.front()->wait_target.count());
      schema.resources.push_back(std::move(row));
      if (shown.empty()) shown = resource_name;
    }
    trace::FacilityInfo row;
    row.name = name;
    row.kind = facility.kind;
    row.title = {facility.title.zh, facility.title.en};
    if (facility.position) {
      row.placed = true;
      row.longitude = facility.position->longitude;
      row.latitude = facility.position->latitude;
    }
    if (!shown.empty()) row.main_resource = name + "." + shown;
    schema.facilities.push_back(std::move(row));
    home.facilities.push_back(std::move(info));
  }
}

}  // namespace portflow::procedure
