#include "procedure/site.hpp"

#include <cmath>

#include "core/assert.hpp"

namespace portflow::procedure {

/// The hands of one facility's behaviour.
class FacilityHands final : public Hands {
 public:
  FacilityHands(Site& site, std::uint16_t facility) : site_(site), facility_(facility) {}

  SimTime now() const noexcept override { return site_.now_; }
  void spend(Job& job, Cause cause, SimTime to, const Resource* resource,
             flow::EntityId holder) override {
    site_.spend(job, cause, to, resource != nullptr ? resource->code() : none, holder);
  }
  void finish(Job& job) override { site_.finish(job); }
  void timer(Duration delay, std::uint32_t tag, Job* job) override {
    Message message{Message::Kind::timer};
    message.slot = facility_;
    message.number = tag;
    message.job = job;
    site_.context_->after(delay, std::move(message));
  }
  double luck(const flow::Entity& entity, Point point, std::uint32_t occurrence) const override {
    return site_.luck(entity, point, occurrence);
  }
  Resource* resource(std::string_view name) override {
    for (std::size_t i = 0; i < site_.info_.resources.size(); ++i) {
      const ResourceInfo& info = site_.info_.resources[i];
      if (info.facility == facility_ && info.name == name) return &site_.resources_[i];
    }
    return nullptr;
  }
  const spec::Facility& facility() const override {
    return *site_.info_.facilities[facility_].by_epoch[site_.epoch_];
  }
  double rostered(const Resource& resource) const override {
    return site_.rostered_[static_cast<std::size_t>(&resource - site_.resources_.data())];
  }
  void set_capacity(Resource& resource, double units) override {
    site_.put_in_service(resource, units, std::nullopt);
  }
  bool attribute(flow::Entity& entity, std::string_view name, double& value) const override {
    return find(entity, name, [&](const trace::AttributeInfo&, double found) { value = found; });
  }
  bool category(flow::Entity& entity, std::string_view name, std::uint64_t& hash) const override {
    return find(entity, name, [&](const trace::AttributeInfo& info, double found) {
      hash = hash_of(info.categories[static_cast<std::size_t>(found)]);
    });
  }
  double units(const Job& job, std::string_view name) const override {
    for (std::uint8_t i = 0; i < job.claim_count; ++i) {
      const Resource* granted = job.claims[i].granted;
      if (granted == nullptr) continue;
      const auto at = static_cast<std::size_t>(granted - site_.resources_.data());
      if (site_.info_.resources[at].name == name) return job.claims[i].units;
    }
    return 0;
  }

