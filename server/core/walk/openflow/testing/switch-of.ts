// Small switches for tests: bridges with ports and flows in one line each.

import { explainUnparsed } from '../../../explain/unparsed'
import type { Flow } from '../../../host/flow'
import type { FlaggedPort, OpenflowGroup, OvsMac } from '../../../host/learned'
import type { OvsBridge, OvsPort } from '../../../host/ovs'
import { canonicalFlow } from '../../../parse/openflow/canonical-flow'
import { buildSwitch, type Switch } from '../switch'

export const bridgeOf = (name: string, patch: Partial<OvsBridge> = {}): OvsBridge => ({
  name, owner: null, datapathType: 'netdev', failMode: 'secure', protocols: [], otherConfig: {}, externalIds: {}, ...patch,
}) // prettier-ignore

type PortPatch = Partial<Omit<OvsPort, 'interface'>> & { readonly interface?: Partial<OvsPort['interface']> }

export const portOf = (bridge: string, name: string, patch: PortPatch = {}): OvsPort => ({
  bridge, name, owner: null, tag: null, vlanMode: null, trunks: [], otherConfig: {}, externalIds: {}, ...patch,
  interface: { type: '', options: {}, externalIds: {}, ...patch.interface },
}) // prettier-ignore

export const patchOf = (bridge: string, name: string, peer: string, patch: PortPatch = {}): OvsPort =>
  portOf(bridge, name, { ...patch, interface: { type: 'patch', options: { peer }, ...patch.interface } })

export function flowOf(bridge: string, text: string): Flow {
  const flow = canonicalFlow(text, bridge)
  if (!flow.ok) throw new Error(explainUnparsed(flow.error.reason))
  return flow.value
}

export interface Sketch {
  readonly bridges?: readonly OvsBridge[]
  readonly ports: readonly OvsPort[]
  /** Flow texts by bridge. */
  readonly flows?: Readonly<Record<string, readonly string[]>>
  readonly groups?: Readonly<Record<string, readonly OpenflowGroup[]>>
  readonly ovsMacs?: Readonly<Record<string, readonly OvsMac[]>>
  /** By bridge; without any of them all were asked and have none. */
  readonly portFlags?: Readonly<Record<string, readonly FlaggedPort[]>>
  readonly vlanLimit?: number
  readonly unread?: Readonly<Record<string, string>>
}

export function switchOf({ bridges, ports, flows = {}, unread = {}, portFlags, ...rest }: Sketch): Switch {
  const names = [...new Set(ports.map((port) => port.bridge))]
  return buildSwitch({
    bridges: bridges ?? names.map((name) => bridgeOf(name)),
    ports,
    flows: Object.entries(flows).flatMap(([bridge, texts]) => texts.map((text) => flowOf(bridge, text))),
    unreadFlows: (bridge) => unread[bridge] ?? null,
    portFlags: portFlags ?? Object.fromEntries(names.map((name) => [name, []])),
    ...rest,
  })
}
