import { describe, expect, it } from 'vitest'
import { EVERYTHING, type StepMaker } from '../kinds/kind'
import { kindNames } from '../host/host-state'
import { kindOf } from '../kinds/kinds'
import { orderSteps } from './order-steps'

const maker = (name: string, after: readonly string[] = [], before: readonly string[] = []): StepMaker => ({
  name,
  after,
  before,
  render: () => [],
  restore: 'never',
})
const order = (...makers: readonly StepMaker[]) => orderSteps(makers).map(({ name }) => name)

describe('orderSteps', () => {
  it.each([
    ['keeps the order of the list where nothing else is said', [maker('a'), maker('b'), maker('c')], 'abc'],
    ['puts a step behind what it waits for', [maker('a', ['c']), maker('b'), maker('c')], 'bca'],
    ['puts a step in front of what it must come before', [maker('a'), maker('b'), maker('c', [], ['a'])], 'bca'],
    ['puts what comes after everything last, wherever it is listed', [maker('a', [EVERYTHING]), maker('b', ['c']), maker('c')], 'cba'],
    ['lets several come last', [maker('a', [EVERYTHING]), maker('b', [EVERYTHING]), maker('c')], 'cab'],
  ])('%s', (_, makers, wanted) => {
    expect(order(...makers).join('')).toBe(wanted)
  })

  it.each([
    ['steps that wait for each other', [maker('a', ['b']), maker('b', ['a']), maker('c')], 'steps wait for each other: a, b'],
    ['a step that waits for itself', [maker('a', ['a'])], 'steps wait for each other: a'],
    ['a step that comes before one that it waits for', [maker('a', ['b'], ['b']), maker('b')], 'steps wait for each other: a, b'],
    ['a name that no step has, behind', [maker('a', ['x'])], 'no kind has a step x'],
    ['a name that no step has, in front', [maker('a', [], ['x'])], 'no kind has a step x'],
    ['a name that two have', [maker('a'), maker('a')], 'two steps have one name'],
  ])('refuses %s', (_, makers, message) => {
    expect(() => orderSteps(makers)).toThrow(message)
  })
})

it('[PLAN-35] a plan has one order of steps, whatever is in it', () => {
  expect(orderSteps(kindNames.flatMap((kind) => kindOf(kind).steps)).map(({ name }) => name)).toEqual([
    'links.removeFromTaps',
    'domains.stop',
    'dnsmasq.stop',
    'addresses.withdraw',
    'services.stop',
    'namespaces.add',
    'links.leave',
    'ovsPorts.unplug',
    'links.removeEarly',
    'links.add',
    'sysctls.set',
    'fdb.set',
    'links.setOffload',
    'ovsPorts.prepare',
    'conntrackZones.set',
    'flows.write',
    'ovsPorts.connect',
    'links.removeAbandoned',
    'links.move',
    'sysctls.setInside',
    'links.inside',
    'ipsets.set',
    'iptables.write',
    'addresses.announce',
    'sysctls.setOfTracking',
    'sysctls.setOfBridges',
    'ipsets.remove',
    'iptables.forget',
    'iptables.forgetTranslations',
    'dnsmasq.start',
    'services.start',
    'domains.start',
    'links.addOnTaps',
    'sysctls.setOnTaps',
    'links.remove',
    'ovsPorts.remove',
    'restoreUnits.write',
  ])
})
