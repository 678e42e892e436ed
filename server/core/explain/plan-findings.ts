// What a plan has to say beside its steps, in sentences.

import type { HolderParams, ImpactParams, ImpactReason, PlanParams, ThingParams } from '../plan/plan-params'
import { faultWords, KVM_OBSTACLES } from './host'
import { sayCoded, type Messages } from './message'
import { GROUPS_DO_NOTHING, IPTABLES_IS_BLIND } from './unfiltered-frames'
import { explainUnknownPart, nameUnknownPart, whyWords } from './unknown-part'
import { joinSome, joinWords, plural, shortRun } from './words'

const things: Messages<ThingParams> = {
  device: ({ name }) => `device ${name}`,
  resource: ({ label }) => label,
  'ovs-port': ({ name, bridge }) => `OVS port ${name} on ${bridge}`,
  flow: ({ bridge, table, priority, match }) => `flow on ${bridge} table=${table} priority=${priority} ${match || 'any'}`,
  file: ({ path }) => path,
  vm: ({ name, uuid }) => `VM ${name} (${uuid})`,
}

const holders: Messages<HolderParams> = {
  bridge: ({ name }) => `a port of ${name}`,
  bond: ({ name, bridge }) => `a member of bond ${name} of ${bridge}`,
}

/** Where the values name a host, its name is put in front (explain/finding.ts). */
export const planMessages: Messages<PlanParams> = {
  'host-read-only': () => `the host is read-only for Tapline. Allow changes on its page, or take it out of the design.`,
  'same-machine': ({ other }) => `it shows the same NICs as ${other}, so both are one machine. Take one of the two out of the design.`,
  'agent-present': ({ agent }) =>
    `${agent} runs here and would fight over the same bridges. One writer per host: stop the agent, or allow changes beside it on the host's page.`,
  'other-registration': ({ formerId, count }) =>
    `${plural(count, 'bridge, port or device', 'bridges, ports and devices')} here carry the mark of host ${formerId}: another console, or an earlier registration of this machine, made them. Adopt them when nobody else uses them; otherwise clean them up there.`,
  'not-observed': ({ part, more, unseen }) => {
    const others = more === 0 ? '' : ` (and ${more} more like it)`
    const before = unseen.length === 0 ? '' : ` When it was last known there was ${joinSome(unseen)} of ours.`
    return `not all ${nameUnknownPart(part)} are known: ${whyWords(part.why)}${others}.${before} Mend that first, then plan again.`
  },
  'missing-tool': ({ tool }) => `${tool} is not installed. Install it and read the host again.`,
  'missing-kvm': ({ kvm }, name) =>
    `VM ${name} is to run with KVM, but ${KVM_OBSTACLES[kvm]}. Mend that and read the host again, or set the host's virtualisation to QEMU and make the VM anew.`,
  'missing-nic': (_, name) => `there is no NIC ${name}. Correct the mapping or the tunnel NIC of the host.`,
  'nic-carries-ssh': ({ by }, name) =>
    `${name} carries this SSH session${by === null ? '' : `, by ${by}`}. Manage the host through another NIC first.`,
  'nic-taken': ({ holder }, name) =>
    `${name} is ${sayCoded(holders, holder)}, which is not ours, and a NIC is in one bridge only. Take it out there, or map another NIC.`,
  'nic-has-address': ({ host, addresses }, name) =>
    `${name} has the address ${addresses.join(', ')}, which stops working once the NIC is a bridge port of ${host}. Remove or move it first.`,
  'foreign-in-the-way': ({ thing, owner }) => {
    const head = sayCoded(things, thing)
    if (owner !== null)
      return `${head} belongs to ${owner}, which is not what the design has there. Clean it up where it was made, or remove it by hand.`
    const cookie = thing.code === 'flow' ? ` (cookie ${thing.params.cookie})` : ''
    return `${head} is already there and is not ours${cookie}. Rename or remove it; Tapline does not touch it.`
  },
  'missing-file': ({ host, path }, name) =>
    `VM ${name} starts from ${path}, which ${host} does not have. Bring it there, or choose another file for the VM.`,
  'no-nic-slot': ({ free, wanted }, name) =>
    `VM ${name} has ${plural(free, 'free PCI port')} and would need ${wanted}. Shut it down and plan again: it is then defined anew, with room.`,
  'foreign-nics-lost': ({ isRebuilt, nics }, name) =>
    `VM ${name} ${isRebuilt ? 'is defined anew' : 'goes'}, and what somebody else plugged into it is lost: ${plural(nics.length, 'NIC')} ${joinWords(nics.map(({ mac, source }) => `${mac} (${source ?? 'no source'})`))}.`,
  // An Open vSwitch agent clears flows with a cookie that is not its own when it starts (neutron: openflow/br_cookie.py).
  'beside-agent': ({ agent }) =>
    `${agent} runs here, and the host is set to be changed all the same. Two writers share its bridges: the agent may take away what this plan makes, and neither console sees the other's work as its own. Keep to bridges that the agent does not use, or stop it.`,
  'being-changed': ({ runId }) =>
    `run ${shortRun(runId)} is changing the host just now, to something else than this plan wants. What was read is half of that: once the run has ended this plan is most likely stale. Plan again then.`,
  adopted: ({ formerId, count }) =>
    `what host ${formerId} left here is adopted. ${plural(count, 'thing')} of its bridges and devices, and what hangs on them, are marked anew where the design has them and removed where it has not, VMs included. The console that made them must not be used for this host any more.`,
  'host-unreadable': ({ said }, name) => `${name} could not be read: ${said}`,
  'bridge-kept-for-port': ({ port }, name) => `OVS bridge ${name} stays: it holds port ${port}, which is not ours.`,
  'bridge-kept-for-flow': ({ table, priority, match, cookie }, name) =>
    `OVS bridge ${name} stays: it holds the flow table=${table} priority=${priority} ${match || 'any'} with cookie ${cookie}, which is not ours.`,
  'namespace-kept': ({ device }, name) => `namespace ${name} stays: device ${device} lives in it, which is not ours.`,
  'set-kept': ({ table, chain, rule }, name) =>
    `ipset ${name} stays: a rule of ${table} ${chain} looks into it, which is not ours (${rule}).`,
  'link-kept': ({ device }, name) => `link ${name} stays: device ${device} is plugged into it, which is not ours.`,
  'trunk-unfiltered': ({ qbr, tpi }, name) =>
    `${name}: frames of its subports cross ${qbr} ${IPTABLES_IS_BLIND}. What a subport may send is limited to its own MAC and addresses by br-int (tables 24 and 25), as for ${tpi}; ${GROUPS_DO_NOTHING}`,
  'bridge-netfilter-off': ({ host, keys }) =>
    `${joinWords(keys)} ${keys.length === 1 ? 'is' : 'are'} 0 on ${host}: its security groups are written and filter nothing, for iptables is not asked about frames that cross a bridge. Let plans set it, if iptables may look at the frames of all other bridges of the host as well.`,
  'uplink-unfiltered': ({ qvo }, name) =>
    `${name}: its frames reach the wire by ${qvo} with any VLAN id the VM gives them, past br-int, its security groups and its anti-spoofing. What the VM sends is what its administrator decides: give it an uplink only if you would give them a cable.`,
  'disk-not-carried': ({ path, from, to }, name) =>
    `VM ${name} starts on ${to} from the disk ${path} that it finds there: nothing is copied from ${from}. Where the path is not on storage that both share, what the guest wrote stays behind on ${from}.`,
  'to-be-changed': ({ action }, name) => `${action} ${name}`,
  'device-dead': faultWords,
  'part-unknown': ({ part }) => `not known: ${explainUnknownPart(part)}`,
  left: (_, name) => name,
  'not-put-back': (_, name) => `${name}, which was there before and is not`,
  'may-be-left': (_, name) => `${name} (not known)`,
  'way-back-unread': ({ said }) => `unknown: what was done could not be taken back or read again (${said})`,
}

