/** Excel workbooks (ECMA-376): one sheet as a table. Formulas count by the value stored with them. */
import { unreadable } from '../failures.ts';
import type { RawTable, ReadOptions } from '../raw-table.ts';
import { unzip } from './archive.ts';
import { tableFromGrid } from './csv.ts';
import { withParsedCells } from './json-cells.ts';
import { isPromptfooHeader, readExpectedColumns } from './promptfoo-csv.ts';
import { attribute, readXml } from './xml.ts';
import { dateStyles, readGrid, readSharedStrings } from './xlsx-sheet.ts';

interface Sheet {
  readonly name: string;
  readonly path: string;
}

/** @throws `data-unreadable` when it is no workbook, or the sheet asked for is not there */
export async function readXlsx(
  file: string,
  bytes: Uint8Array,
  options: ReadOptions = {},
): Promise<RawTable> {
  const parts = await unzip(file, bytes, (path) => path.startsWith('xl/') && /\.(xml|rels)$/.test(path));
  const part = (path: string): string => new TextDecoder().decode(parts.get(path));
  const sheets = listSheets(part('xl/workbook.xml'), part('xl/_rels/workbook.xml.rels'));
  const names = sheets.map(({ name }) => name);
  const wanted = options.sheet === undefined ? sheets : sheets.filter(({ name }) => name === options.sheet);
  const texts = readSharedStrings(part('xl/sharedStrings.xml'));
  const styles = dateStyles(part('xl/styles.xml'));
  for (const { name, path } of wanted) {
    const grid = readGrid(part(path), texts, styles);
    if (grid.length < 2 && wanted.length > 1) continue;
    const table = tableFromGrid(file, grid, options.header);
    const read = isPromptfooHeader(table.columns)
      ? readExpectedColumns(table)
      : withParsedCells({ ...table, format: 'xlsx' });
    return { ...read, sheets: names, sheet: name };
  }
  if (options.sheet !== undefined) {
    throw unreadable(file, `has no sheet “${options.sheet}”. Choose one of: ${names.join(', ') || 'none'}.`);
  }
  throw unreadable(file, 'has no sheet with rows. Expected a header and one row per example.');
}

function listSheets(workbook: string, relations: string): Sheet[] {
  const targets = new Map<string, string>();
  for (const event of readXml(relations)) {
    if (event.kind !== 'open' || event.name !== 'Relationship') continue;
    const target = attribute(event.attributes, 'Target') ?? '';
    targets.set(
      attribute(event.attributes, 'Id') ?? '',
      target.startsWith('/') ? target.slice(1) : `xl/${target}`,
    );
  }
  const sheets: Sheet[] = [];
  for (const event of readXml(workbook)) {
    if (event.kind !== 'open' || event.name !== 'sheet') continue;
    const path = targets.get(attribute(event.attributes, '[\\w.-]+:id') ?? '');
    if (path !== undefined)
      sheets.push({ name: attribute(event.attributes, 'name') ?? `Sheet ${sheets.length + 1}`, path });
  }
  return sheets;
}
