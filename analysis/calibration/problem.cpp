#include "analysis/calibration/problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "analysis/calibration/overlay.hpp"
#include "io/read.hpp"
#include "run/published.hpp"
#include "spec/fields.hpp"
#include "spec/in_unit.hpp"
#include "spec/number.hpp"

namespace portflow::calibration {
namespace {

namespace fs = std::filesystem;
namespace read = spec::read;
using spec::check_kind;
using spec::Fields;
using spec::Node;
using spec::Spot;

/// What is looked up once the form of everything is known.
struct Drafts {
  struct Path {
    std::size_t parameter;
    std::string selector;
    Place place;
    std::string path;
    bool starts;  ///< a start is written
  };
  struct Row {
    std::size_t target;
    bool published;  ///< to be found among the scenario's figures
    bool wanted;     ///< a value is written beside it
    Place place;     ///< of its formula, or of the entry
    std::string path;
  };
  std::vector<Path> paths;
  std::vector<Row> rows;
  Node* targets{nullptr};
};

/// A file beside the one that names it.
std::string beside(const std::string& file, const std::string& named) {
  return (fs::path{file}.parent_path() / named).lexically_normal().string();
}

/// A number with a unit, as both bounds and the start of one parameter are written.
std::optional<double> bound_of(const Node& node, const Spot& spot,
                               std::optional<std::string>& unit) {
  if (!check_kind(node, Node::Kind::scalar, spot)) return std::nullopt;
  const auto split = spec::split_number(node.text);
  if (!split) {
    spot.complain(node.place, fmt::format("`{}` is not a number", node.text));
    return std::nullopt;
  }
  if (unit && *unit != split->unit) {
    spot.complain(node.place, fmt::format("`{}`: write bounds and start in one unit, `{}`",
                                          node.text, unit->empty() ? "1" : *unit));
    return std::nullopt;
  }
  unit = std::string{split->unit};
  return split->value;
}

void read_bounds(Node& node, const Spot& spot, Parameter& out, std::optional<std::string>& unit) {
  if (!check_kind(node, Node::Kind::list, spot)) return;
  if (node.items.size() != 2) {
    return spot.complain(node.place, "bounds are a list of two numbers: least and most");
  }
  const auto least = bound_of(node.items[0], spot.item(0), unit);
  const auto most = bound_of(node.items[1], spot.item(1), unit);
  if (!least || !most) return;
  out.least = *least;
  out.most = *most;
  if (*least >= *most) spot.complain(node.place, "the least is not below the most");
}

void read_parameter(Node& node, const Spot& spot, std::size_t index, Parameter& out,
                    Drafts& drafts) {
  if (node.provenance) out.note = node.provenance->note;
  Fields fields{node, spot};
  Node* set = fields.take("set");
  Node* scale = fields.take("scale");
  if (node.is_map() && (set == nullptr) == (scale == nullptr)) {
    spot.complain(node.place, "needs exactly one of `set` and `scale`, with the path of a number");
  } else if (Node* paths = set != nullptr ? set : scale; paths != nullptr) {
    out.scales = scale != nullptr;
    spec::each_item(*paths, spot / (out.scales ? "scale" : "set"), [&](Node& path, const Spot& at) {
      std::string text;
      read::text(path, at, text);
      if (text.empty()) return;
      out.path_text += (out.path_text.empty() ? "" : ", ") + text;
      drafts.paths.push_back({index, text, path.place, at.path(), node.find("start") != nullptr});
    });
  }
  fields.optional("whole", out.whole, read::flag);
  std::optional<std::string> unit;
  fields.required("bounds", out, [&](Node& bounds, const Spot& at, Parameter& to) {
    read_bounds(bounds, at, to, unit);
  });
  out.start = out.scales ? 1 : 0;
  fields.optional("start", out.start, [&](const Node& start, const Spot& at, double& to) {
    const auto value = bound_of(start, at, unit);
    if (!value) return;
    to = *value;
    if (out.least < out.most && (*value < out.least || *value > out.most)) {
      at.complain(start.place, "the start lies outside of the bounds");
    }
  });
  fields.done();
  out.unit = unit.value_or("");
  if (out.scales && !out.unit.empty()) {
    spot.complain(node.place, "a factor has no unit");
  }
}

void read_target(Node& node, const Spot& spot, std::size_t index, Target& out, Drafts& drafts) {
  spec::Published& row = out.row;
  Fields fields{node, spot};
  const Node* of = node.find("of");
  Drafts::Row draft{index, of == nullptr, node.find("wanted") != nullptr,
                    of != nullptr ? of->place : node.place,
                    of != nullptr ? (spot / "of").path() : spot.path()};
  row.title = {row.name, row.name};
  fields.optional("of", row.of, spec::read_formula);
  if (of != nullptr) {
    fields.required("unit", row.unit, read::text);
    const spec::InUnit number{row.unit};
    fields.required("wanted", row.value.emplace(), number);
    fields.required("tolerance", out.tolerance, number);
  } else {
    // Their unit is that of the published figure, which is not known yet.
    (void)fields.take("wanted");
    if (fields.take("tolerance") == nullptr) fields.miss("tolerance");
  }
  fields.done();
  if (of != nullptr && node.find("tolerance") != nullptr && !(out.tolerance > 0)) {
    spot.complain(node.place, "the tolerance is not above 0");
  }
  drafts.rows.push_back(std::move(draft));
}

void read_file(Node& root, const Spot& top, Problem& out, Drafts& drafts) {
  std::string version, scenario;
  Fields fields{root, top};
  fields.required("portflow", version, read::one_of({"1"}));
  fields.required("name", out.name, read::name);
  fields.required("scenario", scenario, read::text);
  if (!scenario.empty()) out.request.scenario = beside(out.file, scenario);
  fields.optional("horizon", out, [&](Node& node, const Spot& spot, Problem& to) {
    if (!check_kind(node, Node::Kind::map, spot)) return;
    to.request.settings.push_back("horizon=" + to_text(node));
  });
  const auto whole = [&](const char* key, std::uint32_t& to, double most) {
    double value = to;
    fields.optional(key, value, read::number(spec::count(1, most)));
    to = static_cast<std::uint32_t>(value);
  };
  whole("replications", out.replications, 1000);
  whole("evaluations", out.evaluations, 100'000);
  const bool chosen =
      fields.optional("method", out.method, read::one_of({"bobyqa", "subplex", "nelder_mead"}));
  fields.required("parameters", out, [&](Node& node, const Spot& spot, Problem& to) {
    spec::each_entry(node, spot, [&](const std::string& name, Node& entry, const Spot& at) {
      Parameter& one = to.parameters.emplace_back();
      one.name = name;
      read_parameter(entry, at, to.parameters.size() - 1, one, drafts);
    });
  });
  fields.required("targets", out, [&](Node& node, const Spot& spot, Problem& to) {
    drafts.targets = &node;
    spec::each_entry(node, spot, [&](const std::string& name, Node& entry, const Spot& at) {
      Target& one = to.targets.emplace_back();
      one.row.name = name;
      read_target(entry, at, to.targets.size() - 1, one, drafts);
    });
  });
  fields.optional("overlay", out, [&](Node& node, const Spot& spot, Problem& to) {
    std::string file, extends;
    Fields overlay{node, spot};
    overlay.required("file", file, read::text);
    overlay.required("extends", extends, read::text);
    overlay.done();
    to.overlay = beside(to.file, file);
    to.extends = beside(to.file, extends);
  });
  fields.done();
  if (out.parameters.size() == 1) {
    if (chosen && out.method == Method::bobyqa) {
      (top / "method")
          .complain(root.find("method")->place,
                    "`bobyqa` needs two parameters or more; use `subplex`");
    }
    out.method = Method::subplex;
  }
}

/// The fields that a parameter turns, and its start where none is written.
void look_up(Problem& problem, const Drafts::Path& draft, const Spot& top) {
  Parameter& parameter = problem.parameters[draft.parameter];
  const auto refuse = [&](std::string message) {
    top.notes().errors.push_back({draft.place, draft.path, std::move(message)});
  };
  const auto segments = policy::split_selector(draft.selector);
  if (!segments) return refuse(segments.error());
  auto paths = policy::select(problem.scenario, *segments);
  if (!paths) return refuse(paths.error());
  for (const policy::Path& path : *paths) {
    parameter.paths.push_back(path);
    const Node& node = *policy::at(problem.scenario, path);
    if (std::string why = refuse_field(problem.scenario, path, parameter); !why.empty()) {
      return refuse(std::move(why));
    }
    if (parameter.scales || draft.starts) continue;
    const auto split = *spec::split_number(node.text);
    const auto from = find_unit(split.unit);
    const auto to = find_unit(parameter.unit);
    parameter.start = from && to && split.unit != parameter.unit
                          ? split.value * from->factor / to->factor
                          : split.value;
    if (parameter.start < parameter.least || parameter.start > parameter.most) {
      return refuse(fmt::format("is {} ({}:{}), which lies outside of the bounds; give a `start`",
                                node.text, node.place.file, node.place.line));
    }
  }
}

/// The published figure of a target's name.
void look_up(Problem& problem, const Drafts& drafts, const Drafts::Row& draft,
             const spec::Scenario& scenario, const Spot& top) {
  Target& target = problem.targets[draft.target];
  const Spot spot = top / "targets" / target.row.name;
  std::vector<std::string> names;
  for (const spec::Published& one : scenario.published) names.push_back(one.name);
  const auto found = std::ranges::find(scenario.published, target.row.name, &spec::Published::name);
  if (found == scenario.published.end()) {
    return spot.complain(draft.place,
                         fmt::format("the scenario publishes no `{}`{} (a figure of your own has "
                                     "`of`, `unit` and `wanted`)",
                                     target.row.name, spec::did_you_mean(target.row.name, names)));
  }
  if (found->how == spec::Published::How::absent) {
    return spot.complain(draft.place, fmt::format("`{}` is not modelled ({}:{})", found->name,
                                                  found->place.file, found->place.line));
  }
  target.row = *found;
  if (found->held_out) {
    return spot.complain(draft.place,
                         fmt::format("`{}` is held out: nothing may be tuned to it ({}:{})",
                                     found->name, found->place.file, found->place.line));
  }
  const spec::InUnit number{found->unit};
  const Node* entry = drafts.targets->find(target.row.name);
  if (const Node* wanted = entry->find("wanted")) {
    number(*wanted, spot / "wanted", target.row.value.emplace());
  } else if (!found->value) {
    spot.complain(
        draft.place,
        fmt::format("`{}` is published as a range only; say what is `wanted`", found->name));
  }
  const auto before = top.notes().errors.size();
  number(*entry->find("tolerance"), spot / "tolerance", target.tolerance);
  if (top.notes().errors.size() == before && !(target.tolerance > 0))
    spot.complain(draft.place, "the tolerance is not above 0");
}

}  // namespace

std::string Parameter::text_of(double value) const {
  const std::string number = fmt::format("{:.6g}", whole ? std::round(value) : value);
  return unit.empty() ? number : number + " " + unit;
}

Result<Problem> read_problem(const std::string& file) {
  auto loaded = io::load(file);
  if (!loaded) return tl::unexpected(loaded.error());
  Problem problem;
  problem.file = file;
  spec::Notes notes;
  const Spot top{notes};
  Drafts drafts;
  read_file(loaded->root, top, problem, drafts);
  const auto all = [&notes] {
    std::ranges::stable_sort(notes.errors, {}, &Error::place);
    return refuse(std::move(notes.errors));
  };
  if (problem.request.scenario.empty()) return all();
  auto scenario = io::load(problem.request.scenario);
  const auto prepared = run::prepare(problem.request);
  if (!scenario || !prepared) {
    const Errors& more = (scenario ? prepared.error() : scenario.error()).errors;
    notes.errors.insert(notes.errors.end(), more.begin(), more.end());
    return all();
  }
  problem.scenario = std::move(scenario->root);
  for (const Drafts::Path& draft : drafts.paths) look_up(problem, draft, top);
  const auto known = run::readable_in((*prepared)->schema(0));
  if (!known) return tl::unexpected(known.error());
  for (const Drafts::Row& draft : drafts.rows) {
    const spec::Published& row = problem.targets[draft.target].row;
    if (draft.published && drafts.targets->find(row.name)->find("tolerance") != nullptr) {
      look_up(problem, drafts, draft, (*prepared)->scenario(), top);
    } else if (!draft.published && !row.of.terms().empty()) {
      run::check_formula(row.of, row.unit, *known, draft.place, draft.path, notes.errors);
    }
  }
  if (!notes.errors.empty()) return all();
  return problem;
}

}  // namespace portflow::calibration
