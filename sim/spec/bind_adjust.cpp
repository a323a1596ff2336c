#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
#include "spec/binders.hpp"

namespace portflow::spec {
namespace {

/// What one step may do to a parameter at a time, and how far all of them together.
constexpr Number factor = share(0, 10).positive();
constexpr Number units = plain(-1e6, 1e6);

/// `text` cut at its dots; a place or a resource has none in its name.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == '.') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  return words;
}

/// `parameters.failure` or `facilities.sites.resources.bay.servers`.
void read_target(const Node& node, const Spot& spot, Adjust& out) {
  if (!check_kind(node, Node::Kind::scalar, spot)) return;
  const auto words = words_of(node.text);
  if (words.size() == 2 && words[0] == "parameters") {
    const auto& known = spot.notes().parameters;
    if (std::ranges::find(known, words[1]) == known.end()) {
      return spot.complain(
          node.place, fmt::format("no parameter `{}`{}", words[1], did_you_mean(words[1], known)));
    }
    out.parameter = words[1];
    return;
  }
  if (words.size() == 5 && words[0] == "facilities" && words[2] == "resources" &&
      words[4] == "servers") {
    out.facility = words[1];
    out.resource = words[3];
    spot.mention(Mention::What::adjusted, out.facility, node.place, {out.resource});
    return;
  }
  spot.complain(node.place, fmt::format("`{}` cannot be adjusted; write `parameters.NAME` or "
                                        "`facilities.NAME.resources.NAME.servers`",
                                        node.text));
}

void read_adjust(Node& node, const Spot& spot, Adjust& out) {
  out.place = node.place;
  Fields fields{node, spot};
  fields.required("on", out, read_target);
  if (!out.facility.empty()) {
    fields.required("add", out.add, read::number(units));
    fields.optional("at_least", out.at_least, read::number(plain(0, 1e6)));
    fields.optional("at_most", out.at_most, read::number(plain(0, 1e6)));
    if (out.add != static_cast<double>(static_cast<std::int64_t>(out.add))) {
      spot.complain(node.place, "adds a part of a unit; units come and go whole");
    }
  } else if (out.parameter.empty()) {
    return;  // what may be said of it depends on what it is
  } else {
    fields.required("scale", out.scale, read::number(factor));
    fields.optional("at_least", out.at_least, read::number(share(0, 1)));
    fields.optional("at_most", out.at_most, read::number(share(1, 1e3)));
  }
  fields.done();
  if (out.at_least && out.at_most && *out.at_least > *out.at_most) {
    spot.complain(node.place, "`at_least` is more than `at_most`");
  }
}

}  // namespace

void read_adjusts(Node& node, const Spot& spot, std::vector<Adjust>& out) {
  each_item(node, spot,
            [&](Node& item, const Spot& at) { read_adjust(item, at, out.emplace_back()); });
}

}  // namespace portflow::spec
