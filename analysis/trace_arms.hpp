/// \file trace_arms.hpp
/// Traces sorted into arms, and folded as their runs were: whoever made these runs, and where.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "analysis/anatomy.hpp"
#include "core/error.hpp"
#include "kpi/collector.hpp"
#include "trace/reader.hpp"

namespace portflow::analysis {

struct OpenTrace {
  std::string path;
  std::unique_ptr<trace::Reader> reader;
};

/// The traces of one arm.
struct TraceArm {
  std::vector<std::string> measures;
  std::map<std::uint32_t, OpenTrace> traces;  ///< by replication
};

/// Opens traces and tells arms apart by their measures; two traces of one replication are two arms
/// whatever is on in them. Of two arms the one with fewer measures comes first, of equally many the
/// one that was named first; of just two traces always the one that was named first.
/// \param paths  files, or folders whose `.h5` files are meant
/// \returns one arm or two; an input fault where they are more, of several scenarios or seeds, or
///          of runs that did not finish, naming what was found; and what trace::Reader returns
[[nodiscard]] Result<std::vector<TraceArm>> open_arms(const std::vector<std::string>& paths);

struct FoldedTrace {
  kpi::Results results;
  std::unique_ptr<Anatomist> anatomist;  ///< null where the trace holds no paths
};

/// Reads a trace through, as its run was folded.
[[nodiscard]] Result<FoldedTrace> fold(const OpenTrace& opened);

/// The fingerprint that the trace's run had.
[[nodiscard]] std::uint64_t fingerprint_in(const trace::Schema& schema);

}  // namespace portflow::analysis