 private:
  template <class Use>
  bool find(flow::Entity& entity, std::string_view name, const Use& use) const {
    for (flow::Entity* at = &entity; at != nullptr; at = at->parent.get()) {
      const auto& attributes = site_.model_.schema.roles[at->role].attributes;
      for (std::size_t i = 0; i < attributes.size(); ++i) {
        if (attributes[i].name != name) continue;
        use(attributes[i], at->attributes()[i]);
        return true;
      }
    }
    return false;
  }
  Site& site_;
  std::uint16_t facility_;
};

Site::Site(const Model& model, std::uint16_t index, const Draws& draws, trace::Recorder& recorder,
           Kinds kinds, bool record_paths)
    : model_(model),
      info_(model.sites[index]),
      index_(index),
      draws_(draws),
      recorder_(recorder),
      record_paths_(record_paths),
      channels_(model.sites.size()),
      calendar_versions_(info_.resources.size()),
      rostered_(info_.resources.size()),
      added_(info_.resources.size()),
      learning_(model.learned),
      breakdowns_(info_.resources.size()),
      batches_(info_.batches),
      sources_(model.sources.size()) {
  resources_.reserve(info_.resources.size());
  for (const ResourceInfo& resource : info_.resources) {
    resources_.emplace_back(resource.code, resource.facility);
    const auto adjoining = [](const spec::Resource* now) {
      return now != nullptr && now->side_by_side;
    };
    if (std::ranges::any_of(resource.by_epoch, adjoining)) resources_.back().stand_in_a_row();
  }
  for (std::size_t i = 0; i < info_.facilities.size(); ++i) {
    Facility facility;
    facility.hands = std::make_unique<FacilityHands>(*this, static_cast<std::uint16_t>(i));
    for (const Kind& kind : kinds) {
      if (kind.name == info_.facilities[i].kind && kind.make != nullptr) {
        facility.behaviour = kind.make();
      }
    }
    facilities_.push_back(std::move(facility));
  }
}

Site::~Site() = default;

std::vector<Site::First> Site::first_events(SimTime run_start) {
  std::vector<First> events;
  Message start{Message::Kind::parameters};
  events.push_back({run_start, kernel::Rank::parameters, std::move(start)});
  for (std::uint32_t epoch = 1; epoch < model_.epochs.size(); ++epoch) {
    Message message{Message::Kind::parameters};
    message.number = epoch;
    events.push_back({model_.epochs[epoch], kernel::Rank::parameters, std::move(message)});
  }
  Message levels{Message::Kind::levels};
  if (!resources_.empty()) {
    events.push_back(
        {run_start + model_.schema.level_span, kernel::Rank::observe, std::move(levels)});
  }
  for (std::uint32_t i = 0; i < model_.sources.size(); ++i) {
    if (model_.sources[i].site != index_) continue;
    sources_[i].last_due = model_.horizon.from;
    Message message{Message::Kind::birth};
    message.number = i;
    events.push_back({run_start, kernel::Rank::normal, std::move(message)});
  }
  return events;
}

void Site::handle(Message& message, Context& context) {
  context_ = &context;
  now_ = context.now();
  switch (message.kind) {
    case Message::Kind::token:
      token(std::move(message.entity), message.step, message.live, std::move(message.trail));
      break;
    case Message::Kind::birth:
      birth(message.number);
      break;
    case Message::Kind::service_end:
      end_service(*static_cast<Job*>(message.job));
      break;
    default:
      handle_rarer(message);
  }
  if (!agenda_.empty()) run_agenda();
  context_ = nullptr;
}

void Site::handle_rarer(Message& message) {
  auto* job = static_cast<Job*>(message.job);
  switch (message.kind) {
    case Message::Kind::arrival: {
      const Graph& graph = model_.graph(*message.entity);
      const SimTime ready{Duration{static_cast<std::int64_t>(message.amount)}};
      conclude(message.entity, graph, message.step, *graph.numbers[epoch_][message.step],
               message.trail, ready, message.time, none, 0);
      break;
    }
    case Message::Kind::patience:
      job->gives_up = {};
      give_up(*job);
      break;
    case Message::Kind::mark:
      told(message);
      break;
    case Message::Kind::ended:
      ended(message.entity, model_.graph(*message.entity), message.trail, message.live,
            message.time, none);
      break;
    case Message::Kind::release:
      give_back(resources_[message.slot], message.amount, message.entity->id);
      break;
    case Message::Kind::learn:
      learning_.take(message.slot, message.step, message.time);
      break;
    case Message::Kind::add_units:
      add_units(message.slot, *static_cast<const Units*>(message.job), message.time);
      break;
    case Message::Kind::prepare:
    case Message::Kind::commence:
      group_event(message);
      break;
    case Message::Kind::resume:
      spend(*job, Cause::not_due, now_, none, 0);
      if (job->start != flow::unset) {
        depart(*job);  // a move that had to wait for its hour
      } else {
        ++job->await;
        advance(*job);
      }
      break;
    case Message::Kind::timer:
      facilities_[message.slot].behaviour->timer(message.number, job,
                                                 *facilities_[message.slot].hands);
      break;
    case Message::Kind::batch_due: {
      Batch& batch = batches_[message.slot];
      if (batch.serial == message.number && !batch.jobs.empty()) close_batch(batch);
      break;
    }
    case Message::Kind::calendar:
      calendar(message.slot, message.number);
      break;
    case Message::Kind::levels:
      record_levels();
      break;
    case Message::Kind::parameters:
      change_parameters(message.number);
      break;
    case Message::Kind::token:
    case Message::Kind::birth:
    case Message::Kind::service_end:
      break;  // handle() has seen to them
  }
}

[[gnu::flatten]] void Site::run_agenda() {
  while (Agenda::Item* item = agenda_.next()) {
    switch (item->kind) {
      case Agenda::Kind::token:
        token(std::move(item->entity), item->index, item->live, std::move(item->trail));
        break;
      case Agenda::Kind::advance:
        advance(*item->job);
        break;
      case Agenda::Kind::begin:
        begin(*item->job);
        break;
      case Agenda::Kind::watch: {
        Resource& resource = resources_[item->index];
        Facility& facility = facilities_[resource.facility()];
        facility.behaviour->queue_changed(resource, *facility.hands);
        break;
      }
    }
  }
}

void Site::token(Ref<Entity>&& entity, StepIndex index, bool live, Ref<Trail>&& trail) {
  const Graph& graph = model_.graph(*entity);
  if (graph.steps[index].join == none) {
    // Whoever sent the token has seen that the step is performed.
    enter(std::move(entity), graph, index, std::move(trail));
  } else {
    join(std::move(entity), graph, index, live, std::move(trail));
  }
}

void Site::enter(Ref<Entity>&& entity, const Graph& graph, StepIndex index, Ref<Trail>&& trail) {
  Job& job = new_job(std::move(entity), std::move(trail), graph, index);
  if (job.step->awaits.empty() && job.step->batch == none) {
    acquire(job);
  } else {
    advance(job);
  }
}

Job& Site::new_job(Ref<Entity>&& entity, Ref<Trail>&& trail, const Graph& graph, StepIndex index) {
  Job* job = free_jobs_;
  if (job != nullptr) {
    free_jobs_ = job->next;
  } else {
    job = &jobs_.emplace_back();
  }
  // Made anew where it lies; a free job owns nothing.
  std::construct_at(static_cast<JobState*>(job), std::move(entity), std::move(trail), graph, index,
                    epoch_, now_, order_++);
  return *job;
}

void Site::free_job(Job& job) {
  job.entity = {};
  job.trail = {};
  job.next = free_jobs_;
  free_jobs_ = &job;
}

void Site::record_levels() {
  for (Resource& resource : resources_) {
    recorder_.level(resource.level(now_, model_.schema.level_span));
  }
  Message message{Message::Kind::levels};
  context_->after(model_.schema.level_span, std::move(message), kernel::Rank::observe);
}

}  // namespace portflow::procedure
