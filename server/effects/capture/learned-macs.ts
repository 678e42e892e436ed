// What bridges of Open vSwitch have learned lately: MAC, VLAN and port. Learning is brought up to date by the revalidators, like
// counters, so they are waited for. Proves where frames passed that no capture sees: patch ports have no device.

import { AppError } from '@/server/core/app-error'
import { readCommand } from '@/server/core/commands/command'
import { type FdbEntry, parseFdbShow } from '@/server/core/parse/ovs/fdb'
import { splitName, splitSections } from '@/server/core/parse/sections'
import type { HostSession } from '@/server/effects/ssh/host-session'

export interface BridgeFdbEntry extends FdbEntry {
  readonly bridge: string
}

/** $1: nonce of the sections; the rest: bridges. A bridge that is not there leaves its section empty. */
const SCRIPT = `
nonce=$1
shift
end() { printf '\\n@@%s %s %s\\n' "$nonce" "$1" "$2"; }
ovs-appctl -T 5 revalidator/wait >/dev/null 2>&1
for bridge do
  ovs-appctl -T 5 fdb/show "$bridge" 2>/dev/null
  end $? "fdb $bridge"
done
end 0 done
`

export async function readLearnedMacs(
  session: HostSession,
  bridges: readonly string[],
  nonce: string,
  signal: AbortSignal,
): Promise<BridgeFdbEntry[]> {
  const result = await session.runOrThrow(readCommand(['sh', '-s', '--', nonce, ...bridges], { stdin: SCRIPT }), { signal })
  const { sections, isComplete } = splitSections(result.stdout, nonce)
  if (!isComplete)
    throw new AppError('parse_failed', 'The reading of what the bridges learned ended early.', { host: result.host, stderr: result.stderr })
  return sections.flatMap(({ name, text }) => {
    const [kind, bridge] = splitName(name)
    return kind === 'fdb' ? parseFdbShow(text).value.map((entry) => ({ ...entry, bridge })) : []
  })
}
