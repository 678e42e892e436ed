// What `ofproto/trace --names` says a frame becomes: its datapath actions, done one after the other. They are what the datapath would
// really do, so ports and headers read off them are a witness that shares nothing with our own way to the answer.
//
//   Datapath actions: push_vlan(vid=1,pcp=0),br-int,set(eth(dst=fa:16:3e:00:00:01)),pop_vlan,tap1

import ipaddr from 'ipaddr.js'
import { tokenize, type Term } from '@/server/core/parse/openflow/tokenize'
import type { Frame, Transport } from '@/server/core/walk/frame'
import type { TunnelKey } from '@/server/core/walk/openflow/visit'

/** One frame that leaves the switch. */
export interface Leaving {
  /** Empty for a tunnel, which is told by its key: the userspace datapath has no device for one. */
  readonly device: string
  readonly tunnel: TunnelKey | null
  readonly frame: Frame
}

export interface Outcome {
  readonly leaving: readonly Leaving[]
  /** An action that the trace itself does not follow, or that is not read here. */
  readonly unread: string | null
}

interface State {
  frame: Frame
  /** Of the kernel's tunnels, which are told before the port. */
  tunnel: TunnelKey | null
  /** The userspace datapath puts the outer headers on and goes on with that frame; what it does there is another bridge's matter. */
  isWrapped: boolean
}

/** The switch would have wrapped a frame and could not: what became of it shows in no action. */
const NOT_WRAPPED = /native tunnel routing failed|neighbor cache miss for/

export function outcomeOf(trace: string, frame: Frame): Outcome {
  const reader = new Reader()
  reader.unread = NOT_WRAPPED.exec(trace)?.[0] ?? null
  let pass: State | undefined = { frame, tunnel: null, isWrapped: false }
  for (const line of trace.split('\n')) {
    const recirculated = /^recirc\((0x[0-9a-f]+)\)/.exec(line)?.[1]
    if (recirculated !== undefined) pass = reader.forks.get(recirculated)
    if (line.startsWith('Replacing ')) reader.unread ??= 'nat'
    const actions = /^Datapath actions: (.*)$/.exec(line)?.[1]
    if (actions !== undefined && pass) reader.run(actions, pass)
    else if (actions !== undefined) reader.unread ??= 'a pass without a beginning'
  }
  if (!trace.includes('Datapath actions: ')) reader.unread ??= trace.slice(0, 200)
  return { leaving: reader.leaving, unread: reader.unread }
}

/** What they do shows by no frame that leaves. */
const WITHOUT_EFFECT = new Set(['drop', 'meter', 'trunc', 'ct_clear'])

class Reader {
  readonly leaving: Leaving[] = []
  readonly forks = new Map<string, State>()
  unread: string | null = null

  run(text: string, state: State): void {
    const terms = tokenize(text)
    if (!terms.ok) this.unread ??= text
    else for (const term of terms.value) this.#act(term, state)
  }

  #act(term: Term, state: State): void {
    if (state.isWrapped || WITHOUT_EFFECT.has(term.key)) return
    switch (term.key) {
      case 'ct':
        if (term.value.includes('nat')) this.unread ??= 'nat'
        return
      case 'recirc':
        // Two passes that begin alike have one number, and the trace tells one of them.
        if (this.forks.has(term.value)) this.unread ??= 'a pass for two'
        this.forks.set(term.value, { ...state })
        return
      case 'clone':
        return this.run(term.value, { ...state })
      case 'tnl_push':
        this.#leave('', state.frame, pushedTunnel(term.value))
        state.isWrapped = true
        return
      case 'userspace':
        return this.#toUserspace(term, state)
      case 'push_vlan':
        state.frame = { ...state.frame, vlans: [tagOf(term.value), ...state.frame.vlans] }
        return
      case 'pop_vlan':
        state.frame = { ...state.frame, vlans: state.frame.vlans.slice(1) }
        return
      case 'set':
        return this.#set(term.value, state)
      default:
        this.#output(term, state)
    }
  }

  #toUserspace(term: Term, state: State): void {
    // OFPR_INVALID_TTL: word of a packet whose TTL ran out, to the controllers if there are any. The packet itself ends there, which
    // the walk says with its end; no list of actions says `controller`.
    if (term.value.includes('reason=2,')) return
    if (term.value.includes('controller(')) this.#leave('CONTROLLER', state.frame, null)
    else this.unread ??= term.text
  }

  /** An action that is a name alone is the port by which it leaves. */
  #output(term: Term, state: State): void {
    if (term.delimiter !== '') this.unread ??= term.text
    else if (/_sys_?\d*$/.test(term.key)) this.#leave('', state.frame, state.tunnel)
    else this.#leave(term.key, state.frame, null)
  }

  #leave(device: string, frame: Frame, tunnel: TunnelKey | null): void {
    this.leaving.push({ device, tunnel, frame })
  }

  #set(text: string, state: State): void {
    const header = /^([a-z0-9_]+)\((.*)\)$/.exec(text)
    const fields = new Map([...(header?.[2] ?? '').matchAll(/([a-z_]+)=([^,()]+)/g)].map(([, key = '', value = '']) => [key, value]))
    const kind = header?.[1] ?? ''
    if (kind === 'tunnel')
      state.tunnel = {
        tunnelId: Number(fields.get('tun_id') ?? 0),
        source: fields.get('src') ?? null,
        destination: fields.get('dst') ?? null,
      }
    else if (kind !== 'skb_mark' && kind !== 'skb_priority') {
      const changed = setHeader(state.frame, kind, fields)
      if (changed) state.frame = changed
      else this.unread ??= text
    }
  }
}

