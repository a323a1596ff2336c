// The pages as their readers see them: three widths, light and dark, both languages. The pictures
// stay in the build folder's artefacts/report, to be looked at.
#include "report/look.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "report/pages.hpp"

namespace portflow::report_test {
namespace {

namespace fs = std::filesystem;
using analysis::Language;

const std::string folder = PORTFLOW_BINARY_DIR "/artefacts/report";

template <class Results>
std::string page(const Results& results, const std::string& name, Language language) {
  fs::create_directories(folder);
  const std::string path =
      fmt::format("{}/{}-{}.html", folder, name, language == Language::zh ? "zh" : "en");
  EXPECT_TRUE(analysis::write_report(results, path, language));
  return path;
}

void expect_readable(const std::string& page, const Look& look) {
  const std::string picture = fmt::format("{}-{}-{}.png", page.substr(0, page.size() - 5),
                                          look.width, look.dark ? "dark" : "light");
  const Seen seen = look_at(page, look, picture);
  ASSERT_EQ(seen.fault, "") << picture;
  EXPECT_EQ(seen.inner_width, look.width) << picture;
  EXPECT_LE(seen.scroll_width, seen.inner_width) << "scrolls sideways: " << picture;
  EXPECT_EQ(seen.complaints, "") << picture;
  EXPECT_EQ(seen.requests, 0) << picture;
  EXPECT_EQ(seen.dark, look.dark) << picture;
  EXPECT_GT(seen.height, 1000) << picture;
  EXPECT_GT(seen.ink, 0.02) << picture;
}

TEST(Look, AComparisonReadsAtEveryWidthInLightAndDark) {
  for (const Language language : {Language::en, Language::zh}) {
    const std::string path = page(comparison(), "compare", language);
    for (const int width : {390, 1024, 1600}) {
      for (const bool dark : {false, true}) expect_readable(path, {width, dark});
    }
  }
}

TEST(Look, OneArmReadsAtEveryWidthInLightAndDark) {
  const std::string en = page(portrait(), "arm", Language::en),
                    zh = page(portrait(), "arm", Language::zh);
  expect_readable(en, {390, false});
  expect_readable(en, {1024, true});
  expect_readable(en, {1600, false});
  expect_readable(zh, {390, true});
  expect_readable(zh, {1024, false});
  expect_readable(zh, {1600, true});
}

TEST(Look, SeesAPageThatScrollsSidewaysComplainsLoadsOrIsBlank) {
  fs::create_directories(folder);
  const std::string path = folder + "/faults.html";
  std::ofstream(path)
      << "<!DOCTYPE html><html><head><meta name=\"viewport\" "
         "content=\"width=device-width\"></head><body><div style=\"width:3000px;height:9px\">"
         "</div><img src=\"no.png\"><script>console.error(\"oops\")</script>"
         "</body></html>";
  const Seen seen = look_at(path, {390, false}, folder + "/faults.png");
  ASSERT_EQ(seen.fault, "");
  EXPECT_GT(seen.scroll_width, seen.inner_width);
  EXPECT_GT(seen.requests, 0);
  EXPECT_NE(seen.complaints.find("oops"), std::string::npos) << seen.complaints;
  EXPECT_LT(seen.ink, 0.02);
  fs::remove(path);
  fs::remove(folder + "/faults.png");
}

}  // namespace
}  // namespace portflow::report_test
