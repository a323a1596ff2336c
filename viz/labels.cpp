#include "viz/labels.hpp"

#include <array>

#include "viz/words.hpp"

namespace portflow::viz {
namespace {

struct Row {
  Text id;
  const char* zh;
  const char* en;
};

constexpr std::array<Row, text_count> rows{{
    {Text::replication, "复现", "replication"},
    {Text::with_measures, "措施", "with"},
    {Text::baseline, "基准", "baseline"},
    {Text::day_shift, "白班", "Day shift"},
    {Text::night_shift, "夜班", "Night shift"},
    {Text::weekend, "周末", "weekend"},
    {Text::entities_in_system, "系统内对象", "In the system"},
    {Text::entity_time_median, "全程时间（中位）", "Time in system, median"},
    {Text::entities_waiting, "排队中", "Waiting in line"},
    {Text::entities_ended, "24小时内完成", "Finished in 24 h"},
    {Text::last_7_days, "7天", "7 d"},
    {Text::mean_7_days, "7日均值", "7-day mean"},
    {Text::share_7_days, "7日占比", "7-day share"},
    {Text::total_7_days, "7日合计", "7-day total"},
    {Text::median_7_days, "7日中位", "7-day median"},
    {Text::high_7_days, "7日高值", "7-day high"},
    {Text::within_target, "达到目标", "within target"},
    {Text::target_met, "达到目标", "meets target"},
    {Text::above_target, "高于目标", "above target"},
    {Text::below_target, "低于目标", "below target"},
    {Text::change_24h, "比24小时前", "in 24 h"},
    {Text::as_24h_ago, "与24小时前持平", "as 24 h ago"},
    {Text::none_yet, "尚无数据", "none yet"},
    {Text::still_under_way, "未完成", "unfinished"},
    {Text::unit_entities, "个", "entities"},
    {Text::unit_s, "秒", "s"},
    {Text::unit_min, "分", "min"},
    {Text::unit_h, "小时", "h"},
    {Text::unit_d, "天", "d"},
    {Text::unit_cny, "元", "CNY"},
    {Text::queues_now, "当前排队", "Queues now"},
    {Text::longest_first, "2小时均值，最长在前", "mean of 2 h, longest first"},
    {Text::number, "排队", "waiting"},
    {Text::wait, "等待", "wait"},
    {Text::target, "目标", "target"},
    {Text::queue, "排队", "queue"},
    {Text::full, "占用", "full"},
    {Text::closed_now, "未开放", "closed"},
    {Text::nothing_waiting, "现在没有排队", "Nothing is waiting now"},
    {Text::nothing_waiting_hint, "拖动时间轴查看其他时刻", "Drag the time bar to another hour"},
    {Text::waiting_by_cause, "等待原因，近24小时", "Waiting by cause, last 24 h"},
    {Text::last_24h, "近24小时", "last 24 h"},
    {Text::hours_of, "小时", "h"},
    {Text::boxes, "集装箱", "Boxes"},
    {Text::lots, "报关单", "Lots"},
    {Text::ships, "船舶", "Ships"},
    {Text::people, "旅客", "People"},
    {Text::trucks, "集卡", "Trucks"},
    {Text::trains, "列车", "Trains"},
    {Text::aircraft, "航班", "Aircraft"},
    {Text::boxes_by_rail, "铁路来箱", "Boxes in by rail"},
    {Text::others, "其他", "Others"},
    {Text::no_waits, "近24小时没有完成的等待", "No finished waits in the last 24 h"},
    {Text::no_waits_hint, "对象完成后才计入原因", "Causes are counted when an entity ends"},
    {Text::ended_in_24h, "（近24小时完成）", "that ended in 24 h"},
    {Text::share, "占比", "share"},
    {Text::legend_flow, "颜色：货流", "Colour: flow"},
    {Text::legend_mode, "形状：方式", "Shape: mode"},
    {Text::legend_facility, "设施", "Facility"},
    {Text::flow_import, "进口", "import"},
    {Text::flow_export, "出口", "export"},
    {Text::flow_transit, "过境、海铁", "transit, sea-rail"},
    {Text::flow_domestic, "内贸", "domestic"},
    {Text::flow_passengers, "旅客", "passengers"},
    {Text::flow_bulk, "散货、能源", "bulk, energy"},
    {Text::flow_mixed, "多种货流", "several flows"},
    {Text::mode_ship, "船舶；支线较小", "ship; feeder is smaller"},
    {Text::mode_train, "列车", "train"},
    {Text::mode_wagon, "单箱经铁路进港", "a box by rail to the port"},
    {Text::mode_truck, "集卡", "truck"},
    {Text::mode_aircraft, "航班", "aircraft"},
    {Text::pilot_ground, "引航锚地", "pilot ground"},
    {Text::ring_full, "圆环：占用率", "ring: share full"},
    {Text::ring_number, "数字：排队数", "number: queue"},
    {Text::ring_breach, "虚线环：等待", "dashed ring: wait"},
    {Text::ring_breach_2, "超过目标", "over its target"},
    {Text::on_the_map, "此刻", "On the map now"},
    {Text::ships_at_sea, "航行船舶", "Ships at sea"},
    {Text::ships_at_anchor, "锚泊船舶", "Ships at anchor"},
    {Text::ships_at_berth, "靠泊船舶", "Ships at berth"},
    {Text::facilities, "处设施", "facilities"},
    {Text::no_place, "此记录没有带坐标的设施", "No facility of this trace has a place"},
    {Text::no_place_hint, "在场景中为设施填写坐标", "Give facilities a position in the scenario"},
    {Text::curve_wait, "排队等待时间（分钟，过去2小时均值）",
     "Wait in line, minutes (mean of the last 2 h)"},
    {Text::curve_queue, "排队数量", "Number waiting in line"},
    {Text::minutes, "分钟", "minutes"},
    {Text::mode_wait, "等待", "Wait"},
    {Text::mode_queue, "数量", "Number"},
    {Text::days_shown, "天", "days"},
    {Text::whole_run, "全程", "Run"},
    {Text::speed, "速度", "Speed"},
    {Text::speed_range, "1 秒/秒 至 1 周/秒，对数", "1 s/s to 1 wk/s, log"},
    {Text::per_second, "/秒", "/ s"},
    {Text::jump_to, "跳到", "Jump to"},
    {Text::next_breach, "下一次超标", "next wait over target"},
    {Text::longest_queue, "最长等待", "longest wait"},
    {Text::busiest_hour, "最繁忙时刻", "busiest hour"},
    {Text::no_curves, "此记录没有排队曲线", "This trace holds no queue levels"},
    {Text::no_curves_hint, "运行时加上 --trace 即可记录", "Record them with portflow run --trace"},
    {Text::times_utc8, "时间为 UTC+8", "Times are UTC+8"},
    {Text::objects_in_view, "个对象在途", "objects under way"},
    {Text::entities_unfinished, "个对象尚未完成", "entities unfinished"},
    {Text::frames, "帧/秒", "frames/s"},
    {Text::sealed, "已封存", "sealed"},
    {Text::still_open, "尚未封存", "not sealed"},
    {Text::no_coast, "未找到海岸线：请用 --map 指定文件夹",
     "No coastline found: give --map FOLDER"},
    {Text::coast_source, "海岸线：GSHHG 2.3.7（LGPL），WGS 84",
     "Coastline: GSHHG 2.3.7 (LGPL), WGS 84"},
    {Text::events_word, "个事件", "events"},
    {Text::help, "按键", "Keys"},
    {Text::help_play, "播放或暂停", "play or pause"},
    {Text::help_reverse, "倒放", "play in reverse"},
    {Text::help_step, "前后15分钟；Shift 1小时；Ctrl 1天",
     "15 min back or on; Shift 1 h; Ctrl 1 day"},
    {Text::help_speed, "加快或减慢", "faster or slower"},
    {Text::help_ends, "开始或结束", "start or end"},
    {Text::help_breach, "下一次或上一次超标", "next or previous wait over target"},
    {Text::help_language, "中文或英文", "Chinese or English"},
    {Text::help_theme, "深色或浅色", "dark or light"},
    {Text::help_fit, "地图恢复全港视图", "fit the map to the port"},
    {Text::help_map, "拖动平移，滚轮缩放", "drag pans the map, wheel zooms"},
    {Text::help_close, "关闭此表", "close this sheet"},
    {Text::speed_of, "1 秒播放", "one second shows"},
}};

consteval bool in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].id) != i) return false;
  }
  return true;
}
static_assert(in_order(), "rows follow the order of Text, none missing");

