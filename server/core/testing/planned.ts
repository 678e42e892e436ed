// What a plan would send to a host, for tests of kinds: the lines of one namespace, whatever step they are in, and whole states by a few lists.

import { diffHost } from '../diff/host-diff'
import { emptyHostState, type HostState } from '../host/host-state'
import { renderSteps } from '../render/render-steps'
import { oneByOne } from '../render/testing/one-by-one'

export const stateOf = (lists: Partial<HostState>): HostState => ({ ...emptyHostState, ...lists })

/** By place: '' is the root namespace. */
export interface PlannedLine {
  readonly netns: string
  readonly program: string
  readonly line: string
}

export function plannedLines(desired: HostState, observed: HostState): readonly PlannedLine[] {
  const commands = renderSteps(diffHost(desired, observed), 'host').flatMap(({ command }) => oneByOne(command))
  return commands.flatMap(({ argv, stdin = '' }) => {
    const [netns, rest] = placeOf(argv)
    return stdin
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => ({ netns, program: rest.find((word) => !word.startsWith('-')) ?? '', line }))
  })
}

/** The lines alone, each behind its namespace. */
export const planned = (desired: HostState, observed: HostState): readonly string[] =>
  plannedLines(desired, observed).map(({ netns, line }) => (netns === '' ? line : `${netns}: ${line}`))

function placeOf(argv: readonly string[]): readonly [netns: string, rest: readonly string[]] {
  if (argv[0] === 'ip' && argv[1] === '-n') return [argv[2] ?? '', ['ip', ...argv.slice(3)]]
  return argv[0] === 'ip' && argv[1] === 'netns' && argv[2] === 'exec' ? [argv[3] ?? '', argv.slice(4)] : ['', argv]
}
