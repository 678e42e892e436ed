// What the switch of a lab host says of frames: `ofproto/trace`, a thousand over one connection.

import { parseHostRead } from '@/server/core/parse/host-read'
import { READ_SCRIPT } from '@/server/core/parse/read-script'
import type { HostState } from '@/server/core/host/host-state'
import { buildSwitch, type Switch } from '@/server/core/walk/openflow/switch'
import type { SwitchEntry } from '@/server/core/walk/openflow/trace-switch'
import { outputOf } from './output-of'
import { traceText } from './trace-text'
import { unixctl } from './unixctl'

const NONCE = 'abcdef0123456789'

export interface Traces {
  readonly traces: readonly string[]
  /** Of a processor, which the switch used for all of them. */
  readonly cpuSeconds: number
}

/** `isNamed`: ports by name in the answers, as the judge reads them. `isSent`: it happens, and bridges learn from it. */
export async function askSwitch(
  lab: string,
  host: string,
  sw: Switch,
  entries: readonly SwitchEntry[],
  { isNamed = true, isSent = false } = {},
): Promise<Traces> {
  const numberOf = ({ bridge, port }: SwitchEntry) => sw.bridges.get(bridge)!.port(port)!.number!
  const sent = isSent ? ['-generate'] : []
  const names = isNamed ? ['--names'] : []
  const requests = entries.map((entry) => ['ofproto/trace', [...names, entry.bridge, traceText(entry, numberOf(entry)), ...sent]] as const)
  const { answers: traces, cpuSeconds } = await unixctl(lab, host, requests)
  return { traces, cpuSeconds }
}

export async function readState(lab: string, host: string): Promise<HostState> {
  const text = await outputOf(lab, host, ['sh', '-c', READ_SCRIPT, 'read', NONCE])
  const { state, unparsed } = parseHostRead({ hostId: host, observedAt: '', durationMs: 0, nonce: NONCE, text })
  if (unparsed.length > 0) throw new Error(`${host}: ${JSON.stringify(unparsed)}`)
  return state
}

export const switchOf = ({ ovsBridges: bridges, ovsPorts: ports, flows, learned }: HostState): Switch =>
  buildSwitch({ bridges, ports, flows, ...learned, unreadFlows: () => null })
