// What the hosts of a run wait for where VMs move between them. That it holds on real hosts: lab/tests/move-vm.lab.test.ts.

import { expect, it } from 'vitest'
import { compileHost } from '@/server/core/compile/compile'
import { diffHost } from '@/server/core/diff/host-diff'
import { emptyHostState, type HostState } from '@/server/core/host/host-state'
import type { HostObservation } from '@/server/core/host/observation'
import { findMoves } from '@/server/core/plan/moves'
import type { HostPlan, Step } from '@/server/core/plan/plan'
import { listChanges } from '@/server/core/plan/plan-host'
import { renderSteps } from '@/server/core/render/render-steps'
import { ids, sampleTopology } from '@/server/core/testing/sample-topology'
import { openMoves } from './move-gate'

const [cmp1, cmp2, cmp3] = [ids.host(2), ids.host(3), ids.host(1)]
const [web1] = compileHost(sampleTopology({ networks: [2] }), cmp1).domains
const [web2] = compileHost(sampleTopology({ networks: [2] }), cmp2).domains
const onlyVms = (...domains: readonly (typeof web1)[]): HostState => ({ ...emptyHostState, domains: domains.map((domain) => domain!) })

function planOf(hostId: string, hostName: string, from: HostState, to: HostState): HostPlan {
  const diff = diffHost(to, from)
  return {
    hostId,
    hostName,
    observedAt: '',
    changes: listChanges(diff),
    steps: renderSteps(diff, hostName),
    undo: [],
    blocked: [],
    kept: [],
  }
}
const reading = (state: HostState, unparsed: HostObservation['unparsed'] = []) => ({ state, unparsed }) as unknown as HostObservation
const isOpen = (promise: Promise<void>) =>
  Promise.race([
    promise.then(
      () => 'open',
      (error: Error) => error.message,
    ),
    new Promise((resolve) => setImmediate(resolve, 'waits')),
  ])

/** web-1 goes from cmp1 to cmp2; nothing of cmp3 has to do with it. */
function move() {
  const plans = [
    planOf(cmp1, 'cmp1', onlyVms(web1), onlyVms()),
    planOf(cmp2, 'cmp2', onlyVms(), onlyVms(web1)),
    planOf(cmp3, 'cmp3', onlyVms(), onlyVms(web2)),
  ]
  const of = openMoves(findMoves(plans, { ports: [] }), plans)
  const step = (index: number, words: string) => plans[index]!.steps.find(({ command: { argv } }) => argv.includes(words))!
  return {
    from: of(cmp1),
    to: of(cmp2),
    other: of(cmp3),
    stop: step(0, 'destroy'),
    undefine: step(0, 'undefine'),
    define: step(1, 'define'),
    start: step(1, 'start'),
  }
}

it('a VM that is on one host only moves nowhere', () => {
  const plans = [planOf(cmp1, 'cmp1', onlyVms(web1), onlyVms()), planOf(cmp2, 'cmp2', onlyVms(), onlyVms(web2))]
  expect(findMoves(plans, { ports: [] })).toEqual([])
})

it('[PLAN-41] it is defined, and started only once the host that it leaves has nothing of it', async () => {
  const { from, to, stop, undefine, define, start } = move()
  expect(await isOpen(to.before(define))).toBe('open')
  const starting = to.before(start)
  expect(await isOpen(starting)).toBe('waits')
  from.after(stop)
  expect(await isOpen(starting)).toBe('waits')
  from.after(undefine)
  expect(await isOpen(starting)).toBe('open')
})

it('it is not started where the host that it leaves fails', async () => {
  const { from, to, start } = move()
  const starting = to.before(start)
  from.fail()
  expect(await isOpen(starting)).toMatch(/^VM .* was not brought here: cmp1 did not let it go$/)
})

it('a cancelled run does not wait', async () => {
  const { to, start } = move()
  const cancel = new AbortController()
  const starting = to.before(start, cancel.signal)
  cancel.abort(new Error('cancelled'))
  expect(await isOpen(starting)).toBe('cancelled')
})

it('hosts that it joins agree in the end; one that failed takes the other along, and no third', async () => {
  const { from, to, other } = move()
  const agreeing = from.agree()
  expect(await isOpen(agreeing)).toBe('waits')
  expect(await isOpen(other.agree())).toBe('open')
  to.fail()
  expect(await isOpen(agreeing)).toMatch(/^VM .* did not move, since cmp2 failed$/)
  const well = move()
  expect(await Promise.all([isOpen(well.from.agree()), isOpen(well.to.agree())])).toEqual(['open', 'open'])
})

