import { mount } from 'svelte';
import App from './ui/App.svelte';
import './ui/styles/tokens.css';
import './ui/styles/base.css';
import './ui/styles/layout.css';
import { connectImporter, connectOptimizer } from './workers/client.ts';

const target = document.querySelector('#app');
if (target === null) throw new Error('Expected an element with the id "app" in index.html.');
mount(App, { target, props: { workers: { connectOptimizer, connectImporter } } });

// Without it (plain http, a private window) the app works all the same while there is a network.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener(
    'load',
    () => void navigator.serviceWorker.register('./offline.js').catch(() => undefined),
  );
}
