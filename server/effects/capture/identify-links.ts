// Capture targets are found again at the moment they are captured: the device that the path names must still be the one
// that was read (same ifindex in the same namespace), or a capture would prove something about another device. An answer that
// cannot be read is an error: only one that was understood can say that a device is gone.

import { explainUnparsed } from '@/server/core/explain/unparsed'
import { AppError } from '@/server/core/app-error'
import { readCommand } from '@/server/core/commands/command'
import { groupBy } from '@/server/core/group-by'
import { parseLinks } from '@/server/core/parse/ip/link'
import type { HostSession } from '@/server/effects/ssh/host-session'
import type { CapturePlace } from './tcpdump'

export interface CaptureTarget extends CapturePlace {
  /** As last observed; null where it was not. */
  readonly ifindex: number | null
}

/** Sentences by target; null where the target is what it was. One command per namespace. */
export async function checkTargets(
  session: Pick<HostSession, 'run'>,
  targets: readonly CaptureTarget[],
  signal?: AbortSignal,
): Promise<Map<CaptureTarget, string | null>> {
  const groups = [...groupBy(targets, ({ netns }) => netns)]
  const checked = await Promise.all(
    groups.map(async ([netns, members]) => {
      const present = await readIndexes(session, netns, signal)
      return members.map((target) => [target, checkTarget(target, present)] as const)
    }),
  )
  return new Map(checked.flat())
}

async function readIndexes(
  session: Pick<HostSession, 'run'>,
  netns: string,
  signal: AbortSignal | undefined,
): Promise<Map<string, number>> {
  const inside = netns === '' ? [] : ['-n', netns]
  const { host, exitCode, stdout, stderr } = await session.run(
    readCommand(['ip', '-j', ...inside, 'link', 'show']),
    signal ? { signal } : {},
  )
  // A namespace that is gone took its devices with it.
  if (exitCode !== 0 && /^Cannot open network namespace .*: No such file/m.test(stderr)) return new Map()
  const { value, unparsed } = parseLinks(stdout)
  if (exitCode === 0 && stdout.trim() !== '' && unparsed.length === 0) return new Map(value.map(({ ifname, ifindex }) => [ifname, ifindex]))
  const where = netns === '' ? '' : ` of ${netns}`
  const why =
    stderr.trim() || (unparsed[0] && explainUnparsed(unparsed[0].reason)) || `ip printed nothing (exit code ${exitCode ?? 'none'})`
  throw new AppError('parse_failed', `The devices${where} could not be read before the capture: ${why}`, {
    host,
    exitCode,
    stdout: stdout.slice(0, 500),
    stderr,
  })
}

function checkTarget({ device, ifindex }: CaptureTarget, present: ReadonlyMap<string, number>): string | null {
  const now = present.get(device)
  if (now === undefined) return `${device} is not there any more`
  if (ifindex === null || now === ifindex) return null
  return `${device} was replaced since it was read (ifindex ${ifindex}, now ${now})`
}
