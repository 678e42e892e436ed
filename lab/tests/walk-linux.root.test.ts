// The judge of walk/linux: the kernel itself. A small cloud of namespaces is made by hand (a filtered bridge, a router with policy
// routing and a floating IP, a namespace that answers for it, the outside), read with the read script and the parsers, and sent some
// hundred random frames. Where each comes out, on which device and with which headers, the walk of the same frame must have said.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unknownPartOf } from '@/server/core/host/unknown-parts'
import type { HostObservation } from '@/server/core/host/observation'
import { parseHostRead } from '@/server/core/parse/host-read'
import { READ_SCRIPT } from '@/server/core/parse/read-script'
import { Fleet } from '@/server/core/walk/fleet'
import { BROADCAST_MAC, type Frame, type IpPayload } from '@/server/core/walk/frame'
import { allHops, endsOf, showWalk } from '@/server/core/walk/testing/show-walk'
import { walk } from '@/server/core/walk/walk'
import type { WalkHop } from '@/server/core/walk/walk-result'
import { encode, headersOf, showHeaders } from './frame-bytes'

const NONCE = 'abcdef0123456789'
const FRAMES = 400
/** When nothing is seen for so long, what a frame caused has mostly happened. */
const QUIET_S = 0.005
/** How often to look again for what the walk said and nobody has seen yet; a busy machine is slow to deliver. */
const LATE_LOOKS = 60

/** veth pairs: namespace and device at either end, with MAC and address. */
const WIRES = [
  ['vma', 'va', '10.0.1.11/24', '', 'tapa', null],
  ['vmb', 'vb', '10.0.1.12/24', '', 'tapb', null],
  ['router', 'qr1', '10.0.1.1/24', '', 'pr', null],
  ['vmc', 'vc', '10.0.2.11/24', 'router', 'qr2', '10.0.2.1/24'],
  ['router', 'rfp', '169.254.64.0/31', 'fip', 'fpr', '169.254.64.1/31'],
  ['ext', 'e0', '203.0.113.9/24', 'fip', 'fg', '203.0.113.5/24'],
] as const

const mac = (index: number, end: number): string => `02:00:00:00:0${index}:0${end}`
const inside = (netns: string, command: string): string => (netns === '' ? command : `ip netns exec ${netns} sh -ec '${command}'`)

const NAMESPACES = ['vma', 'vmb', 'vmc', 'router', 'fip', 'ext']

const BUILD = `
set -e
for key in net/ipv6/conf/all/disable_ipv6 net/ipv6/conf/default/disable_ipv6 net/ipv4/icmp_echo_ignore_all; do echo 1 >/proc/sys/$key; done
ip link set lo up
${NAMESPACES.map((name) => `ip netns add ${name}\n${inside(name, 'ip link set lo up; for key in net/ipv6/conf/all/disable_ipv6 net/ipv6/conf/default/disable_ipv6 net/ipv4/icmp_echo_ignore_all; do echo 1 >/proc/sys/$key; done')}`).join('\n')}
${WIRES.map(
  ([a, x, left, b, y, right], index) => `
