/** The model worker: holds the one loaded engine. May be ended and started again at any time by its owner. */
import { expose } from 'comlink';
import { engines } from '../models/engines.ts';
import { installErrorTransfer } from './errors.ts';
import { createModelApi } from './model-api.ts';
import { reportUnhandled } from './unhandled.ts';

installErrorTransfer();
// WebAssembly that aborted never recovers, and WebLLM leaves such failures unhandled and their call open (a wrong
// grammar does it in 0.2.79). Reported as an uncaught error, it reaches the owner at once and not by the watchdog.
reportUnhandled(globalThis, (reason) => reason instanceof WebAssembly.RuntimeError);
expose(createModelApi(engines));
