// Laws of laying a reading of some parts over one of the whole, on a recorded host and on arbitrary readings.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HostState } from '../host/host-state'
import { unknownPartOf } from '../host/unknown-parts'
import { withoutParts } from './fixtures/without-parts'
import { bridgePart, namespacePart, partOf, type HostPart, type HostScope } from './host-part'
import { readSectionsSteps, toObservation, type ReadSections } from './host-read'
import { overlay } from './overlay'
import { finish } from './steps'

const NONCE = '5f1c0e1a-7a43-4d0e-9c55-2f61b1a7c001'
const QDHCP = 'qdhcp-0b5e0b0e-1111-4222-8333-444444444444'
const names = (...all: readonly string[]) => `${all.join(' ')}\n@@${NONCE} 0 namespaces\n`
const recorded = names('qdhcp-00000001', QDHCP) + readFileSync(new URL('./fixtures/ovs-3.1/host-read.txt', import.meta.url), 'utf8')
/** Something changed in every part. */
const changed = recorded
  .replaceAll('"mtu":', '"mtu":1')
  .replaceAll(/priority=(\d+)/g, 'priority=1$1')
  .replaceAll('-j CHECKSUM', '-j ACCEPT')
  .replaceAll(/(ipv4\/\S+:)\d+/g, '$17')
  .replaceAll('hostname compute-1', 'hostname compute-2')

const read = (text: string, observedAt: string): ReadSections =>
  finish(readSectionsSteps({ hostId: 'h', observedAt, durationMs: 1, nonce: NONCE, text }))
const [BEFORE, NOW] = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:30.000Z']
const older = read(recorded, BEFORE)
const newer = read(changed, NOW)
const laid = (scope: HostScope, text = changed) => overlay(older, read(withoutParts(text, NONCE, scope), NOW), scope)

const inPlace = ({ links, addresses, routes, rules, sysctls, iptables }: HostState, netns: string) =>
  [links, addresses, routes, rules, sysctls, iptables].map((list) => list.filter((each) => each.netns === netns))
const flowsOf = ({ flows }: HostState, bridge: string) => flows.filter((flow) => flow.bridge === bridge)

describe('a part that was read over an older reading of the whole', () => {
  const scope = new Set<HostPart>([bridgePart('br-int'), namespacePart(QDHCP)])
  const [was, is] = [toObservation(older), toObservation(newer)]

  it('[READ-2] is as it was read now, and the rest is as it was', () => {
    const { state, facts, observedAt } = toObservation(laid(scope)!)
    expect(observedAt).toBe(NOW)
    for (const netns of ['', QDHCP]) {
      expect(inPlace(state, netns)).toEqual(inPlace(is.state, netns))
      expect(inPlace(state, netns)).not.toEqual(inPlace(was.state, netns))
    }
    expect(flowsOf(state, 'br-int')).toEqual(flowsOf(is.state, 'br-int'))
    expect([state.ovsBridges, state.ovsPorts]).toEqual([is.state.ovsBridges, is.state.ovsPorts])

    expect(inPlace(state, 'qdhcp-00000001')).toEqual(inPlace(was.state, 'qdhcp-00000001'))
    expect(inPlace(state, 'qdhcp-00000001')).not.toEqual(inPlace(is.state, 'qdhcp-00000001'))
    for (const bridge of ['br-tun', 'br-ens38']) {
      expect(flowsOf(state, bridge)).toEqual(flowsOf(was.state, bridge))
      expect(flowsOf(state, bridge)).not.toEqual(flowsOf(is.state, bridge))
    }
    expect([facts.hostname, state.domains, state.dnsmasq]).toEqual(['compute-1', was.state.domains, was.state.dnsmasq])
  })

  it('[READ-2] is not known where it did not come, and is never what it was', () => {
    const failing = changed.replace(`0 flows br-int`, '1 flows br-int').replace(`0 ip ${QDHCP}`, `1 ip ${QDHCP}`)
    const lost = failing.replace(/(?<=\n@@\S+ 0 ovsdb\n)[^]*?(?=\n@@\S+ 1 flows br-int)/, 'no answer')
    const observation = toObservation(laid(scope, lost)!)
    expect(flowsOf(observation.state, 'br-int')).toEqual([])
    expect(unknownPartOf(observation, 'flows', { bridge: 'br-int' })?.section).toBe('flows br-int')
    expect(unknownPartOf(observation, 'links', { netns: QDHCP })?.section).toBe(`ip ${QDHCP}`)
    expect(unknownPartOf(observation, 'flows', { bridge: 'br-tun' })).toBeNull()
  })

  it('[READ-3] is nothing to go by where a namespace or bridge came or went, or nobody can tell', () => {
    const both = names('qdhcp-00000001', QDHCP)
    expect(laid(scope, changed.replace(both, names(QDHCP)))).toBeNull()
    expect(laid(scope, changed.replace(both, names('qdhcp-00000001', QDHCP, 'qrouter-1')))).toBeNull()
    expect(laid(scope, changed.replace(both, ''))).toBeNull()
    expect(laid(scope, changed.replace(/[^]*?(?=\n@@\S+ 0 ovsdb)/, both))).toBeNull()
    expect(laid(scope, changed.replaceAll('br-ens38', 'br-ens39'))).toBeNull()
  })
})

describe('of any two readings', () => {
  const arbitraryScope = fc
    .subarray([
      bridgePart('br-int'),
      bridgePart('br-tun'),
      bridgePart('br-ens38'),
      namespacePart(QDHCP),
      namespacePart('qdhcp-00000001'),
      'guests',
      'dnsmasq',
    ] as const)
    .map((parts): HostScope => new Set(parts))
  const byName = ({ sections }: ReadSections) => [...sections].sort((a, b) => (a.name < b.name ? -1 : 1))

  it('[READ-2] each section is of the newer where it was asked for, and of the older where not', () => {
    fc.assert(
      fc.property(arbitraryScope, (scope) => {
        const both = laid(scope)!
        const isAsked = (name: string) => [null, ...scope].includes(partOf(name) as HostPart | null)
        expect(byName(both)).toEqual(
          [...newer.sections.filter(({ name }) => isAsked(name)), ...older.sections.filter(({ name }) => !isAsked(name))].sort((a, b) =>
            a.name < b.name ? -1 : 1,
          ),
        )
      }),
      { numRuns: 20 },
    )
  })

  it('to ask for all of it, or for any of it on a host where nothing changed, is to read the whole', () => {
    const everything = new Set(newer.sections.flatMap(({ name }) => (partOf(name) ?? []) as HostPart | []))
    expect(byName(laid(everything)!)).toEqual(byName(newer))
    fc.assert(
      fc.property(arbitraryScope, (scope) => {
        expect(byName(laid(scope, recorded)!)).toEqual(byName(older))
      }),
      { numRuns: 20 },
    )
  })
})
