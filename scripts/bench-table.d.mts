export interface SpeedRow {
  readonly figure: string;
  readonly wanted: string;
  readonly measured: string;
  readonly isMet: boolean | null;
  readonly how: string;
}
/** The README with the table of speed between its two marks. @throws Error when a mark is missing */
export function withSpeedTable(readme: string, rows: readonly SpeedRow[]): string;
