#include "policy/ramps.hpp"

namespace portflow::policy {

using spec::Node;

void start_ramps(Node& value, SimTime start) {
  if (Node* ramp = value.find("ramp"); ramp != nullptr && ramp->is_map() && !ramp->find("start")) {
    ramp->entries.push_back({"start", ramp->place, Node::scalar(to_text(start), ramp->place)});
  }
  for (auto& entry : value.entries) start_ramps(entry.value, start);
  for (auto& item : value.items) start_ramps(item, start);
}

}  // namespace portflow::policy
