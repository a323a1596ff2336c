// Parameters and resources that steps adjust: who has to hear of it, and how long that takes.
#include <algorithm>

#include "procedure/builder.hpp"

namespace portflow::procedure {
namespace {

/// Word of an adjustment takes this long where nothing quicker runs between two processes.
constexpr Duration word_takes = std::chrono::hours{1};

template <class Each>
void each_adjusting(Model& model, const Each& each) {
  for (Role& role : model.roles) {
    for (auto& epoch : role.graphs) {
      for (auto& graph : epoch) {
        for (Step& step : graph->steps) {
          if (!step.adjusts.empty()) each(step);
        }
      }
    }
  }
}

/// Processes where a step may end.
std::vector<std::uint16_t> ends_of(const Step& step) {
  std::vector<std::uint16_t> sites{step.site};
  if (step.move && step.move->end_site != step.site) sites.push_back(step.move->end_site);
  return sites;
}

}  // namespace

void Builder::learned() {
  std::map<std::string, Learned> found;
  for (const Dated& dated : dated_) {
    for (const spec::Procedure* procedure : dated.all()) {
      for (const spec::Step& step : procedure->steps) {
        for (const spec::Adjust& adjust : step.adjusts) {
          if (adjust.parameter.empty()) continue;
          Learned& learned = found[adjust.parameter];
          learned.name = adjust.parameter;
          if (std::ranges::find(learned.factors, adjust.scale) == learned.factors.end()) {
            learned.factors.push_back(adjust.scale);
          }
          learned.at_least = std::max(learned.at_least, adjust.at_least.value_or(0));
          learned.at_most = std::min(learned.at_most, adjust.at_most.value_or(learned.at_most));
        }
      }
    }
  }
  for (auto& [name, learned] : found) {
    std::ranges::sort(learned.factors);
    model_->learned.push_back(std::move(learned));
  }
  readers_.resize(model_->learned.size());
}

std::uint16_t Builder::learned_of(const std::string& parameter) const {
  const auto found = std::ranges::find(model_->learned, parameter, &Learned::name);
  return static_cast<std::uint16_t>(found - model_->learned.begin());
}

Adjust Builder::adjust(const spec::Adjust& in) const {
  Adjust out;
  if (!in.parameter.empty()) {
    out.learned = learned_of(in.parameter);
    const auto& factors = model_->learned[out.learned].factors;
    out.lesson = static_cast<std::uint16_t>(std::ranges::find(factors, in.scale) - factors.begin());
    return out;
  }
  const std::uint16_t facility = facility_codes_.at(in.facility);
  out.site = facility_site_[facility];
  const SiteInfo& site = model_->sites[out.site];
  for (std::size_t i = 0; i < site.resources.size(); ++i) {
    const ResourceInfo& resource = site.resources[i];
    if (resource.facility == facility_local_[facility] && resource.name == in.resource) {
      out.resource = static_cast<std::uint16_t>(i);
    }
  }
  out.units = {in.add, in.at_least.value_or(0), in.at_most.value_or(1e6)};
  return out;
}

void Builder::adjusted() {
  for (std::size_t i = 0; i < readers_.size(); ++i) {
    std::set<std::uint16_t> sites;
    for (const RoleCode code : readers_[i]) {
      const Role& role = model_->roles[code];
      sites.insert(role.home);
      // A step's condition is read where the token stands that comes to it.
      for (const auto& epoch : role.graphs) {
        for (const auto& graph : epoch) {
          for (const Step& step : graph->steps) {
            for (const std::uint16_t site : ends_of(step)) sites.insert(site);
          }
        }
      }
    }
    model_->learned[i].sites.assign(sites.begin(), sites.end());
  }
  each_adjusting(*model_, [&](const Step& step) {
    for (const std::uint16_t from : ends_of(step)) {
      for (const Adjust& one : step.adjusts) {
        if (one.learned == none) {
          channel(from, one.site, word_takes);
          continue;
        }
        for (const std::uint16_t to : model_->learned[one.learned].sites) {
          channel(from, to, word_takes);
        }
      }
    }
  });
}

void Builder::notices() {
  const auto least = [&](std::uint16_t from, std::uint16_t to) {
    for (const ChannelInfo& channel : model_->channels) {
      if (channel.from == from && channel.to == to) return channel.least;
    }
    return Duration::zero();
  };
  // Who is made ahead of its birth reads then the numbers of its birth.
  std::vector<Duration> ahead(model_->learned.size());
  for (std::size_t i = 0; i < readers_.size(); ++i) {
    for (RoleCode root : readers_[i]) {
      while (model_->roles[root].parent != none) root = model_->roles[root].parent;
      for (const SourceInfo& source : model_->sources) {
        if (source.role == root) ahead[i] = std::max(ahead[i], source.ahead);
      }
    }
  }
  each_adjusting(*model_, [&](const Step& step) {
    for (const std::uint16_t from : ends_of(step)) {
      for (const Adjust& one : step.adjusts) {
        if (one.learned == none) continue;
        Learned& learned = model_->learned[one.learned];
        for (const std::uint16_t to : learned.sites) {
          learned.notice = std::max(learned.notice, least(from, to) + ahead[one.learned]);
        }
      }
    }
  });
  each_adjusting(*model_, [&](Step& step) {
    for (Adjust& one : step.adjusts) {
      if (one.learned != none) {
        one.notice = model_->learned[one.learned].notice;
        continue;
      }
      for (const std::uint16_t from : ends_of(step)) {
        one.notice = std::max(one.notice, least(from, one.site));
      }
    }
  });
}

}  // namespace portflow::procedure