/** `tnl_port(…),header(…,ipv4(src=10.98.0.11,dst=10.98.0.12,…),…,vxlan(flags=0x8000000,vni=0x5e3)),out_port(…)`; of GRE `key=0x5`, if any. */
function pushedTunnel(text: string): TunnelKey {
  const [, source = null, destination = null] = /ipv[46]\(src=([^,]+),dst=([^,]+),/.exec(text) ?? []
  return { tunnelId: Number(/(?:vni|key)=(0x[0-9a-f]+)/.exec(text)?.[1] ?? 0), source, destination }
}

function tagOf(text: string) {
  const value = (key: string) => new RegExp(`${key}=(0x[0-9a-f]+|\\d+)`).exec(text)?.[1]
  return { tpid: Number(value('tpid') ?? 0x8100), vlanId: Number(value('vid') ?? 0), pcp: Number(value('pcp') ?? 0) }
}

type Fields = ReadonlyMap<string, string>

/** null: not read here. */
function setHeader(frame: Frame, kind: string, fields: Fields): Frame | null {
  const { payload } = frame
  if (kind === 'eth') {
    return {
      ...frame,
      sourceMac: masked(fields.get('src'), frame.sourceMac),
      destinationMac: masked(fields.get('dst'), frame.destinationMac),
    }
  }
  if (kind === 'arp' && payload.kind === 'arp') {
    return {
      ...frame,
      payload: {
        ...payload,
        operation: Number(fields.get('op') ?? payload.operation),
        senderIp: masked(fields.get('sip'), payload.senderIp),
        targetIp: masked(fields.get('tip'), payload.targetIp),
        senderMac: masked(fields.get('sha'), payload.senderMac),
        targetMac: masked(fields.get('tha'), payload.targetMac),
      },
    }
  }
  if (payload.kind !== 'ipv4' && payload.kind !== 'ipv6') return null
  if (kind === payload.kind) {
    const tos = fields.get('tos') ?? fields.get('tclass')
    const ttl = fields.get('ttl') ?? fields.get('hlimit')
    return {
      ...frame,
      payload: {
        ...payload,
        source: masked(fields.get('src'), payload.source),
        destination: masked(fields.get('dst'), payload.destination),
        tos: maskedNumber(tos, payload.tos),
        ttl: maskedNumber(ttl, payload.ttl),
      },
    }
  }
  const transport = setTransport(payload.transport, kind, fields)
  return transport && { ...frame, payload: { ...payload, transport } }
}

function setTransport(transport: Transport, kind: string, fields: Fields): Transport | null {
  if (transport.kind !== kind || transport.kind === 'icmp' || transport.kind === 'none') return null
  const ports = {
    sourcePort: maskedNumber(fields.get('src'), transport.sourcePort),
    destinationPort: maskedNumber(fields.get('dst'), transport.destinationPort),
  }
  return { ...transport, ...ports }
}

function maskedNumber(text: string | undefined, was: number): number {
  const [value, mask] = text === undefined ? [was, undefined] : text.split('/')
  if (mask === undefined) return Number(value)
  return (Number(value) & Number(mask)) | (was & ~Number(mask))
}

/** Addresses: octets or hexadecimal groups, each with its own part of the mask. */
function masked(text: string | undefined, was: string): string {
  if (text === undefined) return was
  const [value = '', mask] = text.split('/')
  if (mask === undefined) return value
  if (ipaddr.IPv6.isValid(was)) return maskedIpv6(value, mask, was)
  const [separator, radix] = value.includes(':') ? [':', 16] : ['.', 10]
  const parts = (address: string) => address.split(separator).map((part) => Number.parseInt(part, radix))
  const [values, masks, old] = [parts(value), parts(mask), parts(was)]
  const merged = values.map((part, index) => ((part & masks[index]!) | (old[index]! & ~masks[index]!)).toString(radix))
  return merged.map((part) => (radix === 16 ? part.padStart(2, '0') : part)).join(separator)
}

function maskedIpv6(value: string, mask: string, was: string): string {
  const [values, masks, old] = [value, mask, was].map((address) => ipaddr.IPv6.parse(withoutDots(address)).parts)
  return new ipaddr.IPv6(values!.map((part, index) => (part & masks![index]!) | (old![index]! & ~masks![index]!))).toRFC5952String()
}

/** `::3.0.0.0`, which ipaddr.js takes for `::ffff:3.0.0.0`. */
const withoutDots = (address: string): string =>
  address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...octets: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = octets.slice(0, 4).map(Number)
    return [(a << 8) | b, (c << 8) | d].map((group) => group.toString(16)).join(':')
  })
