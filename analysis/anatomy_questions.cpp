#include "analysis/anatomy_questions.hpp"

#include <utility>

namespace portflow::analysis {
namespace {

class Asker {
 public:
  explicit Asker(Questions& questions) : questions_(questions) {}

  void ask(const kpi::Definition& definition) {
    if (definition.kind == "span" && definition.statistic == "mean") ask_span(definition);
    const bool limit = definition.kind == "share" && definition.over > Duration::zero();
    if (limit && definition.target) {
      add(plain(definition),
          {.kind = Question::Kind::promise, .subject = questions_.promises.size()});
      questions_.promises.push_back(definition);
    }
  }

  std::vector<kpi::Definition> asked;

 private:
  /// Without groups, which are asked one by one.
  static kpi::Definition plain(kpi::Definition definition) {
    definition.by.clear();
    return definition;
  }

  void add(kpi::Definition definition, Question question) {
    // Names must differ, and are read by nobody.
    definition.name += "#" + std::to_string(asked.size());
    asked.push_back(std::move(definition));
    questions_.of_definition.push_back(question);
  }

  void ask_span(const kpi::Definition& definition) {
    const std::size_t tree = questions_.trees.size();
    questions_.trees.push_back(definition);
    add(plain(definition), {.kind = Question::Kind::tree, .subject = tree});
    const kpi::ReleaseStudy& study = definition.release_study;
    for (const auto& [axis, name] : {std::pair{Axis::mode, &study.mode},
                                     {Axis::goods, &study.goods},
                                     {Axis::trader, &study.trader}}) {
      if (name->empty()) continue;
      kpi::Definition one = plain(definition);
      one.by = {*name};
      add(std::move(one), {.kind = Question::Kind::category,
                           .subject = tree,
                           .axis = axis,
                           .attribute = name->substr(name->rfind('.') + 1)});
    }
    for (std::uint32_t i = 0; i < study.channel.size(); ++i) {
      kpi::Definition one = plain(definition);
      one.kind = "share";
      one.unit = "1";
      one.from = one.to = {};
      one.marked = study.channel[i];
      add(std::move(one), {.kind = Question::Kind::mark, .subject = tree, .channel = i});
    }
  }

  Questions& questions_;
};

}  // namespace

Result<Questions> questions_of(const trace::Schema& schema) {
  const auto definitions = kpi::from_json(schema.kpi_definitions);
  if (!definitions) return tl::unexpected(definitions.error());
  Questions questions;
  Asker asker(questions);
  for (const kpi::Definition& definition : *definitions) asker.ask(definition);
  trace::Schema with_questions = schema;
  with_questions.kpi_definitions = kpi::to_json(asker.asked);
  auto plan = kpi::make_plan(with_questions);
  if (!plan) return tl::unexpected(plan.error());
  questions.plan = std::move(*plan);
  return questions;
}

}  // namespace portflow::analysis
