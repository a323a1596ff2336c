// A border hall: counters that open when the predicted wait grows.
//
// A resource with `staffing: {elastic: ...}` has its rostered `servers` and a reserve. Whenever
// somebody joins or leaves its queue, the wait of a newcomer is predicted as
//
//     queue length x mean service time / open counters
//
// Above `open_when` one more counter is called, above `reserve_when` all that are left; each
// opens `opening_takes` later. Below `close_when` one extra counter closes at a time.
#include <cmath>
#include <map>

#include "procedure/kind.hpp"
#include "spec/fields.hpp"

namespace portflow::facility {
namespace {

using procedure::Behaviour;
using procedure::Hands;
using procedure::Job;
using procedure::Resource;

/// The counters of one resource beyond its roster.
struct Extra {
  Resource* resource{nullptr};
  double rostered{0};
  int open{0}, called{0};
};

class Hall final : public Behaviour {
 public:
  void configure(Hands& hands) override {
    for (const spec::Resource& spec : hands.facility().resources) {
      if (!spec.elastic) continue;
      Resource* resource = hands.resource(spec.name);
      Extra& extra = extras_[resource->code()];
      extra.resource = resource;
      // A new shift changes the roster; counters that were opened beyond it stay open.
      extra.rostered = hands.rostered(*resource);
      if (extra.open > 0) hands.set_capacity(*resource, extra.rostered + extra.open);
    }
  }

  void queue_changed(Resource& resource, Hands& hands) override {
    const spec::Elastic* rule = rule_of(resource, hands);
    if (rule == nullptr) return;
    Extra& extra = extras_[resource.code()];
    const int left = static_cast<int>(rule->reserve) - extra.open - extra.called;
    const double wait = predicted(resource, extra);
    int call = 0;
    if (wait > static_cast<double>(rule->reserve_when.count())) {
      call = left;
    } else if (wait > static_cast<double>(rule->open_when.count())) {
      call = std::min(left, 1);
    } else if (wait < static_cast<double>(rule->close_when.count()) && extra.open > 0) {
      --extra.open;
      hands.set_capacity(resource, extra.rostered + extra.open);
    }
    for (; call > 0; --call) {
      ++extra.called;
      hands.timer(std::max(rule->opening_takes, Duration{1}), resource.code());
    }
  }

  void timer(std::uint32_t tag, Job*, Hands& hands) override {
    Extra& extra = extras_.at(static_cast<std::uint16_t>(tag));
    --extra.called;
    ++extra.open;
    hands.set_capacity(*extra.resource, extra.rostered + extra.open);
  }

 private:
  static const spec::Elastic* rule_of(const Resource& resource, Hands& hands) {
    for (const spec::Resource& spec : hands.facility().resources) {
      if (spec.elastic && hands.resource(spec.name) == &resource) return &*spec.elastic;
    }
    return nullptr;
  }
  /// Predicted wait of a newcomer, ms; counters that were called count as open.
  static double predicted(const Resource& resource, const Extra& extra) {
    const double counters = extra.rostered + extra.open + extra.called;
    return resource.queue_length() * resource.mean_service() / std::max(1.0, counters);
  }

  std::map<std::uint16_t, Extra> extras_;
};

Errors check(const spec::Facility& facility) {
  spec::Notes notes;
  spec::Node settings = facility.settings;
  spec::Fields fields{settings, spec::Spot{notes, "facilities." + facility.name + ".settings"}};
  fields.done();
  return notes.errors;
}

}  // namespace

procedure::Kind hall() {
  return {"hall", "counters that open when the predicted wait grows", {}, check, [] {
            return std::unique_ptr<Behaviour>(std::make_unique<Hall>());
          }};
}

}  // namespace portflow::facility
