#include "facility/catalogue.hpp"

#include <array>

namespace portflow::facility {

procedure::Kind station();
procedure::Kind quay();
procedure::Kind rail_terminal();
procedure::Kind hall();

procedure::Kinds kinds() {
  static const std::array all{station(), quay(), rail_terminal(), hall()};
  return all;
}

}  // namespace portflow::facility
