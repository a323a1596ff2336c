/// \file agenda.hpp
/// What runs inside the present event, first in, first out.
///
/// Nearly every event puts one or two items here, so their places are used again. Whoever runs an
/// item moves out what it owns, before anything else is put in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "flow/entity.hpp"
#include "flow/trail.hpp"

namespace portflow::procedure {

struct Job;

class Agenda {
 public:
  enum class Kind : std::uint8_t { token, advance, begin, watch };
  struct Item {
    Kind kind{Kind::token};
    bool live{true};
    std::uint16_t index{0};  ///< a token: of its step; to watch: of the resource
    Job* job{nullptr};
    flow::Ref<flow::Entity> entity;
    flow::Ref<flow::Trail> trail;
  };

  /// A token that comes to a step.
  void add_token(flow::Ref<flow::Entity> entity, std::uint16_t step, bool live,
                 flow::Ref<flow::Trail> trail) {
    Item& item = add(Kind::token, step);
    item.live = live;
    item.entity = std::move(entity);
    item.trail = std::move(trail);
  }
  /// A job that goes on (advance), or whose needs are met (begin).
  void add_job(Kind kind, Job& job) { add(kind, 0).job = &job; }
  /// A resource whose queue has changed.
  void add_watch(std::uint16_t resource) { add(Kind::watch, resource); }

  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }

  /// The next item, null when all have run; stays where it is until something is added.
  [[nodiscard]] Item* next() noexcept {
    if (run_ < count_) return &items_[run_++];
    run_ = count_ = 0;
    return nullptr;
  }

 private:
  Item& add(Kind kind, std::uint16_t index) {
    if (count_ == items_.size()) grow();
    Item& item = items_[count_++];
    item.kind = kind;
    item.index = index;
    return item;
  }
  [[gnu::noinline]] void grow() { items_.resize(2 * items_.size() + 8); }

  std::vector<Item> items_;
  std::size_t count_{0};  ///< items that were put in
  std::size_t run_{0};    ///< and how many of them have run
};

}  // namespace portflow::procedure