ip link add x${index} type veth peer name y${index}
ip link set x${index} address ${mac(index, 1)} netns ${a}
ip link set y${index} address ${mac(index, 2)} ${b === '' ? '' : `netns ${b}`}
${inside(a, `ip link set x${index} name ${x} up; ip addr add ${left} dev ${x}`)}
${inside(b, `ip link set y${index} name ${y} up${right ? `; ip addr add ${right} dev ${y}` : ''}`)}`,
).join('\n')}
ip link add qbr0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0
ip link set qbr0 address 02:00:00:00:0a:01 up
for port in tapa tapb pr; do ip link set $port master qbr0; done
ip addr add 10.0.1.254/24 dev qbr0
${inside('vma', 'ip route add default via 10.0.1.1')}
${inside('vmb', 'ip route add default via 10.0.1.1')}
${inside('vmc', 'ip route add default via 10.0.2.1')}
${inside(
  'router',
  `
  for key in ip_forward conf/all/arp_ignore; do echo 1 >/proc/sys/net/ipv4/$key; done
  echo 1 >/proc/sys/net/ipv4/conf/qr2/rp_filter
  ip rule add from 10.0.1.11 lookup 16 priority 40000
  ip rule add to 10.66.0.0/16 prohibit priority 500
  ip rule add fwmark 0x7 lookup 17 priority 600
  ip rule add iif qr2 lookup 18 priority 700
  ip route add default via 169.254.64.1 dev rfp table 16
  ip route add default via 10.0.1.12 dev qr1 table 17
  ip route add throw 10.77.0.0/16 table 18
  ip route add 10.0.0.0/8 via 10.0.1.12 dev qr1 table 18
  ip route add blackhole 10.9.0.0/16
  ip route add unreachable 10.9.8.0/24
  ip route add 10.88.0.0/16 nexthop via 10.0.1.11 dev qr1 nexthop via 10.0.2.11 dev qr2
  iptables -t nat -N float-snat
  iptables -t nat -A PREROUTING -d 203.0.113.20/32 -i rfp -j DNAT --to-destination 10.0.1.11
  iptables -t nat -A PREROUTING -d 10.0.1.1/32 -p tcp --dport 80 -j DNAT --to-destination 10.0.2.11:8080
  iptables -t nat -A POSTROUTING ! -o rfp -m conntrack ! --ctstate DNAT -j ACCEPT
  iptables -t nat -A POSTROUTING -j float-snat
  iptables -t nat -A float-snat -s 10.0.1.11/32 -j SNAT --to-source 203.0.113.20
  iptables -t mangle -A PREROUTING -i qr1 -p udp --dport 53 -j MARK --set-mark 7
  iptables -A FORWARD -p udp -m multiport --dports 67,68 -j DROP
  iptables -A FORWARD -p tcp -m tcp --dport 22 -m state --state NEW -j REJECT
  iptables -A INPUT -p udp -m udp --dport 4000:5000 -j DROP
  nft "add table inet extra; add chain inet extra refused
    add chain inet extra forward { type filter hook forward priority 5; policy accept; }
    add rule inet extra refused ip saddr 10.0.1.11 return
    add rule inet extra refused counter drop
    add rule inet extra forward ct state vmap { invalid : drop }
    add rule inet extra forward iifname \\"qr*\\" udp dport { 53, 9000-9999 } ip daddr 10.0.2.0/24 jump refused
    add rule inet extra forward oifname != rfp ip saddr 10.0.1.0/24 tcp dport 443 reject
    add table ip moved; add chain ip moved post { type nat hook postrouting priority 90; policy accept; }
    add rule ip moved post oifname qr2 ip saddr 10.0.1.12 snat to 10.0.2.77"`,
)}
${inside(
  'fip',
  `
  echo 1 >/proc/sys/net/ipv4/ip_forward
  echo 1 >/proc/sys/net/ipv4/conf/fg/proxy_arp
  echo 0 >/proc/sys/net/ipv4/neigh/fg/proxy_delay
  ip route add 203.0.113.20/32 via 169.254.64.0 dev fpr
  ip rule add iif fpr lookup 2852003613 priority 2852003613
  ip route add default via 203.0.113.9 dev fg table 2852003613
  iptables -t raw -A PREROUTING -j CT --notrack`,
)}
echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables
ipset create NIPv4remote hash:net
ipset add NIPv4remote 10.0.1.0/24
ipset add NIPv4remote 10.0.1.12 nomatch
iptables -t raw -A PREROUTING -m physdev --physdev-in tapa -j CT --zone 4097
iptables -N sg-chain
iptables -N ia
iptables -N oa
iptables -N sa
iptables -A FORWARD -m physdev --physdev-out tapa --physdev-is-bridged -j sg-chain
iptables -A FORWARD -m physdev --physdev-in tapa --physdev-is-bridged -j sg-chain
iptables -A INPUT -m physdev --physdev-in tapb -p udp -j DROP
iptables -A sg-chain -m physdev --physdev-out tapa --physdev-is-bridged -j ia
iptables -A sg-chain -m physdev --physdev-in tapa --physdev-is-bridged -j oa
iptables -A sg-chain -j ACCEPT
iptables -A ia -m state --state RELATED,ESTABLISHED -j RETURN
iptables -A ia -m set --match-set NIPv4remote src -j RETURN
iptables -A ia -p icmp -j RETURN
iptables -A ia -p tcp -m tcp --dport 22 -j RETURN
iptables -A ia -j DROP
iptables -A oa -s 0.0.0.0/32 -d 255.255.255.255/32 -p udp -m udp --sport 68 --dport 67 -j RETURN
iptables -A oa -j sa
iptables -A oa -p udp -m udp --sport 67 --dport 68 -j DROP
iptables -A oa -j RETURN
iptables -A sa -s 10.0.1.11/32 -m mac --mac-source ${mac(0, 1)} -j RETURN
iptables -A sa -j DROP
ebtables -t nat -N arpa
ebtables -t nat -A PREROUTING -i tapb -j arpa
ebtables -t nat -A arpa -p ARP -s ${mac(1, 1)} --arp-ip-src 10.0.1.12 -j RETURN
ebtables -t nat -A arpa -p ARP -j DROP
ebtables -t nat -P arpa RETURN
ebtables -A FORWARD -i tapb -o tapa -p IPv4 --ip-proto udp --ip-dport 80 -j DROP
nft "add table bridge own; add chain bridge own input { type filter hook input priority 0; policy accept; }
  add rule bridge own input iifname tapb drop
  add table inet own; add chain inet own forward { type filter hook forward priority -5; policy accept; }
  add rule inet own forward iifname qbr0 ip saddr 10.0.1.12 udp dport { 4500, 9999 } drop"
