/**
 * The policy of the built page. Scripts and styles come from our own files only; WebAssembly may compile
 * (both engines need it), eval may not. Workers may also start from a blob: wllama starts its own that way.
 * `connect-src` is wide on purpose: people name the address of their model, mirror or endpoint themselves.
 * The only frame is our own `metric-sandbox.html`, which has a policy of its own: eval is allowed there, and nothing else.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "worker-src 'self' blob:",
  "frame-src 'self'",
  "connect-src 'self' blob: data: https: http:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Vite plugin: puts the policy into the built index.html (the dev server needs inline styles, so not there). */
export function contentSecurityPolicy() {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
        injectTo: 'head-prepend',
      },
    ],
  };
}
