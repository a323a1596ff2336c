// portflow ablate: which measures of a package did the work; portflow screen: which of all do any.
#include <fmt/core.h>

#include <cmath>
#include <filesystem>
#include <memory>

#include "analysis/study/ablation.hpp"
#include "analysis/study/sweep.hpp"
#include "cli/arm.hpp"
#include "cli/campaign.hpp"
#include "cli/commands.hpp"
#include "run/measures.hpp"

namespace portflow::cli {
namespace {

struct Options {
  run::Request base;
  std::string package;
  std::uint32_t replications{5};
  std::size_t orders{20};
  bool folded{false}, groups{false};
  CampaignFace campaign;
};

std::string stem_of(const std::string& path) {
  return std::filesystem::path(path).stem().string();
}

void add_base(CLI::App& command, Options& options) {
  command.add_option("SCENARIO", options.base.scenario, "scenario file")->required();
  command.add_option("--with", options.base.measures, "measures that are on in every arm")
      ->delimiter(',');
  command.add_option("--set", options.base.settings, "PATH=VALUE: sets one field in every arm")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_option("--seed", options.base.seed, "seed of all draws (else the scenario's)");
  command.add_option("--until", options.base.until, "date, or duration from the start");
  command.add_option("--replications", options.replications, "of every arm")
      ->check(CLI::Range(1u, 100'000u))
      ->capture_default_str();
  add_campaign(command, options.campaign);
}

Result<study::Ablation> taken_apart(const Options& options) {
  if (options.groups) {
    const auto groups = run::read_groups(options.package);
    if (!groups) return tl::unexpected(groups.error());
    return study::take_apart(options.base, *groups, options.orders);
  }
  const auto members = run::read_package(options.package);
  if (!members) return tl::unexpected(members.error());
  return study::take_apart(options.base, *members, options.orders);
}

/// What would say less and take less: fewer orders, or the chapters of the package alone.
std::vector<Lesser> lesser_of(const Options& options, const study::Ablation& ablation) {
  std::vector<Lesser> result;
  constexpr std::size_t few = 5;
  if (ablation.orders.size() > few) {
    Options fewer = options;
    fewer.orders = few;
    if (auto apart = taken_apart(fewer)) {
      result.push_back({fmt::format("--orders {}", few), std::move(apart->arms),
                        fmt::format("makes the intervals of the shares about {:.0f} times as wide",
                                    std::sqrt(static_cast<double>(ablation.orders.size()) / few))});
    }
  }
  if (options.groups) return result;
  Options chapters = options;
  chapters.groups = true;
  if (auto apart = taken_apart(chapters)) {
    result.push_back({"--groups", std::move(apart->arms),
                      "tells the chapters of the package apart and not its measures"});
  }
  return result;
}

Result<Plan> plan_ablation(const Options& options) {
  auto apart = taken_apart(options);
  if (!apart) return tl::unexpected(apart.error());
  const auto ablation = std::make_shared<study::Ablation>(std::move(*apart));
  return Plan{"ablate_" + stem_of(options.base.scenario) + "_" + stem_of(options.package) +
                  (options.groups ? "_groups" : ""),
              ablation->arms,
              study::levels_of(*ablation),
              options.replications,
              options.campaign.kpis,
              [ablation](const study::Campaign& campaign, const std::vector<std::string>& kpis) {
                return study::account(*ablation, campaign, kpis);
              },
              lesser_of(options, *ablation)};
}

Result<Plan> plan_screening(const Face& face, const Options& options) {
  std::vector<std::string> measures;
  if (!options.package.empty()) {
    auto listed = run::read_package(options.package);
    if (!listed) return tl::unexpected(listed.error());
    measures = std::move(*listed);
  }
  auto made =
      study::screen(options.base, std::move(measures), options.folded, options.replications);
  if (!made) return tl::unexpected(made.error());
  if (!face.quiet) {
    for (const std::string& id : made->left_out) {
      fmt::print(stderr, "remark: {} is not screened, since one that is excludes it\n", id);
    }
  }
  const auto study = std::make_shared<study::Study>(std::move(made->study));
  const auto points = std::make_shared<design::Matrix>(study::points_of(*study));
  auto arms = study::arms_of(*study, *points);
  if (!arms) return tl::unexpected(arms.error());
  return Plan{
      "screen_" + stem_of(options.base.scenario) + (options.folded ? "_folded" : ""),
      std::move(*arms),
      study::levels_of(*study, *points),
      options.replications,
      options.campaign.kpis,
      [study, points](const study::Campaign& campaign, const std::vector<std::string>& kpis) {
        return study::analyse(*study, *points, campaign, kpis);
      }};
}

}  // namespace

void add_ablate(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command = add_command(
      app, face, "ablate", "says which measures of a package did the work",
      "  portflow ablate scenarios/dalian/demo.yaml --package scenarios/packages/first_three.yaml\n"
      "  portflow ablate scenarios/dalian/2024_november.yaml \\\n"
      "      --package scenarios/packages/dalian-2024.yaml --groups --replications 2 --dry-run");
  command->add_option("--package", options->package, "file that lists the measures")->required();
  command->add_flag("--groups", options->groups,
                    "takes the package's groups apart instead of its measures");
  add_base(*command, *options);
  command
      ->add_option("--orders", options->orders,
                   "orders to draw where there are more than 6 measures")
      ->check(CLI::Range(2, 100'000))
      ->capture_default_str();
  command->callback([options, &face] {
    face.action = [options, &face] {
      return run_campaign(face, options->campaign, [&] { return plan_ablation(*options); });
    };
  });
}

void add_screen(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command = add_command(
      app, face, "screen", "finds the measures that do anything, by Plackett and Burman",
      "  portflow screen scenarios/dalian/2023_month.yaml --replications 5\n"
      "  portflow screen scenarios/dalian/2023_month.yaml --folded");
  command->add_option("--package", options->package, "file that lists the measures (else all)");
  command->add_flag("--folded", options->folded,
                    "each run with its mirror image: frees effects from interactions of two");
  add_base(*command, *options);
  command->callback([options, &face] {
    face.action = [options, &face] {
      const int code =
          run_campaign(face, options->campaign, [&] { return plan_screening(face, *options); });
      if (code == 0 && !options->folded && !options->campaign.dry_run && !face.quiet) {
        fmt::print(
            stderr,
            "remark: not folded, each effect carries a share of the interactions of every two "
            "other measures; --folded frees it\n");
      }
      return code;
    };
  });
}

}  // namespace portflow::cli
