/** A thread of a bench: runs the cells of one task and sends back what came of them. */
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { runnerImport } from 'vite';

const { module } = await runnerImport(path.resolve('bench/cells.ts'));
parentPort.postMessage(await module.runTask(workerData));
