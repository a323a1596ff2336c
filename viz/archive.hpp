/// \file archive.hpp
/// The parts of a trace that the store does not keep, read again when somebody asks for them.
///
/// Every question returns at once: an answer, or nothing while it is being read. A whole pass over
/// a fortnight takes about a second, on the worker's thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "viz/bands.hpp"
#include "viz/life.hpp"
#include "viz/people.hpp"
#include "viz/store.hpp"
#include "viz/worker.hpp"

namespace portflow::viz {

class Archive {
 public:
  /// \param path    the trace
  /// \param store   what was made of it; its open file is read, where it keeps one
  /// \param worker  outlives the archive's questions
  Archive(std::string path, const Store& store, Worker& worker);
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  [[nodiscard]] std::shared_ptr<const Life> life(trace::EntityId entity);
  [[nodiscard]] std::shared_ptr<const std::vector<Found>> search(const std::string& text);
  /// Who is called what; null while it is read.
  [[nodiscard]] std::shared_ptr<const People> people();
  /// What each unit of each resource was used for.
  [[nodiscard]] std::shared_ptr<const Bands> bands();
  /// Blocks until everything asked for is read; for pictures.
  void wait() { worker_.wait(); }
  [[nodiscard]] bool busy() { return worker_.busy(); }
  /// Why nothing more can be told, where the disk failed; empty where all is well.
  [[nodiscard]] std::string trouble() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
  Worker& worker_;
};

}  // namespace portflow::viz