`

/** A host: namespaces of its own for network and mounts, so that it has a /run/netns of its own. */
class Anchor {
  readonly #child: ChildProcess
  constructor() {
    const script = 'mkdir -p /run/netns; mount -t tmpfs tmpfs /run/netns && mount -t sysfs sysfs /sys && exec sleep infinity'
    this.#child = spawn('unshare', ['--net', '--mount', 'sh', '-c', script], { stdio: 'ignore' })
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  run(script: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync('nsenter', ['-t', String(this.pid), '-n', '-m', 'sh', '-c', script, 'sh', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    })
    if (status !== 0) throw new Error(`${stderr}\n${stdout.slice(-500)}`)
    return stdout
  }

  async ready(): Promise<void> {
    for (let attempt = 0; attempt < 1200; attempt++) {
      const probe = 'grep -q " /run/netns tmpfs" /proc/mounts && readlink /proc/self/ns/mnt'
      if (spawnSync('nsenter', ['-t', String(this.pid), '-m', 'sh', '-c', probe]).status === 0) return
      await new Promise((done) => setTimeout(done, 50))
    }
    throw new Error('The host did not come up')
  }

  down(): void {
    this.#child.kill('SIGKILL')
  }
}

type Sighting = readonly [netns: string, device: string, direction: string, hex: string]

class Prober {
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>
  constructor(pid: number) {
    const script = fileURLToPath(new URL('./probe-frames.py', import.meta.url))
    this.#child = spawn('nsenter', ['-t', String(pid), '-n', '-m', 'python3', script, String(QUIET_S), String(pid)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    if (!this.#child.stdout) throw new Error('no output')
    this.#lines = createInterface(this.#child.stdout)[Symbol.asyncIterator]()
  }

  async line(): Promise<string> {
    const { value, done } = await this.#lines.next()
    if (done) throw new Error('The prober ended')
    return value
  }

  /** All that was seen since the last answer. */
  send([netns, device]: readonly [string, string], hex: string, isForgotten = false): Promise<Sighting[]> {
    return this.#ask({ netns, device, hex, isForgotten })
  }

  look(): Promise<Sighting[]> {
    return this.#ask({})
  }

  async #ask(request: object): Promise<Sighting[]> {
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`)
    return JSON.parse(await this.line()) as Sighting[]
  }

  end(): void {
    this.#child.stdin?.end()
  }
}

/** Seeded, so that a failure comes again. */
function random(seed: number): <T>(choices: readonly T[]) => T {
  let state = seed
  return (choices) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return choices[Math.floor((state / 2 ** 32) * choices.length)] as never
  }
}

/** Where frames start: what sends, what receives. */
const STARTS = [
  { from: ['vma', 'va'], to: ['', 'tapa'], mac: mac(0, 1), ip: '10.0.1.11', near: [mac(1, 1), mac(2, 1), mac(0, 2), '02:00:00:00:0a:01'] },
  { from: ['vmb', 'vb'], to: ['', 'tapb'], mac: mac(1, 1), ip: '10.0.1.12', near: [mac(0, 1), mac(2, 1), mac(2, 2), '02:00:00:00:0a:01'] },
  { from: ['vmc', 'vc'], to: ['router', 'qr2'], mac: mac(3, 1), ip: '10.0.2.11', near: [mac(3, 2)] },
  { from: ['ext', 'e0'], to: ['fip', 'fg'], mac: mac(5, 1), ip: '203.0.113.9', near: [mac(5, 2)] },
] as const
const ADDRESSES = [
  '10.0.1.11',
  '10.0.1.12',
  '10.0.1.1',
  '10.0.1.254',
  '10.0.2.1',
  '10.0.2.11',
  '10.0.2.12',
  '203.0.113.20',
  '203.0.113.9',
  '203.0.113.5',
  '169.254.64.0',
  '169.254.64.1',
  '10.9.1.1',
  '10.9.8.1',
  '10.66.0.1',
  '10.77.1.1',
  '10.88.1.1',
  '10.88.1.2',
  '10.88.7.7',
  '10.0.1.255',
  '255.255.255.255',
  '8.8.8.8',
]

