/** GGUF files of the person's own, copied into the browser's private file system (OPFS), so that they need no address. */
import { AppError } from '../../core/errors.ts';
import type { KeptModel } from '../engine.ts';
import { requireSecurePage } from '../secure-page.ts';
import { cutFile, noGguf, storageFull } from './errors.ts';
import { neededBytes } from './gguf-header.ts';
import { addressOfOwnFile, nameOfOwnFile } from './own-file.ts';

const folderName = 'gguf';

/**
 * Copies a file; one of the same name is replaced. A copy that is broken off leaves nothing.
 * @returns the address to load it by
 * @throws AppError `model-corrupt` when it is not a GGUF file or only the beginning of one, `storage-full`,
 * `unsupported` on http addresses
 */
export async function keepGgufFile(file: Blob, name: string): Promise<string> {
  requireSecurePage();
  await requireWhole(file, name);
  const folder = await openFolder();
  const handle = await folder.getFileHandle(name, { create: true });
  try {
    await file.stream().pipeTo(await handle.createWritable());
  } catch (thrown) {
    await folder.removeEntry(name).catch(() => undefined);
    throw storageFull(thrown);
  }
  return addressOfOwnFile(name);
}

async function requireWhole(file: Blob, name: string): Promise<void> {
  const beginning = await file.slice(0, 40).text();
  if (!beginning.startsWith('GGUF')) throw noGguf(name, beginning);
  const needed = await neededBytes(file);
  if (needed === 'cut' || (needed !== null && needed > file.size)) throw cutFile(name, file.size, needed);
}

/** @throws AppError `not-found` */
export async function openDropped(url: string): Promise<Blob> {
  const name = nameOfOwnFile(url);
  try {
    return await (await (await openFolder()).getFileHandle(name)).getFile();
  } catch (cause) {
    throw new AppError('not-found', `The file ${name} is no longer in this browser. Add it again.`, {
      cause,
    });
  }
}

export async function deleteDropped(url: string): Promise<void> {
  const folder = await findFolder();
  await folder?.removeEntry(nameOfOwnFile(url)).catch(() => undefined);
}

export async function droppedFiles(): Promise<readonly KeptModel[]> {
  const kept: KeptModel[] = [];
  const folder = await findFolder();
  if (!folder) return kept;
  for await (const [name, handle] of folder) {
    if (handle.kind !== 'file') continue;
    const { size } = await handle.getFile();
    kept.push({ modelId: addressOfOwnFile(name), bytes: size, complete: true });
  }
  return kept;
}

/** Does not make the folder: looking for what can be deleted must work on a full disk. */
async function findFolder(): Promise<FileSystemDirectoryHandle | null> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(folderName).catch(() => null);
}

async function openFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(folderName, { create: true });
}
