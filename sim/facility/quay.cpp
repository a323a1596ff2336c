// A quay: ships alongside, cranes that discharge and load their boxes one by one.
//
//   work_cargo  (ship)  needs its cranes; each crane takes the next box that waits at
//               `discharge` for this ship, and when there is none, the next at `load`. Ends
//               when all are done and no box waits.
//   discharge   (box)   ends when a crane of its ship has landed it
//   load        (box)   ends when a crane of a ship of its `service` has loaded it; where box
//               or ship has no attribute `service`, only its own ship will do
//
// settings: move_takes, the cycle of one crane for one box; cranes, the resource that they are
// (`crane`).
#include <deque>
#include <map>
#include <vector>

#include "core/hash.hpp"
#include "procedure/kind.hpp"
#include "spec/fields.hpp"

namespace portflow::facility {
namespace {

using procedure::Behaviour;
using procedure::Hands;
using procedure::Job;

struct Settings {
  std::string cranes{"crane"};
  Distribution move_takes{Distribution::triangular(90e3, 120e3, 168e3)};

  static Settings read(const spec::Facility& facility, Errors* errors = nullptr) {
    Settings out;
    spec::Notes notes;
    spec::Node node = facility.settings;
    spec::Fields fields{node, spec::Spot{notes, "facilities." + facility.name + ".settings"}};
    fields.required("move_takes", out.move_takes, spec::read::takes(spec::duration()));
    fields.optional("cranes", out.cranes, spec::read::WordReader{spec::resource_names(facility)});
    fields.done();
    if (errors != nullptr) *errors = notes.errors;
    return out;
  }
};

enum Verb : std::uint16_t { work_cargo, discharge, load };
constexpr Point move_point{hash_of("quay.move")};

/// A ship at work: its job, its idle cranes, the boxes in the air.
struct Call {
  Job* job{nullptr};
  std::uint64_t service{0};
  int idle{0};
  int moving{0};
};

class Quay final : public Behaviour {
 public:
  void configure(Hands& hands) override { settings_ = Settings::read(hands.facility()); }

  void start(Job& job, std::uint16_t verb, Hands& hands) override {
    const flow::EntityId ship = ship_of(*job.entity);
    switch (verb) {
      case discharge:
        landings_[ship].push_back(&job);
        if (const auto call = calls_.find(ship); call != calls_.end()) assign(call->second, hands);
        break;
      case load: {
        const std::uint64_t key = key_of(job, hands);
        loads_[key].push_back(&job);
        for (auto& [id, call] : calls_) {
          if (key_of(*call.job, hands) == key) assign(call, hands);
          if (loads_[key].empty()) break;
        }
        break;
      }
      default: {
        Call& call = calls_[job.entity->id];
        call.job = &job;
        call.service = key_of(job, hands);
        const double cranes = hands.units(job, settings_.cranes);
        call.idle = cranes >= 1 ? static_cast<int>(cranes) : 1;
        assign(call, hands);
        end_if_done(job.entity->id, hands);
      }
    }
  }

  void timer(std::uint32_t, Job* box, Hands& hands) override {
    Job& ship_job = *box->peer;
    const flow::EntityId ship = ship_job.entity->id;
    Call& call = calls_.at(ship);
    hands.spend(*box, Cause::working, hands.now());
    hands.finish(*box);
    --call.moving;
    ++call.idle;
    assign(call, hands);
    end_if_done(ship, hands);
  }

 private:
  static flow::EntityId ship_of(const flow::Entity& entity) {
    const flow::Entity* at = &entity;
    while (at->parent) at = at->parent.get();
    return at->id;
  }

  static std::uint64_t key_of(Job& job, Hands& hands) {
    std::uint64_t service = 0;
    if (hands.category(*job.entity, "service", service)) return service;
    return ship_of(*job.entity);
  }

  void assign(Call& call, Hands& hands) {
    auto& landing = landings_[call.job->entity->id];
    auto& loading = loads_[call.service];
    while (call.idle > 0 && (!landing.empty() || !loading.empty())) {
      auto& queue = landing.empty() ? loading : landing;
      Job& box = *queue.front();
      queue.pop_front();
      --call.idle;
      ++call.moving;
      // Before its ship came to work the box was not due; then others were ahead of it.
      hands.spend(box, Cause::not_due, std::max(box.spent, call.job->start));
      hands.spend(box, Cause::behind, hands.now());
      box.peer = call.job;
      const double ms = settings_.move_takes.at(hands.luck(*box.entity, move_point));
      hands.timer(Duration{std::max<std::int64_t>(1, static_cast<std::int64_t>(ms))}, 0, &box);
    }
  }

  void end_if_done(flow::EntityId ship, Hands& hands) {
    const Call call = calls_.at(ship);
    if (call.moving > 0) return;
    landings_.erase(ship);
    calls_.erase(ship);
    hands.spend(*call.job, Cause::working, hands.now());
    hands.finish(*call.job);
  }

  Settings settings_;
  std::map<flow::EntityId, Call> calls_;
  std::map<flow::EntityId, std::deque<Job*>> landings_;
  std::map<std::uint64_t, std::deque<Job*>> loads_;
};

Errors check(const spec::Facility& facility) {
  Errors errors;
  (void)Settings::read(facility, &errors);
  return errors;
}

}  // namespace

procedure::Kind quay() {
  return {"quay",
          "cranes that discharge and load ships box by box",
          {"work_cargo", "discharge", "load"},
          check,
          [] { return std::unique_ptr<Behaviour>(std::make_unique<Quay>()); },
          {{"work_cargo", "service"}, {"load", "service"}}};
}

}  // namespace portflow::facility
