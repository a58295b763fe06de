export const chromiumFlags: string[];
/** Path of an executable Chromium, or null. @throws Error when CHROMIUM_PATH names nothing executable */
export function findChromium(): string | null;
/** Finds a Chromium or installs one. @throws Error with what to do when neither works */
export function ensureChromium(): string;
