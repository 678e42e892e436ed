// The facts section of the read script: one word of a kind, then its value.
//
//   hostname compute-1
//   tool ovs-vsctl yes
//   module openvswitch no
//   kvm no-device
//   ipv6 yes
//   ssh 192.0.2.11
//   agent neutron-openvswitch-agent
//   libvirt stopped
//   guest 5c1f0e1a-7a43-4d0e-9c55-2f61b1a7c001

import type { IpAddress } from '../host/ip'
import { KVM_STATES, type KvmState, type Unparsed } from '../host/observation'
import { notA, unparsed, type Parsed } from './parse-result'

export interface RawFacts {
  readonly hostname: string
  readonly kernel: string
  readonly tools: Readonly<Record<string, boolean>>
  readonly hasOpenvswitchModule: boolean
  readonly kvm: KvmState
  /** Local end of the SSH connection; '' when unknown. */
  readonly sshAddress: string
  readonly neutronAgents: readonly string[]
  readonly isLibvirtStopped?: boolean
  readonly runningGuests?: readonly string[]
  readonly hasIpv6?: boolean
}

export const noFacts: RawFacts = {
  hostname: '',
  kernel: '',
  tools: {},
  hasOpenvswitchModule: false,
  kvm: 'no-device',
  sshAddress: '',
  neutronAgents: [],
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

type Read = (facts: RawFacts, value: string) => RawFacts | null

const yesOrNo = (value: string): readonly [name: string, isThere: boolean] | null => {
  const [, name, answer] = /^(\S+) (yes|no)$/.exec(value) ?? []
  return name === undefined ? null : [name, answer === 'yes']
}

const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['hostname', (facts, hostname) => ({ ...facts, hostname })],
  ['kernel', (facts, kernel) => ({ ...facts, kernel })],
  [
    'kvm',
    (facts, value) => {
      const kvm = KVM_STATES.find((state) => state === value)
      return kvm === undefined ? null : { ...facts, kvm }
    },
  ],
  ['ipv6', (facts, answer) => (answer === 'yes' || answer === 'no' ? { ...facts, hasIpv6: answer === 'yes' } : null)],
  // An exit code says that it was asked and did not answer, which its own section says better.
  ['libvirt', (facts, answer) => (/^(?:stopped|\d{1,3})$/.test(answer) ? { ...facts, isLibvirtStopped: answer === 'stopped' } : null)],
  [
    'guest',
    (facts, uuid) => (UUID.test(uuid) ? { ...facts, runningGuests: [...new Set([...(facts.runningGuests ?? []), uuid])].sort() } : null),
  ],
  ['ssh', (facts, sshAddress) => ({ ...facts, sshAddress })],
  ['agent', (facts, agent) => ({ ...facts, neutronAgents: [...new Set([...facts.neutronAgents, agent])].sort() })],
  [
    'tool',
    (facts, value) => {
      const tool = yesOrNo(value)
      return tool && { ...facts, tools: { ...facts.tools, [tool[0]]: tool[1] } }
    },
  ],
  [
    'module',
    (facts, value) => {
      const module = yesOrNo(value)
      return module?.[0] === 'openvswitch' ? { ...facts, hasOpenvswitchModule: module[1] } : null
    },
  ],
])

export function parseFacts(text: string, section = 'facts'): Parsed<RawFacts> {
  let value = noFacts
  const rest: Unparsed[] = []
  for (const line of text.split('\n').filter((candidate) => candidate.trim() !== '')) {
    const [, kind = '', subject = ''] = /^(\S+) ?(.*)$/.exec(line.trimEnd()) ?? []
    const next = readers.get(kind)?.(value, subject.trim()) ?? null
    if (next) value = next
    else rest.push(unparsed(section, line, notA('fact')))
  }
  return { value, unparsed: rest }
}

/** Device of the root namespace that holds the local address of the SSH connection. */
export function sshLink(sshAddress: string, addresses: readonly IpAddress[]): string | null {
  const plain = sshAddress.replace(/^::ffff:/, '').replace(/%.*$/, '')
  return addresses.find(({ netns, cidr }) => netns === '' && cidr.startsWith(`${plain}/`))?.link ?? null
}
