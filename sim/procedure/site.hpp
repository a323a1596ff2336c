/// \file site.hpp
/// The interpreter: one logical process that performs the steps of its facilities.
///
/// What happens to a token that leaves a step:
///
///     walk      dead and skipped steps are passed where the token stands (walk.hpp): marks become
///               void, holds are released; the next join, or step to be performed, is told
///     join      wait for the tokens of all predecessors; dead if all are dead
///     awaits    others' marks and times, one after the other
///     batch     until it is full or due
///     needs     all resources at once (resource.hpp has the rule of service)
///     perform   `takes` time, a move over the network, or a behaviour of the facility
///     repeat    from needs on, while the step says so
///     end       resources back, marks set and told, amounts booked, tokens to successors
///
/// Zero-time tokens run on a first-in agenda inside the event. Every instant between a token
/// and the end of its step goes into the trail with its cause, so that an entity's account
/// adds up by construction; complete() checks it.
#pragma once

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/fingerprint.hpp"
#include "core/random.hpp"
#include "flow/message.hpp"
#include "kernel/process.hpp"
#include "procedure/agenda.hpp"
#include "procedure/deadlock.hpp"
#include "procedure/graph.hpp"
#include "procedure/group.hpp"
#include "procedure/job.hpp"
#include "procedure/kind.hpp"
#include "procedure/outage_clock.hpp"
#include "procedure/quota.hpp"
#include "procedure/resource.hpp"
#include "trace/recorder.hpp"

namespace portflow::procedure {

using Context = kernel::Context<flow::Message>;
using flow::Entity;
using flow::Message;
using flow::Ref;
using flow::Trail;

class Site final : public kernel::Process<Message> {
 public:
  /// \param channels  channel to every other process, by index; meaningless where none is
  struct Channel {
    kernel::ChannelId id{};
    Duration least{};
    bool there{false};
  };
  Site(const Model& model, std::uint16_t index, const Draws& draws, trace::Recorder& recorder,
       Kinds kinds, bool record_paths);
  ~Site() override;

  void connect(std::uint16_t to, Channel channel) { channels_[to] = channel; }

  /// An event that must be in the calendar before the run starts.
  struct First {
    SimTime at;
    kernel::Rank rank;
    Message message;
  };
  [[nodiscard]] std::vector<First> first_events(SimTime run_start);

  void handle(Message& message, Context& context) override;

  /// Adds who waits here for what, and who does not wait. \pre no event is being handled.
  void stand_still(Standstill& out);
  /// The entity that a message of this process is about, if any.
  [[nodiscard]] static const Entity* concerned(const Message& message);

  [[nodiscard]] const Fingerprint& fingerprint() const noexcept { return fingerprint_; }

 private:
  friend class FacilityHands;

  struct Batch {
    std::vector<Job*> jobs;
    std::uint32_t serial{0};
  };
  struct Facility {
    std::unique_ptr<Behaviour> behaviour;
    std::unique_ptr<Hands> hands;
  };
  static constexpr std::size_t draws_ahead = 8;
  struct SourceState {
    SimTime last_due{};      ///< renewal: the latest due time; timetable: the latest slot
    std::uint32_t count{0};  ///< arrivals so far
    std::size_t slot{0};     ///< timetable: the next slot of the week
    SimTime week{};          ///< timetable: Monday 00:00 of the present week
    Quota quota{};           ///< timetable: which slots take place, where a year's are counted
    bool pending{false};     ///< an active arrival, due at `due`, waits to be prepared
    SimTime due{};
    std::uint16_t epoch{0};                   ///< renewal: whose numbers the gaps were drawn by
    std::size_t drawn{draws_ahead};           ///< how many of them have been used
    std::array<double, draws_ahead> gaps{};   ///< the next ones, ms
    Point foreseen{};                         ///< SourceInfo::first_service, once there are
    std::array<double, draws_ahead> lucks{};  ///< draws of it, of the entities that come with gaps
  };

  /// Where a token stands that looks for its next step: it has left `from` at facility `place`.
  /// Its way from here is one hand-over, by the luck of `from`, whatever it passes by.
  struct Stand {
    const Ref<Entity>& entity;
    const Ref<Trail>& trail;
    const Graph& graph;
    const Step& from;
    std::uint16_t place;
  };
  struct Onward;   ///< walks on from a Stand (walk.cpp)
  struct Ahead;    ///< walks before birth: what other processes must be told (birth.cpp)
  struct AtBirth;  ///< walks at birth: what is left to do at home (birth.cpp)

