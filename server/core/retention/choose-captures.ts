// Which capture files go: those beyond the number, the space or the age, the oldest first. Newer ones have their place before older ones.

import { momentsOf, type Retention } from './retention'

export interface CaptureFile {
  readonly id: string
  readonly bytes: number
  readonly changedAtMs: number
}

const MIB = 1024 * 1024

/** `files` with the latest first; which of these something points at, the caller knows. */
export function capturesBeyond(
  files: readonly CaptureFile[],
  { captures, captureMib }: Pick<Retention, 'captures' | 'captureMib'>,
  now: Date,
): readonly CaptureFile[] {
  const { settledBefore, staleBefore } = momentsOf(captures, now)
  let bytes = 0
  return files.filter((file, index) => {
    bytes += file.bytes
    const at = new Date(file.changedAtMs).toISOString()
    return at < settledBefore && (index >= captures.count || bytes > captureMib * MIB || at < staleBefore)
  })
}
