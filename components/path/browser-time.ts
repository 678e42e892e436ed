// Readings carry the console's clock, and the browser judges by its own what is still live. The two may differ: what arrives is told
// in the browser's time.

import type { Path, SentPath } from '@/server/core/path/path'

/**
 * An answer was on its way for a while, so the least difference seen is the nearest to the truth. It only shrinks: a host that was not
 * read again never seems to have been.
 */
export function inBrowserTime(
  answer: SentPath,
  arrivedAt: number,
  knownAheadMs: number | null,
): { readonly path: Path; readonly aheadMs: number } {
  const aheadMs = Math.min(arrivedAt - Date.parse(answer.sentAt), knownAheadMs ?? Infinity)
  const shift = (at: string): string => new Date(Date.parse(at) + aheadMs).toISOString()
  return {
    aheadMs,
    path: { ...answer, hosts: answer.hosts.map((host) => ({ ...host, observedAt: host.observedAt && shift(host.observedAt) })) },
  }
}
