// A nested uplink on the host that a VM runs on, from the VM's second NIC outwards: tap, br-data, qvb-data, qvo-data, provider bridge
// and its NIC (reference §15). The frame wears the inner network's VLAN id all the way and no second tag. This host's br-int must
// not know that id: whatever provider bridge floods to it, it would hand to a network of its own (§18, "Nested VLAN leak").

import { whyUnusable } from '../../host/ovs'
import { dataBridgeName, dataQvbName, dataQvoName, INTEGRATION_BRIDGE, intPatchName, tapName } from '../../naming'
import { checkLink } from '../checks/link-checks'
import { checkBridge, checkPlace } from '../checks/ovs-checks'
import type { Carrier } from '../carrier'
import type { ProviderCrossing } from '../crossing'
import { type HopDraft, type Problem, captureProof, makeHop, noProof } from '../hop'
import { type PathSide, flowsOf } from '../path-side'
import { counterProof, tellingFlow } from '../proof-flows'
import { checkTrace, traceBridge } from '../side-traces'
import { dot1q, wireWord } from './provider-segment'

/** `meeting`: the carrier at whose bridge the other side is plugged in as well; that bridge is one hop, written by the caller. */
export function uplinkSegment(side: PathSide, peer: PathSide, crossing: ProviderCrossing, meeting: Carrier | null): HopDraft[] {
  const last = side.carriers.findIndex(({ host }) => host.id === meeting?.host.id)
  return side.carriers.slice(0, last < 0 ? undefined : last + 1).flatMap((carrier) => {
    const wrapped = outerSide(side, carrier)
    const plug = plugHops(wrapped, carrier, crossing)
    if (carrier.host.id === meeting?.host.id) return plug
    return [...plug, outerBridgeHop(side, peer, carrier, crossing), nicHop(wrapped, carrier, crossing)]
  })
}

/** The same end of the path, seen on the host that carries it. */
const outerSide = (side: PathSide, { host, view }: Carrier): PathSide => ({ ...side, host, view })

function plugHops(side: PathSide, carrier: Carrier, { vlanId }: ProviderCrossing): HopDraft[] {
  const { number, id } = carrier.uplink
  const [tap, bridge, qvb, qvo] = [tapName(id), dataBridgeName(number), dataQvbName(number), dataQvoName(number)]
  const encapsulation = dot1q(vlanId)
  const provider = carrier.mapping?.bridge ?? 'br-?'
  const port = side.view?.port(provider, qvo)
  return [
    makeHop(side, {
      lane: 'tap',
      device: tap,
      detail: `in ${bridge}`,
      encapsulation,
      proof: captureProof(tap),
      hostProblems: [checkNic(side, carrier, tap), ...checkLink(side, { name: tap, master: bridge })],
    }),
    makeHop(side, {
      lane: 'data-bridge',
      device: bridge,
      detail: 'Linux bridge',
      encapsulation,
      proof: noProof('What is seen at tap and at qvo has crossed it'),
      hostProblems: checkLink(side, { name: bridge }),
    }),
    makeHop(side, {
      lane: 'qvb',
      device: qvb,
      detail: `in ${bridge}`,
      encapsulation,
      proof: captureProof(qvb),
      hostProblems: checkLink(side, { name: qvb, master: bridge, peer: qvo }),
    }),
    makeHop(side, {
      lane: 'qvo',
      device: qvo,
      detail: `in ${provider}, all VLANs`,
      encapsulation,
      proof: captureProof(qvo),
      hostProblems: [...checkLink(side, { name: qvo, peer: qvb }), checkPlace(side, qvo, provider), port ? whyUnusable(port) : null, checkOpen(side, provider, qvo)],
    }),
  ]
}

function checkNic({ view, host }: PathSide, { vm, uplink }: Carrier, tap: string): Problem {
  const domain = view?.domain(vm.id)
  if (!domain?.isRunning) return `VM ${vm.name} is not running on ${host.name}`
  const nic = domain.interfaces.find(({ target }) => target === tap)
  if (!nic) return `VM ${vm.name} has no NIC on ${tap}: its nested uplink is not plugged in`
  return nic.macAddress === uplink.macAddress ? null : `The second NIC of VM ${vm.name} has MAC ${nic.macAddress}, the uplink has ${uplink.macAddress}`
}

function checkOpen({ view }: PathSide, bridge: string, device: string): Problem {
  const port = view?.port(bridge, device)
  if (!port || (port.tag === null && port.trunks.length === 0)) return null
  return `${device} has ${port.tag === null ? `trunks ${port.trunks.join(' ')}` : `tag ${port.tag}`} on ${bridge}: VLANs of the inner cloud are cut off`
}

/** At the source the frame comes from the uplink, at the destination from the NIC. */
export function outerBridgeHop(inner: PathSide, peer: PathSide, carrier: Carrier, { vlanId }: ProviderCrossing): HopDraft {
  const side = outerSide(inner, carrier)
  const bridge = carrier.mapping?.bridge ?? 'br-?'
  const inPort = side.role === 'source' ? dataQvoName(carrier.uplink.number) : (carrier.mapping?.nic ?? '?')
  const [source, destination] = side.role === 'source' ? [side, peer] : [peer, side]
  const trace = traceBridge(side, bridge, { inPort, vlan: vlanId, tunnelId: null }, source, destination)
  return makeHop(side, {
    lane: 'provider-bridge',
    device: bridge,
    detail: wireWord(vlanId),
    encapsulation: dot1q(vlanId),
    proof: counterProof(side, bridge, [tellingFlow(trace)]),
    intentProblems: [carrier.mapping ? null : `The design maps no bridge of ${side.host.name} to the wire of the uplink`],
    hostProblems: [...checkBridge(side, bridge), checkTrace(side, peer, trace), checkLeak(side, bridge, vlanId)],
    isObservable: !trace.unicast.isUncertain,
    counters: null,
  })
}

/** The translation of table 0, priority 3, for an id that belongs to the inner cloud. */
function checkLeak(side: PathSide, bridge: string, vlanId: number | null): Problem {
  const form = vlanId === null ? 'vlan_tci=0x0000/0x1fff' : `dl_vlan=${vlanId}`
  const terms = [`in_port=${intPatchName(bridge)}`, form]
  const leak = flowsOf(side, INTEGRATION_BRIDGE).find(({ table, match, actions }) => table === 0 && actions !== 'drop' && terms.every((term) => match.split(',').includes(term)))
  if (!leak) return null
  return `br-int of ${side.host.name} takes ${wireWord(vlanId)} of ${bridge} for a network of its own: frames of ${side.network.name} are injected there`
}

function nicHop(side: PathSide, { mapping }: Carrier, { vlanId }: ProviderCrossing): HopDraft {
  const [nic, bridge] = [mapping?.nic ?? '?', mapping?.bridge ?? 'br-?']
  const port = side.view?.port(bridge, nic)
  return makeHop(side, {
    lane: 'nic',
    device: nic,
    detail: wireWord(vlanId),
    encapsulation: dot1q(vlanId),
    proof: captureProof(nic),
    hostProblems: [...checkLink(side, { name: nic }), checkPlace(side, nic, bridge), port ? whyUnusable(port) : null],
  })
}
