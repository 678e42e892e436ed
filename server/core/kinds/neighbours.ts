// Permanent neighbours: ours on a link of ours or in a namespace of ours. Others come and go, and are never compared.

import { compareFields } from '../diff/compare-fields'
import { neighbourKey, type PermanentNeighbour } from '../host/neighbour'
import { inNamespaces, whereIn, type Kind } from './kind'
import { livesOnOurs } from './lives-on-ours'

export const neighbourKind: Kind<PermanentNeighbour> = {
  heading: 'Permanent neighbours',
  noun: 'permanent neighbours',
  key: neighbourKey,
  label: ({ netns, link, address }) => `neighbour ${address} on ${link}${whereIn(netns)}`,
  isOurs: ({ netns, link }, scope) => livesOnOurs(netns, link, scope),
  compare: (desired, observed) => compareFields([['mac', desired.macAddress, observed.macAddress]]),
  // A line of them that is not understood matters only where some are wanted or ours.
  sections: [{ name: 'neigh', of: 'netns', mayBeIdle: true }, ...inNamespaces('ip')],
  steps: [],
  ip: {
    set: (neighbours) =>
      neighbours.map(({ link, address, macAddress }) => `neigh replace ${address} lladdr ${macAddress} dev ${link} nud permanent`),
    remove: (neighbours) => neighbours.map(({ link, address }) => `neigh del ${address} dev ${link}`),
    restore: 'repeatable',
  },
  probes: [['neighbour', 'ip neigh show nud permanent']],
}
