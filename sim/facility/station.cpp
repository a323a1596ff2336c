// A station: resources and nothing else. Gates, yards, customs desks, laboratories and pilot
// grounds are stations; what happens there stands in the procedures.
#include "procedure/kind.hpp"
#include "spec/fields.hpp"

namespace portflow::facility {
namespace {

Errors check(const spec::Facility& facility) {
  spec::Notes notes;
  spec::Node settings = facility.settings;
  spec::Fields fields{settings, spec::Spot{notes, "facilities." + facility.name + ".settings"}};
  fields.done();
  for (const spec::Resource& resource : facility.resources) {
    if (!resource.elastic) continue;
    notes.errors.push_back(
        {resource.place,
         "facilities." + facility.name + ".resources." + resource.name + ".staffing",
         "elastic staffing is offered by halls, this is a station"});
  }
  return notes.errors;
}

}  // namespace

procedure::Kind station() {
  return {"station", "resources and nothing else", {}, check, nullptr};
}

}  // namespace portflow::facility
