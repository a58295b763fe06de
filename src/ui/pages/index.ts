/** Every page by its route, each loaded when it is first opened: the first load carries only what it shows. */
import type { Component } from 'svelte';
import type { Route } from '../route.ts';

interface PageModule {
  readonly default: Component;
}

export const pageModules: Readonly<Record<Route['page'], () => Promise<PageModule>>> = {
  start: () => import('./StartPage.svelte'),
  data: () => import('./DataPage.svelte'),
  setup: () => import('./SetupPage.svelte'),
  run: () => import('./RunPage.svelte'),
  result: () => import('./ResultPage.svelte'),
  history: () => import('./HistoryPage.svelte'),
  storage: () => import('./StoragePage.svelte'),
  lab: () => import('./LabPage.svelte'),
  learn: () => import('./LearnPage.svelte'),
  diagnostics: () => import('./DiagnosticsPage.svelte'),
  unknown: () => import('./UnknownPage.svelte'),
};
