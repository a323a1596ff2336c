#include "viz/painter.hpp"

#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "viz/framebuffer.hpp"
#include "viz/mark_image.hpp"

namespace portflow::viz {
namespace {

/// In px, y down.
struct Box {
  int x0{0}, y0{0}, x1{0}, y1{0};
  friend bool operator==(const Box&, const Box&) = default;
  [[nodiscard]] bool meets(const Box& o) const {
    return x0 < o.x1 && o.x0 < x1 && y0 < o.y1 && o.y0 < y1;
  }
};

/// Windows that lie in one rectangle, bottom to top.
struct Group {
  Box box;
  std::vector<ImDrawList*> lists;
  std::vector<std::uint64_t> sums;
  bool grounded{false};  ///< the first list is kept in the buffer of grounds
};

/// A sum of bytes, eight at a time; good enough to tell frames apart, and quicker than drawing.
std::uint64_t sum_of(const void* data, std::size_t bytes, std::uint64_t sum) {
  const auto* at = static_cast<const unsigned char*>(data);
  for (; bytes >= 8; bytes -= 8, at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    sum = (sum ^ word) * 0x9e3779b97f4a7c15ull;
    sum ^= sum >> 29;
  }
  for (; bytes > 0; --bytes, ++at) sum = (sum ^ *at) * 0x9e3779b97f4a7c15ull;
  return sum;
}

std::uint64_t sum_of(const ImDrawList& list) {
  std::uint64_t sum = 0x243f6a8885a308d3ull;
  sum = sum_of(list.VtxBuffer.Data, static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()), sum);
  sum = sum_of(list.IdxBuffer.Data, static_cast<std::size_t>(list.IdxBuffer.size_in_bytes()), sum);
  for (const ImDrawCmd& command : list.CmdBuffer) {
    sum = sum_of(&command.ClipRect, sizeof command.ClipRect, sum);
    sum = sum_of(&command.ElemCount, sizeof command.ElemCount, sum);
    // The revision of its image, see Images::resolve().
    sum = sum_of(&command.UserCallbackData, sizeof command.UserCallbackData, sum);
  }
  return sum;
}

/// A panel clips its first command to its own rectangle.
Box box_of(const ImDrawList& list) {
  Box box{1 << 20, 1 << 20, 0, 0};
  for (const ImDrawCmd& command : list.CmdBuffer) {
    if (command.ElemCount == 0) continue;
    box.x0 = std::min(box.x0, static_cast<int>(std::floor(command.ClipRect.x)));
    box.y0 = std::min(box.y0, static_cast<int>(std::floor(command.ClipRect.y)));
    box.x1 = std::max(box.x1, static_cast<int>(std::ceil(command.ClipRect.z)));
    box.y1 = std::max(box.y1, static_cast<int>(std::ceil(command.ClipRect.w)));
  }
  return box;
}

std::vector<Group> groups_of(const ImDrawData& data) {
  std::vector<Group> groups;
  for (int i = 0; i < data.CmdListsCount; ++i) {
    ImDrawList* list = data.CmdLists[i];
    const Box box = box_of(*list);
    if (box.x1 <= box.x0 || box.y1 <= box.y0) continue;
    if (groups.empty() || !(groups.back().box == box)) groups.push_back({box, {}, {}, false});
    groups.back().lists.push_back(list);
    groups.back().sums.push_back(sum_of(*list));
  }
  return groups;
}

bool overlap(const std::vector<Group>& groups) {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (std::size_t j = i + 1; j < groups.size(); ++j) {
      if (groups[i].box.meets(groups[j].box)) return true;
    }
  }
  return false;
}

/// Images as textures, uploaded again when they look different.
class Images {
 public:
  ~Images() {
    for (const Texture& texture : textures_) glDeleteTextures(1, &texture.name);
  }
  Images() = default;
  Images(const Images&) = delete;
  Images& operator=(const Images&) = delete;

  /// Puts textures in place of addresses, and revisions where sums see them.
  void resolve(ImDrawData& data, std::span<const MarkImage* const> images) {
    for (int i = 0; i < data.CmdListsCount; ++i) {
      for (ImDrawCmd& command : data.CmdLists[i]->CmdBuffer) {
        for (const MarkImage* image : images) {
          if (command.TextureId != image || command.UserCallback != nullptr) continue;
          const std::uint64_t revision = image->revision();
          std::memcpy(&command.UserCallbackData, &revision, sizeof command.UserCallbackData);
          const std::uintptr_t name = upload(*image);
          std::memcpy(&command.TextureId, &name, sizeof command.TextureId);
        }
      }
    }
  }