/** Both got as far as the start, and cmp2 failed in it. */
async function started() {
  const run = move()
  run.from.after(run.undefine)
  await run.to.before(run.start)
  run.to.fail()
  const back = run.from.before({ ...run.start, id: 'cmp1/undo/1' })
  expect(await isOpen(back)).toBe('waits')
  return { ...run, back }
}

it('it is put back at once where the other never came to start it', async () => {
  const { from, to, undefine, start } = move()
  from.after(undefine)
  to.fail()
  expect(await isOpen(from.before({ ...start, id: 'cmp1/undo/1' }))).toBe('open')
})

it('it is put back once the other has stopped it on its way back', async () => {
  const { to, back, stop } = await started()
  to.undone(stop)
  expect(await isOpen(back)).toBe('open')
})

it('it is put back once the other was read without it running', async () => {
  const { to, back } = await started()
  to.seen(reading(onlyVms(web1)))
  expect(await isOpen(back)).toBe('waits')
  to.seen(reading(onlyVms({ ...web1!, isRunning: false })))
  expect(await isOpen(back)).toBe('open')
})

it('it is not put back where nobody can tell whether the other runs it', async () => {
  const { to, back } = await started()
  to.seen(
    reading(onlyVms(), [{ section: 'virsh', text: '', reason: { code: 'exit-code', params: { who: 'libvirt', exitCode: 1, said: '' } } }]),
  )
  expect(await isOpen(back)).toBe('waits')
  to.close()
  expect(await isOpen(back)).toMatch(/^VM .* was not brought back here: it may still be on cmp2$/)
})

it('[PLAN-41] two that change places wait for each other’s stop, not for each other', async () => {
  const plans = [planOf(cmp1, 'cmp1', onlyVms(web1), onlyVms(web2)), planOf(cmp2, 'cmp2', onlyVms(web2), onlyVms(web1))]
  const of = openMoves(findMoves(plans, { ports: [] }), plans)
  const order: string[] = []
  await Promise.all(
    plans.map(async ({ hostId, hostName, steps }) => {
      const moves = of(hostId)
      for (const step of steps) {
        await moves.before(step)
        order.push(`${hostName} ${step.command.argv[4]}`)
        moves.after(step)
      }
      await moves.agree()
    }),
  )
  expect(order.slice(-2)).toEqual(expect.arrayContaining(['cmp1 start', 'cmp2 start']))
  expect(order.slice(0, -2).join()).not.toContain(' start')
})

// Two hosts with the namespace of an external network; each floating IP is a way through it to a router.
const owner = { kind: 'network', id: ids.network(1) } as const
const wayTo = (address: string, netns = `fip-${owner.id}`, link = 'fpr-ac000001-0') => ({
  netns,
  table: 'main',
  destination: `${address}/32`,
  via: '169.254.64.0',
  link,
})
const answering = (...addresses: readonly string[]): HostState => ({
  ...emptyHostState,
  namespaces: [{ name: `fip-${owner.id}`, owner }],
  routes: addresses.map((address) => wayTo(address)),
})
const [red, blue] = ['203.0.113.5', '203.0.113.50']
const routerOwner = { kind: 'router', id: 'ac000001-0000-4000-8000-000000000001' } as const
/** Each is an address inside the router, too. */
const answeringByHand = (...addresses: readonly string[]): HostState => ({
  ...answering(...addresses),
  namespaces: [...answering().namespaces, { name: `qrouter-${routerOwner.id}`, owner: routerOwner }],
  addresses: addresses.map((address) => ({ netns: `qrouter-${routerOwner.id}`, link: 'rfp-ac000001-0', cidr: `${address}/32` })),
})

/** red goes from cmp1 to cmp2, and blue the other way. */
function exchange(state = answering) {
  const plans = [planOf(cmp1, 'cmp1', state(red), state(blue)), planOf(cmp2, 'cmp2', state(blue), state(red))]
  const of = openMoves(findMoves(plans, { ports: [] }), plans)
  const stepsOf = (index: number) => {
    const step = (words: string) => plans[index]!.steps.find(({ command: { stdin = '' } }) => stdin.includes(words))!
    return { withdraw: step('route del'), answer: step('route replace') }
  }
  return { plans, cmp1: { ...of(cmp1), ...stepsOf(0) }, cmp2: { ...of(cmp2), ...stepsOf(1) } }
}

