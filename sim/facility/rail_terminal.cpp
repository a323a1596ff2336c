// A rail terminal: boxes wait by destination, trains take them by timetable.
//
//   load_train  (train)  needs its cranes; they lift waiting boxes of its `destination` until
//               its `capacity` (TEU) is reached. The train leaves when it is due and full
//               enough, or when it was held for long enough.
//   board       (box)    ends when its train leaves; reads `destination` and `teu`
//
// settings: lift_takes, one lift of one crane; hold {share, at_most}: a train leaves when due
// if that share of its capacity is taken, else up to at_most later; cranes, the resource that lifts
// (`crane`).
#include <deque>
#include <map>
#include <vector>

#include "core/hash.hpp"
#include "core/quantity.hpp"
#include "procedure/kind.hpp"
#include "spec/fields.hpp"

namespace portflow::facility {
namespace {

using procedure::Behaviour;
using procedure::Hands;
using procedure::Job;

struct Settings {
  std::string cranes{"crane"};
  Distribution lift_takes{Distribution::constant(150e3)};
  double hold_share{0};
  Duration hold_at_most{};

  static Settings read(const spec::Facility& facility, Errors* errors = nullptr) {
    Settings out;
    spec::Notes notes;
    spec::Node node = facility.settings;
    const spec::Spot spot{notes, "facilities." + facility.name + ".settings"};
    spec::Fields fields{node, spot};
    fields.required("lift_takes", out.lift_takes, spec::read::takes(spec::duration()));
    if (spec::Node* hold = fields.take("hold")) {
      spec::Fields inner{*hold, spot / "hold"};
      inner.required("share", out.hold_share, spec::read::number(spec::share()));
      inner.required("at_most", out.hold_at_most, spec::read::number(spec::duration()));
      inner.done();
    }
    fields.optional("cranes", out.cranes, spec::read::WordReader{spec::resource_names(facility)});
    fields.done();
    if (errors != nullptr) *errors = notes.errors;
    return out;
  }
};

enum Verb : std::uint16_t { load_train, board };
enum Tag : std::uint32_t { lifted, due };
constexpr Point lift_point{hash_of("rail_terminal.lift")};

/// A waiting box keeps its volume where it waits.
QuarterTeu volume_of(const Job& box) {
  return {box.aux};
}

struct Train {
  Job* job{nullptr};
  std::uint64_t destination{0};
  QuarterTeu room, capacity;
  int idle{0}, lifting{0};
  bool closed{false};
  std::vector<Job*> aboard;
};

class RailTerminal final : public Behaviour {
 public:
  void configure(Hands& hands) override { settings_ = Settings::read(hands.facility()); }

  void start(Job& job, std::uint16_t verb, Hands& hands) override {
    std::uint64_t destination = 0;
    (void)hands.category(*job.entity, "destination", destination);
    if (verb == board) {
      double teu = 1;
      (void)hands.attribute(*job.entity, "teu", teu);
      job.aux = whole_quarters(teu).count;
      waiting_[destination].push_back(&job);
      for (auto& [id, train] : trains_) {
        if (train.destination == destination && !train.closed) lift(train, hands);
      }
      return;
    }
    Train& train = trains_[job.entity->id];
    train.job = &job;
    train.destination = destination;
    double teu = 1e9;
    (void)hands.attribute(*job.entity, "capacity", teu);
    train.capacity = whole_quarters(teu);
    train.room = train.capacity;
    const double cranes = hands.units(job, settings_.cranes);
    train.idle = cranes >= 1 ? static_cast<int>(cranes) : 1;
    for (const Duration wait : {Duration::zero(), settings_.hold_at_most}) {
      const Duration until = job.entity->due + wait - hands.now();
      hands.timer(std::max(until, Duration{1}), due, &job);
      if (settings_.hold_at_most == Duration::zero()) break;
    }
    lift(train, hands);
  }

  void timer(std::uint32_t tag, Job* job, Hands& hands) override {
    if (tag == due) {
      // The second bell may ring for a train that has left on the first.
      for (auto& [id, train] : trains_) {
        if (train.job == job) {
          try_to_leave(train, hands);
          return;
        }
      }
      return;
    }
    Train& train = trains_.at(job->peer->entity->id);
    hands.spend(*job, Cause::working, hands.now());
    train.aboard.push_back(job);
    --train.lifting;
    ++train.idle;
    if (!train.closed) lift(train, hands);
    if (hands.now() >= train.job->entity->due) try_to_leave(train, hands);
  }

 private:
  void lift(Train& train, Hands& hands) {
    auto& queue = waiting_[train.destination];
    while (train.idle > 0 && !queue.empty() && volume_of(*queue.front()) <= train.room) {
      Job& box = *queue.front();
      queue.pop_front();
      train.room -= volume_of(box);
      --train.idle;
      ++train.lifting;
      hands.spend(box, Cause::not_due, std::max(box.spent, train.job->start));
      hands.spend(box, Cause::behind, hands.now());
      box.peer = train.job;
      const double ms = settings_.lift_takes.at(hands.luck(*box.entity, lift_point));
      hands.timer(Duration{std::max<std::int64_t>(1, static_cast<std::int64_t>(ms))}, lifted, &box);
    }
  }

  void try_to_leave(Train& train, Hands& hands) {
    const SimTime departure = train.job->entity->due;
    const bool full_enough = (train.capacity - train.room) / train.capacity >= settings_.hold_share;
    if (!full_enough && hands.now() < departure + settings_.hold_at_most) return;
    train.closed = true;
    if (train.lifting > 0) return;
    for (Job* box : train.aboard) {
      hands.spend(*box, Cause::not_due, std::max(box->spent, std::min(departure, hands.now())));
      hands.spend(*box, Cause::batch, hands.now());
      hands.finish(*box);
    }
    Job& job = *train.job;
    hands.spend(job, Cause::working, std::min(departure, hands.now()));
    hands.spend(job, Cause::batch, hands.now());
    trains_.erase(job.entity->id);
    hands.finish(job);
  }

  Settings settings_;
  std::map<flow::EntityId, Train> trains_;
  std::map<std::uint64_t, std::deque<Job*>> waiting_;
};

Errors check(const spec::Facility& facility) {
  Errors errors;
  (void)Settings::read(facility, &errors);
  return errors;
}

}  // namespace

procedure::Kind rail_terminal() {
  return {"rail_terminal",
          "boxes wait by destination, trains take them by timetable",
          {"load_train", "board"},
          check,
          [] { return std::unique_ptr<Behaviour>(std::make_unique<RailTerminal>()); },
          {{"load_train", "destination"},
           {"load_train", "capacity", Dimension::volume},
           {"board", "destination"},
           {"board", "teu", Dimension::volume}}};
}

}  // namespace portflow::facility
