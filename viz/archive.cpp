#include "viz/archive.hpp"

#include <malloc.h>

#include <algorithm>

#include "trace/reader.hpp"

namespace portflow::viz {
namespace {

constexpr trace::Reader::Without births_only{.steps = true,
                                             .paths = true,
                                             .marks = true,
                                             .ends = true,
                                             .moves = true,
                                             .levels = true,
                                             .ledger = true,
                                             .whole_days = true};
constexpr trace::Reader::Without of_a_life{
    .marks = true, .levels = true, .ledger = true, .whole_days = true};

/// Picks the rows of one entity out of the hours of a trace, from its birth at `born` on.
void read_life(Life& life, trace::EntityId entity, SimTime born, const trace::Schema& schema,
               const trace::Reader& reader) {
  trace::Reader::Days days = reader.days(of_a_life, born);
  trace::Batch batch;
  for (;;) {
    const auto more = days.next(batch);
    if (!more || !*more) break;
    std::size_t attribute = 0;
    for (const trace::Born& row : batch.born) {
      const std::size_t own = schema.roles[row.role].attributes.size();
      if (row.entity == entity) {
        life.born = row;
        life.known = true;
        const auto first = batch.attributes.begin() + static_cast<std::ptrdiff_t>(attribute);
        life.attributes.assign(first, first + static_cast<std::ptrdiff_t>(own));
      }
      attribute += own;
    }
    for (const auto& step : batch.steps) {
      if (step.entity == entity) life.steps.push_back(step);
    }
    for (const auto& part : batch.paths) {
      if (part.entity == entity) life.path.push_back(part);
    }
    for (const auto& move : batch.moves) {
      if (move.entity == entity) life.moves.push_back(move);
    }
    for (const auto& ended : batch.ended) {
      if (ended.entity == entity) life.ended = ended;
    }
    // Nothing is recorded of whoever has ended, and hours are whole.
    if (life.ended) break;
  }
  std::reverse(life.path.begin(), life.path.end());
  std::sort(life.moves.begin(), life.moves.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
}

}  // namespace

struct Archive::State {
  std::string path;
  trace::Schema schema;
  std::mutex mutex;
  std::shared_ptr<const trace::Reader> reader;  // of the worker alone
  std::shared_ptr<const People> people;         // written by the worker, under the mutex
  bool people_asked{false};
  std::map<trace::EntityId, std::shared_ptr<const Life>> lives;
  std::map<std::string, std::shared_ptr<const std::vector<Found>>> searches;
  std::shared_ptr<const Bands> bands;
  bool bands_asked{false};
  std::string trouble;

  bool failed(const Fault& fault) {
    const std::scoped_lock lock(mutex);
    trouble = fault.errors.empty() ? path : fault.errors.front().text();
    return false;
  }
  bool open() {
    if (!reader) {
      auto opened = trace::Reader::open(path);
      if (!opened) return failed(opened.error());
      reader = std::move(*opened);
    }
    if (people) return true;
    auto all = std::make_shared<People>(schema);
    if (auto read = reader->replay(*all, births_only); !read) return failed(read.error());
    if (auto closed = all->close(); !closed) return failed(closed.error());
    malloc_trim(0);
    const std::scoped_lock lock(mutex);
    people = std::move(all);
    return true;
  }
  /// A file that grows is opened anew the next time: a reader knows the rows of its opening.
  void done() {
    if (schema.fingerprint.empty()) reader.reset();
  }
  [[nodiscard]] std::shared_ptr<Life> tell(trace::EntityId entity) {
    auto life = std::make_shared<Life>();
    if (!open()) return life;
    const auto tables = reader->tables();
    life->paths_written =
        std::any_of(tables.begin(), tables.end(), [](const auto& t) { return t.name == "paths"; });
    const auto person = people->find(entity);
    read_life(*life, entity, person ? person->at : SimTime::min(), schema, *reader);
    malloc_trim(0);
    life->name = people->spell(entity);
    for (trace::EntityId up = life->born.parent; up != trace::no_entity;) {
      const auto parent = people->find(up);
      if (!parent) break;
      life->parents.push_back(people->spell(up));
      life->names[up] = life->parents.back();
      up = parent->parent;
    }
    for (const trace::PathPart& part : life->path) {
      for (const trace::EntityId who : {part.owner, part.holder}) {
        if (who != trace::no_entity) life->names[who] = people->spell(who);
      }
    }
    return life;
  }
};

Archive::Archive(std::string path, const Store& store, Worker& worker)
    : state_(std::make_shared<State>()), worker_(worker) {
  state_->path = std::move(path);
  state_->schema = store.schema();
  state_->reader = store.reader();
}

Archive::~Archive() = default;

std::shared_ptr<const Life> Archive::life(trace::EntityId entity) {
  const std::scoped_lock lock(state_->mutex);
  const auto [at, fresh] = state_->lives.try_emplace(entity);
  if (fresh) {
    worker_.add([state = state_, entity] {
      auto life = state->tell(entity);
      state->done();
      const std::scoped_lock inner(state->mutex);
      state->lives[entity] = std::move(life);
    });
  }
  return at->second;
}

std::shared_ptr<const std::vector<Found>> Archive::search(const std::string& text) {
  const std::scoped_lock lock(state_->mutex);
  const auto [at, fresh] = state_->searches.try_emplace(text);
  if (fresh) {
    worker_.add([state = state_, text] {
      constexpr std::size_t most = 40;
      auto found = std::make_shared<std::vector<Found>>();
      if (state->open()) *found = state->people->search(text, most);
      state->done();
      const std::scoped_lock inner(state->mutex);
      state->searches[text] = std::move(found);
    });
  }
  return at->second;
}

std::string Archive::trouble() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->trouble;
}

std::shared_ptr<const People> Archive::people() {
  const std::scoped_lock lock(state_->mutex);
  if (!state_->people_asked) {
    state_->people_asked = true;
    worker_.add([state = state_] {
      if (state->open()) state->done();
    });
  }
  return state_->people;
}

std::shared_ptr<const Bands> Archive::bands() {
  const std::scoped_lock lock(state_->mutex);
  if (!state_->bands_asked) {
    state_->bands_asked = true;
    worker_.add([state = state_] {
      if (!state->open()) return;
      auto bands = std::make_shared<Bands>(state->schema);
      const trace::Reader::Without out{
          .paths = true, .marks = true, .levels = true, .ledger = true, .whole_days = true};
      if (!state->reader->replay(*bands, out)) return;
      bands->close();
      malloc_trim(0);
      state->done();
      const std::scoped_lock inner(state->mutex);
      state->bands = std::move(bands);
    });
  }
  return state_->bands;
}

}  // namespace portflow::viz
