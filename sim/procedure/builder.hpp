/// \file builder.hpp
/// The state of one build; the stages are in build_*.cpp. Private to this folder.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "procedure/build.hpp"

namespace portflow::procedure {

class Builder {
 public:
  Builder(const std::vector<Dated>& dated, const std::vector<AdoptionInput>& adoptions, Kinds kinds)
      : dated_(dated), adoptions_(adoptions), kinds_(kinds), model_(std::make_unique<Model>()) {}
  Result<Built> build();

 private:
  using RoleCode = std::uint16_t;

  // build_structure.cpp
  void structure();
  void keep(bool same, const Place& place, const std::string& path, SimTime date);
  void keep_role(const spec::Role& first, const spec::Role& now, const std::string& path,
                 SimTime date);
  // build_sites.cpp
  void sites();
  void check_kind(const spec::Facility& facility);
  // build_roles.cpp
  void roles();
  void role_tree(const std::string& source, RoleCode parent,
                 const std::vector<const spec::Role*>& by_epoch, std::uint16_t home);
  void attributes(RoleCode role, std::size_t epoch, const spec::Role& spec);
  void adoptions();
  // build_layouts.cpp
  void layouts();
  void axes_of_tree(RoleCode first, RoleCode last);
  [[nodiscard]] std::uint16_t layout_of_group(RoleCode role, std::uint16_t layout,
                                              RoleCode group) const;
  std::uint16_t place(RoleCode role, std::uint16_t layout, const std::string& name) const;
  // build_graphs.cpp
  void dictionaries();
  void graphs();
  std::unique_ptr<Graph> graph(RoleCode role, std::size_t epoch, std::uint16_t layout,
                               const spec::Procedure& procedure);
  void step(Graph& graph, Step& out, RoleCode role, std::size_t epoch,
            const spec::Procedure& procedure, const spec::Step& in);
  void place_steps(Graph& graph, RoleCode role, const spec::Procedure& procedure);
  void wire(Graph& graph, const spec::Procedure& procedure);
  void numbers();
  // build_moves.cpp
  void move(Step& out, RoleCode role, std::size_t epoch, std::uint16_t layout,
            const spec::Procedure& procedure, const spec::Step& in);
  void choose(Graph& graph, Step& out, RoleCode role, const spec::Procedure& procedure,
              const spec::Step& in);
  /// Complains where links with a cost are weighed against links that have none.
  void check_prices(const Graph& graph, const Choose& choose, const Place& place,
                    const std::string& path);
  // build_adjusts.cpp
  void learned();
  [[nodiscard]] std::uint16_t learned_of(const std::string& parameter) const;
  [[nodiscard]] Adjust adjust(const spec::Adjust& in) const;
  void adjusted();
  void notices();
  // build_links.cpp
  void awaits();
  std::optional<Await> awaited_time(RoleCode role, const spec::Await& spec, const Place& place,
                                    const std::string& path);
  std::uint16_t known_slot(RoleCode target, std::uint16_t layout, RoleCode setter,
                           std::uint16_t mark, const Step& step);
  void link(std::uint16_t from_place, std::uint16_t to_place, RoleCode role, const Place& place);
  void channel(std::uint16_t from_site, std::uint16_t to_site, Duration least);
  // build_creates.cpp
  [[nodiscard]] std::uint16_t member(RoleCode group, const std::string& name) const;
  void created();
  void unborn();
  void origins(const Step& step, RoleCode group, std::uint16_t layout);
  void add_unborn(Step& step, RoleCode member, RoleCode group, std::uint16_t layout) const;
  // build_ways.cpp
  class Ways;
  void ways();
  // resolve.cpp
  [[nodiscard]] AttributeSlot attribute(RoleCode role, const std::string& name,
                                        const trace::AttributeInfo** info = nullptr) const;
  AttributeSlot need_attribute(RoleCode role, const std::string& name, const Place& place,
                               const trace::AttributeInfo** info = nullptr);
  void check_read(RoleCode role, const Reads& reads, const Place& place, const std::string& path);
  Number number(RoleCode role, const spec::Amount& amount, const Place& place);
  Draw draw(RoleCode role, const spec::Takes& takes, const Place& place);
  Condition condition(RoleCode role, const Condition& condition, const Place& place);
  Chance chance(RoleCode role, const spec::When& when, const std::string& point,
                const Place& place);
  [[nodiscard]] std::uint16_t case_of(const trace::AttributeInfo& info,
                                      const std::string& word) const;
  [[nodiscard]] std::uint16_t mark_of(RoleCode role, const std::string& mark) const;
  void complain(Place place, const std::string& path, std::string message);

  const std::vector<Dated>& dated_;
  const std::vector<AdoptionInput>& adoptions_;
  Kinds kinds_;
  std::unique_ptr<Model> model_;
  Errors errors_;

  std::map<std::string, std::uint16_t> facility_codes_;
  std::map<std::string, const spec::SplitFacility*> splits_;
  std::vector<std::uint16_t> facility_site_;                ///< by facility code
  std::vector<std::uint16_t> facility_local_;               ///< by facility code: index in its site
  std::vector<std::vector<const spec::Role*>> role_specs_;  ///< by role, by epoch
  std::map<std::string, std::uint16_t> mark_codes_, step_codes_, item_codes_, batch_codes_;
  /// By target, its layout, setter, mark and process.
  std::map<std::tuple<RoleCode, std::uint16_t, RoleCode, std::uint16_t, std::uint16_t>,
           std::uint16_t>
      known_;
  std::map<std::string, std::uint16_t> route_codes_;
  std::vector<std::set<RoleCode>> readers_;  ///< by learned parameter
  std::vector<RouteLine> lines_;
  /// Where members that a step creates begin: by role and layout.
  std::map<std::pair<RoleCode, std::uint16_t>, std::set<std::uint16_t>> origins_;
};

}  // namespace portflow::procedure
