/// \file error.hpp
/// Errors as values: what was wrong, where, and how to mend it; all of them at once.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace portflow {

/// A place in an input file; line and column count from 1, 0 means the whole file.
struct Place {
  std::string file;
  int line{0};
  int column{0};
  friend auto operator<=>(const Place&, const Place&) = default;
};

/// One complaint about the input.
struct Error {
  Place place;
  std::string path;     ///< where in the document: `facilities.gate.resources.lane.servers`
  std::string message;  ///< what is wrong and the nearest right word, in one sentence

  /// `file:line:column: path: message`.
  [[nodiscard]] std::string text() const;
};

using Errors = std::vector<Error>;

/// The kinds of failure that a command turns into its exit code.
enum class Failure : std::uint8_t { bug = 1, input = 2, deadlock = 3, limit = 4, disk = 5 };

/// Why a whole operation failed.
struct Fault {
  Failure kind{Failure::input};
  Errors errors;
};

template <class T>
using Result = tl::expected<T, Fault>;

[[nodiscard]] inline tl::unexpected<Fault> refuse(Errors errors) {
  return tl::unexpected<Fault>({Failure::input, std::move(errors)});
}

[[nodiscard]] inline tl::unexpected<Fault> fail(Failure kind, std::string message,
                                                Place place = {}) {
  return tl::unexpected<Fault>({kind, {{std::move(place), {}, std::move(message)}}});
}

/// A bug of ours, thrown by PORTFLOW_ASSERT and caught at the window's edge.
class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

}  // namespace portflow
