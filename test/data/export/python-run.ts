/** What the metric functions for DSPy say, in one call: to start Python takes longer than all of it. */
import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';

export interface Asked {
  readonly code: string;
  readonly target: string;
  readonly alternatives: readonly string[];
  readonly replies: readonly string[];
}

export const hasPython = spawnSync('python3', ['--version']).status === 0;

const program = `
import json, sys, types
def verdicts(asked):
    scope = {name: __import__(name) for name in ["json", "re", "unicodedata"]}
    exec(asked["code"], scope)
    example = types.SimpleNamespace(answer=asked["target"], alternatives=asked["alternatives"])
    return [bool(scope["metric"](example, types.SimpleNamespace(answer=reply), [])) for reply in asked["replies"]]
print(json.dumps([verdicts(asked) for asked in json.load(sys.stdin)]))`;

/** What a program prints, as JSON. */
export function runPython(code: string, input = ''): unknown {
  const run = spawnSync('python3', ['-c', code], { input, encoding: 'utf8' });
  expect(run.stderr).toBe('');
  return JSON.parse(run.stdout);
}

export function verdicts(asked: readonly Asked[]): boolean[][] {
  return runPython(program, JSON.stringify(asked)) as boolean[][];
}
