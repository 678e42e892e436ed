// The DHCP server of a network: an Open vSwitch internal port of br-int, moved into the namespace qdhcp-<network>,
// with a dnsmasq behind it (docs/reference/hybrid-plug.md, dhcp.md). One hop: device and namespace are the same thing.

import { checkAccessPort } from '../../checks/ovs-checks'
import { checkLink } from '../../checks/link-checks'
import { captureProof, type HopFacts } from '../../hop'
import type { Stop } from '../../stop'
import { checkNamespace, checkService } from '../server-checks'
import { wired } from './hybrid-plug'

export function dhcp({ side, place }: Stop): HopFacts {
  const { device, netns } = place
  const problems = [
    checkNamespace(side, netns),
    ...checkLink(side, { netns, name: device, mtu: side.network.mtu }),
    ...checkAccessPort(side, device),
    ...checkService(side, place),
  ]
  return { ...wired(side), proof: captureProof(device, netns), hostProblems: problems }
}
