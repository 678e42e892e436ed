import { describe, expect, it } from 'vitest'
import type { Forwarded } from '../compile/forwarded-ports'
import { translationChains, type Translation } from '../compile/floating-ip-translation'
import { diffHost } from '../diff/host-diff'
import { emptyHostState, type HostState } from '../host/host-state'
import { toolsOf } from '../plan/tools'
import { inputsOf } from '../render/side-by-side'
import { renderSteps } from '../render/render-steps'

const owner = { kind: 'router', id: 'ac000001-0000-4000-8000-000000000001' } as const
const [one, two] = ['qrouter-1', 'qrouter-2']
const [red, blue, web1, web2, own] = ['203.0.113.5', '203.0.113.6', '10.0.3.3', '10.0.3.4', '203.0.113.10']

const state = (translation: Partial<Translation>, ...rules: readonly string[]): HostState => ({
  ...emptyHostState,
  namespaces: [one, two].map((name) => ({ name, owner })),
  iptables: [
    ...translationChains({
      netns: one,
      outside: 'qg-1',
      floatingIps: [],
      forwarded: [],
      ownAddress: null,
      isSnatEnabled: true,
      isOnlyFromOutside: false,
      ...translation,
    }),
    ...(rules.length === 0
      ? []
      : [{ netns: two, family: 'ipv4' as const, table: 'nat', chain: 'tapline-PREROUTING', policy: null, rules }]),
  ],
})

const stepsOf = (from: HostState, to: HostState) =>
  renderSteps(diffHost(to, from), 'host').filter(({ title }) => title.startsWith('Forget'))
const forgotten = (from: HostState, to: HostState) =>
  stepsOf(from, to).flatMap(({ command }) => inputsOf(command).flatMap(({ netns, lines }) => lines.map((line) => `${netns} ${line}`)))

describe('forgetTranslations', () => {
  const leading = (floating: string, fixed: string) => ({ floating, fixed })

  it.each<[string, Partial<Translation>, Partial<Translation>, readonly string[]]>([
    [
      'a floating IP that leads nowhere any more',
      { floatingIps: [leading(red, web1), leading(blue, web2)] },
      { floatingIps: [leading(blue, web2)] },
      [`${one} -d ${red} -r ${web1}`, `${one} -s ${web1} -q ${red}`],
    ],
    [
      'one that leads to another VM, of the former one alone',
      { floatingIps: [leading(red, web1)] },
      { floatingIps: [leading(red, web2)] },
      [`${one} -d ${red} -r ${web1}`, `${one} -s ${web1} -q ${red}`],
    ],
    ['a router’s own address, when it has another', { ownAddress: own }, { ownAddress: blue }, [`${one} -q ${own}`]],
    ['it when nothing is translated any more', { ownAddress: own }, {}, [`${one} -q ${own}`]],
    [
      'only the floating IP, where the router goes on translating to its own address',
      { ownAddress: own, floatingIps: [leading(red, web1)] },
      { ownAddress: own },
      [`${one} -d ${red} -r ${web1}`, `${one} -s ${web1} -q ${red}`],
    ],
    ['nothing of one that is new', { ownAddress: own }, { ownAddress: own, floatingIps: [leading(red, web1)] }, []],
    ['nothing where the same is asked of another device', { floatingIps: [leading(red, web1)] }, { floatingIps: [leading(red, web1)], isOnlyFromOutside: true }, []], // prettier-ignore
  ])('%s', (_, from, to, wanted) => {
    expect(forgotten(state(from), state(to)).toSorted()).toEqual(wanted)
  })

  it('single ports, and on a way back what the run brought', () => {
    const port = `-d ${red}/32 -i qg-2 -p tcp -m tcp --dport 80 -j DNAT --to-destination ${web1}:8080`
    const [before, after] = [state({}, port), state({ ownAddress: own })]
    expect(forgotten(before, after)).toEqual([`${two} -d ${red} -p tcp --orig-port-dst 80 -r ${web1} --reply-port-src 8080`])
    expect(forgotten(after, before)).toEqual([`${one} -q ${own}`])
  })

  it.each<[string, Partial<Forwarded>, readonly string[]]>([
    ['another end', { fixed: web2 }, [`${one} -d ${red} -p tcp --orig-port-dst 8080 -r ${web1} --reply-port-src 80`]],
    ['another port there', { internalPort: 81 }, [`${one} -d ${red} -p tcp --orig-port-dst 8080 -r ${web1} --reply-port-src 80`]],
    ['another protocol', { protocol: 'udp' }, [`${one} -d ${red} -p tcp --orig-port-dst 8080 -r ${web1} --reply-port-src 80`]],
    ['the same', {}, []],
  ])('of a port that is forwarded to %s', (_, changes, wanted) => {
    const web: Forwarded = { floating: red, protocol: 'tcp', externalPort: 8080, fixed: web1, internalPort: 80 }
    expect(forgotten(state({ forwarded: [web] }), state({ forwarded: [{ ...web, ...changes }] }))).toEqual(wanted)
  })

  it('nothing in a namespace that goes', () => {
    expect(stepsOf(state({ ownAddress: own }), emptyHostState)).toEqual([])
  })

  it('asks for the program, in one namespace and in several', () => {
    const lost = stepsOf(state({ ownAddress: own }, `-d ${red}/32 -j DNAT --to-destination ${web1}`), state({}))
    for (const steps of [lost, stepsOf(state({ ownAddress: own }), state({}))]) {
      expect(steps).toHaveLength(1)
      expect(toolsOf(steps, (name) => name === 'conntrack')).toEqual(['conntrack'])
    }
  })
})
