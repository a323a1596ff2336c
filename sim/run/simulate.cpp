// One replication: engine, processes and record put together, driven, and taken apart.
#include <algorithm>
#include <chrono>

#include "facility/catalogue.hpp"
#include "kernel/engine.hpp"
#include "procedure/site.hpp"
#include "run/impl.hpp"
#include "trace/recorder.hpp"

namespace portflow::run {
namespace {

/// The instant of the first event: before the horizon by the longest announcement, on the grid
/// of level intervals.
SimTime run_start(const procedure::Model& model) {
  Duration ahead{1};
  for (const auto& source : model.sources) ahead = std::max(ahead, source.ahead);
  const Duration span = model.schema.level_span;
  const Duration before = model.announced_max + ahead;
  return model.horizon.from - (before / span + 1) * span;
}

/// Most runs have nobody stuck even if nothing were under way; what is under way is looked at only
/// where somebody is.
std::optional<std::string> find_deadlock(const procedure::Model& model,
                                         const std::vector<procedure::Site*>& sites,
                                         kernel::Engine<flow::Message>& engine) {
  procedure::Standstill stand;
  for (procedure::Site* site : sites) site->stand_still(stand);
  if (!procedure::deadlock_of(model, stand)) return std::nullopt;
  engine.drain([&](const flow::Message& message) {
    const flow::Entity* entity = procedure::Site::concerned(message);
    if (entity != nullptr) stand.active.push_back(entity->id);
  });
  return procedure::deadlock_of(model, stand);
}

}  // namespace

Result<Outcome> simulate(const Prepared& prepared, const Drive& drive,
                         std::span<trace::Sink* const> sinks) {
  const procedure::Model& model = *prepared.impl().model;
  const Draws draws(prepared.seed(), drive.replication);
  trace::Merger merger(model.sites.size());
  merger.record_for(sinks);
  kernel::Engine<flow::Message> engine;
  std::vector<procedure::Site*> sites;
  std::vector<kernel::ProcessId> ids;
  for (std::size_t i = 0; i < model.sites.size(); ++i) {
    const auto code = static_cast<std::uint16_t>(i);
    auto site = std::make_unique<procedure::Site>(model, code, draws, merger.recorder(code),
                                                  facility::kinds(), drive.paths);
    sites.push_back(site.get());
    ids.push_back(engine.add(model.sites[i].name, std::move(site)));
  }
  for (const procedure::ChannelInfo& channel : model.channels) {
    const kernel::ChannelId id = engine.connect(ids[channel.from], ids[channel.to], channel.least);
    sites[channel.from]->connect(channel.to, {id, channel.least, true});
  }
  const SimTime start = run_start(model);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    for (auto& first : sites[i]->first_events(start)) {
      engine.seed(ids[i], first.at, std::move(first.message), first.rank);
    }
  }

  kernel::RunOptions options;
  options.until = model.schema.until;
  options.workers = std::max(1u, drive.threads);
  options.sequential = drive.sequential;
  options.share_all = drive.share_all;
  options.survey = drive.survey;
  options.seal_every = drive.seal_every;
  SimTime sealed = start;
  options.on_seal = [&](SimTime until) {
    sealed = until;
    merger.begin_seal(until, sinks);
  };
  // As many rows as take some microseconds: while a worker is at them, others may wait for him.
  constexpr std::size_t little = 32;
  options.meanwhile = [&] { return merger.some(little); };
  options.elsewhere = [&] { return static_cast<unsigned>(merger.elsewhere()); };
  options.stop = [&] {
    if (!drive.progress) return false;
    const auto done = static_cast<double>((sealed - start).count());
    return drive.progress(done / static_cast<double>((options.until - start).count()));
  };

  const auto begin = std::chrono::steady_clock::now();
  auto summary = engine.run(options);
  merger.complete();
  if (!summary) return tl::unexpected(summary.error());
  merger.finish(sinks);
  // A run that was stopped early has yet to show who gets stuck.
  if (summary->reached >= options.until) {
    if (auto deadlock = find_deadlock(model, sites, engine)) {
      return fail(Failure::deadlock, std::move(*deadlock));
    }
  }
  const auto end = std::chrono::steady_clock::now();

  Outcome outcome{std::move(*summary), 0, 0};
  outcome.wall_seconds = std::chrono::duration<double>(end - begin).count();
  std::vector<std::pair<std::string, Fingerprint>> parts;
  parts.reserve(sites.size());
  for (std::size_t i = 0; i < sites.size(); ++i) {
    parts.emplace_back(model.sites[i].name, sites[i]->fingerprint());
  }
  outcome.fingerprint = combine(parts);
  return outcome;
}

}  // namespace portflow::run
