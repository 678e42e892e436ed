// Provider bridge and its NIC, for flat and VLAN networks. Outbound translation of the local VLAN is here, inbound
// translation on br-int (docs/reference/provider-bridge.md). The NIC is a port of the bridge and carries no address of its own.

import { type BridgeTrace, isUncertain, tagOf, translationsOf } from '../../bridge-trace'
import { checkTrace } from '../../checks/flow-check'
import { checkLink } from '../../checks/link-checks'
import { checkBridge, checkPlace, checkUsable } from '../../checks/ovs-checks'
import { captureProof, type HopFacts, type Problem } from '../../hop'
import { mappingOf, type PathSide, wireVlan } from '../../path-side'
import { counterProof, tellingFlow } from '../../proof-flows'
import type { Stop } from '../../stop'
import { checkRoom } from '../common-checks'

export function providerBridge({ side, peer, place: { device }, trace }: Stop): HopFacts {
  return {
    detail: { code: 'wire-tag', params: { vlan: wireVlan(side.network) } },
    translation: trace ? (translationsOf(trace.unicast)[0]?.key ?? null) : null,
    proof: counterProof(side, device, [tellingFlow(trace)]),
    hostProblems: [...checkBridge(side, device), checkTrace(trace, side, peer), checkLeavingVlan(side, trace)],
    isObservable: !trace || !isUncertain(trace.unicast),
    counters: null,
  }
}

function checkLeavingVlan(side: PathSide, trace: BridgeTrace | null): Problem {
  const left = trace?.unicast.outputs.find(({ port }) => port === mappingOf(side)?.nic)
  const wanted = wireVlan(side.network)
  if (side.end === 'destination' || !trace || !left || isUncertain(trace.unicast) || tagOf(left.frame) === wanted) return null
  const table = translationsOf(trace.unicast).at(-1)?.table ?? 0
  const sent = { bridge: trace.bridge, table, tag: tagOf(left.frame) }
  return { code: 'leaves-with-tag', params: { ...sent, network: side.network.name, expected: wanted } }
}

export function providerNic({ side, place: { device } }: Stop): HopFacts {
  const bridge = mappingOf(side)?.bridge ?? 'br-?'
  const port = side.view?.port(bridge, device)
  return {
    detail: { code: 'wire-tag', params: { vlan: wireVlan(side.network) } },
    proof: captureProof(device),
    hostProblems: [
      ...checkLink(side, { name: device }),
      checkPlace(side, device, bridge),
      port ? checkUsable(port) : null,
      checkRoom(side, device),
    ],
  }
}
