/// \file processors.hpp
/// Which processor a thread is on, and how to get it away from another's.
///
/// Some systems put a new thread, or one that wakes, on the processor of whoever made or woke it,
/// and leave both there for ten milliseconds while other processors idle.
#pragma once

namespace portflow::kernel {

/// The processor that the caller is on; -1 where the system does not tell.
[[nodiscard]] int processor() noexcept;

/// Moves the caller to the `steps`-th processor after `from`, round and round those that it may
/// use. From there the system may move it on as it likes: what it may use stays as it was. Does
/// nothing where it may use only one, or not `from`, or where the system does not allow it.
void move_away(int from, unsigned steps) noexcept;

}  // namespace portflow::kernel