function randomFrame(pick: ReturnType<typeof random>, start: (typeof STARTS)[number], index: number): Frame {
  const sourceMac = pick([start.mac, start.mac, start.mac, start.mac, '02:00:00:00:0f:0f'])
  const source = pick([start.ip, start.ip, start.ip, start.ip, ...ADDRESSES.slice(0, 9)])
  if (pick([true, false, false])) {
    return {
      sourceMac,
      destinationMac: pick([BROADCAST_MAC, BROADCAST_MAC, BROADCAST_MAC, ...start.near]),
      vlans: [],
      payload: {
        kind: 'arp',
        operation: 1,
        senderMac: sourceMac,
        senderIp: source,
        targetMac: '00:00:00:00:00:00',
        targetIp: pick(ADDRESSES),
      },
    }
  }
  const port = 20_000 + index
  const transports: readonly Pick<IpPayload, 'protocol' | 'transport'>[] = [
    { protocol: 1, transport: { kind: 'icmp', type: 8, code: 0 } },
    {
      protocol: 17,
      transport: { kind: 'udp', sourcePort: pick([port, port, port, 67, 68]), destinationPort: pick([53, 80, 67, 68, 4789, 4500, 9999]) },
    },
    { protocol: 6, transport: { kind: 'tcp', sourcePort: port, destinationPort: pick([22, 80, 443]), flags: pick([2, 2, 2, 18]) } },
  ]
  const payload: IpPayload = {
    kind: 'ipv4',
    source,
    destination: pick(ADDRESSES),
    ttl: pick([64, 64, 64, 64, 2, 1]),
    tos: 0,
    fragment: 'none',
    ...pick(transports),
  }
  return {
    sourceMac,
    destinationMac: pick([
      ...start.near,
      ...start.near,
      ...start.near,
      BROADCAST_MAC,
      '02:00:00:00:0e:0e',
      '01:80:c2:00:00:00',
      '01:80:c2:00:00:0e',
    ]),
    vlans: [],
    payload,
  }
}

const host = new Anchor()
let fleet: Fleet
let prober: Prober

function observe(): HostObservation {
  const text = host.run(READ_SCRIPT, NONCE)
  const observation = parseHostRead({ hostId: 'h', observedAt: '2026-01-01T00:00:00.000Z', durationMs: 1, nonce: NONCE, text })
  // It has no Open vSwitch.
  expect(observation.unparsed.filter(({ section }) => section !== 'ovsdb')).toEqual([])
  return observation
}

beforeAll(async () => {
  await host.ready()
  host.run(BUILD)
  prober = new Prober(host.pid)
  expect(await prober.line()).toBe('ready')
  // Every station says something, so that bridges know where it is before they are read.
  const router = { from: ['router', 'qr1'], mac: mac(2, 1), ip: '10.0.1.1' } as const
  for (const { from, mac: own, ip } of [...STARTS, router]) {
    const payload = { kind: 'arp', operation: 1, senderMac: own, senderIp: ip, targetMac: '00:00:00:00:00:00', targetIp: ip } as const
    await prober.send(from, encode({ sourceMac: own, destinationMac: BROADCAST_MAC, vlans: [], payload }, 'ff'.repeat(8)))
  }
  const observed = observe()
  fleet = new Fleet({
    hosts: [{ hostId: 'h', name: 'h', state: observed.state, unread: (kind, place) => unknownPartOf(observed, kind, place) }],
    wires: [],
  })
})

afterAll(() => {
  prober?.end()
  host.down()
})

interface Probe {
  readonly start: (typeof STARTS)[number]
  readonly frame: Frame
  readonly token: string
  readonly root: WalkHop
  /** Where the walk has it, with which headers. */
  readonly said: ReadonlySet<string>
  /** The walk does not know. */
  readonly isUnsure: boolean
  /** One of several ways is taken (ECMP): not all that was said happens, but nothing else does. */
  readonly hasAlternatives: boolean
  /** Where the kernel had it. */
  readonly real: Set<string>
}

const DEVICES = new Set(['veth', 'nic', 'tap', 'linux-bridge', 'vxlan'])

