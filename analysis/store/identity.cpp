#include "analysis/store/identity.hpp"

#include <map>

#include "core/fingerprint.hpp"
#include "core/time.hpp"

namespace portflow::store {
namespace {

/// Two chains of 64 bits, so that even milliards of runs never share a key by chance.
std::string key_of(const std::vector<spec::Leaf>& fields) {
  std::uint64_t first = hash_of("portflow run"), second = hash_of("portflow run, again");
  for (const spec::Leaf& leaf : fields) {
    for (const std::string* text : {&leaf.path, &leaf.text}) {
      const std::uint64_t hash = hash_of(*text);
      first = chain(first, hash);
      second = chain(second, hash + text->size());
    }
  }
  return to_hex(first) + to_hex(second);
}

/// Texts by path; parts of a measure share one, `measures.m07.on`.
std::map<std::string, std::string> by_path(const std::vector<spec::Leaf>& fields) {
  std::map<std::string, std::string> result;
  for (const spec::Leaf& leaf : fields) {
    std::string& text = result[leaf.path];
    text += (text.empty() ? "" : ", ") + leaf.text;
  }
  return result;
}

}  // namespace

Identity identity_of(const run::Prepared& prepared) {
  Identity identity;
  const trace::Schema schema = prepared.schema(0);
  identity.fields.push_back({"engine", std::string(run::engine())});
  identity.fields.push_back({"seed", std::to_string(prepared.seed())});
  identity.fields.push_back({"until", to_text(schema.until)});
  for (const spec::Leaf& leaf : prepared.fields()) identity.fields.push_back(leaf);
  identity.key = key_of(identity.fields);
  return identity;
}

std::vector<std::string> differences(const std::vector<spec::Leaf>& before,
                                     const std::vector<spec::Leaf>& now) {
  const auto then = by_path(before), today = by_path(now);
  std::vector<std::string> changes;
  for (const auto& [path, text] : today) {
    const auto old = then.find(path);
    if (old == then.end()) {
      changes.push_back(path + ": nothing -> " + text);
    } else if (old->second != text) {
      changes.push_back(path + ": " + old->second + " -> " + text);
    }
  }
  for (const auto& [path, text] : then) {
    if (!today.contains(path)) changes.push_back(path + ": " + text + " -> nothing");
  }
  return changes;
}

}  // namespace portflow::store
