// Nothing can be sent to an instant, hence nothing into the past; and ids are not exchanged.
#include "kernel/process.hpp"

namespace portflow::kernel {

void act(Context<int>& context, ChannelId channel, MeshId mesh, ProcessId to, Duration wait) {
  (void)context.after(wait, 1);
  context.send(channel, 1, wait);
  context.send(mesh, to, 1, wait);
#if WRONG == 1  // to oneself
  (void)context.after(context.now(), 1);
#elif WRONG == 2  // over a channel
  context.send(channel, 1, context.now());
#elif WRONG == 3  // over a mesh
  context.send(mesh, to, 1, context.now());
#elif WRONG == 4  // a process is no channel
  context.send(to, 1, wait);
#elif WRONG == 5  // a bare number is no channel
  context.send(0, 1, wait);
#elif WRONG == 6  // what is cancelled is an event, not an instant
  (void)context.cancel(context.now());
#endif
}

}  // namespace portflow::kernel
