// Capture targets are found again at the moment they are captured: the device that the path names must still be the one
// that was read (same ifindex in the same namespace), or a capture would prove something about another device.

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
export async function checkTargets(session: HostSession, targets: readonly CaptureTarget[], signal?: AbortSignal): Promise<Map<CaptureTarget, string | null>> {
  const groups = [...groupBy(targets, ({ netns }) => netns)]
  const checked = await Promise.all(groups.map(async ([netns, members]) => {
    const present = await readIndexes(session, netns, signal)
    return members.map((target) => [target, checkTarget(target, present)] as const)
  }))
  return new Map(checked.flat())
}

async function readIndexes(session: HostSession, netns: string, signal: AbortSignal | undefined): Promise<Map<string, number>> {
  const inside = netns === '' ? [] : ['-n', netns]
  const result = await session.run(readCommand(['ip', '-j', ...inside, 'link', 'show']), signal ? { signal } : {})
  return new Map(parseLinks(result.stdout || '[]').value.map(({ ifname, ifindex }) => [ifname, ifindex]))
}

function checkTarget({ device, ifindex }: CaptureTarget, present: ReadonlyMap<string, number>): string | null {
  const now = present.get(device)
  if (now === undefined) return `${device} is not there any more`
  if (ifindex === null || now === ifindex) return null
  return `${device} was replaced since it was read (ifindex ${ifindex}, now ${now})`
}