it.each([
  ['as Neutron leads it', answering],
  ['led by hand', answeringByHand],
])(
  '[PLAN-46] a floating IP %s is answered for by one host at most, and two that change places wait for each other in no circle',
  async (_, state) => {
    const { plans, cmp1: first, cmp2: second } = exchange(state)
    expect(findMoves(plans, { ports: [] }).map(({ what, label, from, to }) => [what, label, from, to])).toEqual([
      ['address', `floating IP ${red}`, cmp1, cmp2],
      ['address', `floating IP ${blue}`, cmp2, cmp1],
    ])
    const [here, there] = [first.before(first.answer), second.before(second.answer)]
    expect(await isOpen(first.before(first.withdraw))).toBe('open')
    expect([await isOpen(here), await isOpen(there)]).toEqual(['waits', 'waits'])
    first.after(first.withdraw)
    expect([await isOpen(here), await isOpen(there)]).toEqual(['waits', 'open'])
    second.after(second.withdraw)
    expect(await isOpen(here)).toBe('open')
  },
)

it('[PLAN-46] one that is put back waits until the other host has withdrawn it, or was seen without it', async () => {
  const { cmp1: first, cmp2: second } = exchange()
  first.after(first.withdraw)
  await second.before(second.answer)
  second.fail()
  const back = first.before(planOf(cmp1, 'cmp1', answering(), answering(red)).steps.at(-1)!)
  expect(await isOpen(back)).toBe('waits')
  second.seen(reading(answering(red)))
  expect(await isOpen(back)).toBe('waits')
  second.seen(reading(answering(blue)))
  expect(await isOpen(back)).toBe('open')
})

// Two external networks that have the same addresses, and a host with the namespaces of both.
const other = `fip-${ids.network(2)}`
const ofBoth = (ours: readonly string[], theirs: readonly string[]): HostState => ({
  ...emptyHostState,
  namespaces: [
    { name: `fip-${owner.id}`, owner },
    { name: other, owner: { kind: 'network', id: ids.network(2) } },
  ],
  routes: [...ours.map((address) => wayTo(address)), ...theirs.map((address) => wayTo(address, other, 'fpr-ac000002-0'))],
})

async function runAll(plans: readonly HostPlan[], of: ReturnType<typeof openMoves>): Promise<void> {
  await Promise.all(
    plans.map(async ({ hostId, steps }) => {
      const moves = of(hostId)
      for (const step of steps) {
        await moves.before(step)
        moves.after(step)
      }
      await moves.agree()
    }),
  )
}

it('[PLAN-46] one address of two external networks is two floating IPs: they change places, and no host waits in a circle', async () => {
  const plans = [planOf(cmp1, 'cmp1', ofBoth([red], []), ofBoth([], [red])), planOf(cmp2, 'cmp2', ofBoth([], [red]), ofBoth([red], []))]
  const moves = findMoves(plans, { ports: [] })
  expect(moves.map(({ id, from, to }) => [id.slice(0, 40), from, to])).toEqual([
    [`fip-${owner.id}`, cmp1, cmp2],
    [other, cmp2, cmp1],
  ])
  expect(await isOpen(runAll(plans, openMoves(moves, plans)))).toBe('open')
})

it('the same address of another network moves nowhere', () => {
  const plans = [planOf(cmp1, 'cmp1', ofBoth([red], []), ofBoth([], [])), planOf(cmp2, 'cmp2', ofBoth([], []), ofBoth([], [red]))]
  expect(findMoves(plans, { ports: [] })).toEqual([])
})