constexpr std::array<Word, cause_count> causes{
    {{"working", "作业中", "being worked on"},
     {"travel", "运输途中", "under way"},
     {"message", "信息传递", "message under way"},
     {"down", "设备故障", "equipment down"},
     {"closed", "未开放（日历）", "closed (calendar)"},
     {"behind", "前方排队", "behind others in queue"},
     {"busy", "资源占用", "resource busy"},
     {"batch", "未凑满批次", "batch not full"},
     {"not_due", "未到点（时刻表）", "not due (timetable)"},
     {"not_yet_filed", "尚未申报", "not yet filed"}}};

}  // namespace

const char* text(Text id, Language language) noexcept {
  const Row& row = rows[static_cast<std::size_t>(id)];
  return language == Language::zh ? row.zh : row.en;
}

const char* cause_title(Cause cause, Language language) noexcept {
  const Word& word = causes[static_cast<std::size_t>(cause)];
  return language == Language::zh ? word.zh : word.en;
}

const char* flow_title(Flow flow, Language language) noexcept {
  const auto first = static_cast<std::size_t>(Text::flow_import);
  return text(static_cast<Text>(first + static_cast<std::size_t>(flow)), language);
}

const std::string& pick(const trace::Label& label, Language language) noexcept {
  const std::string& wanted = language == Language::zh ? label.zh : label.en;
  return wanted.empty() ? (language == Language::zh ? label.en : label.zh) : wanted;
}

std::vector<std::string> all_labels() {
  std::vector<std::string> all;
  for (const Row& row : rows) {
    all.emplace_back(row.zh);
    all.emplace_back(row.en);
  }
  for (const Word& word : causes) {
    all.emplace_back(word.zh);
    all.emplace_back(word.en);
  }
  for (const auto words : {resource_words(), place_words()}) {
    for (const Word& word : words) {
      all.emplace_back(word.zh);
      all.emplace_back(word.en);
    }
  }
  for (const char* fixed :
       {"年月日周一二三四五六", "MonTueWedThuFriSatSunJanFebMarAprMayJunJulAugSepOctNovDec",
        "中文EN", "portflow", "公里 km MiB", "0123456789.,:−–—·×%+/?()"}) {
    all.emplace_back(fixed);
  }
  return all;
}

}  // namespace portflow::viz
