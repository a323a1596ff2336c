#include "viz/words.hpp"

#include <array>
#include <string>

#include "viz/labels.hpp"

namespace portflow::viz {
namespace {

constexpr auto resources = std::to_array<Word>({
    {"berth", "泊位", "berths"},
    {"crane", "岸桥", "quay cranes"},
    {"yard_crane", "场桥", "yard cranes"},
    {"slot", "箱位", "yard slots"},
    {"pilot", "引航员", "pilots"},
    {"tug", "拖轮", "tugs"},
    {"lane", "车道", "lanes"},
    {"in_lane", "进场车道", "lanes in"},
    {"out_lane", "出场车道", "lanes out"},
    {"gate", "闸口", "gate"},
    {"desk", "窗口", "desks"},
    {"counter", "人工台", "counters"},
    {"foreign_counter", "外籍人工台", "foreign counters"},
    {"echannel", "自助通道", "e-channels"},
    {"e_channel", "自助通道", "e-channels"},
    {"bay", "查验台", "bays"},
    {"team", "查验组", "teams"},
    {"scanner", "机检设备", "scanners"},
    {"officer", "关员", "officers"},
    {"reviewer", "审单员", "reviewers"},
    {"review", "审单", "review"},
    {"inspector", "查验员", "inspectors"},
    {"track", "装卸线", "tracks"},
    {"stacker", "正面吊", "reach stackers"},
    {"truck", "集卡", "trucks"},
    {"server", "服务台", "servers"},
    {"servers", "服务台", "servers"},
    {"laboratory", "实验室", "laboratory"},
    {"warehouse", "仓库", "warehouse"},
    {"plug", "冷藏插座", "reefer plugs"},
    {"stand", "机位", "stands"},
    {"runway", "跑道", "runway"},
    {"line", "线路", "line"},
    {"quay", "码头", "quay"},
    {"yard", "堆场", "yard"},
});

std::string spaced(std::string_view word) {
  std::string out(word);
  for (char& c : out) {
    if (c == '_') c = ' ';
  }
  return out;
}

const Word* find(std::span<const Word> words, std::string_view key) {
  for (const Word& word : words) {
    if (key == word.key) return &word;
  }
  return nullptr;
}

}  // namespace

std::span<const Word> resource_words() noexcept {
  return resources;
}

std::string word_title(std::string_view word, Language language) {
  const Word* known = find(domain_words(), word);
  if (known == nullptr) known = find(resources, word);
  if (known == nullptr) return spaced(word);
  return language == Language::zh ? known->zh : known->en;
}

std::string resource_title(std::string_view word, Language language) {
  // `berth_2` is a group of berths: its number stays behind the spelt word.
  std::string_view stem = word;
  std::string number;
  if (const auto cut = word.rfind('_');
      cut != std::string_view::npos && cut + 1 < word.size() &&
      word.find_first_not_of("0123456789", cut + 1) == std::string_view::npos) {
    stem = word.substr(0, cut);
    number = " " + std::string(word.substr(cut + 1));
  }
  if (const Word* known = find(resources, stem)) {
    return (language == Language::zh ? known->zh : known->en) + number;
  }
  return spaced(word);
}

std::string place_title(const trace::Label& title, std::string_view name, Language language) {
  const std::string& known = pick(title, language);
  return known.empty() ? spaced(name) : known;
}

}  // namespace portflow::viz
