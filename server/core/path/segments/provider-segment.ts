// Provider bridge and its NIC, for flat and VLAN networks. Outbound translation of the local VLAN is here, inbound
// translation on br-int (reference §6.3). The NIC is a port of the bridge and carries no address of its own.

import { whyUnusable } from '../../host/ovs'
import { checkBridge, checkPlace } from '../checks/ovs-checks'
import { checkLink } from '../checks/link-checks'
import type { ProviderCrossing } from '../crossing'
import { type HopDraft, type Problem, captureProof, makeHop, untagged } from '../hop'
import type { Encapsulation } from '../path'
import { type PathSide, mappingOf } from '../path-side'
import { counterProof, tellingFlow } from '../proof-flows'
import { type BridgeTrace, type SideTraces, checkTrace } from '../side-traces'

export const dot1q = (vlanId: number | null): Encapsulation => (vlanId === null ? untagged : { kind: 'dot1q', vlanId })
export const wireWord = (vlanId: number | null): string => (vlanId === null ? 'untagged' : `VLAN ${vlanId}`)

/** From br-int outwards, behind the patch. */
export function providerSegment(side: PathSide, peer: PathSide, crossing: ProviderCrossing, traces: SideTraces): HopDraft[] {
  return [bridgeHop(side, peer, crossing, traces), nicHop(side, crossing)]
}

function bridgeHop(side: PathSide, peer: PathSide, crossing: ProviderCrossing, { outer }: SideTraces): HopDraft {
  const { bridge, vlanId } = crossing
  return makeHop(side, {
    lane: 'provider-bridge',
    device: bridge,
    detail: wireWord(vlanId),
    encapsulation: dot1q(vlanId),
    translation: outer?.unicast.translations[0] ?? null,
    proof: counterProof(side, bridge, [outer && tellingFlow(outer)]),
    intentProblems: [mappingOf(side) ? null : `The design maps no bridge of ${side.host.name} to the physical network`],
    hostProblems: [
      ...checkBridge(side, bridge),
      outer && checkTrace(side, peer, outer),
      outer && checkLeavingVlan(side, crossing, outer),
    ],
    isObservable: !outer?.unicast.isUncertain,
    counters: null,
  })
}

function checkLeavingVlan(side: PathSide, { bridge, vlanId }: ProviderCrossing, { unicast }: BridgeTrace): Problem {
  if (side.role === 'destination' || !unicast.normal || unicast.normal.vlan === vlanId) return null
  const table = unicast.translations.at(-1)?.table ?? 0
  const sent = unicast.normal.vlan === null ? 'untagged' : `with VLAN ${unicast.normal.vlan}`
  return `${bridge} T${table} sends frames out ${sent}, network ${side.network.name} is ${wireWord(vlanId)}`
}

function nicHop(side: PathSide, { nic, bridge, vlanId }: ProviderCrossing): HopDraft {
  const port = side.view?.port(bridge, nic)
  return makeHop(side, {
    lane: 'nic',
    device: nic,
    detail: wireWord(vlanId),
    encapsulation: dot1q(vlanId),
    proof: captureProof(nic),
    hostProblems: [
      ...checkLink(side, { name: nic }),
      checkPlace(side, nic, bridge),
      port ? whyUnusable(port) : null,
      checkRoom(side, nic),
    ],
  })
}

/** An 802.1Q tag does not count against the MTU of a NIC; the network's own MTU does. */
export function checkRoom({ view, network }: PathSide, nic: string): Problem {
  const mtu = view?.link('', nic)?.mtu
  if (mtu === undefined || mtu >= network.mtu) return null
  return `${nic} has MTU ${mtu}, network ${network.name} needs ${network.mtu}`
}
