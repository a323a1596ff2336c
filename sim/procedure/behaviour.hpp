/// \file behaviour.hpp
/// What a facility does of its own: the seam between procedures and facility kinds.
///
/// A step that says `does: discharge` hands the entity to the behaviour of its facility, once
/// the step's needs are met. The behaviour accounts for the time it takes (spend) and ends
/// the step (finish). It may set timers and watch queues. It reaches nothing outside its
/// facility.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/cause.hpp"
#include "core/time.hpp"
#include "procedure/job.hpp"
#include "procedure/resource.hpp"

namespace portflow::procedure {

/// What a behaviour may do; valid during one call.
class Hands {
 public:
  virtual ~Hands() = default;
  [[nodiscard]] virtual SimTime now() const noexcept = 0;
  /// Accounts [job.spent, to) of the job's entity to `cause`. \pre to <= now().
  virtual void spend(Job& job, Cause cause, SimTime to, const Resource* resource = nullptr,
                     flow::EntityId holder = 0) = 0;
  /// Ends the job's step now. \pre everything until now was spent. `job` is gone afterwards.
  virtual void finish(Job& job) = 0;
  /// Calls Behaviour::timer after `delay` > 0.
  virtual void timer(Duration delay, std::uint32_t tag, Job* job = nullptr) = 0;
  /// A quantile of the entity's own luck at a point of the behaviour.
  [[nodiscard]] virtual double luck(const flow::Entity& entity, Point point,
                                    std::uint32_t occurrence = 0) const = 0;
  /// The facility's resource of that name; null when it has none.
  [[nodiscard]] virtual Resource* resource(std::string_view name) = 0;
  /// The facility as it stands in the present epoch.
  [[nodiscard]] virtual const spec::Facility& facility() const = 0;
  /// The units that roster and calendar give the resource now.
  [[nodiscard]] virtual double rostered(const Resource& resource) const = 0;
  /// Changes how many units of a resource serve, and lets waiting jobs start.
  virtual void set_capacity(Resource& resource, double units) = 0;
  /// The value of a named attribute of the entity or its groups, from the nearest that has it.
  [[nodiscard]] virtual bool attribute(flow::Entity& entity, std::string_view name,
                                       double& value) const = 0;
  /// A category attribute as a hash of its word, comparable across roles; false when absent.
  [[nodiscard]] virtual bool category(flow::Entity& entity, std::string_view name,
                                      std::uint64_t& hash) const = 0;
  /// Units of the resource that the job holds.
  [[nodiscard]] virtual double units(const Job& job, std::string_view resource) const = 0;
};

class Behaviour {
 public:
  virtual ~Behaviour() = default;
  /// The facility exists, before anything happens in it; also when parameters change.
  virtual void configure(Hands& /*hands*/) {}
  /// A step with `verb` (index into the kind's list) begins; its needs are met.
  virtual void start(Job& /*job*/, std::uint16_t /*verb*/, Hands& /*hands*/) {}
  virtual void timer(std::uint32_t /*tag*/, Job* /*job*/, Hands& /*hands*/) {}
  /// A job joined or left the queue of a resource that is `staffing: elastic`.
  virtual void queue_changed(Resource& /*resource*/, Hands& /*hands*/) {}
};

}  // namespace portflow::procedure
