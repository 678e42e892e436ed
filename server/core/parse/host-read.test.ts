import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHostRead } from './host-read'

const NONCE = '5f1c0e1a-7a43-4d0e-9c55-2f61b1a7c001'
const recorded = readFileSync(new URL('./fixtures/ovs-3.1/host-read.txt', import.meta.url), 'utf8')
const read = (text: string, nonce = NONCE) => parseHostRead({ hostId: 'h', observedAt: '2026-01-01T00:00:00.000Z', durationMs: 5, nonce, text })
const section = (name: string, text: string, code = 0) => `${text}\n@@${NONCE} ${code} ${name}\n`
const whole = (...sections: string[]) => read([...sections, section('done', '')].join(''))

const PORT = 'f4513237-f571-4e9e-a454-cd5927cdb9df'
const NETWORK = '0b5e0b0e-1111-4222-8333-444444444444'

describe('a recorded reading', () => {
  const { state, facts, unparsed, raw, ...rest } = read(recorded)

  it('is understood whole', () => {
    expect(unparsed).toEqual([])
    expect(rest).toEqual({ hostId: 'h', observedAt: '2026-01-01T00:00:00.000Z', durationMs: 5 })
    expect(Object.keys(raw)).toContain(`ip qdhcp-${NETWORK}`)
  })

  it('tells the facts', () => {
    expect(facts).toMatchObject({
      hostname: 'compute-1',
      kernel: '6.1.0-38-amd64',
      ovsVersion: '3.1.0',
      ovsDatapathTypes: ['netdev'],
      hasKernelDatapath: false,
      kvm: 'no-device',
      libvirtVersion: '9.0.0',
      neutronAgents: [],
      sshLink: 'lo',
    })
    expect(facts.tools).toMatchObject({ 'ovs-ofctl': true, conntrack: false, 'qemu-system-x86_64': true })
  })

  it('knows a hybrid plug', () => {
    const link = (name: string, netns = '') => state.links.find((candidate) => candidate.name === name && candidate.netns === netns)
    expect(link('qbrf4513237-f5')).toMatchObject({
      type: 'bridge',
      owner: { kind: 'port', id: PORT },
      bridge: { forwardDelay: 0, hasStp: false, hasMulticastSnooping: false, ageingTime: 0 },
    })
    expect(link('qvbf4513237-f5')).toMatchObject({
      type: 'veth',
      owner: { kind: 'port', id: PORT },
      master: 'qbrf4513237-f5',
      peer: { netns: '', name: 'qvof4513237-f5' },
      hasTxChecksumOffload: false,
    })
    expect(link('tapf4513237-f5')).toMatchObject({ type: 'tap', owner: null, master: 'qbrf4513237-f5', mtu: 1450 })
    expect(link('br-int')).toMatchObject({ type: 'ovs-internal', owner: null })
    expect(state.sysctls).toContainEqual({ netns: '', key: 'net/ipv4/conf/qbrf4513237-f5/arp_announce', value: '2' })
  })

  it('knows a namespace by the alias of its lo, and what is in it', () => {
    const netns = `qdhcp-${NETWORK}`
    expect(state.namespaces).toContainEqual({ name: netns, owner: { kind: 'network', id: NETWORK }, nsid: 10 })
    expect(state.links.find((link) => link.netns === netns && link.name.startsWith('tap'))).toMatchObject({ type: 'ovs-internal', isUp: true, mtu: 1450 })
    expect(state.addresses).toContainEqual({ netns, link: 'tapd4c00000-01', cidr: '10.0.1.2/24', scope: 'global' })
    expect(state.routes).toContainEqual(expect.objectContaining({ netns, table: 'main', destination: 'default', via: '10.0.1.1', link: 'tapd4c00000-01' }))
    expect(state.rules).toContainEqual({ netns, priority: 32766, source: 'all', table: 'main' })
    expect(state.iptables).toContainEqual({
      netns,
      family: 'ipv4',
      table: 'mangle',
      chain: 'tapline-POSTROUTING',
      policy: null,
      rules: ['-p udp -m udp --dport 68 -j CHECKSUM --checksum-fill'],
    })
    expect(state.dnsmasq).toMatchObject([
      {
        networkId: NETWORK,
        netns,
        isRunning: true,
        files: { host: 'fa:16:3e:5e:1a:6f,host-10-0-1-11.openstacklocal,10.0.1.11\n', opts: 'tag:subnet-x,option:router,10.0.1.1\n' },
        leases: [{ expiresAt: 0, ipAddress: '10.0.1.11', clientId: '*' }],
      },
    ])
    expect(state.dnsmasq[0]?.argv.slice(0, 2)).toEqual(['dnsmasq', '--no-hosts'])
  })

  it('pairs veth ends across namespaces', () => {
    const ends = state.links.filter((link) => link.name === 'tapx1' || link.name === 'tapy1')
    expect(ends.map(({ netns, peer }) => [netns, peer])).toEqual([
      ['', { netns: 'qdhcp-00000001', name: 'tapy1' }],
      ['qdhcp-00000001', { netns: '', name: 'tapx1' }],
    ])
  })

  it('reads a running domain as it was defined', () => {
    expect(state.domains).toEqual([
      {
        uuid: '11111111-2222-4333-8444-555555555555',
        name: 'instance-0000000a',
        title: 'web & <db> "1"',
        owner: { kind: 'vm', id: '11111111-2222-4333-8444-555555555555' },
        isRunning: true,
        memoryMib: 64,
        vcpus: 1,
        virtType: 'qemu',
        boot: { kind: 'disk', path: '/var/lib/libvirt/d.qcow2', format: 'qcow2' },
        interfaces: [{ type: 'bridge', source: 'qbrf4513237-f5', target: 'tapf4513237-f5', macAddress: 'fa:16:3e:5e:1a:6f', mtu: 1450, model: 'virtio' }],
        hasGuestAgent: true,
        freePciPorts: 1,
      },
    ])
  })

  it('names the ports of flows that were dumped with numbers', () => {
    expect(state.flows).toContainEqual(
      expect.objectContaining({ bridge: 'br-int', table: 25, match: 'dl_src=fa:16:3e:5e:1a:6f,in_port=qvof4513237-f5', actions: 'resubmit(,30)', owner: null }),
    )
    expect(state.flows.filter((flow) => /(in_port=|output:)\d/.test(`${flow.match} ${flow.actions}`))).toEqual([])
  })
})

