/** What the rig's scripts share: the prepared folder, builds on WebLLM 0.2.79, a server for page and model, the browsers. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { chromiumFlags, ensureChromium } from '../../../scripts/chromium.mjs';

const here = import.meta.dirname;
const rig = process.env.RIG_HOME ?? path.join(os.homedir(), '.cache/sentential-webllm-rig');
const software = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'];
const types = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

export function prepare(library) {
  const isReady =
    fs.existsSync(path.join(rig, 'node_modules/web-llm-rig')) &&
    fs.existsSync(path.join(rig, 'model/tokenizer.json'));
  const sameLibrary =
    isReady && fs.readFileSync(path.join(rig, 'model/model_lib.wasm')).equals(fs.readFileSync(library));
  if (sameLibrary) return;
  console.log(`Preparing the rig in ${rig}; this takes a minute.`);
  const { status } = spawnSync(path.join(here, 'setup.sh'), [library], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The rig could not be prepared; README.md says what it needs.');
}

/** @returns the folder of the built page; `options` as Vite has them */
export async function buildFor(name, options) {
  const outDir = path.join(rig, name);
  await build({
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    ...options,
    resolve: {
      alias: {
        '@mlc-ai/web-llm': path.join(here, 'web-llm-0.2.79.js'),
        'web-llm-rig': path.join(rig, 'node_modules/web-llm-rig'),
      },
    },
    build: { outDir, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 10_000 },
  });
  return outDir;
}

/**
 * Where a request's file lies; `damaged/` and `stalled/` are the same model with one bad file, `varied/` is it with penalties
 * on what it has said: random weights write one token for ever, and all greedy replies are alike.
 */
function fileFor(url, page) {
  const [, folder, rest] = /^\/(model|damaged|stalled|varied)\/(?:resolve\/main\/)?(.*)$/.exec(url) ?? [];
  return folder ? path.join(rig, 'model', rest) : path.join(page, url === '/' ? 'index.html' : url);
}

function withPenalties(file) {
  const config = JSON.parse(fs.readFileSync(file, 'utf8'));
  return JSON.stringify({ ...config, presence_penalty: 2, frequency_penalty: 2 });
}

/** The model worker's script with ours in front, put there by the server: it may be started by another worker. */
function withScripts(file, names, fraction) {
  const parts = names.map((name) => path.join(here, name));
  const scripts = [...parts, file].map((one) => fs.readFileSync(one, 'utf8'));
  return [`self.__KERNEL_FRACTION = ${fraction};`, ...scripts].join('\n');
}

/**
 * Serves the page, the model, and the ways a download can go wrong.
 * @param fraction share of the matrix products that is computed: 1 is the same maths as on a GPU, 0.1 is ten times faster
 * @param scripts what runs in the model worker before its own script
 */
export async function serve(page, fraction, scripts = ['kernels.js', 'device-tap.js']) {
  const server = http.createServer((request, response) => {
    const url = new URL(request.url, 'http://rig').pathname;
    const file = fileFor(url, page);
    response.setHeader('access-control-allow-origin', '*');
    if (/stalled.*shard_1/.test(url)) return; // never answered
    if (!fs.existsSync(file) || fs.statSync(file).isDirectory())
      return void response.writeHead(404).end('not found');
    response.setHeader('content-type', types[path.extname(file)] ?? 'application/octet-stream');
    if (/damaged.*mlc-chat-config/.test(url)) return void response.end('<html>Sign in to the network</html>');
    if (/varied.*mlc-chat-config/.test(url)) return void response.end(withPenalties(file));
    if (/model\.worker.*\.js$/.test(url)) return void response.end(withScripts(file, scripts, fraction));
    response.setHeader('content-length', fs.statSync(file).size);
    if (request.method === 'HEAD') return void response.end();
    fs.createReadStream(file).pipe(response);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}

/** Chromium whose software adapter is lavapipe: runs the real engine. */
export function lavapipe() {
  const libraries = path.join(rig, 'deb/x/usr/lib/x86_64-linux-gnu');
  const icd = path.join(rig, 'icd.json');
  return {
    executablePath: path.join(rig, 'chromium/chromium'),
    args: [...chromiumFlags, ...software, '--ignore-gpu-blocklist', '--disable-gpu-sandbox'],
    env: {
      ...process.env,
      VK_ICD_FILENAMES: icd,
      VK_DRIVER_FILES: icd,
      LD_LIBRARY_PATH: libraries,
      LVP_SO: path.join(libraries, 'libvulkan_lvp.so'),
    },
  };
}

export function withoutWebGpu() {
  return { executablePath: ensureChromium(), args: [...chromiumFlags, '--disable-gpu'] };
}

/** SwiftShader has WebGPU, but no 16-bit floats. */
export function without16BitFloats() {
  return { executablePath: ensureChromium(), args: [...chromiumFlags, ...software] };
}
