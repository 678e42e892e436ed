// What the Linux bridges of a host have learned within a time: MAC and port, in seconds as the kernel counts them. A frame that a filter in
// nat PREROUTING drops is not learned, so an entry proves that it passed.

import { readCommand } from '@/server/core/commands/command'
import { parseBridgeFdb } from '@/server/core/parse/net/bridge'
import type { LearnedMac } from '@/server/core/trunk/audit'
import type { HostSession } from '../ssh/host-session'

export async function readLinuxBridgeMacs(session: HostSession, withinS: () => number, signal: AbortSignal): Promise<LearnedMac[]> {
  const { stdout } = await session.runOrThrow(readCommand(['bridge', '-s', '-j', 'fdb', 'show']), { signal })
  return parseBridgeFdb(stdout).value.flatMap(({ mac, ifname, master, state, updated }) =>
    master !== undefined && state === '' && updated !== undefined && updated <= withinS()
      ? [{ bridge: master, port: ifname, vlan: 0, macAddress: mac }]
      : [],
  )
}