it('one that another router translates comes from where its former one had it, as an address', async () => {
  const router = '0a000001-0000-4000-8000-000000000001'
  const netns = `qrouter-${router}`
  const central = (...addresses: readonly string[]): HostState => ({
    ...emptyHostState,
    namespaces: [{ name: netns, owner: { kind: 'router', id: router } }],
    addresses: addresses.map((address) => ({ netns, link: 'qg-b1000001-00', cidr: `${address}/32` })),
  })
  const plans = [planOf(cmp1, 'cmp1', central(red), central()), planOf(cmp2, 'cmp2', answering(), answering(red))]
  const gateway = (networkId: string) => ({
    ports: [
      { ...sampleTopology({ networks: [2] }).ports[0]!, id: 'b1000001-0000', networkId, deviceOwner: 'network:router_gateway' as const },
    ],
  })
  expect(findMoves(plans, gateway(ids.network(2)))).toEqual([])
  for (const topology of [gateway(owner.id), { ports: [] }]) {
    const moves = findMoves(plans, topology)
    expect(moves.map(({ label, from, to }) => [label, from, to])).toEqual([[`floating IP ${red}`, cmp1, cmp2]])
    const [answer, withdraw] = ['route replace', 'address del'].map((words) =>
      plans.flatMap(({ steps }) => steps).find(({ command: { stdin = '' } }) => stdin.includes(words))!,
    ) as [Step, Step]
    const of = openMoves(moves, plans)
    const coming = of(cmp2).before(answer)
    expect(await isOpen(coming)).toBe('waits')
    of(cmp1).after(withdraw)
    expect(await isOpen(coming)).toBe('open')
  }
})

// A router with its way out on one host, in either of its namespaces, and an interface.
const routerId = '0a000002-0000-4000-8000-000000000002'
const standing = (netns: string, ...addresses: readonly [string, string][]): HostState => ({
  ...emptyHostState,
  namespaces: [{ name: netns, owner: { kind: 'router', id: routerId } }],
  addresses: addresses.map(([link, cidr]) => ({ netns, link, cidr })),
})
const portOf = (
  id: string,
  deviceOwner: 'network:router_interface' | 'network:router_interface_distributed' | 'network:router_gateway',
) => ({
  ...sampleTopology({ networks: [2] }).ports[0]!,
  id,
  networkId: owner.id,
  deviceOwner,
})
const [out, inner] = [
  ['qg-c1000001-00', '203.0.113.9/24'],
  ['qr-c1000002-00', '10.0.0.1/24'],
] as const
const [snat, qrouter] = [`snat-${routerId}`, `qrouter-${routerId}`]

it.each<[string, HostState, HostState, 'network:router_interface' | 'network:router_interface_distributed', readonly string[]]>([
  [
    'of a central part',
    standing(snat, [...out], ['sg-c1000003-00', '10.0.0.5/24']),
    standing(snat, [...out], ['sg-c1000003-00', '10.0.0.5/24']),
    'network:router_interface_distributed',
    ['address 203.0.113.9', 'address 10.0.0.5'],
  ],
  [
    'of a router that is in one place',
    standing(qrouter, [...out], [...inner]),
    standing(qrouter, [...out], [...inner]),
    'network:router_interface',
    ['address 203.0.113.9', 'address 10.0.0.1'],
  ],
  [
    'of a router that becomes distributed on the way',
    standing(qrouter, [...out]),
    standing(snat, [...out]),
    'network:router_interface_distributed',
    ['address 203.0.113.9'],
  ],
  [
    'of an interface that is on many hosts',
    standing(qrouter, [...inner]),
    standing(qrouter, [...inner]),
    'network:router_interface_distributed',
    [],
  ],
  [
    'of an interface in another network',
    standing(snat, ['sg-c1000003-00', '10.0.0.5/24']),
    standing(snat, ['sg-c1000004-00', '10.0.0.5/24']),
    'network:router_interface',
    [],
  ],
])('[PLAN-46] addresses %s are answered for by one host at most', async (_, from, to, deviceOwner, labels) => {
  const namespaces = (state: HostState): HostState => ({ ...emptyHostState, namespaces: state.namespaces })
  const plans = [planOf(cmp1, 'cmp1', from, namespaces(from)), planOf(cmp2, 'cmp2', namespaces(to), to)]
  const ports = [portOf('c1000001-0000', 'network:router_gateway'), portOf('c1000002-0000', deviceOwner)]
  const moves = findMoves(plans, { ports })
  expect(moves.map(({ label }) => label)).toEqual(labels)
  if (moves.length === 0) return
  const [answer, withdraw] = ['address replace', 'address del'].map((words) =>
    plans.flatMap(({ steps }) => steps).find(({ command: { stdin = '' } }) => stdin.includes(words))!,
  ) as [Step, Step]
  const of = openMoves(moves, plans)
  const coming = of(cmp2).before(answer)
  expect(await isOpen(coming)).toBe('waits')
  of(cmp1).after(withdraw)
  expect(await isOpen(coming)).toBe('open')
  expect(await isOpen(runAll(plans, openMoves(moves, plans)))).toBe('open')
})
