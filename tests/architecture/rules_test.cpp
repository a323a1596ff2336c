// The sources of this very checkout keep the rules, and made-up files that break them are caught.
#include "architecture/rules.hpp"

#include <gmock/gmock.h>

namespace portflow::architecture {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::filesystem::path root{PORTFLOW_SOURCE_DIR};

using Rule = std::vector<std::string> (*)(const std::string&, const std::string&);

std::vector<std::string> judge(const std::vector<std::string>& folders, Rule rule) {
  std::vector<std::string> complaints;
  const auto files = sources(root, folders);
  EXPECT_GT(files.size(), 20u) << "the sources were not found";
  for (const std::string& file : files) {
    for (std::string& one : rule(file, contents(root / file))) complaints.push_back(std::move(one));
  }
  return complaints;
}

TEST(Includes, KeepToTheLayers) {
  EXPECT_THAT(judge({"sim", "analysis", "viz", "bench", "tests"}, bad_includes), IsEmpty());
}

TEST(Links, MirrorTheIncludes) {
  const std::string text = contents(root / "CMakeLists.txt");
  EXPECT_THAT(bad_links("CMakeLists.txt", text), IsEmpty());
  for (const Layer& layer : layers()) {
    if (layer.folder.substr(0, 4) != "sim/") continue;
    const std::string name{layer.folder.substr(4)};
    EXPECT_NE(text.find("(sim " + name + " "), std::string::npos) << name << " is no target";
  }
}

TEST(Namespaces, AreFolders) {
  EXPECT_THAT(judge({"sim", "analysis", "viz"}, bad_namespaces), IsEmpty());
}

TEST(Files, CanBeReadInOneSitting) {
  EXPECT_THAT(judge({"sim", "analysis", "viz", "bench", "tests"}, bad_length), IsEmpty());
}

TEST(Layers, HaveNoCircle) {
  // Rows stand bottom up, except cli, which stands with sim but uses analysis.
  std::vector<std::string_view> below;
  for (const Layer& layer : layers()) {
    for (const std::string_view used : layer.may_include) {
      const bool known = std::ranges::count(below, used) > 0;
      EXPECT_TRUE(known || layer.folder == "sim/cli")
          << layer.folder << " includes upward: " << used;
    }
    below.push_back(layer.folder.substr(layer.folder.find('/') + 1));
  }
  const Layer* analysis = layer_of("analysis/x.cpp");
  ASSERT_NE(analysis, nullptr);
  EXPECT_EQ(std::ranges::count(analysis->may_include, "cli"), 0);
}

TEST(MadeUpFile, IncludingUpwardIsRefused) {
  EXPECT_THAT(bad_includes("sim/kernel/made_up.hpp",
                           "#include <vector>\n"
                           "#include \"core/time.hpp\"\n"
                           "  #  include \"spec/scenario.hpp\"  // for the horizon\n"),
              ElementsAre("sim/kernel/made_up.hpp:3: sim/kernel may include core; not spec"));
  EXPECT_THAT(bad_includes("sim/core/made_up.cpp", "#include \"kernel/engine.hpp\"\n"),
              ElementsAre("sim/core/made_up.cpp:1: sim/core may include nothing; not kernel"));
  EXPECT_THAT(
      bad_includes("viz/panel_made_up.cpp", "#include \"run/run.hpp\"\n"),
      ElementsAre("viz/panel_made_up.cpp:1: viz may include core, trace, kpi, analysis; not run"));
}

TEST(MadeUpFile, SeeingAnotherFoldersLibraryIsRefused) {
  EXPECT_THAT(bad_includes("sim/kpi/made_up.cpp", "#include <hdf5.h>\n"),
              ElementsAre("sim/kpi/made_up.cpp:1: <hdf5.h> belongs to sim/trace, tests/trace"));
  EXPECT_THAT(bad_includes("sim/spec/made_up.cpp", "#include <yaml-cpp/yaml.h>\n"),
              ElementsAre("sim/spec/made_up.cpp:1: <yaml-cpp/yaml.h> belongs to sim/io"));
  EXPECT_THAT(bad_includes("sim/run/made_up.cpp", "#include <imgui.h>\n#include <CLI/CLI.hpp>\n"),
              ElementsAre("sim/run/made_up.cpp:1: <imgui.h> belongs to viz, tests/viz",
                          "sim/run/made_up.cpp:2: <CLI/CLI.hpp> belongs to sim/cli, viz, bench"));
  EXPECT_THAT(bad_includes("tests/kpi/made_up.cpp", "#include <yaml-cpp/yaml.h>\n"),
              ElementsAre("tests/kpi/made_up.cpp:1: <yaml-cpp/yaml.h> belongs to sim/io"));
  EXPECT_THAT(bad_includes("sim/run/made_up.cpp", "#include <spdlog/spdlog.h>\n"),
              ElementsAre("sim/run/made_up.cpp:1: <spdlog/spdlog.h> belongs to no library of "
                          "tests/architecture/rules.cpp"));
}

TEST(MadeUpFile, OfNoFolderIsRefused) {
  EXPECT_THAT(bad_includes("sim/utils/made_up.cpp", "#include \"core/time.hpp\"\n"),
              ElementsAre("sim/utils/made_up.cpp:1: its folder has no row in "
                          "tests/architecture/rules.cpp"));
  EXPECT_THAT(bad_includes("sim/core/made_up.cpp", "#include \"time.hpp\"\n"),
              ElementsAre("sim/core/made_up.cpp:1: \"time.hpp\" is in no folder of the product; "
                          "write \"folder/file.hpp\""));
}

TEST(MadeUpFile, InAForeignNamespaceIsRefused) {
  EXPECT_THAT(bad_namespaces("sim/flow/made_up.hpp", "namespace portflow::trace {\n}\n"),
              ElementsAre("sim/flow/made_up.hpp:1: sim/flow is the folder of portflow::flow, not "
                          "of portflow::trace"));
  EXPECT_THAT(bad_namespaces("sim/flow/made_up.hpp", "#pragma once\n"),
              ElementsAre("sim/flow/made_up.hpp:1: a header of sim/flow opens portflow::flow"));
  EXPECT_THAT(bad_namespaces("sim/spec/made_up.hpp",
                             "namespace portflow::spec {\nnamespace read {\n}\n}\n"),
              IsEmpty());
}

TEST(MadeUpFile, OfTooManyLinesIsRefused) {
  EXPECT_THAT(bad_length("viz/made_up.cpp", std::string(400, '\n')), IsEmpty());
  EXPECT_THAT(bad_length("viz/made_up.cpp", std::string(401, '\n')),
              ElementsAre("viz/made_up.cpp:401: 401 lines; a file has at most 400"));
}

TEST(MadeUpTarget, LinkingUpwardIsRefused) {
  EXPECT_THAT(
      bad_links("CMakeLists.txt", "portflow_module(sim trace LINK portflow_run fmt::fmt)\n"),
      ElementsAre("CMakeLists.txt:1: sim/trace may link core; not run"));
}

}  // namespace
}  // namespace portflow::architecture
