#include "analysis/calibration/unmeasured.hpp"

#include "analysis/calibration/sensitivity.hpp"
#include "io/read.hpp"

namespace portflow::calibration {

Result<std::vector<analysis::WeakNumber>> unmeasured(const std::string& scenario) {
  const auto loaded = io::load(scenario);
  if (!loaded) return tl::unexpected(loaded.error());
  std::vector<analysis::WeakNumber> numbers;
  for (const WeakNumber& one : weak_numbers(loaded->root)) {
    analysis::WeakNumber number;
    number.field = policy::to_text(one.path);
    number.value = one.text;
    number.confidence = one.confidence == spec::Confidence::proxy ? "proxy" : "assumption";
    numbers.push_back(std::move(number));
  }
  return numbers;
}

}  // namespace portflow::calibration
