/** The page's side of `page-link.ts`: serves the engines that only a page has. */
import { expose } from 'comlink';
import { engines } from '../models/engines.ts';
import { installErrorTransfer } from './errors.ts';
import { createModelApi } from './model-api.ts';

export function servePageModels(port: MessagePort): void {
  installErrorTransfer();
  const api = createModelApi(engines);
  port.addEventListener('close', () => void api.unload());
  expose(api, port);
}
