#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

#include "core/words.hpp"
#include "io/read.hpp"
#include "spec/spot.hpp"

namespace portflow::io {
namespace {

using spec::Confidence;
using spec::Node;

/// The part of YAML that scenarios use, as a tree; every event of the parser adds one node.
class Builder : public YAML::EventHandler {
 public:
  explicit Builder(const std::string& name) : name_{name} { root.place = {name, 1, 1}; }

  Node root;
  Errors errors;

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) complain(place(mark), "a second document (`---`); write one per file");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { add(mark, Node{}, true); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    complain(place(mark),
             "aliases (`*name`) are not part of the language; write the value out, or "
             "name it under `parameters` and quote it as `$name`");
    add(mark, Node::scalar({}), false);
  }

  void OnAnchor(const YAML::Mark& mark, const std::string& anchor) override {
    complain(place(mark),
             fmt::format("anchors (`&{}`) are not part of the language; name the value "
                         "under `parameters` and quote it as `$name`",
                         anchor));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    check_tag(mark, tag);
    add(mark, Node::scalar(value), true);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    check_tag(mark, tag);
    open(mark, Node::Kind::list);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    check_tag(mark, tag);
    open(mark, Node::Kind::map);
  }
  void OnMapEnd() override { close(); }

 private:
  /// A map or list that is still being read.
  struct Frame {
    Node node;
    std::string key;
    Place key_place;
    bool has_key{false};
    bool is_key{false};  ///< stands where a key should: read to its end, then dropped
    std::string path;
  };

  /// yaml-cpp counts from 0.
  [[nodiscard]] Place place(const YAML::Mark& mark) const {
    return {name_, mark.line + 1, mark.column + 1};
  }

  void complain(Place where, std::string message) {
    errors.push_back({std::move(where), path(), std::move(message)});
  }

  /// Where in the document the next value goes.
  [[nodiscard]] std::string path() const {
    if (stack_.empty()) return {};
    const Frame& top = stack_.back();
    if (top.node.is_list()) return fmt::format("{}[{}]", top.path, top.node.items.size());
    if (!top.has_key) return top.path;
    return top.path.empty() ? top.key : top.path + "." + top.key;
  }

  void check_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    constexpr std::string_view core = "tag:yaml.org,2002:";
    const auto shown = tag.starts_with(core) ? "!!" + tag.substr(core.size()) : tag;
    complain(place(mark), fmt::format("tags (`{}`) are not part of the language", shown));
  }

  [[nodiscard]] bool expects_key() const {
    return !stack_.empty() && stack_.back().node.is_map() && !stack_.back().has_key;
  }

  void open(const YAML::Mark& mark, Node::Kind kind) {
    Frame frame;
    frame.node.kind = kind;
    frame.node.place = place(mark);
    frame.path = path();
    frame.is_key = expects_key();
    if (frame.is_key) complain(place(mark), "a map or a list cannot be a key");
    stack_.push_back(std::move(frame));
  }

  void close() {
    Frame frame = std::move(stack_.back());
    stack_.pop_back();
    if (frame.is_key) {
      stack_.back().has_key = true;
      stack_.back().key.clear();
      return;
    }
    put(std::move(frame.node));
  }

  void add(const YAML::Mark& mark, Node node, bool may_be_key) {
    node.place = place(mark);
    if (!expects_key()) return put(std::move(node));
    Frame& top = stack_.back();
    if (may_be_key && !node.is_scalar()) complain(place(mark), "a key is missing before the `:`");
    top.has_key = true;
    top.key = node.text;
    top.key_place = node.place;
    check_key();
  }

  void check_key() {
    const Frame& top = stack_.back();
    if (top.key == "<<") {
      return complain(top.key_place,
                      "merge keys (`<<`) are not part of the language; use `extends`, "
                      "or write the entries out");
    }
    for (const auto& entry : top.node.entries) {
      if (entry.key == top.key && !top.key.empty()) {
        return complain(top.key_place, fmt::format("`{}` stands here twice; first in line {}",
                                                   top.key, entry.place.line));
      }
    }
    const auto& seen = top.node.provenance;
    const bool again = seen && ((top.key == "source" && !seen->source.empty()) ||
                                (top.key == "confidence" && seen->confidence) ||
                                (top.key == "note" && !seen->note.empty()));
    if (again) complain(top.key_place, fmt::format("`{}` stands here twice", top.key));
  }

  void put(Node node) {
    if (stack_.empty()) {
      root = std::move(node);
      return;
    }
    Frame& top = stack_.back();
    if (top.node.is_list()) {
      top.node.items.push_back(std::move(node));
      return;
    }
    if (top.key == "source" || top.key == "confidence" || top.key == "note") {
      provenance(top, node);
    } else if (!top.key.empty()) {
      top.node.entries.push_back({top.key, top.key_place, std::move(node)});
    }
    top.has_key = false;
  }

  void provenance(Frame& top, const Node& node) {
    if (!node.is_scalar())
      return complain(node.place, fmt::format("`{}` is one word or text", top.key));
    if (!top.node.provenance) top.node.provenance.emplace();
    auto& provenance = *top.node.provenance;
    if (top.key == "source") {
      provenance.source = node.text;
    } else if (top.key == "note") {
      provenance.note = node.text;
    } else {
      static const std::vector<std::string> words{"sourced", "derived", "proxy", "assumption"};
      const auto found = std::ranges::find(words, node.text);
      if (found != words.end()) {
        provenance.confidence = static_cast<Confidence>(found - words.begin());
      } else {
        complain(node.place, fmt::format("unknown confidence `{}`{} (allowed: {})", node.text,
                                         spec::did_you_mean(node.text, words), listed(words)));
      }
    }
  }

  std::string name_;
  int documents_{0};
  std::vector<Frame> stack_;
};

/// Tabs are found here, since the parser's own words about them differ from case to case.
void refuse_tabs(const std::string& text, const std::string& name, Errors& errors) {
  int line = 1;
  bool leading = true;
  int column = 1;
  for (const char c : text) {
    if (c == '\t' && leading) {
      errors.push_back({{name, line, column}, {}, "a tab in the indentation; use spaces"});
      leading = false;
    }
    if (c != ' ') leading = false;
    ++column;
    if (c == '\n') {
      ++line;
      column = 1;
      leading = true;
    }
  }
}

}  // namespace

Result<Node> parse(const std::string& text, const std::string& name) {
  Builder builder{name};
  refuse_tabs(text, name, builder.errors);
  if (!builder.errors.empty()) return refuse(std::move(builder.errors));
  try {
    std::istringstream stream{text};
    YAML::Parser parser{stream};
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& exception) {
    builder.errors.push_back({{name, exception.mark.line + 1, exception.mark.column + 1},
                              {},
                              fmt::format("this is not YAML: {}", exception.msg)});
  }
  if (!builder.errors.empty()) return refuse(std::move(builder.errors));
  return std::move(builder.root);
}

}  // namespace portflow::io