describe('what is not understood is said', () => {
  it('a section that no parser knows', () => {
    expect(whole(section('weather', 'rain')).unparsed).toEqual([{ section: 'weather', text: 'rain', reason: 'A section that no parser knows' }])
  })

  it('a command that failed, but not a tool that is missing', () => {
    expect(whole(section('ovsdb', '', 1), section('iptables', '', 127)).unparsed).toEqual([
      { section: 'ovsdb', text: '', reason: 'Open vSwitch does not answer: exit code 1' },
    ])
  })

  it('a reading that was cut short', () => {
    const { unparsed } = read(`${section('facts', 'hostname a')}[{"ifindex":1`)
    expect(unparsed.map(({ reason }) => reason)).toEqual(['The reading ended before its last section', 'Text outside of every section'])
  })

  it('one bad row does not take its neighbours with it', () => {
    const text = '[{"ifindex":1,"ifname":"lo","flags":["UP"],"mtu":65536},{"ifindex":"two","ifname":"eth0"}]'
    const { state, unparsed } = whole(section('ip', text))
    expect(state.links.map(({ name }) => name)).toEqual(['lo'])
    expect(unparsed).toHaveLength(1)
    expect(unparsed[0]?.reason).toMatch(/^ifindex: /)
  })

  it('a flow that no dictionary knows', () => {
    const { state, unparsed } = whole(section('flows br-x', ' cookie=0x0, table=0, priority=0 actions=NORMAL\n cookie=0x0, table=1, priority=0 actions=teleport:3'))
    expect(state.flows).toHaveLength(1)
    expect(unparsed).toEqual([{ section: 'flows br-x', text: ' cookie=0x0, table=1, priority=0 actions=teleport:3', reason: 'Unknown action "teleport"' }])
  })
})

describe('host text cannot pass for the script', () => {
  it('a delimiter with another nonce is text', () => {
    const forged = `hostname a\n\n@@${NONCE.replace('5', '6')} 0 facts\n`
    expect(whole(section('facts', forged)).unparsed[0]).toMatchObject({ section: 'facts', reason: 'Not a fact' })
  })

  it('a nonce that is a pattern is refused', () => {
    expect(read(recorded, '.*.*.*.*').unparsed[0]?.reason).toBe('The reading ended before its last section')
  })
})

describe('laws', () => {
  it('arbitrary section text never throws', () => {
    const names = fc.constantFrom('facts', 'ip', 'sysctl', 'iptables', 'ethtool a', 'ovsdb', 'flows b', 'dnsmasq', 'virsh', 'domains', 'namespace x', 'name', '__proto__', 'constructor')
    const part = fc.record({ name: names, text: fc.string({ unit: 'binary', maxLength: 120 }), code: fc.nat(255) })
    fc.assert(fc.property(fc.array(part, { maxLength: 5 }), (parts) => void whole(...parts.map(({ name, text, code }) => section(name, text, code)))))
  })

  it('a damaged reading never throws and never loses a link in silence', () => {
    fc.assert(
      fc.property(fc.nat(recorded.length), fc.nat(200), (at, cut) => {
        const observation = read(recorded.slice(0, at) + recorded.slice(at + cut))
        expect(observation.state.links.length + observation.unparsed.length).toBeGreaterThan(0)
      }),
      { numRuns: 60 },
    )
  })

  it('deep JSON is refused, not followed', () => {
    const deep = `[{"ifindex":1,"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}]`
    expect(whole(section('ip', deep)).unparsed).toHaveLength(1)
  })
})
