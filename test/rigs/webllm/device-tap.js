// Put before the model worker's script by the rig: lets the rig lose the GPU device, as a driver restart would, and tells of
// rejections that nobody handles. It listens first, so it waits until all others had their turn.
{
  const rig = new BroadcastChannel('rig');
  const requestDevice = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...args) {
    const device = await requestDevice.apply(this, args);
    self.__rigDevice = device;
    return device;
  };
  rig.onmessage = ({ data }) => {
    if (data === 'lose-device') self.__rigDevice?.destroy();
  };
  self.addEventListener('unhandledrejection', (event) => {
    const { reason } = event;
    const words = `unhandled: ${reason?.name}: ${reason?.message} ${reason?.stack?.split('\n')[1] ?? ''}`;
    setTimeout(() => {
      if (!event.defaultPrevented) rig.postMessage(words);
    });
  });
}
