/// \file painter.hpp
/// Draws frames into a buffer of its own and repaints only windows that look different now.
///
/// In software every pixel costs, and between two frames most of them stay as they were: the map's
/// land, the tables, the figures. So
///
///     of each window: the sum of its vertices and commands; equal to the last frame's? then skip
///     it windows that share a rectangle are one group, painted together or not at all; of a
///     group's windows, those at the bottom that did not change are kept as a picture by themselves
///     (`ground`), and copied instead of drawn something lies over several groups (a sheet)? then
///     everything is drawn
///
/// The result is copied to where it is wanted; a copy costs little.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

struct ImDrawData;

namespace portflow::viz {

class MarkImage;

class Painter {
 public:
  /// \pre an OpenGL 3.3 context is current, here and whenever it is used
  Painter(int width, int height);
  ~Painter();
  Painter(const Painter&) = delete;
  Painter& operator=(const Painter&) = delete;

  /// Draws `data` over `ground` (0xAABBGGRR) and copies it to frame buffer `target`.
  /// \param images  that `data` may refer to by their addresses as textures
  void paint(ImDrawData& data, std::uint32_t ground, unsigned target,
             std::span<const MarkImage* const> images);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace portflow::viz
