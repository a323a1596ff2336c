#include "spec/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/words.hpp"

namespace portflow::spec {
namespace {

std::string_view words_for(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::scalar:
      return "one word or number";
    case Node::Kind::map:
      return "a map";
    case Node::Kind::list:
      return "a list";
  }
  return "";
}

}  // namespace

bool check_kind(const Node& node, Node::Kind kind, const Spot& spot) {
  if (!node.learns.empty()) {
    spot.complain(node.place,
                  fmt::format("`${}` is adjusted by a step; only numbers that steps and attributes "
                              "read can follow it: chances, shares, priorities, amounts",
                              node.learns));
    return false;
  }
  if (node.kind == kind) return true;
  if (node.kind == Node::Kind::null) {
    spot.complain(node.place, fmt::format("has no value; expected {}", words_for(kind)));
  } else {
    spot.complain(node.place,
                  fmt::format("expected {}, not {}", words_for(kind), words_for(node.kind)));
  }
  return false;
}

bool check_names(const Node& node, const Spot& spot) {
  if (!check_kind(node, Node::Kind::map, spot)) return false;
  for (const auto& entry : node.entries) {
    if (!is_name(entry.key)) {
      spot.complain(entry.place, fmt::format("`{}` cannot be a name: letters, digits, `_` and `-` "
                                             "only, and no digit first",
                                             entry.key));
    }
  }
  return true;
}

Node empty_list() {
  Node node;
  node.kind = Node::Kind::list;
  return node;
}

Node empty_map() {
  Node node;
  node.kind = Node::Kind::map;
  return node;
}

Fields::Fields(Node& node, Spot spot) : node_{node}, spot_{std::move(spot)} {
  check_kind(node, Node::Kind::map, spot_);
}

Node* Fields::take(std::string_view key) {
  known_.emplace_back(key);
  return node_.find(key);
}

void Fields::not_yet(std::string_view key, std::string_view instead) {
  later_.emplace_back(key);
  for (const auto& entry : node_.entries) {
    if (entry.key != key) continue;
    spot_.complain(entry.place,
                   fmt::format("`{}` is a word of the language, but it is not simulated yet{}{}",
                               key, instead.empty() ? "" : ": ", instead));
  }
}

void Fields::miss(std::string_view key) {
  if (node_.is_map()) missed_.emplace_back(key);
}

Node* Fields::fill(std::string_view key, Node value) {
  if (Node* node = take(key)) return node;
  if (!node_.is_map()) return nullptr;
  value.place = node_.place;
  value.defaulted = true;
  node_.entries.push_back({std::string{key}, node_.place, std::move(value)});
  return &node_.entries.back().value;
}

void Fields::done() const {
  auto allowed = known_;
  auto missed = missed_;
  std::ranges::sort(allowed);
  for (const auto& entry : node_.entries) {
    if (std::ranges::find(known_, entry.key) != known_.end()) continue;
    if (std::ranges::find(later_, entry.key) != later_.end()) continue;
    std::erase(missed, nearest(entry.key, allowed));
    spot_.complain(entry.place, fmt::format("unknown key `{}`{} (allowed: {})", entry.key,
                                            did_you_mean(entry.key, allowed), listed(allowed)));
  }
  for (const auto& key : missed) spot_.complain(node_.place, fmt::format("`{}` is missing", key));
}

namespace read {

void text(const Node& node, const Spot& spot, std::string& out) {
  if (check_kind(node, Node::Kind::scalar, spot)) out = node.text;
}

void name(const Node& node, const Spot& spot, std::string& out) {
  if (!check_kind(node, Node::Kind::scalar, spot)) return;
  if (is_name(node.text)) {
    out = node.text;
  } else {
    spot.complain(node.place, fmt::format("`{}` is not a name", node.text));
  }
}

void names(const Node& node, const Spot& spot, std::vector<std::string>& out) {
  out.clear();
  const auto add = [&](const Node& item, const Spot& at) {
    std::string word;
    name(item, at, word);
    if (word.empty()) return;
    if (std::ranges::find(out, word) != out.end()) {
      at.complain(item.place, fmt::format("`{}` stands here twice", word));
    } else {
      out.push_back(word);
    }
  };
  if (!node.is_list()) return add(node, spot);
  for (std::size_t i = 0; i < node.items.size(); ++i) add(node.items[i], spot.item(i));
}

void flag(const Node& node, const Spot& spot, bool& out) {
  if (!check_kind(node, Node::Kind::scalar, spot)) return;
  if (node.text != "true" && node.text != "false") {
    return spot.complain(node.place, fmt::format("`{}` is neither `true` nor `false`", node.text));
  }
  out = node.text == "true";
}

void date(const Node& node, const Spot& spot, SimTime& out) {
  if (!check_kind(node, Node::Kind::scalar, spot)) return;
  const auto at = parse_time(node.text);
  if (at) {
    out = *at;
  } else {
    spot.complain(node.place, fmt::format("`{}` is not a date; write `2024-06-01` or "
                                          "`2024-06-01 08:30`",
                                          node.text));
  }
}

void label(Node& node, const Spot& spot, Label& out) {
  if (!node.is_map()) {
    text(node, spot, out.zh);
    out.en = out.zh;
    return;
  }
  Fields fields{node, spot};
  const bool zh = fields.optional("zh", out.zh, text);
  const bool en = fields.optional("en", out.en, text);
  if (!zh) out.zh = out.en;
  if (!en) out.en = out.zh;
  if (!zh && !en) fields.miss("en");
  fields.done();
}

void condition(const Node& node, const Spot& spot, Condition& out) {
  if (!check_kind(node, Node::Kind::scalar, spot)) return;
  auto parsed = Condition::parse(node.text);
  if (!parsed) return spot.complain(node.place, parsed.error());
  out = std::move(*parsed);
  spot.mention(Mention::What::condition, node.text, node.place);
}

void NumberReader::operator()(const Node& node, const Spot& spot, double& out) const {
  if (!check_kind(node, Node::Kind::scalar, spot)) return;
  const auto value = read_number(node.text, number);
  if (value) {
    out = *value;
  } else {
    spot.complain(node.place, value.error());
  }
}

void NumberReader::operator()(const Node& node, const Spot& spot, Duration& out) const {
  auto value = static_cast<double>(out.count());
  (*this)(node, spot, value);
  // Half a millisecond is far below what anybody measures.
  out = Duration{std::llround(value)};
}

void WordReader::operator()(const Node& node, const Spot& spot, std::string& out) const {
  if (!check_kind(node, Node::Kind::scalar, spot)) return;
  if (std::ranges::find(words, node.text) != words.end()) {
    out = node.text;
    return;
  }
  spot.complain(node.place, fmt::format("unknown word `{}`{} (allowed: {})", node.text,
                                        did_you_mean(node.text, words), listed(words)));
}

void MentionReader::operator()(const Node& node, const Spot& spot, std::string& out) const {
  name(node, spot, out);
  if (!out.empty()) spot.mention(what, out, node.place);
}

void MentionReader::operator()(const Node& node, const Spot& spot,
                               std::vector<std::string>& out) const {
  names(node, spot, out);
  if (node.is_list()) {
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      if (is_name(node.items[i].text))
        spot.item(i).mention(what, node.items[i].text, node.items[i].place);
    }
  } else if (!out.empty()) {
    spot.mention(what, out.front(), node.place);
  }
}

}  // namespace read
}  // namespace portflow::spec
