// portflow sweep: a study file, its runs, its tables.
#include "analysis/study/sweep.hpp"

#include <memory>

#include "cli/campaign.hpp"
#include "cli/commands.hpp"

namespace portflow::cli {
namespace {

struct Options {
  std::string file;
  std::uint32_t replications{0};
  CampaignFace campaign;
};

Result<Plan> plan_of(const Options& options) {
  auto read = study::read_study(options.file);
  if (!read) return tl::unexpected(read.error());
  const auto study = std::make_shared<study::Study>(std::move(*read));
  if (options.replications > 0) study->replications = options.replications;
  const auto points = std::make_shared<design::Matrix>(study::points_of(*study));
  auto arms = study::arms_of(*study, *points);
  if (!arms) return tl::unexpected(arms.error());
  return Plan{
      study->name,
      std::move(*arms),
      study::levels_of(*study, *points),
      study->replications,
      options.campaign.kpis.empty() ? study->kpis : options.campaign.kpis,
      [study, points](const study::Campaign& campaign, const std::vector<std::string>& kpis) {
        return study::analyse(*study, *points, campaign, kpis);
      }};
}

}  // namespace

void add_sweep(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command = add_command(
      app, face, "sweep", "varies factors by a design, and says what they do",
      "  portflow sweep scenarios/sweeps/tiny_lanes.yaml --dry-run\n"
      "  portflow sweep scenarios/sweeps/tiny_lanes.yaml            # again: goes on where it was\n"
      "  portflow sweep scenarios/sweeps/tiny_lanes.yaml --replications 20\n"
      "  mpirun -n 4 portflow sweep scenarios/sweeps/tiny_lanes.yaml   # where OpenMPI is "
      "installed");
  command->add_option("STUDY", options->file, "study file")->required();
  command->add_option("--replications", options->replications, "in place of the study's")
      ->check(CLI::Range(1u, 100'000u));
  add_campaign(*command, options->campaign);
  command->callback([options, &face] {
    face.action = [options, &face] {
      return run_campaign(face, options->campaign, [&] { return plan_of(*options); });
    };
  });
}

}  // namespace portflow::cli
