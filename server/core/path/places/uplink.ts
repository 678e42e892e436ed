// A nested uplink on the host that a VM runs on, from the VM's second NIC outwards: tap, br-data, qvb-data, qvo-data, provider bridge
// and its NIC (docs/reference/nested-uplinks.md). The frame wears the inner network's VLAN id all the way and no second tag. This host's
// br-int must not know that id: whatever provider bridge floods to it, it would hand to a network of its own ("Nested VLAN leak" of
// docs/reference/faults.md).

import type { Flow } from '../../host/flow'
import { invariant } from '../../invariant'
import { suspensionOf } from '../../host/domain'
import { dataBridgeName, dataQvbName, dataQvoName, INTEGRATION_BRIDGE, intPatchName } from '../../naming'
import { isUncertain } from '../bridge-trace'
import type { Carrier } from '../carrier'
import { checkTrace } from '../checks/flow-check'
import { checkLink } from '../checks/link-checks'
import { checkBridge, checkPlace, checkUsable } from '../checks/ovs-checks'
import { absence, captureProof, type HopFacts, noProof, type Problem } from '../hop'
import { flowsOf, type PathSide, wireVlan } from '../path-side'
import { counterProof, tellingFlow } from '../proof-flows'
import type { Stop } from '../stop'

function carrierOf({ carrier, place }: Stop): Carrier {
  invariant(carrier, `${place.device} is on a host that carries nothing`)
  return carrier
}

const bridgeOf = (stop: Stop): string => carrierOf(stop).mapping?.bridge ?? 'br-?'

export function uplinkTap(stop: Stop): HopFacts {
  const {
    side,
    place: { device },
  } = stop
  const master = dataBridgeName(carrierOf(stop).uplink.number)
  return {
    detail: { code: 'in-bridge', params: { bridge: master } },
    proof: captureProof(device),
    hostProblems: [checkNic(side, carrierOf(stop), device), ...checkLink(side, { name: device, master })],
  }
}

export const dataBridge = ({ side, place: { device } }: Stop): HopFacts => ({
  detail: { code: 'linux-bridge', params: {} },
  proof: noProof({ code: 'between-devices', params: { before: 'tap', behind: 'qvo' } }),
  hostProblems: checkLink(side, { name: device }),
})

export function dataQvb(stop: Stop): HopFacts {
  const { number } = carrierOf(stop).uplink
  const {
    side,
    place: { device },
  } = stop
  const master = dataBridgeName(number)
  return {
    detail: { code: 'in-bridge', params: { bridge: master } },
    proof: captureProof(device),
    hostProblems: checkLink(side, { name: device, master, peer: dataQvoName(number) }),
  }
}

export function dataQvo(stop: Stop): HopFacts {
  const {
    side,
    place: { device },
  } = stop
  const bridge = bridgeOf(stop)
  const port = side.view?.port(bridge, device)
  return {
    detail: { code: 'in-bridge-whole', params: { bridge } },
    proof: captureProof(device),
    hostProblems: [
      ...checkLink(side, { name: device, peer: dataQvbName(carrierOf(stop).uplink.number) }),
      checkPlace(side, device, bridge),
      port ? checkUsable(port) : null,
      checkOpen(side, bridge, device),
    ],
  }
}

function checkNic({ view, host }: PathSide, { vm, uplink }: Carrier, tap: string): Problem {
  const domain = view?.domain(vm.id)
  if (!domain) return absence(view, 'domains', {}, { code: 'vm-undefined', params: { vm: vm.name, host: host.name } })
  if (!domain.isRunning) return { code: 'vm-off', params: { vm: vm.name, host: host.name } }
  const state = suspensionOf(domain)
  if (state) return { code: 'vm-suspended', params: { vm: vm.name, state } }
  const nic = domain.interfaces.find(({ target }) => target === tap)
  if (!nic) return { code: 'vm-without-nic', params: { vm: vm.name, tap, isUplink: true } }
  return nic.macAddress === uplink.macAddress
    ? null
    : { code: 'vm-mac', params: { vm: vm.name, found: nic.macAddress, expected: uplink.macAddress, isUplink: true } }
}

function checkOpen({ view }: PathSide, bridge: string, device: string): Problem {
  const port = view?.port(bridge, device)
  if (!port || (port.tag === null && port.trunks.length === 0)) return null
  return { code: 'vif-cuts-vlans', params: { device, bridge, tag: port.tag, trunks: port.trunks, whose: 'inner-cloud' } }
}

export function outerBridge({ side, peer, place: { device }, trace }: Stop): HopFacts {
  return {
    detail: { code: 'wire-tag', params: { vlan: wireVlan(side.network) } },
    proof: counterProof(side, device, [tellingFlow(trace)]),
    hostProblems: [...checkBridge(side, device), checkTrace(trace, side, peer), checkLeak(side, device)],
    isObservable: !trace || !isUncertain(trace.unicast),
    counters: null,
  }
}

/** The translation of table 0, priority 3, for an id that belongs to the inner cloud. */
function checkLeak(side: PathSide, bridge: string): Problem {
  const vlanId = wireVlan(side.network)
  const form = vlanId === null ? 'vlan_tci=0x0000/0x1fff' : `dl_vlan=${vlanId}`
  const terms = [`in_port=${intPatchName(bridge)}`, form]
  const isLeak = ({ table, match, actions }: Flow): boolean =>
    table === 0 && actions !== 'drop' && terms.every((term) => match.split(',').includes(term))
  if (!flowsOf(side, INTEGRATION_BRIDGE).some(isLeak)) {
    const unread = side.view?.unknownPart('flows', { bridge: INTEGRATION_BRIDGE }) ?? null
    return unread && { unread }
  }
  return { code: 'vlan-leak', params: { host: side.host.name, vlan: vlanId, bridge, network: side.network.name } }
}

export function outerNic(stop: Stop): HopFacts {
  const {
    side,
    place: { device },
  } = stop
  const port = side.view?.port(bridgeOf(stop), device)
  return {
    detail: { code: 'wire-tag', params: { vlan: wireVlan(side.network) } },
    proof: captureProof(device),
    hostProblems: [...checkLink(side, { name: device }), checkPlace(side, device, bridgeOf(stop)), port ? checkUsable(port) : null],
  }
}
