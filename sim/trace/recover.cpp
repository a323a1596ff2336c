#include "trace/recover.hpp"

#include <algorithm>
#include <filesystem>

#include "trace/claim.hpp"

namespace portflow::trace {

Result<Recovered> recover(const std::string& partial, const std::string& to, bool force) {
  auto reader = Reader::open(partial);
  if (!reader) return tl::unexpected(reader.error());
  const Schema& schema = (*reader)->schema();
  const auto refuse_it = [&](const char* why) {
    return fail(Failure::input, why, {partial, 0, 0});
  };
  if (!schema.fingerprint.empty()) {
    return refuse_it("the run finished and its trace is whole: there is nothing to recover");
  }
  if (is_claimed(partial)) {
    return refuse_it("a run is still writing this trace; it can be read as it is");
  }
  const auto sealed = (*reader)->sealed();
  if (!sealed || *sealed == SimTime::min()) {
    return refuse_it("the run ended before its first checkpoint: nothing was saved");
  }
  std::error_code none;
  if (std::filesystem::equivalent(partial, to + ".partial", none)) {
    return fail(Failure::input, "would be written over what it is made from; name another file",
                {to, 0, 0});
  }
  auto writer = Writer::open(to, schema, (*reader)->detail(), force);
  if (!writer) return tl::unexpected(writer.error());
  Reader::Days days = (*reader)->days({});
  Batch batch;
  for (;;) {
    const auto more = days.next(batch);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
    batch.sealed = std::min(batch.sealed, *sealed);
    (*writer)->consume(batch);
  }
  if (auto done = (*writer)->finish("", 0, *sealed == SimTime::max() ? schema.until : *sealed);
      !done) {
    return tl::unexpected(done.error());
  }
  return Recovered{*sealed, (*reader)->tables(), (*reader)->losses()};
}

}  // namespace portflow::trace
