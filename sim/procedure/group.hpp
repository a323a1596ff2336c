/// \file group.hpp
/// An entity with its members and theirs, while a source prepares them for their birth.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/time.hpp"
#include "flow/entity.hpp"

namespace portflow::procedure {

/// Who is there, and whose members are still to be made. Used again when all are born, so that
/// births cost no allocation but that of the entities.
struct Group {
  struct Open {
    flow::Ref<flow::Entity> entity;
    std::size_t first{0};   ///< where its counts stand
    std::size_t role{0};    ///< the next to be made: its role
    std::uint32_t made{0};  ///< and how many there are of it
  };
  std::vector<flow::Ref<flow::Entity>> all;
  std::vector<Open> open;             ///< from the outermost group inwards
  std::vector<std::uint32_t> counts;  ///< of their members, by member role
  std::size_t sent{0};                ///< how many of `all` have sent their first tokens
  std::uint32_t source{0};
  SimTime created{}, due{};
};

}  // namespace portflow::procedure
