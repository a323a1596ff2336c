/// \file framebuffer.hpp
/// A colour buffer to draw into. Include after the OpenGL headers, with GL_GLEXT_PROTOTYPES.
#pragma once

namespace portflow::viz {

class Framebuffer {
 public:
  /// In px. The buffer is bound when this is over.
  Framebuffer(int width, int height) {
    glGenFramebuffers(1, &frame_);
    glGenRenderbuffers(1, &colour_);
    glBindRenderbuffer(GL_RENDERBUFFER, colour_);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
    glBindFramebuffer(GL_FRAMEBUFFER, frame_);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colour_);
  }
  ~Framebuffer() {
    glDeleteRenderbuffers(1, &colour_);
    glDeleteFramebuffers(1, &frame_);
  }
  Framebuffer(const Framebuffer&) = delete;
  Framebuffer& operator=(const Framebuffer&) = delete;
  [[nodiscard]] GLuint name() const noexcept { return frame_; }
  /// Whether it can be drawn into. \pre it is bound
  [[nodiscard]] bool complete() const {
    return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
  }

 private:
  GLuint frame_{0}, colour_{0};
};

}  // namespace portflow::viz
