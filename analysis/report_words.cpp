#include "analysis/report_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/domain_words.hpp"
#include "core/unit.hpp"

namespace portflow::analysis {

std::string word_text(std::string_view word, const Tongue& say) {
  if (word.starts_with("no ")) {
    return std::string(say("非", "not ")) + word_text(word.substr(3), say);
  }
  const auto words = domain_words();
  const auto known = std::ranges::find(words, word, &Word::key);
  if (known != words.end()) return escape(say(known->zh, known->en));
  std::string text(word);
  std::ranges::replace(text, '_', ' ');
  return escape(text);
}

std::string step_text(std::string_view step, const Tongue& say) {
  if (step.empty()) return std::string(say("单证、通知传递", "documents and notices under way"));
  return fmt::format("{} <code>{}</code>", word_text(step.substr(step.rfind('.') + 1), say),
                     escape(step));
}

std::string place_text(std::string_view step, Cause cause, const Tongue& say) {
  if (step.empty()) return step_text(step, say);
  return fmt::format("{}{}{}", step_text(step, say), say("：", ": "), cause_text(cause, say));
}

std::string_view tree_note(const Tongue& say) {
  return say(
      "每个实体的关键路径逐毫秒归于一个环节和一个原因，各部分之和恰为整体；"
      "小部分按最大余数法取整，使显示的数也相加无误。路径可以经过他人的环节（如箱等待其报关"
      "单放行）。",
      "Every millisecond of an entity's critical path belongs to one step and one cause, so "
      "the parts add up to the whole exactly; they are rounded so that what is shown adds "
      "up too. A path may lead through the steps of others (a box that waits for its lot's "
      "release).");
}

double hours_of(Duration span) noexcept {
  return static_cast<double>(span.count()) / 3'600'000.0;
}

std::string_view cause_text(Cause cause, const Tongue& say) {
  switch (cause) {
    case Cause::working:
      return say("作业", "work");
    case Cause::travel:
      return say("在途", "under way");
    case Cause::message:
      return say("单证传递", "documents under way");
    case Cause::down:
      return say("设备故障、停机", "out of order");
    case Cause::closed:
      return say("非工作时段或天气停工", "closed (hours or weather)");
    case Cause::behind:
      return say("前方排队", "behind others in the queue");
    case Cause::busy:
      return say("人员或设备占用", "staff or equipment busy");
    case Cause::batch:
      return say("未凑满批次", "batch not full");
    case Cause::not_due:
      return say("未到约定时间", "not due yet");
    default:
      return say("等候他方到达或申报", "the other side not there or not filed yet");
  }
}

std::string_view axis_text(Axis axis, const Tongue& say) {
  switch (axis) {
    case Axis::mode:
      return say("按运输方式", "By mode");
    case Axis::channel:
      return say("按监管通道", "By channel");
    case Axis::goods:
      return say("按货物", "By goods");
    case Axis::trader:
      return say("按企业类别", "By class of trader");
    case Axis::hour:
      return say("按一天中的小时", "By hour of day");
    default:
      return say("全部", "All");
  }
}

Nature nature_of(Cause cause) noexcept {
  switch (cause) {
    case Cause::working:
    case Cause::message:
      return Nature::procedure;
    case Cause::travel:
      return Nature::transport;
    case Cause::behind:
    case Cause::busy:
      return Nature::queue;
    case Cause::closed:
      return Nature::closed;
    case Cause::down:
      return Nature::down;
    case Cause::batch:
    case Cause::not_due:
      return Nature::not_due;
    default:
      return Nature::not_filed;
  }
}

std::string_view nature_text(Nature nature, const Tongue& say) {
  switch (nature) {
    case Nature::procedure:
      return say("手续本身", "Procedure");
    case Nature::transport:
      return say("运输途中", "Transport");
    case Nature::queue:
      return say("排队等人员或设备", "Queue for staff or equipment");
    case Nature::closed:
      return say("非工作时段或天气", "Closed: hours or weather");
    case Nature::down:
      return say("故障停机", "Out of order");
    case Nature::not_due:
      return say("未到约定时间或未满批", "Not due, or batch not full");
    default:
      return say("等候他方", "Other side not there yet");
  }
}

double milliseconds_of(std::string_view unit) {
  const auto found = find_unit(unit);
  if (!found || found->dimension != Dimension::time) return 1;
  return found->factor;
}

}  // namespace portflow::analysis
