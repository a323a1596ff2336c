/// \file large_room.hpp
/// Two megabytes of memory at a time, on one page where the system has such pages.
///
/// Where millions of events are pending, each is met on a page of its own; with pages of 4 kB
/// looking up where they are then takes longer than reading them.
#pragma once

#include <cstddef>
#include <utility>

namespace portflow::kernel {

class LargeRoom {
 public:
  static constexpr std::size_t bytes = std::size_t{1} << 21;

  /// \param whole  all of it will be used: worth a page of its own
  explicit LargeRoom(bool whole);
  LargeRoom(LargeRoom&& other) noexcept : begin_{std::exchange(other.begin_, nullptr)} {}
  LargeRoom& operator=(LargeRoom&&) = delete;
  ~LargeRoom();

  [[nodiscard]] void* begin() const noexcept { return begin_; }

 private:
  void* begin_;
};

}  // namespace portflow::kernel
