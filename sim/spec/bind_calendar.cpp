#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "spec/binders.hpp"

namespace portflow::spec {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// Monday = 0; -1 for anything else.
int weekday(std::string_view text) {
  const auto* found = std::ranges::find(weekdays, text);
  return found == weekdays.end() ? -1 : static_cast<int>(found - weekdays.begin());
}

std::vector<std::string_view> parts(std::string_view text, char separator) {
  std::vector<std::string_view> result;
  while (true) {
    const auto end = text.find(separator);
    auto part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    result.push_back(part);
    if (end == std::string_view::npos) return result;
    text.remove_prefix(end + 1);
  }
}

void read_dates(const Node& node, const Spot& spot, std::vector<CivilDate>& out) {
  const auto add = [&](const Node& item, const Spot& at) {
    SimTime day{};
    const auto before = at.notes().errors.size();
    read::date(item, at, day);
    if (at.notes().errors.size() > before) return;
    if (day != midnight(date_of(day)))
      return at.complain(item.place, "expected a date without a time");
    out.push_back(date_of(day));
  };
  if (!node.is_list()) return add(node, spot);
  for (std::size_t i = 0; i < node.items.size(); ++i) add(node.items[i], spot.item(i));
}

void sort_dates(std::vector<CivilDate>& dates) {
  std::ranges::sort(dates);
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
}

void read_week(Node& node, const Spot& spot, Calendar& calendar) {
  if (!check_kind(node, Node::Kind::map, spot)) return;
  std::array<bool, 7> seen{};
  for (auto& entry : node.entries) {
    const auto days = parse_weekdays(entry.key);
    if (days.empty() || entry.key == "daily") {
      spot.complain(entry.place,
                    fmt::format("`{}` is no day of the week; write `mon`, `mon-fri` or "
                                "`mon,wed`",
                                entry.key));
      continue;
    }
    std::vector<Hours> shifts;
    read_hours(entry.value, spot / entry.key, shifts);
    for (const int day : days) {
      const auto index = static_cast<std::size_t>(day);
      if (seen[index]) {
        spot.complain(entry.place, fmt::format("`{}` has hours already", weekdays[index]));
      }
      seen[index] = true;
      calendar.week[index] = shifts;
    }
  }
}

/// The words of `months`: `apr-jul`, `nov-mar` over the year's end, `[jan, may-jun]`.
void read_months(Node& node, const Spot& spot, Months& out) {
  constexpr std::array<std::string_view, 12> names{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};
  out.fill(false);
  each_item(node, spot, [&](Node& item, const Spot& at) {
    if (!check_kind(item, Node::Kind::scalar, at)) return;
    const auto ends = parts(item.text, '-');
    const auto* first = std::ranges::find(names, ends.front());
    const auto* last = std::ranges::find(names, ends.back());
    if (ends.size() > 2 || first == names.end() || last == names.end()) {
      return at.complain(item.place, fmt::format("`{}` are no months; write `apr`, `apr-jul` or "
                                                 "`nov-mar` over the year's end",
                                                 item.text));
    }
    const auto end = static_cast<std::size_t>(last - names.begin());
    for (auto month = static_cast<std::size_t>(first - names.begin());; month = (month + 1) % 12) {
      out[month] = true;
      if (month == end) break;
    }
  });
}

/// `{fog: {months: apr-jul, every: {exponential: 12 d}, lasts: {lognormal: [9 h, 0.8]}}}`
void read_weather(Node& node, const Spot& spot, std::vector<Weather>& out) {
  each_entry(node, spot, [&](const std::string& name, Node& entry, const Spot& at) {
    Weather& weather = out.emplace_back();
    weather.name = name;
    Fields fields{entry, at};
    fields.defaulted("months", Node::scalar("jan-dec"), weather.months, read_months);
    read_outage(fields, "every", weather.every);
    read_outage(fields, "lasts", weather.lasts);
    fields.done();
  });
  std::ranges::sort(out, {}, &Weather::name);
}

void check_dates(const Node& node, const Spot& spot, const Calendar& calendar) {
  for (const CivilDate& date : calendar.made_up) {
    if (std::ranges::binary_search(calendar.closed_on, date)) {
      spot.complain(node.place, fmt::format("{:04}-{:02}-{:02} is both closed and made up",
                                            date.year, date.month, date.day));
    }
  }
}

}  // namespace

void read_outage(Fields& fields, std::string_view key, Distribution& out) {
  const auto before = fields.spot().notes().errors.size();
  fields.required(key, out, read::takes(duration()));
  const Node* node = fields.node().find(key);
  if (node != nullptr && fields.spot().notes().errors.size() == before && out.mean() <= 0) {
    (fields.spot() / key).complain(node->place, "takes no time on average");
  }
}

std::optional<Duration> parse_clock(std::string_view text, bool midnight_too) {
  if (midnight_too && text == "24:00") return Duration{hours{24}};
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t i : {0U, 1U, 3U, 4U}) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
  }
  const int h = (text[0] - '0') * 10 + (text[1] - '0');
  const int m = (text[3] - '0') * 10 + (text[4] - '0');
  if (h > 23 || m > 59) return std::nullopt;
  return Duration{hours{h} + minutes{m}};
}

