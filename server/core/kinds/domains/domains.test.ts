import { expect, it } from 'vitest'
import { compileHost } from '../../compile/compile'
import { diffHost } from '../../diff/host-diff'
import type { Domain, DomainInterface } from '../../host/domain'
import { renderSteps } from '../../render/render-steps'
import { ids, sampleTopology } from '../../testing/sample-topology'

const desired = compileHost(sampleTopology(), ids.host(2))
const [vm] = desired.domains as [Domain]
const [nic, ...others] = vm.interfaces as [DomainInterface]
const [uuid, mac] = [vm.uuid, nic.macAddress]
const out = [{ ...nic, isLinkDown: true as const }, ...others]

it.each<[string, Partial<Domain>, readonly (readonly string[])[]]>([
  ['paused by hand', { state: { name: 'paused', reason: 'user' } }, [['resume', uuid]]],
  ['paused when its disk was full', { state: { name: 'paused', reason: 'I/O error' } }, [['resume', uuid]]],
  ['asleep', { state: { name: 'pmsuspended', reason: '' } }, [['dompmwakeup', uuid]]],
  ['paused while libvirt saves it', { state: { name: 'paused', reason: 'saving' } }, []],
  ['on its way down', { state: { name: 'in shutdown', reason: 'user' } }, []],
  ['without a cable', { interfaces: out }, [['domif-setlink', uuid, mac, 'up']]],
  [
    'paused, without a cable',
    { state: { name: 'paused', reason: 'user' }, interfaces: out },
    [
      ['domif-setlink', uuid, mac, 'up'],
      ['resume', uuid],
    ],
  ],
  [
    'off, its definition without a cable',
    { isRunning: false, interfaces: out },
    [
      ['domif-setlink', uuid, mac, 'up'],
      ['start', uuid],
    ],
  ],
  [
    'with a foreign NIC that has no cable',
    { interfaces: [...vm.interfaces, { ...nic, isLinkDown: true, macAddress: '52:54:00:00:00:01', source: 'virbr0', target: 'vnet9' }] },
    [],
  ],
  [
    'paused, with another memory',
    { state: { name: 'paused', reason: 'user' }, memoryMib: 1 },
    [
      ['destroy', uuid],
      ['undefine', uuid],
      ['define', '/dev/stdin'],
      ['start', uuid],
    ],
  ],
])('[DIFF-20] a VM that is %s', (_, found, commands) => {
  const observed = { ...desired, domains: desired.domains.map((domain) => (domain === vm ? { ...domain, ...found } : domain)) }
  const steps = renderSteps(diffHost(desired, observed), 'cmp1')
  expect(steps.map(({ command: { argv } }) => argv.slice(argv.indexOf('-c') + 2))).toEqual(commands)
})

it('[PLAN-15] NICs come to a paused VM too', () => {
  const observed = {
    ...desired,
    domains: desired.domains.map((domain) =>
      domain === vm ? { ...domain, state: { name: 'paused', reason: 'user' }, interfaces: others } : domain,
    ),
  }
  const titles = renderSteps(diffHost(desired, observed), 'cmp1').map(({ title }) => title)
  expect(titles.filter((title) => title.includes(' VM '))).toEqual([`Let VM ${vm.title} go on`, `Plug NIC ${mac} into VM ${vm.title}`])
})
