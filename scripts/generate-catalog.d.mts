export function generateCatalog(): Promise<string>;
