// The DHCP server of a network: an Open vSwitch internal port of br-int, moved into the namespace qdhcp-<network>,
// with a dnsmasq behind it (reference §5 "Namespace ports", §12). One hop: device and namespace are the same thing.

import { dhcpNamespace, tapName } from '../../naming'
import { checkAccessPort } from '../checks/ovs-checks'
import { checkLink } from '../checks/link-checks'
import { type HopDraft, type Problem, captureProof, makeHop } from '../hop'
import type { PathSide } from '../path-side'
import { portFacts } from './vm-segment'

export function dhcpSegment(side: PathSide): HopDraft[] {
  const [device, netns] = [tapName(side.port.id), dhcpNamespace(side.network.id)]
  return [
    makeHop(side, {
      lane: 'dhcp',
      device,
      netns,
      ...portFacts(side),
      proof: captureProof(device, netns),
      hostProblems: [
        ...checkNamespace(side, netns),
        ...checkLink(side, { netns, name: device, mtu: side.network.mtu }),
        ...checkAccessPort(side, device),
        checkAddress(side, netns, device),
        checkServer(side, netns),
      ],
    }),
  ]
}

export function checkNamespace({ view, host }: PathSide, netns: string): Problem[] {
  const isThere = view?.observation.state.namespaces.some(({ name }) => name === netns)
  return [isThere ? null : `Namespace ${netns} does not exist on ${host.name}`]
}

export function checkAddress({ view, endpoint }: PathSide, netns: string, device: string): Problem {
  if (endpoint.ipAddress === null || view?.hasAddress(netns, device, endpoint.ipAddress)) return null
  return `${device} in ${netns} does not have the address ${endpoint.ipAddress}`
}

export function checkServer({ view, network, host, hasDesign }: PathSide, netns: string): Problem {
  const server = view?.observation.state.dnsmasq.find((instance) => instance.netns === netns)
  if (!hasDesign || server?.isRunning) return null
  return `No dnsmasq runs for network ${network.name} on ${host.name}: requests stay without answer`
}