std::optional<Hours> parse_hours(std::string_view text) {
  const auto ends = parts(text, '-');
  if (ends.size() != 2) return std::nullopt;
  const auto from = parse_clock(ends[0]);
  auto to = parse_clock(ends[1], true);
  if (!from || !to || *from == *to) return std::nullopt;
  if (*to < *from) *to += hours{24};
  return Hours{*from, *to};
}

std::vector<int> parse_weekdays(std::string_view text) {
  std::vector<int> result;
  if (text == "daily") return {0, 1, 2, 3, 4, 5, 6};
  for (const auto part : parts(text, ',')) {
    const auto ends = parts(part, '-');
    const int first = weekday(ends.front());
    const int last = weekday(ends.back());
    if (ends.size() > 2 || first < 0 || last < first) return {};
    for (int day = first; day <= last; ++day) {
      if (std::ranges::find(result, day) != result.end()) return {};
      result.push_back(day);
    }
  }
  return result;
}

void read_hours(const Node& node, const Spot& spot, std::vector<Hours>& out) {
  const auto add = [&](const Node& item, const Spot& at) {
    if (!check_kind(item, Node::Kind::scalar, at)) return;
    const auto shift = parse_hours(item.text);
    if (!shift) {
      return at.complain(item.place,
                         fmt::format("`{}` are no hours; write `08:30-17:00`, "
                                     "`22:00-06:00` over midnight, `00:00-24:00` for all "
                                     "day",
                                     item.text));
    }
    for (const Hours& other : out) {
      if (shift->from < other.to && other.from < shift->to) {
        return at.complain(item.place, fmt::format("`{}` overlaps hours before it", item.text));
      }
    }
    out.push_back(*shift);
  };
  if (node.is_list()) {
    for (std::size_t i = 0; i < node.items.size(); ++i) add(node.items[i], spot.item(i));
  } else {
    add(node, spot);
  }
  std::ranges::sort(out, {}, &Hours::from);
}

void bind_holidays(Node& node, const Spot& spot, Holidays& holidays) {
  each_entry(node, spot, [&](const std::string& name, Node& entry, const Spot& at) {
    Calendar& calendar = holidays[name];
    Fields fields{entry, at};
    fields.optional("closed", calendar.closed_on, read_dates);
    fields.optional("made_up", calendar.made_up, read_dates);
    fields.done();
    sort_dates(calendar.closed_on);
    sort_dates(calendar.made_up);
    check_dates(entry, at, calendar);
  });
}

void bind_calendars(Node& node, const Spot& spot, const Holidays& holidays, Scenario& scenario) {
  std::vector<std::string> known;
  for (const auto& [name, unused] : holidays) known.push_back(name);
  each_entry(node, spot, [&](const std::string& name, Node& entry, const Spot& at) {
    Calendar& calendar = scenario.calendars[name];
    calendar.name = name;
    Fields fields{entry, at};
    const std::array<std::vector<Hours>, 7> all_week = [] {
      std::array<std::vector<Hours>, 7> week;
      week.fill({Hours{Duration::zero(), hours{24}}});
      return week;
    }();
    calendar.week = all_week;
    bool shut = false;
    std::vector<Hours> daily;
    std::string quoted;
    if (fields.has("weekly") && fields.has("daily")) {
      at.complain(entry.place, "`weekly` and `daily` exclude each other");
    }
    if (fields.has("weekly")) calendar.week = {};
    fields.optional("weather", calendar.weather, read_weather);
    fields.optional("weekly", calendar, read_week);
    if (fields.optional("daily", daily, read_hours)) calendar.week.fill(daily);
    fields.optional("closed_on", calendar.closed_on, read_dates);
    fields.optional("made_up", calendar.made_up, read_dates);
    if (fields.optional("holidays", quoted, read::name) && !quoted.empty()) {
      if (const auto found = holidays.find(quoted); found != holidays.end()) {
        const Calendar& days = found->second;
        calendar.closed_on.insert(calendar.closed_on.end(), days.closed_on.begin(),
                                  days.closed_on.end());
        calendar.made_up.insert(calendar.made_up.end(), days.made_up.begin(), days.made_up.end());
      } else {
        const Node& word = *entry.find("holidays");
        (at / "holidays")
            .complain(word.place,
                      fmt::format("no holidays `{}`{}", quoted, did_you_mean(quoted, known)));
      }
    }
    fields.optional("never", shut, read::flag);
    fields.done();
    sort_dates(calendar.closed_on);
    sort_dates(calendar.made_up);
    check_dates(entry, at, calendar);
    if (shut) {
      calendar.week = {};
      calendar.made_up.clear();
      if (entry.entries.size() > 1) at.complain(entry.place, "`never` stands alone");
    }
    calendar.always = calendar.week == all_week && calendar.closed_on.empty();
  });
}

}  // namespace portflow::spec
