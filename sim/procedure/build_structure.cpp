// What a run is made of must be there from its start: only numbers and graphs change with time.
#include <algorithm>

#include "procedure/builder.hpp"

namespace portflow::procedure {
namespace {

/// The element called `name`, or null.
template <class T>
const T* named(const std::vector<T>& list, const std::string& name) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const T& one) { return one.name == name; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

void Builder::structure() {
  std::map<std::string, const spec::Facility*> facilities;
  std::map<std::string, const spec::Source*> sources;
  for (const Dated& dated : dated_) {
    for (const auto& [name, facility] : dated.scenario->facilities) {
      const spec::Facility& first = *facilities.emplace(name, &facility).first->second;
      const std::string path = "facilities." + name;
      keep(first.kind == facility.kind, facility.place, path + ".kind", dated.from);
      keep(first.process == facility.process, facility.place, path + ".process", dated.from);
    }
    for (const auto& [name, split] : dated.scenario->splits) {
      const spec::SplitFacility& first = *splits_.emplace(name, &split).first->second;
      keep(first == split, split.place, "facilities." + name, dated.from);
    }
    for (const auto& [name, source] : dated.scenario->demand) {
      const spec::Source& first = *sources.emplace(name, &source).first->second;
      keep(first.at == source.at, source.role.place, "demand." + name + ".at", dated.from);
      keep_role(first.role, source.role, "demand." + name, dated.from);
    }
  }
}

void Builder::keep(bool same, const Place& place, const std::string& path, SimTime date) {
  if (same) return;
  complain(place, path,
           "this changes on " + to_text(date) +
               ", but it can only be what it is from the start of a run");
}

void Builder::keep_role(const spec::Role& first, const spec::Role& now, const std::string& path,
                        SimTime date) {
  keep(first.creates == now.creates, now.place, path + ".creates", date);
  keep(first.flow == now.flow, now.place, path + ".flow", date);
  keep(first.mode == now.mode, now.place, path + ".mode", date);
  const auto declare = [&](const Place& place, const std::string& at, const char* share) {
    complain(place, at,
             "this is new on " + to_text(date) + "; declare it in the scenario" + share +
                 ", so that it is there from the start of a run");
  };
  for (const spec::Attribute& attribute : now.attributes) {
    const std::string at = path + ".attributes." + attribute.name;
    const spec::Attribute* before = named(first.attributes, attribute.name);
    if (before == nullptr) {
      declare(attribute.place, at, "");
      continue;
    }
    keep(before->kind == attribute.kind && before->unit == attribute.unit, attribute.place, at,
         date);
    for (const auto& [option, weight] : attribute.options) {
      const bool known = std::any_of(before->options.begin(), before->options.end(),
                                     [&](const auto& one) { return one.first == option; });
      if (!known && before->kind == attribute.kind) {
        declare(attribute.place, at + "." + option, " with a share of 0 %");
      }
    }
  }
  for (const spec::Attribute& attribute : first.attributes) {
    keep(named(now.attributes, attribute.name) != nullptr, now.place,
         path + ".attributes." + attribute.name, date);
  }
  for (const spec::Role& member : now.contains) {
    const std::string at = path + ".contains." + member.name;
    if (const spec::Role* before = named(first.contains, member.name)) {
      keep_role(*before, member, at, date);
    } else {
      declare(member.place, at, " with a count of 0");
    }
  }
  for (const spec::Role& member : first.contains) {
    keep(named(now.contains, member.name) != nullptr, now.place, path + ".contains." + member.name,
         date);
  }
}

}  // namespace portflow::procedure
