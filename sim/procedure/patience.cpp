// Who waits for what it needs only so long, and then goes another way.
#include <algorithm>

#include "core/quantity.hpp"
#include "procedure/site.hpp"

namespace portflow::procedure {

void Site::be_patient(Job& job) {
  const double ms =
      job.numbers->patience->of(*job.entity).at(luck(*job.entity, job.step->patience_point));
  const Duration patience{nearest_whole(std::max(ms, 0.0))};
  if (patience == Duration::zero()) return give_up(job);
  Message message{Message::Kind::patience};
  message.job = &job;
  job.gives_up = context_->after(patience, std::move(message));
}

void Site::give_up(Job& job) {
  unblock(job, 0);
  for (std::uint8_t i = 0; i < job.want_count; ++i) {
    if (job.wants[i].queued) job.wants[i].resource->dequeue(job.wants[i], now_);
  }
  fingerprint_.add(job.entity->id);
  fingerprint_.add(job.step->name_hash);
  fingerprint_.add(static_cast<std::uint64_t>(now_.time_since_epoch().count()));
  leave_unserved({job.entity, job.trail, *job.graph, *job.step, job.step->place});
  // Who stood behind may have needed less.
  for (std::uint8_t i = 0; i < job.want_count; ++i) {
    scan(*job.wants[i].resource, 0);
    watch(*job.wants[i].resource);
  }
  free_job(job);
}

}  // namespace portflow::procedure
