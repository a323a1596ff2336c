// From step to step: what a token passes by, and who is told at the end of the way.
#include "procedure/walk.hpp"

#include <cmath>
#include <limits>

#include "core/assert.hpp"
#include "core/math.hpp"
#include "core/quantity.hpp"
#include "procedure/site.hpp"

namespace portflow::procedure {

struct Site::Onward {
  Site& site;
  const Stand& stand;

  [[nodiscard]] bool performed(StepIndex step) const {
    const Chance& when = stand.graph.numbers[site.epoch_][step]->when;
    return when.certain() || site.happens(when, *stand.entity, site.now_);
  }
  [[nodiscard]] StepIndex chosen(StepIndex step) const {
    const Choose& choose = *stand.graph.numbers[site.epoch_][step]->choose;
    return site.chosen(*stand.entity, stand.graph, choose, site.epoch_, site.now_);
  }
  void reach(StepIndex step, bool live) const { site.deliver(stand, step, live); }
  void pass(const Step& step, bool live) const {
    for (const Telling& telling : step.unborn) {
      site.tell_of(stand.entity, telling, Site::word_of_none(stand.entity, telling), stand.trail,
                   stand.place);
    }
    // A dead step sets no mark: who awaits it is told at the entity's end that it never comes.
    for (const std::uint16_t mark : {step.mark_start, step.mark_end}) {
      if (live && mark != none) site.set_mark(stand.entity, mark, true, stand.trail, stand.place);
    }
    for (const std::uint16_t hold : step.releases_at_start) site.release_hold(*stand.entity, hold);
    for (const std::uint16_t hold : step.releases_at_end) site.release_hold(*stand.entity, hold);
  }
  void end(bool live) const {
    site.ended(stand.entity, stand.graph, stand.trail, live, site.now_, stand.place);
  }
};

void Site::leave_step(const Stand& stand, StepIndex taken) {
  leave(stand.graph, stand.from, true, taken, Onward{*this, stand});
}

void Site::leave_unserved(const Stand& stand) {
  const Onward onward{*this, stand};
  onward.pass(stand.from, true);
  leave(stand.graph, stand.from, true, none, onward, true);
}

void Site::pass_join(const Stand& stand, StepIndex join, bool live) {
  pass_by(stand.graph, join, live, Onward{*this, stand});
}

/// Members of an entity that one of its steps creates: at once, where that step ends. Their first
/// tokens go from there, as those of a step would.
[[gnu::noinline]] void Site::bear(const Ref<Entity>& group, const Step& step, std::uint16_t place) {
  for (const std::uint16_t code : step.creates) {
    const std::uint32_t count = number_of(code, *group);
    for (std::uint32_t ordinal = 1; ordinal <= count; ++ordinal) {
      const Ref<Entity> entity = create(code, group, member_id(*group, model_.roles[code], ordinal),
                                        ordinal, now_, group->due);
      record_birth(*entity);
      const Graph& graph = model_.graph(*entity);
      const Ref<Trail> nothing_yet;
      for (const StepIndex root : graph.roots) {
        come(graph, root, true,
             Onward{*this, {entity, nothing_yet, graph, graph.steps[root], place}});
      }
    }
  }
}

bool Site::happens(const Chance& chance, Entity& entity, SimTime at,
                   std::uint32_t occurrence) const {
  if (chance.impossible || !holds(chance.condition, entity)) return false;
  if (!chance.has_chance) return true;
  return luck(entity, chance.point, occurrence) < chance.chance.of(entity, at, learning_);
}

StepIndex Site::chosen(Entity& entity, const Graph& graph, const Choose& choose,
                       std::uint16_t epoch, SimTime at) const {
  if (choose.kind == spec::Choose::Kind::attribute) {
    const auto code =
        static_cast<std::size_t>(entity.ancestor(choose.by.levels).attributes()[choose.by.index]);
    return choose.branch[code];
  }
  const bool by_chance = choose.kind == spec::Choose::Kind::chance;
  const double rate = by_chance ? 0 : choose.value_of_time.of(entity, at, learning_) / 3.6e6;
  std::size_t best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < choose.branch.size(); ++i) {
    double score = 0;
    if (by_chance) {
      // Exponential clocks, one per option: the first to ring wins with its share, and
      // raising one share moves entities only into it.
      const double share = choose.shares[i].of(entity, at, learning_);
      score = share > 0 ? -log_of(luck(entity, choose.points[i])) / share
                        : std::numeric_limits<double>::infinity();
    } else {
      score = choose.besides[i].of(entity, at, learning_);
      double under_way = 0;  // by the moves before, in the order of the steps
      for (const StepIndex step : choose.moves[i]) {
        const Travel& travel = graph.numbers[epoch][step]->move->of(entity);
        if (!travel.reachable) score = std::numeric_limits<double>::infinity();
        const double lasts = travel.journey.lasting(at + Duration{std::llround(under_way)});
        under_way += lasts;
        score += travel.journey.cost + rate * lasts;
      }
    }
    if (choose.kind == spec::Choose::Kind::logit) {
      // The same clocks, whose shares are exp(-cost / scale); as logarithms they cannot run over.
      score = score / choose.scale.of(entity, at, learning_) +
              log_of(-log_of(luck(entity, choose.points[i])));
    }
    if (score < least) {
      least = score;
      best = i;
    }
  }
  return choose.branch[best];
}

void Site::deliver(const Stand& stand, StepIndex to, bool live) {
  const Entity& entity = *stand.entity;
  const Step& target = stand.graph.steps[to];
  if (target.site == index_) {
    agenda_.add_token(stand.entity, to, live, live ? stand.trail : Ref<Trail>{});
    return;
  }
  Message message{Message::Kind::token};
  message.live = live;
  message.step = to;
  message.entity = stand.entity;
  Duration total{};
  if (live) {
    Cause cause{};
    total = hand_over(entity, stand.place, target.place, target.site, stand.from.hand_over_point,
                      cause);
    message.trail =
        extended(stand.trail, {now_, now_ + total, entity.id, 0, target.code, none, cause});
  } else {
    total = model_.hand_over(stand.place, target.place, entity.role).by_epoch[epoch_].least;
  }
  send_over(target.site, std::move(message), total);
}

Duration Site::hand_over(const Entity& entity, std::uint16_t from, std::uint16_t to,
                         std::uint16_t site, Point point, Cause& cause) const {
  const HandOver::Dated& over = model_.hand_over(from, to, entity.role).by_epoch[epoch_];
  cause = over.is_message ? Cause::message : Cause::travel;
  // const_cast: Draw::of reads attributes only, through the accessors of a mutable block.
  const double ms = over.takes.of(const_cast<Entity&>(entity)).at(luck(entity, point));
  return std::max(Duration{nearest_whole(ms)}, channels_[site].least);
}

void Site::send_over(std::uint16_t site, Message message, Duration total) {
  const Channel& channel = channels_[site];
  PORTFLOW_ASSERT(channel.there, info_.name + " has no channel to " + model_.sites[site].name);
  context_->send(channel.id, std::move(message), total - channel.least);
}

}  // namespace portflow::procedure
