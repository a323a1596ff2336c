// Feedback: a step that ends teaches a parameter, or brings a resource more units.
#include "procedure/site.hpp"

namespace portflow::procedure {

[[gnu::noinline]] void Site::adjust(const Step& numbers) {
  for (const Adjust& adjust : numbers.adjusts) {
    const SimTime from = midnight_after(now_ + adjust.notice);
    Message message;
    message.time = from;
    if (adjust.learned == none) {
      if (adjust.site == index_) {
        add_units(adjust.resource, adjust.units, from);
        continue;
      }
      message.kind = Message::Kind::add_units;
      message.slot = adjust.resource;
      // The model outlives the run, and nobody writes to it.
      message.job = const_cast<Units*>(&adjust.units);
      send_over(adjust.site, std::move(message), channels_[adjust.site].least);
      continue;
    }
    for (const std::uint16_t site : model_.learned[adjust.learned].sites) {
      if (site == index_) {
        learning_.take(adjust.learned, adjust.lesson, from);
        continue;
      }
      message.kind = Message::Kind::learn;
      message.slot = adjust.learned;
      message.step = adjust.lesson;
      send_over(site, message, channels_[site].least);
    }
  }
}

void Site::add_units(std::uint16_t resource, const Units& units, SimTime from) {
  added_[resource].take(units, from);
  // Whatever arranges the roster anew before then sets the clock for the midnight too.
  Message message{Message::Kind::calendar};
  message.slot = resource;
  message.number = calendar_versions_[resource];
  context_->after(from - now_, std::move(message), kernel::Rank::parameters);
}

}  // namespace portflow::procedure