  // site.cpp: dispatch, tokens of steps that wait for nobody
  void handle_rarer(Message& message);
  void run_agenda();
  void token(Ref<Entity>&& entity, StepIndex index, bool live, Ref<Trail>&& trail);
  void enter(Ref<Entity>&& entity, const Graph& graph, StepIndex index, Ref<Trail>&& trail);
  [[nodiscard]] Job& new_job(Ref<Entity>&& entity, Ref<Trail>&& trail, const Graph& graph,
                             StepIndex index);
  void free_job(Job& job);
  [[nodiscard]] double luck(const Entity& entity, Point point, std::uint32_t occurrence = 0) const;
  void record_levels();

  // roster.cpp: how many units are in service
  void calendar(std::uint16_t resource, std::uint32_t version);
  void arrange_capacity(std::uint16_t resource);
  void change_parameters(std::uint32_t epoch);
  [[nodiscard]] std::vector<OutageClock>& weather_of(const spec::Calendar& calendar);
  [[nodiscard]] std::span<OutageClock> breakdowns_of(std::uint16_t resource, double units);

  // tokens.cpp: joins, awaits, batches
  void join(Ref<Entity> entity, const Graph& graph, StepIndex index, bool live, Ref<Trail> trail);
  void advance(Job& job);
  void told(Message& message);
  [[nodiscard]] static SimTime time_of(const Await& await, Entity& entity);
  void batch(Job& job);
  void close_batch(Batch& batch);

  // walk.cpp: from step to step
  [[nodiscard]] bool happens(const Chance& chance, Entity& entity, SimTime at,
                             std::uint32_t occurrence = 0) const;
  [[nodiscard]] StepIndex chosen(Entity& entity, const Graph& graph, const Choose& choose,
                                 std::uint16_t epoch, SimTime at) const;
  void leave_step(const Stand& stand, StepIndex taken);
  void leave_unserved(const Stand& stand);
  void bear(const Ref<Entity>& group, const Step& step, std::uint16_t place);
  void pass_join(const Stand& stand, StepIndex join, bool live);
  void deliver(const Stand& stand, StepIndex to, bool live);
  [[nodiscard]] Duration hand_over(const Entity& entity, std::uint16_t from, std::uint16_t to,
                                   std::uint16_t site, Point point, Cause& cause) const;
  void send_over(std::uint16_t site, Message message, Duration total);

  // service.cpp: resources
  void acquire(Job& job);
  void claim(Job& job, bool& contested, bool& enough);
  [[nodiscard]] Resource* blocker(const Job& job) const;
  void grant(Job& job, flow::EntityId holder);
  void block(Job& job, Resource& resource);
  void unblock(Job& job, flow::EntityId holder);
  void scan(Resource& resource, flow::EntityId holder);
  void give_back(Resource& resource, double units, flow::EntityId holder);
  void watch(Resource& resource);
  void begin(Job& job);
  void renew(Job& job) const;
  [[nodiscard]] Duration service_of(const Job& job) const;
  [[nodiscard]] Duration slowed(Duration service, const Slowdown& slowdown) const;
  void serve(Job& job, Duration service);
  void started(const Ref<Entity>& entity, const Step& step, const Ref<Trail>& trail);
  void started_together(const Job& leader);
  void spend(Job& job, Cause cause, SimTime to, std::uint32_t resource, flow::EntityId holder);

  // patience.cpp: waits that end without what was waited for
  void be_patient(Job& job);
  void give_up(Job& job);

  // interrupt.cpp: services that stop before their end
  void put_in_service(Resource& resource, double units, std::optional<Cause> shut);
  void interrupt(const Resource::Service& service, Resource& resource,
                 spec::Resource::Shortage how);
  void queue_again(Job& job);
  void go_on(Resource& resource);
  void preempt(Job& job, Resource& resource);
  [[nodiscard]] static double units_of(const Job& job, const Resource& resource);

  // finish.cpp: the end of steps and entities
  void end_service(Job& job);
  void finish(Job& job);
  void finish_followers(Job& leader, std::uint16_t resource);
  void depart(Job& job);
  [[nodiscard]] bool repeats(const Job& job) const;
  void again(Job& job);
  void account(const Ref<Entity>& entity, const Step& step, const Step& numbers, SimTime start,
               std::uint32_t round);
  void book(Entity& entity, const Step& numbers, std::uint32_t round);
  void conclude(const Ref<Entity>& entity, const Graph& graph, StepIndex index, const Step& numbers,
                const Ref<Trail>& trail, SimTime ready, SimTime start, std::uint16_t resource,
                std::uint32_t round);
  void release_hold(Entity& entity, std::uint16_t slot);
  void set_mark(const Ref<Entity>& entity, std::uint16_t mark, bool is_void,
                const Ref<Trail>& trail, std::uint16_t place);
  void tell(const Ref<Entity>& entity, const MarkInfo& mark, const Ref<Trail>& trail,
            std::uint16_t place);
  /// Sends what a mark's word, or that of members who will never be born, is to one who awaits it.
  void tell_of(const Ref<Entity>& entity, const Telling& telling, Message message,
               const Ref<Trail>& trail, std::uint16_t place);
  [[nodiscard]] static Message word_of(const Ref<Entity>& entity, const Telling& telling);
  /// That none of the members whose marks are awaited there will be born.
  [[nodiscard]] static Message word_of_none(const Ref<Entity>& group, const Telling& telling);
  void ended(const Ref<Entity>& entity, const Graph& graph, const Ref<Trail>& trail, bool live,
             SimTime end, std::uint16_t place);
  void complete(const Ref<Entity>& entity, const Ref<Trail>& trail, SimTime end,
                std::uint16_t place);

