// Put before all other scripts of the model worker in one check: rejections that nobody handles are heard of by nobody, as
// in an engine that hangs without a failure. The watchdog alone is left to notice.
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
});
