/** Prints what the first visit loads (page, start page, styles; no worker, no engine) and fails above the limit. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const limitKB = 100;
const dist = path.resolve(process.argv[2] ?? 'dist');
const assets = path.join(dist, 'assets');

if (!existsSync(path.join(dist, 'index.html'))) {
  console.error(`There is no index.html to measure in ${dist}. Run "npx vite build" first.`);
  process.exit(1);
}

/** Scripts, styles and preloads that index.html names. */
function namedByPage() {
  const html = readFileSync(path.join(dist, 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+\.(?:js|css))"/g)];
  return files.map(([, file]) => path.basename(file));
}

const textOf = (file) => readFileSync(path.join(assets, file), 'utf8');

/** A chunk with everything it imports statically. */
function withImports(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (!file.endsWith('.js')) return seen;
  for (const [, name] of textOf(file).matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)) {
    withImports(name, seen);
  }
  return seen;
}

/** The start page is a chunk of its own; Vite names next to its import what is loaded with it. */
function startPage(scripts) {
  const call = /import\(\s*["'`]\.\/(StartPage-[^"'`]+\.js)["'`]\s*\)[^[]{0,40}__vite__mapDeps\(\[([\d,]*)\]/;
  for (const text of scripts.map(textOf)) {
    const found = call.exec(text);
    const list = /m\.f\|\|\(m\.f=(\[[^\]]*\])/.exec(text);
    if (!found || !list) continue;
    const files = JSON.parse(list[1]);
    return [found[1], ...found[2].split(',').map((index) => path.basename(files[Number(index)]))];
  }
  throw new Error('No script of index.html imports the start page; has the way pages are loaded changed?');
}

const named = namedByPage();
const first = [...named, ...startPage(named.filter((file) => file.endsWith('.js')))];
const files = new Set(first.flatMap((file) => [...withImports(file)]));

const sizes = [...files].map((file) => [file, gzipSync(readFileSync(path.join(assets, file))).length / 1000]);
const total = sizes.reduce((sum, [, size]) => sum + size, 0);
for (const [file, size] of sizes.sort((a, b) => b[1] - a[1])) {
  if (size >= 1) console.log(`${size.toFixed(1).padStart(7)} KB  ${file}`);
}
console.log(`First load: ${total.toFixed(1)} KB gzip in ${files.size} files (limit ${limitKB} KB).`);
if (total > limitKB) process.exit(1);