function probeOf(pick: ReturnType<typeof random>, index: number): Probe {
  const start = pick(STARTS)
  const frame = randomFrame(pick, start, index)
  const [netns, device] = start.to
  const { root } = walk(fleet, { hostId: 'h', netns, device, frame, as: 'received' })
  const hops = [...allHops(root)]
  const said = hops.flatMap(({ place, in: seen, inPort, end }) => {
    // A bridge that a frame only crosses is no device that sees it.
    const isDevice = DEVICES.has(place.kind) && (place.kind !== 'linux-bridge' || inPort === null)
    return isDevice && end === null && !isSender(start, frame, place.netns, place.device, seen)
      ? [`${place.netns}/${place.device} ${showHeaders(seen)}`]
      : []
  })
  const isUnsure = endsOf(root).some(({ kind }) => kind === 'unknown')
  const hasAlternatives = hops.some(({ branches }) => branches.some(({ alternative }) => alternative !== null))
  return { start, frame, token: tokenOf(index), root, said: new Set(said), isUnsure, hasAlternatives, real: new Set() }
}

/** ARP that tells of a station what is not so: who hears it would send the next frames elsewhere. */
const isLie = ({ start, frame: { payload } }: Probe): boolean =>
  payload.kind === 'arp' && (payload.senderMac !== start.mac || payload.senderIp !== start.ip)

const tokenOf = (index: number): string => `77777777${(0xabcd0000 + index).toString(16)}`
const TOKEN = /7{8}abcd[0-9a-f]{4}/

const isSender = ({ from }: Probe['start'], frame: Frame, netns: string, device: string, seen: Frame): boolean =>
  netns === from[0] && device === from[1] && showHeaders(seen) === showHeaders(frame)

/** ARP has no token, and stacks ask again and again for who did not answer an earlier frame. */
function isAbout({ payload: sent }: Frame, { payload }: Frame): boolean {
  if (payload.kind !== 'arp' || sent.kind !== 'arp') return payload.kind === sent.kind
  return payload.targetIp === sent.targetIp || payload.senderIp === sent.targetIp
}

/** The token tells whose copy a packet is, also when it comes late; what has none is of the frame that was sent last. */
function note(probes: ReadonlyMap<string, Probe>, last: Probe, sightings: readonly Sighting[]): void {
  for (const [netns, device, , hex] of sightings) {
    const headers = headersOf(hex)
    const token = TOKEN.exec(hex)?.[0]
    const probe = headers?.payload.kind === 'arp' ? last : token === undefined ? undefined : probes.get(token)
    if (!headers || !probe || !isAbout(probe.frame, headers) || isSender(probe.start, probe.frame, netns, device, headers)) continue
    probe.real.add(`${netns}/${device} ${showHeaders(headers)}`)
  }
}

const unseen = ({ said, real, isUnsure, hasAlternatives }: Probe): readonly string[] =>
  isUnsure || hasAlternatives ? [] : [...said].filter((each) => !real.has(each))
const unsaid = ({ said, real, isUnsure }: Probe): readonly string[] => (isUnsure ? [] : [...real].filter((each) => !said.has(each)))

const complaint = (probe: Probe): string =>
  [
    `${probe.token} ${probe.start.from[1]} ${showHeaders(probe.frame)}`,
    ...unsaid(probe).map((each) => `  kernel only: ${each}`),
    ...unseen(probe).map((each) => `  walk only: ${each}`),
    ...showWalk(probe.root).map((line) => `    ${line}`),
    `    ${JSON.stringify(endsOf(probe.root))}`,
  ].join('\n')

describe('the kernel is the judge', () => {
  it(`${FRAMES} random frames come out where the walk says, and nowhere else`, async () => {
    const pick = random(20261128)
    const probes = new Map<string, Probe>()
    for (let index = 0; index < FRAMES; index++) {
      const probe = probeOf(pick, index)
      probes.set(probe.token, probe)
      note(probes, probe, await prober.send(probe.start.from, encode(probe.frame, probe.token), isLie(probe)))
      for (let look = 0; look < LATE_LOOKS && unseen(probe).length > 0; look++) note(probes, probe, await prober.look())
    }
    const all = [...probes.values()]
    for (let look = 0; look < LATE_LOOKS; look++) note(probes, all.at(-1)!, await prober.look())
    expect(all.filter((probe) => unseen(probe).length + unsaid(probe).length > 0).map(complaint)).toEqual([])
    expect(all.filter(({ real }) => real.size > 1).length).toBeGreaterThan(FRAMES / 3)
    expect(all.filter(({ isUnsure }) => isUnsure).length).toBeLessThan(FRAMES / 10)
    const tables = new Set(
      all.flatMap(({ root }) => endsOf(root)).flatMap((end) => ('code' in end && end.code === 'iptables-drops' ? end.params.table : [])),
    )
    expect([...tables].sort()).toEqual(['bridge own', 'filter', 'inet extra', 'inet own', 'nat'])
  })
})
