#include "viz/words.hpp"

#include <array>
#include <cctype>
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

// Keys are lower case with underscores for all else, as `canonical` makes them.
constexpr auto places = std::to_array<Word>({
    {"tianjin", "天津", "Tianjin"},
    {"yingkou", "营口", "Yingkou"},
    {"jinzhou", "锦州", "Jinzhou"},
    {"jinzhou_port", "锦州", "Jinzhou"},
    {"dandong", "丹东", "Dandong"},
    {"yantai", "烟台", "Yantai"},
    {"qingdao", "青岛", "Qingdao"},
    {"shanghai", "上海", "Shanghai"},
    {"ningbo", "宁波", "Ningbo"},
    {"hong_kong", "香港", "Hong Kong"},
    {"incheon", "仁川", "Incheon"},
    {"seoul", "首尔", "Seoul"},
    {"busan", "釜山", "Busan"},
    {"hakata", "博多", "Hakata"},
    {"kobe", "神户", "Kobe"},
    {"nagoya", "名古屋", "Nagoya"},
    {"yokohama", "横滨", "Yokohama"},
    {"tokyo", "东京", "Tokyo"},
    {"osaka", "大阪", "Osaka"},
    {"fukuoka", "福冈", "Fukuoka"},
    {"vladivostok", "符拉迪沃斯托克", "Vladivostok"},
    {"haiphong", "海防", "Haiphong"},
    {"singapore", "新加坡", "Singapore"},
    {"shenyang", "沈阳", "Shenyang"},
    {"changchun", "长春", "Changchun"},
    {"harbin", "哈尔滨", "Harbin"},
    {"manzhouli", "满洲里", "Manzhouli"},
    {"suifenhe", "绥芬河", "Suifenhe"},
    {"dalian", "大连", "Dalian"},
    {"pilot_ground", "大窑湾引航锚地", "Dayaowan pilot ground"},
    {"dalian_city", "大连市区", "Dalian city"},
    {"jinpu", "金普新区", "Jinpu"},
});

std::string canonical(std::string_view name) {
  std::string key;
  for (const char c : name.substr(0, name.find(" ("))) {
    const auto byte = static_cast<unsigned char>(c);
    key += std::isalnum(byte) != 0 ? static_cast<char>(std::tolower(byte)) : '_';
  }
  return key;
}

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
std::span<const Word> place_words() noexcept {
  return places;
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

std::string place_title(std::string_view name, Language language) {
  if (const Word* known = find(places, canonical(name))) {
    return language == Language::zh ? known->zh : known->en;
  }
  return spaced(name);
}

}  // namespace portflow::viz
