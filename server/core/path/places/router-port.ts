// The port of a router as the end of a path: its device in the router's namespace, which has the network's gateway address. Somebody else
// made it, so that it is judged by what it must be to answer.

import { checkAccessPort } from '../checks/ovs-checks'
import { checkLink } from '../checks/link-checks'
import { captureProof, type HopFacts } from '../hop'
import { ovsPortOf } from '../path-side'
import type { Stop } from '../stop'
import { checkAddress, checkNamespace } from './server-checks'

export function bridgedRouterPort({ side, place: { device, netns } }: Stop): HopFacts {
  return {
    detail: { code: 'address', params: { address: side.endpoint.ipAddress } },
    proof: captureProof(device, netns),
    hostProblems: [
      checkNamespace(side, netns),
      ...checkLink(side, { netns, name: device, mtu: side.network.mtu }),
      checkAddress(side, netns, device),
    ],
  }
}

/** The end of a veth pair is no port of Open vSwitch: its other end is a hop of its own. */
export function routerPort(stop: Stop): HopFacts {
  const {
    side,
    place: { device },
  } = stop
  const facts = bridgedRouterPort(stop)
  const isPlugged = (ovsPortOf(side)?.name ?? device) === device
  return isPlugged ? { ...facts, hostProblems: [...(facts.hostProblems ?? []), ...checkAccessPort(side, device)] } : facts
}
