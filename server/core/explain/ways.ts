// Words of how a floating IP is led out by hand and as Neutron does it: what each step is for, what differs, and what the article says that shows the way by
// hand ("Human Defined DVR"; docs/reference/routers.md has what was checked of it).

import type { NoWays } from '../ways/compare-ways'
import type { WayStep } from '../ways/way-steps'

export interface WayStepWords {
  readonly title: string
  readonly purpose: string
  /** null: both ways do the same. */
  readonly differs: string | null
  /** Where the article is older, or mistaken. */
  readonly article: string | null
}

export const explainWayStep = (step: WayStep): WayStepWords => WORDS[step]
export const explainNoWays = (reason: NoWays): string => NONE[reason]

const same = (title: string, purpose: string, article: string | null = null): WayStepWords => ({ title, purpose, differs: null, article })

const WORDS: Readonly<Record<WayStep, WayStepWords>> = {
  networks: same(
    'Networks that come with the router',
    'A distributed router has all of its networks on each of its hosts, also those without a VM there: what it routes leaves in the network of the receiver.',
  ),
  router: same(
    'The router on this host',
    'A namespace that forwards, with a device in each network. They have the same MAC and address on every host, so a VM finds its gateway at home.',
  ),
  neighbours: same(
    'Whom the router may meet',
    'It never asks across the fabric: an answer would go to the device of the same MAC that is nearest to who answers. So everybody in its networks is written down.',
    'It lets the VM broadcast for a peer that it does not know. That is what happens without these entries and the flow of table 20 that leads to the one host; only a miss there is flooded.',
  ),
  'own-face': same(
    'What leaves bears the DVR MAC of the host',
    'The MAC of the router is on every host, so no switch may ever see it: what the router sends out gets that of the host, and what is meant for the router here, or asks for it, goes nowhere else.',
    'It has the way to table 1, the MAC and the way on, but neither what drops frames for the router and questions for the gateway, nor where everything else goes. It reads the MAC from Neutron’s database (dvr_host_macs); here each host has its own. In one command the space before table=2 is missing, and the list of ports of table 22 ends empty.',
  ),
  'from-peers': same(
    'What the router of another host has sent',
    'It bears that host’s DVR MAC. It passes, and is not learned from: the MAC does not tell where a VM is.',
    'It writes the flow of the VNI to table 9, which resubmits to table 9, itself. Its text says table 4, which is right.',
  ),
  'to-vms': same(
    'From there straight to the VM',
    'What another host has routed gets the MAC of the router here and goes to its port; what is sent to the host’s own DVR MAC goes to the router.',
    'It says that the router here receives and forwards it. The router is passed by: these flows of br-int, which the article does not have, bring it to the VM.',
  ),
  pair: same(
    'A pair of devices from the router to the outside',
    'What leaves by a floating IP goes from the namespace of the router into that of the external network, which all routers of the host share. Two link-local addresses of its own join them.',
    'It finds its pair in the file of Neutron’s agent, of an older range (169.254.30.0/23). Here it is stored with the router, for life.',
  ),
  outside: same(
    'The namespace outside, and its device',
    'The device answers ARP for every floating IP of the host by proxy ARP, since the way to each leads back by another device: an address of the external network per host is what that costs. Nothing is translated there, so no connection is remembered.',
  ),
  rule: same(
    'What the VM sends looks into table 16',
    'The rule is behind the main table: what goes to a network of the router goes there, and only what it does not know leaves. A default route in the main table would take it all.',
    'Its priority, 57482, is what Neutron’s agent happened to draw. Here it is stored with the floating IP, and no other has it.',
  ),
  table: same('Table 16 leads to the pair', 'All floating IPs of the router share this one route.'),
  address: {
    title: 'The floating IP as an address of the router',
    purpose: 'The router itself has the floating IP: it can be sent to from its namespace, and what is sent has it for a source.',
    differs:
      'Neutron has given the router no such address since Newton (9.0.0): what comes in is translated before it is routed, so that nothing ever looks for the address.',
    article: 'It names the address for broadcast as well, which a single address has no use for.',
  },
  inbound: {
    title: 'In: from the floating IP to the VM',
    purpose: 'Before it is routed, what is sent to the floating IP is sent to the VM.',
    differs:
      'By hand it does not matter where it comes from: what a VM of this host sends to the floating IP turns round in the router, and never leaves. As Neutron has it only what comes in by the pair is translated; a neighbour’s goes out and comes back in. By hand, a neighbour in the same network that has no floating IP of its own therefore gets its answer past the router, from the fixed address, and does not know it.',
    article: null,
  },
  local: {
    title: 'In, from the router itself',
    purpose: 'What the router sends does not pass where the former step translates, so the same stands here once more.',
    differs:
      'As Neutron has it a ping of the floating IP in the router’s namespace finds no way (“Network is unreachable”). By hand it reaches the VM: the test that the article makes.',
    article: null,
  },
  outbound: same(
    'Out: from the VM to the floating IP',
    'What leaves by the pair takes the floating IP for its source. All else but what was translated on its way in is left alone, so that nothing between networks of the router is translated.',
  ),
  back: same(
    'The way back, and who hears of it',
    'The floating IP leads from the namespace outside back to the router. Who has asked for it before is told by gratuitous ARP where it is now.',
  ),
  'way-out': {
    title: 'Out of the namespace',
    purpose: 'Everything else goes to the gateway of the external network.',
    differs:
      'By hand one default route in the main table is there for all routers. Since Pike (11.0.0) Neutron has a table for each, found by the device of the pair where a packet comes in. With routers of both ways on a host the main table is asked first, and leads to the same gateway.',
    article: null,
  },
}

const NONE: Readonly<Record<NoWays, string>> = {
  'leads-nowhere':
    'It leads to no port, or single ports of it do, which is no matter of a VM’s host. Associate it with a port of a VM behind a distributed router.',
  'not-distributed':
    'Its router is not distributed: it has the address at its own gateway, and that is the only way. A distributed router has two.',
  'by-gateway':
    'Its router leads floating IPs out by a gateway cluster, and no host has a way of its own. The router may lead them out by hand, or as Neutron does.',
  'no-host': 'The port that it leads to is in no VM on a host yet, so no host leads it out.',
}
