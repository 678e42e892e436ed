// Why a design carries the frames of a path no further than it does: something was not chosen, or was switched off.

import { traitsOf } from '../agents/agent-traits'
import type { HopFinding } from './hop-params'
import { isProvider, mappingOf, type PathSide } from './path-side'

/** null: nothing that the design itself would tell. */
export function designGap(from: PathSide, to: PathSide): HopFinding | null {
  const isCrossed = from.host.id !== to.host.id
  const gaps = [from, to].flatMap((side) => [switchedOff(side), untagged(side), ...(isCrossed ? [noWayOut(side), ...uncarried(side)] : [])])
  return gaps.find((gap) => gap !== null) ?? null
}

function switchedOff({ endpoint, port, network }: PathSide): HopFinding | null {
  if (!network.isAdminStateUp) return { code: 'network-off', params: { network: network.name } }
  return port.isAdminStateUp ? null : { code: 'port-off', params: { label: endpoint.label } }
}

function untagged({ localVlan, network, host, hasDesign }: PathSide): HopFinding | null {
  if (localVlan !== null || !traitsOf(host).hasLocalVlans) return null
  return { code: 'no-local-vlan', params: { network: network.name, host: host.name, isDesigned: hasDesign } }
}

function noWayOut(side: PathSide): HopFinding | null {
  const { host, network } = side
  if (!isProvider(network)) return host.tunnel ? null : { code: 'no-tunnel-endpoint', params: { host: host.name } }
  if (mappingOf(side)) return null
  return { code: 'not-mapped', params: { host: host.name, what: traitsOf(host).hasProviderBridges ? 'bridge' : 'nic' } }
}

const uncarried = ({ carriers }: PathSide): (HopFinding | null)[] =>
  carriers.map(({ mapping, host }) => (mapping ? null : { code: 'uplink-not-mapped', params: { host: host.name } }))
