/// \file cases.hpp
/// `{by: attribute, case: value, ...}`, shared by numbers, distributions and choices, and
/// `{if: condition, then: value, else: value}`.
#pragma once

#include <string>
#include <vector>

#include "spec/fields.hpp"
#include "spec/node.hpp"
#include "spec/spot.hpp"

namespace portflow::spec {

/// One case; `yes` and `no` of a chance are called `true` and `false`.
struct Case {
  std::string name;
  Node& node;
  Spot spot;
};

/// The cases of a map that has the key `by`; complains where no attribute may be read.
[[nodiscard]] std::vector<Case> read_cases(Node& node, const Spot& spot, std::string& by);

/// Whether `node` goes by a condition; complains where none may be read.
[[nodiscard]] bool reads_condition(const Node& node, const Spot& spot);

/// Both sides of a condition, by the reader of the whole.
template <class Value, class Read>
void read_sides(Node& node, const Spot& spot, Value& out, const Read& read) {
  Fields fields{node, spot};
  out.sides.resize(2);
  fields.required("if", out.when, read::condition);
  fields.required("then", out.sides[0], read);
  fields.required("else", out.sides[1], read);
  fields.done();
}

}  // namespace portflow::spec
