// br-int: where a port's frame gets its local VLAN (port tag, inside NORMAL) and where one from a provider bridge has its
// VLAN id turned into it (table 0, priority 3). Anti-spoofing lives here too (tables 24 and 25). docs/reference/integration-bridge.md

import { type BridgeTrace, isUncertain, normalOf, translationsOf } from '../../bridge-trace'
import { checkTrace } from '../../checks/flow-check'
import { checkBridge } from '../../checks/ovs-checks'
import type { HopFacts, Problem } from '../../hop'
import type { HopDetail } from '../../hop-params'
import { innerVlan, isProvider, type PathSide, tagInForce, wireVlan } from '../../path-side'
import { counterProof, tellingFlow } from '../../proof-flows'
import type { Stop } from '../../stop'

export function integration({ side, peer, place: { device }, trace }: Stop): HopFacts {
  const isLeft = side.host.id !== peer.host.id
  return {
    detail: detailOf(side, isLeft),
    translation: trace && isLeft ? ((translationsOf(trace.unicast)[0] ?? normalOf(trace.unicast)?.hit)?.key ?? null) : null,
    proof: counterProof(side, device, [tellingFlow(trace)]),
    hostProblems: [
      ...checkBridge(side, device),
      checkTrace(trace, side, peer),
      isLeft ? checkArrivingTag(side, trace) : checkSameTag(side, peer),
    ],
    isObservable: !trace || !isUncertain(trace.unicast),
    counters: null,
  }
}

function detailOf(side: PathSide, isLeft: boolean): HopDetail {
  const tag = innerVlan(side)
  return side.end === 'source' || !isLeft || !isProvider(side.network)
    ? { code: 'local-tag', params: { tag } }
    : { code: 'wire-to-local', params: { vlan: wireVlan(side.network), tag } }
}

/** NORMAL delivers a frame only to ports whose tag is the frame's VLAN. */
function checkArrivingTag(side: PathSide, trace: BridgeTrace | null): Problem {
  const wanted = innerVlan(side)
  const normal = trace && normalOf(trace.unicast)
  if (side.end === 'source' || !trace || !normal || isUncertain(trace.unicast) || wanted === null || normal.vlan === wanted) return null
  const translation = translationsOf(trace.unicast)[0]
  const where = { bridge: trace.bridge, table: translation?.table ?? null }
  return { code: 'into-other-vlan', params: { ...where, vlan: normal.vlan || null, label: side.endpoint.label, expected: wanted } }
}

function checkSameTag(side: PathSide, peer: PathSide): Problem {
  const [own, other] = [tagInForce(side), tagInForce(peer)]
  if (own === other || own === null || other === null) return null
  return { code: 'tags-differ', params: { label: side.endpoint.label, tag: own, other: peer.endpoint.label, otherTag: other } }
}
