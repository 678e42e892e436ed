// What a change of a VM will come to, in words: in the form, before it is saved.

import type { RestartReason, VmEffect, VmEffectParams } from '../topology/kinds/vm/vm-effects'
import { sayCoded, type Messages } from './message'
import { joinQuoted, joinWords, plural } from './words'

const reasons: Record<RestartReason, string> = {
  memory: 'its memory',
  vcpus: 'its virtual CPUs',
  boot: 'what it boots from',
  'nic-order': 'the order of its NICs',
}

const live = (isLive: boolean): string => (isLive ? 'while the VM runs' : 'when it starts')

const effects: Messages<VmEffectParams> = {
  moves: ({ from, to, addresses }) =>
    `A cold move: the VM is switched off on ${from} and started on ${to}. MAC and IP addresses stay${addresses.length > 0 ? `: ${addresses.join(', ')}` : ''}.`,
  'needs-files': ({ to, files }) => `${to} must have ${joinWords(files)}; nothing is copied.`,
  'leaves-disk': ({ path, from, to }) => `Where ${path} is not on storage that ${from} and ${to} share, what the guest wrote stays behind.`,
  restarts: ({ because }) =>
    `The VM is switched off and started anew: ${joinWords(because.map((each) => reasons[each]))} cannot change while it runs.`,
  plugs: ({ count, isLive }) =>
    `${plural(count, 'NIC')} ${count === 1 ? 'comes' : 'come'} ${live(isLive)}; the guest sets ${count === 1 ? 'it' : 'them'} up itself.`,
  unplugs: ({ count, isLive }) => `${plural(count, 'NIC')} ${count === 1 ? 'goes' : 'go'} ${live(isLive)}.`,
  'drops-ports': ({ count, addresses }) =>
    `${count === 1 ? 'Its port goes' : 'Their ports go'} too, since the VM had ${count === 1 ? 'it' : 'them'} made${addresses.length > 0 ? `; ${joinWords(addresses)} ${addresses.length === 1 ? 'is' : 'are'} free for others` : ''}.`,
  'frees-ports': ({ ports }) => `${joinQuoted(ports)} ${ports.length === 1 ? 'stays and is' : 'stay and are'} free again.`,
  renamed: () => 'The VM goes on running under its new name.',
  'inner-host': ({ host }) => `It is host ${host}: what runs there loses packets meanwhile.`,
}

export const explainVmEffect = (effect: VmEffect): string => sayCoded(effects, effect)
