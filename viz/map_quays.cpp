// Ships at rest: each at its berth along the quay, or at anchor off the pilot ground.
#include <algorithm>
#include <cmath>
#include <set>

#include "viz/map_parts.hpp"

namespace portflow::viz {
namespace {

/// How berths are set out on the screen, for one quay at one zoom.
struct Row {
  Point along, seaward;  // of length 1, y down
  Point first;           // the middle of berth 0 of the quay
  float pitch{0};        // px from berth to berth
};

Row row_of(const Quay& quay, const Projection& to) {
  constexpr float least_pitch = 8;
  const auto real = f32(berth_km * to.px_per_km());
  Row row;
  row.along = {f32(quay.along.x), -f32(quay.along.y)};
  row.seaward = {f32(quay.seaward.x), -f32(quay.seaward.y)};
  // From afar berths would cover one another: then the whole family stands in one row, off the
  // sign that stands for it.
  if (real >= least_pitch) {
    row.pitch = real;
    row.first = to(quay.at) - row.along * (real * (f32(quay.berths) - 1) / 2);
  } else {
    row.pitch = least_pitch;
    const Point middle = to(quay.family_middle);
    row.first =
        middle + row.along * (least_pitch * (f32(quay.first) - (f32(quay.family_berths) - 1) / 2));
  }
  row.first = row.first + row.seaward * (real >= least_pitch ? 26.0f : 34.0f);
  return row;
}

void draw_quay(Canvas& c, const Frame& f, const Row& row, std::uint32_t berths) {
  const Point back = row.seaward * -5.0f;
  const Point from = row.first - row.along * (row.pitch / 2) + back;
  const Point end = row.first + row.along * (row.pitch * (f32(berths) - 0.5f)) + back;
  c.line(from, end, f.colours.text3, 2);
  for (std::uint32_t b = 0; b <= berths; ++b) {
    const Point at = from + row.along * (row.pitch * f32(b));
    c.line(at, at + row.seaward * 4, f.colours.text3, 1);
  }
}

}  // namespace

void draw_stays(Canvas& c, const Frame& f, const Projection& to, const Camera& camera,
                Picker& picker) {
  if (camera.zoom < 400) return;
  for (const Quay& quay : f.store.quays().all()) {
    const Row row = row_of(quay, to);
    if (f.area.inset(-40).contains(row.first)) draw_quay(c, f, row, quay.berths);
  }
  for (const Stay& stay : f.store.movers().stays().at(f.view.now)) {
    const bool anchored = stay.haven == Haven::anchorage;
    const Quay* quay = anchored ? nullptr : f.store.quays().at(stay.at);
    Point at = to(stay.at);
    float angle = -1.2f;
    float size = stay.small ? 18.0f : 28.0f;
    if (quay != nullptr) {
      const Row row = row_of(*quay, to);
      const float berth = f32(std::min(stay.spot, quay->berths - 1));
      at = row.first + row.along * (row.pitch * berth) + row.seaward * 2;
      angle = std::atan2(row.along.y, row.along.x);
      size = std::min(size, row.pitch * (stay.small ? 0.7f : 0.92f));
    } else {
      // At anchor in rows of four off the pilot ground.
      at = at + Point{34 + 38 * f32(stay.spot % 4), 26 + 18 * f32(stay.spot / 4)};
    }
    if (!f.area.contains(at)) continue;
    draw_mark(c, Mode::ship, at, angle, size, f.colours.flow[static_cast<std::size_t>(stay.flow)],
              f.colours.sea);
    picker.offer(at, size / 2, {Pick::Kind::entity, stay.entity});
  }
}

}  // namespace portflow::viz
