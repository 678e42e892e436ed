import { describe, expect, it } from 'vitest'
import { said as quote } from '../../quoted'
import { diffHost, isEmptyDiff } from '../../diff/host-diff'
import { emptyHostState, type HostState } from '../../host/host-state'
import type { Service } from '../../host/service'
import { unknownPartOf } from '../../host/unknown-parts'
import { ARGUMENT_END } from '../../parse/process-line'
import { parseServices } from '../../parse/services'
import { toolsOf } from '../../plan/tools'
import { renderSteps } from '../../render/render-steps'
import { survivesRestart } from '../../restore/survives-restart'
import { stateOf } from '../../testing/planned'

const owner = { kind: 'network', id: 'aa000001-0000-4000-8000-000000000001' } as const
const directory = '/var/lib/tapline/services/radvd-1'
const service = (more: Partial<Service> = {}): Service => ({
  name: 'radvd-1',
  owner,
  netns: 'qrouter-1',
  argv: ['radvd', '-C', `${directory}/etc/radvd.conf`, '-p', `${directory}/pid`],
  files: { 'radvd.conf': 'interface qr-1 {\n};\n' },
  isRunning: true,
  ...more,
})
const state = (...services: readonly Service[]) => stateOf({ services })
const steps = (want: HostState, have: HostState) => renderSteps(diffHost(want, have), 'host')
const titles = (want: HostState, have: HostState) => steps(want, have).map(({ title }) => title)

const listing = (cmdline: readonly string[]) =>
  [
    `radvd-1/service:network/${owner.id} qrouter-1`,
    'radvd-1/pid:4711',
    'radvd-1/etc/radvd.conf:interface qr-1 {',
    'radvd-1/etc/radvd.conf:};',
    `/proc/4711/cmdline:${cmdline.map((word) => `${word}${ARGUMENT_END}`).join('')}`,
    '',
  ].join('\n')

describe('reading', () => {
  it('finds a service with its files, whose it is, where it runs and by which arguments', () => {
    expect(parseServices(listing(service().argv))).toEqual({ value: [service({ pid: 4711 })], unparsed: [] })
  })

  it('believes no pid of somebody else', () => {
    expect(parseServices(listing(['radvd', '-p', '/run/radvd.pid'])).value).toEqual([service({ argv: [], isRunning: false })])
  })

  it.each([
    ['a line of nothing known', '../../etc/passwd:root:x:0:0'],
    ['a name that would be an option', '-rf/pid:1'],
    ['a file further down', 'radvd-1/etc/conf.d/more:x'],
    ['a service that does not say where it runs', 'radvd-2/pid:1'],
  ])('does not take %s for a service, nor for nothing', (_, line) => {
    const { value, unparsed } = parseServices(`${line}\n`)
    expect([value, unparsed.length]).toEqual([[], 1])
  })

  it('[PLAN-25] knows nothing of services where its section was not read', () => {
    expect(unknownPartOf({ unparsed: [{ section: 'services', text: '', reason: quote('') }] }, 'services')?.section).toBe('services')
  })
})

describe('plan', () => {
  it.each<[string, Service, readonly string[]]>([
    ['the same', service(), []],
    ['another file', service({ files: { 'radvd.conf': '' } }), ['Write files of', 'Reload']],
    ['a file too many', service({ files: { ...service().files, 'old.conf': 'x\n' } }), ['Write files of', 'Reload']],
    ['other arguments', service({ argv: ['radvd', '-p', `${directory}/pid`] }), ['Stop', 'Start']],
    ['another namespace', service({ netns: 'qrouter-2' }), ['Write files of', 'Stop', 'Start']],
    ['another owner', service({ owner: { ...owner, kind: 'port' } }), ['Write files of']],
    ['a process that died', service({ argv: [], isRunning: false }), ['Start']],
  ])('%s', (_, have, wanted) => {
    expect(titles(state(service()), state(have))).toEqual(wanted.map((verb) => `${verb} radvd-1`))
    expect(isEmptyDiff(diffHost(state(service()), state(have)))).toBe(wanted.length === 0)
    // The way back has a command as well.
    expect(titles(state(have), state(service())).length > 0).toBe(wanted.length > 0)
  })

  it('files come before the start, and a file too many goes', () => {
    const [write] = steps(state(service()), state(service({ files: { 'old.conf': 'x\n' } })))
    expect(write!.command.stdin).toBe(
      `${directory}/etc\n\n${directory}/etc/old.conf\n\n${directory}/service\t1\nnetwork/${owner.id} qrouter-1\n${directory}/etc/radvd.conf\t2\ninterface qr-1 {\n};\n`,
    )
    expect(titles(state(service()), emptyHostState)).toEqual(['Write files of radvd-1', 'Start radvd-1'])
    expect(titles(emptyHostState, state(service()))).toEqual(['Stop and remove radvd-1'])
  })

  it('[PLAN-3] however many there are, a verb is one command', () => {
    const many = Array.from({ length: 50 }, (_, index) => service({ name: `bird-${index}` }))
    expect(titles(state(...many), emptyHostState)).toEqual(['Write files of 50 services', 'Start 50 services'])
  })

  it('[PLAN-6] says which program it needs, so that a host without it is told before', () => {
    expect(toolsOf(steps(state(service()), emptyHostState), (name) => ['radvd', 'bird'].includes(name))).toEqual(['radvd'])
  })

  it('after a boot the files are there and the process is not', () => {
    expect(titles(state(service()), survivesRestart(state(service())))).toEqual(['Start radvd-1'])
  })

  it('[DIFF-25] one whose namespace is made anew is started again, and so is a DHCP server', () => {
    const dnsmasq = { networkId: 'n1', netns: 'qrouter-1', directory: '/d', argv: ['dnsmasq'], files: {}, isRunning: true }
    const namespaces = [{ name: 'qrouter-1', owner }]
    const wanted: HostState = { ...stateOf({ namespaces, dnsmasq: [dnsmasq] }), services: [service()] }
    expect(titles(wanted, { ...wanted, namespaces: [] })).toEqual([
      'Add 1 namespace',
      'Stop dnsmasq of qrouter-1',
      'Start dnsmasq of qrouter-1',
      'Write files of radvd-1',
      'Stop radvd-1',
      'Start radvd-1',
    ])
    expect(titles(wanted, { ...stateOf({}), services: [service({ argv: [], isRunning: false })] })).not.toContain('Stop radvd-1')
  })
})
