// What a process knows of who waits in it, for the search for deadlocks.
#include <unordered_map>

#include "procedure/site.hpp"

namespace portflow::procedure {
namespace {

/// The most units that a resource may ever have in service.
double most_units(const spec::Resource& resource) {
  double most = resource.servers;
  for (const auto& [hours, servers] : resource.by_hours) most = std::max(most, servers);
  return most + (resource.elastic ? resource.elastic->reserve : 0);
}

}  // namespace

void Site::stand_still(Standstill& out) {
  const std::size_t first_here = out.scarce.size();
  std::vector<std::unordered_map<flow::EntityId, std::size_t>> first_places(resources_.size());
  for (std::size_t i = 0; i < resources_.size(); ++i) {
    const Resource& resource = resources_[i];
    const auto local = static_cast<std::uint16_t>(i);
    double most = 0;
    for (const spec::Resource* spec : info_.resources[i].by_epoch) {
      if (spec != nullptr) most = std::max(most, most_units(*spec));
    }
    out.scarce_of[{index_, local}] = out.scarce.size();
    Scarce scarce{&info_,
                  local,
                  resource.busy(),
                  resource.free_units(),
                  resource.capacity() + 1e-9 < most || resource.next_period(SimTime{}) != never,
                  {}};
    for (const Want* want = resource.first(); want != nullptr; want = want->after) {
      const flow::EntityId entity = want->job->entity->id;
      first_places[i].emplace(entity, scarce.queue.size());
      scarce.queue.push_back(entity);
    }
    out.scarce.push_back(std::move(scarce));
  }
  for (Job& job : jobs_) {
    if (!job.entity) continue;
    Waits waits;
    waits.entity = job.entity.get();
    waits.step = job.step;
    if (job.blocked_on != nullptr) {
      waits.since = job.queued;
      for (std::uint8_t c = 0; c < job.claim_count; ++c) {
        const Claim& claim = job.claims[c];
        bool here = false;
        for (std::uint8_t w = 0; w < claim.wants; ++w) {
          here = here || job.wants[claim.first_want + w].resource == job.blocked_on;
        }
        if (!here) continue;
        waits.units = claim.units;
        for (std::uint8_t w = 0; w < claim.wants; ++w) {
          const Resource* resource = job.wants[claim.first_want + w].resource;
          const auto local = static_cast<std::uint16_t>(resource - resources_.data());
          waits.resources.push_back(out.scarce_of.at({index_, local}));
        }
        const auto& places = first_places[waits.resources.front() - first_here];
        const auto found = places.find(job.entity->id);
        waits.place = found != places.end() ? found->second
                                            : out.scarce[waits.resources.front()].queue.size();
        break;
      }
      out.waits.push_back(std::move(waits));
      continue;
    }
    const bool awaits = job.await < job.step->awaits.size() && job.start == flow::unset &&
                        job.step->awaits[job.await].kind != spec::Await::Kind::time;
    if (!awaits) {
      out.active.push_back(job.entity->id);
      continue;
    }
    const Await& await = job.step->awaits[job.await];
    const Entity& other = job.entity->ancestor(await.levels);
    waits.since = job.spent;
    waits.mark = await.mark;
    if (await.kind == spec::Await::Kind::all) {
      waits.member = model_.roles[other.role].initial_known[other.layout][await.known];
      waits.remaining = job.entity->ancestor(await.levels).known()[await.known].remaining;
    } else {
      waits.awaited = &other;
    }
    out.waits.push_back(std::move(waits));
  }
}

const Entity* Site::concerned(const Message& message) {
  if (message.entity) return message.entity.get();
  const bool job = message.kind == Message::Kind::service_end ||
                   message.kind == Message::Kind::resume || message.kind == Message::Kind::patience;
  return job ? static_cast<const Job*>(message.job)->entity.get() : nullptr;
}

}  // namespace portflow::procedure