const impacts: Messages<ImpactParams> = {
  'plugged-first': () => 'the port is plugged for the first time',
  'leaves-host': () => 'the port leaves this host',
  'of-no-design': () => 'the host has it and no design here does',
  'made-anew': () => 'its devices are made anew',
  'missing-made-anew': () => 'its devices are missing and made anew',
  'vm-restarted': ({ vm, fields }) => `VM ${vm} is restarted: ${fields.join(', ')}`,
  'vm-moved': ({ vm, from, to }) => `VM ${vm} is stopped on ${from} and started on ${to}; its addresses stay`,
  'resource-changes': ({ resource }) => `${resource} changes`,
  'resource-missing': ({ resource }) => `${resource} is missing and made anew`,
  'network-changes': ({ resource }) => `${resource} changes for the whole network`,
  'shared-changes': ({ resource }) => `${resource} is shared by all ports of the host`,
  'filter-changes': () => 'what its security groups let pass changes',
  'uplink-plugged': () => 'a NIC is plugged into the running VM',
  'uplink-unplugged': () => 'its NIC is unplugged from the running VM',
  'inner-host-restarted': ({ vm }) => `its host is VM ${vm}, which is restarted`,
  'inner-uplink-interrupted': ({ uplink }) => `it reaches other hosts by the ${uplink}, which is interrupted`,
  said: ({ said }) => said,
}

export const explainImpact = (reason: ImpactReason): string => sayCoded(impacts, reason)
