#include "run/inspect.hpp"

#include "io/read.hpp"
#include "policy/compile.hpp"
#include "run/measures.hpp"
#include "run/run.hpp"
#include "run/shown.hpp"

namespace portflow::run {
namespace {

Result<Inspected> inspect_measure(spec::Node root, const std::string& path) {
  const auto measure = policy::bind_measure(std::move(root), path);
  if (!measure) return tl::unexpected(measure.error());
  if (auto shown = check_where_shown(*measure); !shown) return tl::unexpected(shown.error());
  Inspected result{Inspected::Kind::measure, measure->id, 0, {}, {}};
  for (const policy::Part& part : measure->parts) result.size += part.effects.size();
  return result;
}

Result<Inspected> inspect_package(const std::string& path) {
  const auto measures = read_package(path);
  if (!measures) return tl::unexpected(measures.error());
  return Inspected{Inspected::Kind::package, path, measures->size(), {}, {}};
}

Result<Inspected> inspect_scenario(const std::string& path) {
  Request request;
  request.scenario = path;
  const auto prepared = prepare(request);
  if (!prepared) return tl::unexpected(prepared.error());
  return Inspected{Inspected::Kind::scenario, (*prepared)->scenario().name,
                   (*prepared)->disturbances().size(), (*prepared)->evidence(),
                   (*prepared)->warnings()};
}

}  // namespace

Result<Inspected> inspect(const std::string& path) {
  auto loaded = io::load(path);
  if (!loaded) return tl::unexpected(loaded.error());
  const spec::Node& root = loaded->root;
  if (root.find("effects") != nullptr || root.find("parts") != nullptr) {
    return inspect_measure(std::move(loaded->root), path);
  }
  if (root.find("measures") != nullptr) return inspect_package(path);
  return inspect_scenario(path);
}

}  // namespace portflow::run
