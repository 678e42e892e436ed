// How a walk ends, in words: one sentence per code, with the values that the walk gave it. Without a full stop, to stand behind "… end here:".

import { groupRuleWords } from './group-rule'
import type { DropCode, EndParams, UnknownCode, WalkEnd } from '../walk/walk-result'

type Words = (value: (name: string) => string, has: (name: string) => boolean) => string

const drops: Readonly<Record<DropCode, Words>> = {
  'no-flow': (value) => `${value('bridge')} T${value('table')} drops, no flow of this table matches`,
  'flow-drops': (value) => `${value('bridge')} T${value('table')} drops, its flow "${flowText(value('flow'))}" says so`,
  'output-to-input': (value) => `${value('bridge')} would send them back by the port they came by`,
  'vlan-not-carried': (value) => `${value('port')} of ${value('bridge')} does not carry VLAN ${value('vlan')}`,
  'dead-vlan': (value) => `${value('port')} of ${value('bridge')} is in the dead VLAN 4095`,
  'reserved-mac': (value) => `a switch keeps frames to ${value('mac')} to itself`,
  'bad-source-mac': (value) => `no frame may come from ${value('mac')}`,
  martian: () => 'the kernel takes no packet with this address here',
  'no-port': (value, has) =>
    has('port')
      ? `${value('bridge')} sends them to port ${value('port')}, which is not there`
      : `${value('bridge')} sends them to no port that is there`,
  'port-flag': (value) => `${value('port')} of ${value('bridge')} has the flag ${value('flag')} (ovs-ofctl mod-port)`,
  'protected-ports': (value) => `${value('port')} of ${value('bridge')} and the port they came by are both protected`,
  'port-unusable': (value) => `Open vSwitch cannot use ${value('port')} of ${value('bridge')}`,
  'no-peer': (value) => `patch port ${value('port')} of ${value('bridge')} leads to ${value('peer')}, which is not there`,
  'too-deep': (value) => `${value('bridge')} sends them round in its tables until Open vSwitch gives up`,
  'link-down': (value) => `${value('device')} is down`,
  'no-carrier': (value) => `${value('device')} has no carrier`,
  'not-for-us': (value, has) => `${value('device')} does not take frames to ${value(has('mac') ? 'mac' : 'address')}`,
  'own-address': (value) => `${stack(value('netns'))} has ${value('address')} itself and takes them, so that nothing goes on`,
  'no-route': (value) => `no route leads to ${value('destination')}`,
  'route-rejects': (value, has) => `${has('rule') ? 'rule' : 'route'} ${value(has('rule') ? 'rule' : 'route')} rejects them`,
  'ttl-expired': (value, has) => `their TTL ends in ${has('bridge') ? value('bridge') : stack(value('netns'))}`,
  'forwarding-off': (value) => `${stack(value('netns'))} does not forward (net.ipv4.ip_forward is 0)`,
  'rp-filter': (value) => `rp_filter of ${value('device')} takes none from ${value('source')}`,
  'no-neighbour': (value) => `nobody answers for ${value('address')} on ${value('device')}`,
  'iptables-drops': (value, has) => {
    const [chain, text] = [value('chain'), value('text')]
    if (!has('text')) return `the policy of ${value('table')} chain ${chain} drops`
    const why = groupRuleWords({ chain, text, port: has('port') ? value('port') : null, groups: has('groups') ? value('groups') : '' })
    const where = `${value('table')} chain ${chain}${has('position') ? `, rule ${value('position')}` : ''} drops: ${text}`
    return why === null ? where : `${why}: ${where}`
  },
  'no-fdb-entry': (value) => `${value('device')} has no forwarding entry for ${value('mac')} and no flood list`,
  'no-vtep': (value) => `the way from ${value('port')} to the other tunnel address is missing`,
  'no-tunnel-port': () => 'no tunnel port and no VXLAN device takes the packet',
  'no-device': (value) => `${value('device')} does not exist`,
  loop: (value) => `they go round in a loop at ${value('device')}`,
}

const unknowns: Readonly<Record<UnknownCode, Words>> = {
  'flows-unread': (value) => `not all flows of ${value('bridge')} are known`,
  unread: (value) => `what was read does not tell (${value('about')})`,
  'not-understood': (value) => `"${value('about')}" is not understood`,
  'push-or-rewrite': (value) =>
    `whether ${value('bridge')} T${value('table')} puts a second VLAN tag on or changes the one there is cannot be told from its flow`,
  'third-tag': (value) => `${value('bridge')} T${value('table')} puts a third VLAN tag on, which is not followed`,
  'connection-state': () => 'it depends on connections that were not read',
  'outside-model': (value) => `${value('about')} is not followed`,
  'too-many': () => 'it goes more ways than are followed',
}

/** null where nothing is lost. */
export function explainWalkEnd(end: WalkEnd): string | null {
  if (end.kind === 'delivered' || end.kind === 'left') return null
  const words = end.kind === 'dropped' ? drops[end.code] : unknowns[end.code]
  return words(valueOf(end.params), (name) => (end.params[name] ?? null) !== null)
}

const valueOf = (params: EndParams) => (name: string) => String(params[name] ?? '?')

/** '' is the root namespace. */
const stack = (netns: string): string => netns || 'the host'

/** `br-int/24/2/arp,in_port=…` → `arp,in_port=…`; a flow that matches everything has no text. */
const flowText = (key: string): string => key.split('/').slice(3).join('/') || 'any'