  // adjust.cpp: feedback from steps to parameters and resources
  void adjust(const Step& numbers);
  void add_units(std::uint16_t resource, const Units& units, SimTime from);

  // birth.cpp: sources
  void birth(std::uint32_t source);
  [[nodiscard]] SimTime next_due(const SourceInfo& info, const spec::Source& spec,
                                 SourceState& state, bool& takes_place) const;
  [[nodiscard]] double next_gap(const SourceInfo& info, const spec::Source& spec,
                                SourceState& state) const;
  void draw_ahead(const SourceInfo& info, const spec::Source& spec, SourceState& state) const;
  [[nodiscard]] SimTime next_slot(const SourceInfo& info, const spec::Source& spec,
                                  SourceState& state, double extra, bool& takes_place) const;
  void group_event(Message& message);
  void prepare_group(std::uint32_t source, const spec::Source& spec, SimTime due,
                     std::uint32_t ordinal);
  void prepare_members(Group& group);
  [[nodiscard]] Ref<Entity> create(std::uint16_t role, Ref<Entity> parent, std::uint64_t id,
                                   std::uint32_t ordinal, SimTime created, SimTime due) const;
  void draw_attributes(const Role& role, Entity& entity) const;
  void adopt(Entity& entity) const;
  void take_in(Ref<Entity> entity, Group& group) const;
  void open_group(const Ref<Entity>& entity, Group& group) const;
  /// Of the member number `ordinal` of a group, from 1: whatever bears it, and whenever.
  [[nodiscard]] static std::uint64_t member_id(const Entity& group, const Role& role,
                                               std::uint32_t ordinal);
  [[nodiscard]] std::uint32_t number_of(std::uint16_t members, Entity& group) const;
  void commence(Group& group);
  void record_birth(Entity& entity);
  void first_tokens(Ref<Entity>&& entity);
  void walk_first(const Ref<Entity>& entity, const Graph& graph);

  const Model& model_;
  const SiteInfo& info_;
  std::uint16_t index_;
  Draws draws_;
  trace::Recorder& recorder_;
  bool record_paths_;
  std::uint16_t epoch_{0};
  Fingerprint fingerprint_;

  Context* context_{nullptr};
  SimTime now_{};
  std::vector<Channel> channels_;
  std::vector<Resource> resources_;
  std::vector<std::uint32_t> calendar_versions_;
  std::vector<double> rostered_;   ///< by resource: units that roster and calendar give
  std::vector<AddedUnits> added_;  ///< by resource: units that steps have added
  Learning learning_;
  std::map<std::string, std::vector<OutageClock>> weather_;  ///< by calendar, of this epoch
  std::vector<std::vector<OutageClock>> breakdowns_;         ///< by resource: of each unit
  std::vector<Facility> facilities_;
  std::vector<Batch> batches_;
  std::vector<SourceState> sources_;  ///< by global source index; used where the site is home
  std::vector<std::unique_ptr<Group>> groups_;  ///< all that were ever needed at once
  std::vector<Group*> idle_groups_;
  Agenda agenda_;
  std::deque<Job> jobs_;
  Job* free_jobs_{nullptr};
  std::uint64_t order_{0};
};

inline void Site::give_back(Resource& resource, double units, flow::EntityId holder) {
  resource.give(units, now_, holder);
  if (resource.first() != nullptr) scan(resource, holder);
}

inline double Site::luck(const Entity& entity, Point point, std::uint32_t occurrence) const {
  return draws_.quantile(entity.id, point, occurrence);
}

/// \param resource  its code; in a whole word, since half a word that is put aside in memory and
///                  fetched as a whole one costs as much as the rest
inline void Site::spend(Job& job, Cause cause, SimTime to, std::uint32_t resource,
                        flow::EntityId holder) {
  flow::extend(job.trail, {job.spent, to, job.entity->id, holder, job.step->code,
                           static_cast<std::uint16_t>(resource), cause});
  job.spent = std::max(job.spent, to);
}

}  // namespace portflow::procedure
