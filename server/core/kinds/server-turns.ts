// What a change of a server of ours comes to: one that is stopped or runs with other arguments or elsewhere is stopped, started, or both; what
// is left of those that run may have to read its files again.

import type { Changed } from '../diff/kind-diff'

export interface Turns<R> {
  readonly stopped: readonly R[]
  readonly started: readonly R[]
  /** Those that run and go on. */
  readonly kept: readonly Changed<R>[]
}

export const changesFiles = ({ fields }: Pick<Changed<unknown>, 'fields'>): boolean => fields.some(({ field }) => field.startsWith('file '))

export function turnsOf<R extends { readonly isRunning: boolean }>(changed: readonly Changed<R>[]): Turns<R> {
  const running = changed.filter(({ to }) => to.isRunning)
  const isStarted = (change: Changed<R>) => has(change, 'running')
  const isRestarted = (change: Changed<R>) => !isStarted(change) && (has(change, 'arguments') || has(change, 'namespace'))
  return {
    stopped: [...changed.filter(({ to }) => !to.isRunning), ...running.filter(isRestarted)].map(({ to }) => to),
    started: running.filter((change) => isStarted(change) || isRestarted(change)).map(({ to }) => to),
    kept: running.filter((change) => !isStarted(change) && !isRestarted(change)),
  }
}

const has = ({ fields }: Pick<Changed<unknown>, 'fields'>, name: string): boolean => fields.some(({ field }) => field === name)
