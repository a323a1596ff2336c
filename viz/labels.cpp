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
    {Text::up_to, "最长", "up to"},
    {Text::holiday, "节假日", "holiday"},
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
    {Text::no_curves, "此记录没有排队曲线", "This trace holds no queue levels"},
    {Text::no_curves_hint, "运行时加上 --trace 即可记录", "Record them with portflow run --trace"},
    {Text::times_utc8, "时间为 UTC+8", "Times are UTC+8"},
    {Text::objects_in_view, "个对象在途", "objects under way"},
    {Text::entities_unfinished, "个对象尚未完成", "entities unfinished"},
    {Text::frames, "帧/秒", "frames/s"},
    {Text::sealed, "已封存", "sealed"},
    {Text::still_open, "未封存，完整至", "not sealed, complete up to"},
    {Text::no_coast, "未找到海岸线：请用 --map 指定文件夹",
     "No coastline found: give --map FOLDER"},
    {Text::coast_source, "海岸线：GSHHG 2.3.7（LGPL），WGS 84",
     "Coastline: GSHHG 2.3.7 (LGPL), WGS 84"},
    {Text::events_word, "个事件", "events"},
    {Text::help, "按键", "Keys"},
    {Text::help_play, "播放或暂停", "play or pause"},
    {Text::help_reverse, "倒放", "play in reverse"},
    {Text::help_step, "前后一个事件", "previous, next event"},
    {Text::help_speed, "加快或减慢", "faster or slower"},
    {Text::help_ends, "开始或结束", "start or end"},
    {Text::help_breach, "下一次或上一次超标", "next or previous wait over target"},
    {Text::help_language, "中文或英文", "Chinese or English"},
    {Text::help_theme, "深色或浅色", "dark or light"},
    {Text::help_fit, "地图恢复全港视图", "fit the map to the port"},
    {Text::help_map, "放大或缩小地图", "nearer or farther on the map"},
    {Text::help_close, "关闭此表", "close this sheet"},
    {Text::speed_of, "1 秒播放", "one second shows"},
    {Text::out_of, "/", "of"},
    {Text::better, "更好", "better"},
    {Text::worse, "更差", "worse"},
    {Text::cannot_tell, "尚不能判定", "cannot tell yet"},
    {Text::no_change, "无变化", "no change"},
    {Text::to, "至", "to"},
    {Text::too_few_days, "天数太少", "too few days"},
    {Text::one_pair, "一次配对运行，区间按日", "one paired run, intervals by day"},
    {Text::matched, "个对象配对", "entities paired"},
    {Text::unlike_runs, "两次运行并非同一情景", "not two runs of one scenario and seed"},
    {Text::open_second, "打开第二个记录以对比", "Open a second trace to compare"},
    {Text::open_second_hint, "portflow-view A.h5 B.h5", "portflow-view A.h5 B.h5"},
    {Text::no_figures, "没有共同的指标", "No figures in common"},
    {Text::movers_title, "变化最大者", "Biggest movers"},
    {Text::movers_all, "全部", "All"},
    {Text::movers_better, "B 更快", "Faster in B"},
    {Text::movers_worse, "B 更慢", "Slower in B"},
    {Text::differ, "个对象不同", "differ"},
    {Text::none_differs, "没有对象不同", "Nobody differs"},
    {Text::none_differs_hint, "两次运行相同", "The two runs are alike"},
    {Text::movers_note, "点击查看两条路径；差异含排队影响",
     "Click for both paths; a difference includes queueing behind others"},
    {Text::map_of_a, "A：排队与等待", "A   queue and wait"},
    {Text::map_of_b, "B：排队与等待", "B   queue and wait"},
    {Text::map_of_change, "B 减 A：排队与等待的变化", "B minus A: change in queue and wait"},
    {Text::split, "并列", "Split"},
    {Text::difference, "差异", "Difference"},
    {Text::shorter_wait, "更好：等待更短", "better: shorter wait"},
    {Text::longer_wait, "更差：等待更长", "worse: longer wait"},
    {Text::about_same, "相差不足一分钟", "less than a minute apart"},
    {Text::in_use, "占用", "in use"},
    {Text::share_used, "占用", "used"},
    {Text::lanes_title, "泳道：谁占用了什么", "Lanes: who held what"},
    {Text::lanes_note, "单位编号按最小空号", "units numbered by the least free"},
    {Text::heat_title, "等待热力：星期与小时", "Wait by weekday and hour"},
    {Text::heat_note, "平均等待（分钟），全程；空白：无人开始",
     "mean wait in minutes, whole run; blank: nobody began"},
    {Text::distribution_title, "等待分布", "Distribution of waits"},
    {Text::distribution_note, "等待（分钟）；高度按平方根",
     "wait, minutes; heights by square root"},
    {Text::nobody_served, "此资源没有单独的等待", "No waits of its own at this resource"},
    {Text::nobody_served_hint, "在左侧选择其他资源", "Choose another one on the left"},
    {Text::waits_ended, "次等待", "waits"},
    {Text::over_it, "超过", "over it"},
    {Text::plan_port, "港区平面", "Port plan"},
    {Text::plan_halls, "口岸大厅", "Border halls"},
    {Text::berths_busy, "泊位占用", "berths busy"},
    {Text::cranes_busy, "岸桥作业", "cranes working"},
    {Text::legend_cell, "箱位占用", "slots in use"},
    {Text::legend_crane, "作业中的起重机", "crane at work"},
    {Text::legend_free, "空闲", "free"},
    {Text::legend_closed, "未开放", "closed"},
    {Text::plan_note, "示意图，非测绘", "a diagram, not a survey"},
    {Text::no_plan, "此记录没有码头设施", "This trace has no quay, yard or hall"},
    {Text::no_plan_hint, "在场景中定义泊位、堆场或大厅",
     "Define berths, yards or halls in the scenario"},
    {Text::no_quay, "此记录没有泊位", "This trace has no berths"},
    {Text::plan_gates, "闸口车道", "Gate lanes"},
    {Text::unit_free, "空闲", "free"},
    {Text::departs, "至", "until"},
    {Text::open_desks, "开放", "open"},
    {Text::in_line, "人排队", "in line"},
    {Text::no_more, "此后没有了", "none after this moment"},
    {Text::legend_cause, "颜色：最长等待原因", "Colour: longest wait"},
    {Text::legend_late, "颜色：全程时间", "Colour: time in all"},
    {Text::jump_wait, "等待超标", "wait over target"},
    {Text::jump_idle, "泊位空闲", "berths idle"},
    {Text::jump_late, "集装箱迟24小时", "box late over 24 h"},
    {Text::help_bookmark, "书签；B 设置", "bookmark; B sets one"},
    {Text::untitled, "未命名", "untitled"},
    {Text::bookmark_hint, "书签说明", "Caption of the bookmark"},
    {Text::typed_speed, "如 2 h 或 15 min", "as 2 h or 15 min"},
    {Text::copied, "已复制", "copied"},
    {Text::follow, "跟随", "Follow"},
    {Text::find, "查找", "Find"},
    {Text::copy_id, "复制编号", "Copy id"},
    {Text::close_card, "关闭", "Close"},
    {Text::reading, "正在读取…", "Reading…"},
    {Text::reading_hint, "读取记录约需一秒", "This takes about a second"},
    {Text::born, "创建于", "born"},
    {Text::no_file, "没有可读取的记录文件", "No trace file to read from"},
    {Text::no_file_hint, "请用 portflow-view 打开记录文件", "Open one with portflow-view"},
    {Text::word_under_way, "消息传递", "word under way"},
    {Text::through, "等候", "waits for"},
    {Text::held_by, "占用者", "held by"},
    {Text::since, "已持续", "for"},
    {Text::at_step, "步骤：", "at step"},
    {Text::released, "释放", "released"},
    {Text::until, "直到", "until"},
    {Text::in_time, "还有", "in"},
    {Text::then, "其后：", "then"},
    {Text::then_done, "其后完成", "then it is done"},
    {Text::why_now, "现在为何等待", "Why it waits now"},
    {Text::not_born, "此刻尚未出现", "Not born yet at this moment"},
    {Text::not_born_hint, "向后拖动时间轴", "Move the clock forward"},
    {Text::no_paths, "此记录不含关键路径", "This trace holds no critical paths"},
    {Text::no_paths_hint, "运行时加上 --level full", "Record them with --level full"},
    {Text::done_already, "此刻已经完成", "Done by this moment"},
    {Text::done_already_hint, "向前拖动时间轴查看过程", "Move the clock back to see how it went"},
    {Text::not_finished, "记录结束时尚未完成", "Not done when the trace ends"},
    {Text::not_finished_hint, "完成时才写入关键路径", "A path is written when its entity is done"},
    {Text::account, "时间账", "Causes account"},
    {Text::account_note, "自创建至此刻，关键路径", "born to now, critical path"},
    {Text::seconds, "秒", "seconds"},
    {Text::hours_minutes, "时:分", "h:mm"},
    {Text::total, "合计", "Total"},
    {Text::does_not_sum, "不平", "does not sum"},
    {Text::path_strip, "逐步路径", "Path, step by step"},
    {Text::path_strip_note, "实色：已发生；边框：此后", "solid: happened · outline: later"},
    {Text::search_hint, "按编号查找", "Find by id"},
    {Text::search_what, "输入编号的开头", "Type the beginning of an id"},
    {Text::search_example, "例如 mainline-112 或 mainline-112/import_lots-3",
     "as mainline-112 or mainline-112/import_lots-3"},
    {Text::search_none, "没有以此开头的编号", "No id begins like this"},
    {Text::search_failed, "无法继续读取轨迹", "The trace cannot be read any further"},
    {Text::tab_map, "地图", "Map"},
    {Text::tab_terminal, "码头", "Terminal"},
    {Text::tab_lanes, "泳道", "Lanes"},
    {Text::tab_compare, "对比", "Compare"},
    {Text::colour_by, "着色", "Colour by"},
    {Text::by_flow, "货流", "Flow"},
    {Text::by_cause, "等待原因", "Hold cause"},
    {Text::by_lateness, "延误", "Lateness"},
    {Text::late_none, "不迟于同类中位", "no later than its kind"},
    {Text::late_some, "迟24小时以内", "up to 24 h late"},
    {Text::late_much, "迟24小时以上", "over 24 h late"},
    {Text::late_unknown, "未完成", "not done yet"},
    {Text::no_wait_known, "无等待", "no wait"},
    {Text::help_search, "按编号查找", "find by id"},
    {Text::help_follow, "跟随所选对象", "follow the chosen one"},
    {Text::help_escape, "返回上一级", "one level up"},
    {Text::help_copy, "复制数值、定义与单位", "copy value, definition and unit"},
    {Text::help_tabs, "地图、码头、泳道、对比", "map, terminal, lanes, compare"},
    {Text::help_colour, "切换着色", "colour by flow, cause, lateness"},
    {Text::help_panels, "显示或隐藏指标行、侧栏", "show or hide the figures, the side column"},
    {Text::help_versus, "差异、并列、滑动对比", "difference, split or swipe of two runs"},
    {Text::help_slide, "投影字号", "larger type, for a projector"},
    {Text::help_size, "界面放大或缩小", "everything larger or smaller"},
    {Text::swipe, "滑动", "Swipe"},
    {Text::shut_by, "因天气关闭：", "Shut by"},
    {Text::plugs, "冷藏箱插座", "Reefer plugs"},
    {Text::shut_out, "无可用设备", "Nothing in service"},
    {Text::help_hour, "后退或前进一小时", "an hour back or on"},
    {Text::help_day, "后退或前进一天", "a day back or on"},
    {Text::help_enter, "采用输入的内容", "take what is typed, or the row found"},
    {Text::help_mouse, "鼠标与触控板", "Mouse and touchpad"},
    {Text::mouse_click, "打开船、箱、设施；复制数值", "open a ship, box, place; copy a figure"},
    {Text::mouse_drag, "左键或右键拖动：移动地图", "left or right, over the map: move it"},
    {Text::mouse_dock, "在曲线上拖动：移动时钟", "over the curves: move the clock"},
    {Text::mouse_span, "在曲线上：只显示该时段", "over the curves: show that span"},
    {Text::mouse_wheel, "缩放地图、曲线的时间窗", "zoom the map, the curves' window"},
    {Text::mouse_sideways, "移动曲线的时间窗", "move the curves' window"},
    {Text::mouse_edges, "拖动侧栏或曲线的边：改变大小", "the column's or curves' edge: resize"},
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
  for (const Word& word : resource_words()) {
    all.emplace_back(word.zh);
    all.emplace_back(word.en);
  }
  for (const Word& word : domain_words()) {
    all.emplace_back(word.zh);
    all.emplace_back(word.en);
  }
  for (const char* fixed :
       {"年月日周一二三四五六", "MonTueWedThuFriSatSunJanFebMarAprMayJunJulAugSepOctNovDec",
        "中文EN", "portflow", "公里 km MiB", "0123456789.,:−–—·×%+/?()‹›…：；项。"}) {
    all.emplace_back(fixed);
  }
  return all;
}

}  // namespace portflow::viz
