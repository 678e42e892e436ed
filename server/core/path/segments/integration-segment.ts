// br-int: where a port's frame gets its local VLAN (port tag, inside NORMAL) and where one from a provider bridge has its
// VLAN id turned into it (table 0, priority 3). Anti-spoofing lives here too (tables 24 and 25). Reference §6.2.

import { INTEGRATION_BRIDGE } from '../../naming'
import { checkBridge } from '../checks/ovs-checks'
import type { Crossing } from '../crossing'
import { type HopDraft, type Problem, makeHop, untagged } from '../hop'
import type { Encapsulation } from '../path'
import { type PathSide, innerVlan, tagInForce } from '../path-side'
import { counterProof, tellingFlow } from '../proof-flows'
import { type BridgeTrace, type SideTraces, checkTrace } from '../side-traces'

export function integrationSegment(side: PathSide, peer: PathSide, crossing: Crossing, traces: SideTraces): HopDraft {
  const { integration } = traces
  const normalFlow = integration.unicast.normal ? (integration.unicast.hits.at(-1) ?? null) : null
  const changesHeader = crossing.kind !== 'same-host'
  return makeHop(side, {
    lane: 'br-int',
    device: INTEGRATION_BRIDGE,
    detail: detailOf(side, crossing),
    encapsulation: encapsulationOf(side, crossing),
    translation: changesHeader ? (integration.unicast.translations[0] ?? normalFlow) : null,
    proof: counterProof(side, INTEGRATION_BRIDGE, [tellingFlow(integration)]),
    hostProblems: [
      ...checkBridge(side, INTEGRATION_BRIDGE),
      checkTrace(side, peer, integration),
      crossing.kind === 'same-host' ? checkSameTag(side, peer) : checkArrivingTag(side, integration),
    ],
    isObservable: !integration.unicast.isUncertain,
    counters: null,
  })
}

function encapsulationOf(side: PathSide, crossing: Crossing): Encapsulation {
  const leavesHost = side.role === 'source' && crossing.kind !== 'same-host'
  const vlan = innerVlan(side)
  return leavesHost && vlan !== null ? { kind: 'local-vlan', vlan } : untagged
}

function detailOf(side: PathSide, crossing: Crossing): string {
  const tag = `tag ${innerVlan(side) ?? '?'} (local)`
  if (side.role === 'source' || crossing.kind !== 'provider') return tag
  return `${crossing.vlanId === null ? 'untagged' : `VLAN ${crossing.vlanId}`} → ${tag}`
}

/** NORMAL delivers a frame only to ports whose tag is the frame's VLAN. */
function checkArrivingTag(side: PathSide, { bridge, unicast }: BridgeTrace): Problem {
  const wanted = innerVlan(side)
  if (side.role === 'source' || !unicast.normal || wanted === null || unicast.normal.vlan === wanted) return null
  const translation = unicast.translations[0]
  const where = translation ? `${bridge} T${translation.table}` : bridge
  return `${where} hands the frame to local VLAN ${unicast.normal.vlan ?? 'none'}, ${side.endpoint.label} is in ${wanted}`
}

function checkSameTag(side: PathSide, peer: PathSide): Problem {
  const [own, other] = [tagInForce(side), tagInForce(peer)]
  if (own === other || own === null || other === null) return null
  return `${side.endpoint.label} has tag ${own} and ${peer.endpoint.label} has tag ${other}: br-int keeps them apart`
}