 private:
  struct Texture {
    const MarkImage* image;
    GLuint name;
    int width, height;
    std::uint64_t revision;
  };
  GLuint upload(const MarkImage& image) {
    auto known = std::find_if(textures_.begin(), textures_.end(),
                              [&](const Texture& t) { return t.image == &image; });
    if (known == textures_.end()) {
      textures_.push_back({&image, 0, 0, 0, 0});
      known = textures_.end() - 1;
      glGenTextures(1, &known->name);
    }
    if (known->revision == image.revision() && known->width == image.width()) return known->name;
    glBindTexture(GL_TEXTURE_2D, known->name);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    if (known->width != image.width() || known->height != image.height()) {
      glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
      glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
      glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, image.width(), image.height(), 0, GL_RGBA,
                   GL_UNSIGNED_BYTE, image.pixels());
    } else {
      glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, image.width(), image.height(), GL_RGBA,
                      GL_UNSIGNED_BYTE, image.pixels());
    }
    *known = {&image, known->name, image.width(), image.height(), image.revision()};
    return known->name;
  }
  std::vector<Texture> textures_;
};

float channel(std::uint32_t colour, int shift) {
  return static_cast<float>(colour >> shift & 0xffu) / 255.0f;
}

}  // namespace

struct Painter::Impl {
  int width, height;
  Framebuffer picture, grounds;
  std::vector<Group> last;
  std::uint32_t last_ground{0};
  bool any{false};
  Images images;

  Impl(int w, int h) : width(w), height(h), picture(w, h), grounds(w, h) {}

  void clear(const Box& box, std::uint32_t ground) const {
    glEnable(GL_SCISSOR_TEST);
    glScissor(box.x0, height - box.y1, box.x1 - box.x0, box.y1 - box.y0);
    glClearColor(channel(ground, 0), channel(ground, 8), channel(ground, 16), 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glDisable(GL_SCISSOR_TEST);
  }
  static void draw(ImDrawData& like, std::vector<ImDrawList*> lists) {
    ImDrawData some = like;
    some.CmdLists = lists.data();
    some.CmdListsCount = static_cast<int>(lists.size());
    ImGui_ImplOpenGL3_RenderDrawData(&some);
  }
  void copy(GLuint from, GLuint to, const Box& box) const {
    glBindFramebuffer(GL_READ_FRAMEBUFFER, from);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, to);
    glBlitFramebuffer(box.x0, height - box.y1, box.x1, height - box.y0, box.x0, height - box.y1,
                      box.x1, height - box.y0, GL_COLOR_BUFFER_BIT, GL_NEAREST);
  }

  /// Paints a group that changed. \param before  the same one in the last frame, or null
  void repaint(ImDrawData& data, Group& group, const Group* before, std::uint32_t ground) const {
    const bool several = group.lists.size() > 1;
    const bool same_ground = several && before != nullptr && !before->sums.empty() &&
                             before->sums.front() == group.sums.front();
    if (!several) {
      glBindFramebuffer(GL_FRAMEBUFFER, picture.name());
      clear(group.box, ground);
      draw(data, group.lists);
      return;
    }
    if (!(same_ground && before->grounded)) {
      glBindFramebuffer(GL_FRAMEBUFFER, grounds.name());
      clear(group.box, ground);
      draw(data, {group.lists.front()});
    }
    group.grounded = true;
    copy(grounds.name(), picture.name(), group.box);
    glBindFramebuffer(GL_FRAMEBUFFER, picture.name());
    draw(data, {group.lists.begin() + 1, group.lists.end()});
  }
};

Painter::Painter(int width, int height) : impl_(std::make_unique<Impl>(width, height)) {}
Painter::~Painter() = default;

void Painter::paint(ImDrawData& data, std::uint32_t ground, unsigned target,
                    std::span<const MarkImage* const> images) {
  Impl& self = *impl_;
  self.images.resolve(data, images);
  glViewport(0, 0, self.width, self.height);
  std::vector<Group> groups = groups_of(data);
  const Box whole{0, 0, self.width, self.height};
  const bool layered = overlap(groups);
  bool all =
      !self.any || layered || ground != self.last_ground || groups.size() != self.last.size();
  for (std::size_t i = 0; !all && i < groups.size(); ++i) {
    all = !(groups[i].box == self.last[i].box);
  }
  if (layered) {
    glBindFramebuffer(GL_FRAMEBUFFER, self.picture.name());
    self.clear(whole, ground);
    ImGui_ImplOpenGL3_RenderDrawData(&data);
    groups.clear();
  } else {
    if (all) {
      glBindFramebuffer(GL_FRAMEBUFFER, self.picture.name());
      self.clear(whole, ground);
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const Group* before = all ? nullptr : &self.last[i];
      if (before != nullptr && before->sums == groups[i].sums) {
        groups[i].grounded = before->grounded;
        continue;
      }
      self.repaint(data, groups[i], before, ground);
    }
  }
  self.last = std::move(groups);
  // What the last frame pointed to dies with it: only sums are compared.
  for (Group& group : self.last) group.lists.clear();
  self.last_ground = ground;
  self.any = !layered;
  self.copy(self.picture.name(), target, whole);
  glBindFramebuffer(GL_FRAMEBUFFER, target);
}

}  // namespace portflow::viz
