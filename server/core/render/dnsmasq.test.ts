import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { diffHost, type HostDiff } from '../diff/host-diff'
import type { DnsmasqInstance } from '../host/dnsmasq'
import { emptyHostState } from '../host/host-state'
import { renderDnsmasqStart, renderDnsmasqStop } from './dnsmasq'

const place = mkdtempSync(join(tmpdir(), 'tapline-dnsmasq-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

const server = (name: string, changes: Partial<DnsmasqInstance> = {}): DnsmasqInstance => ({
  networkId: name,
  netns: `qdhcp-${name}`,
  directory: join(place, 'dhcp', name),
  argv: ['dnsmasq', '--no-hosts', `--pid-file=${join(place, 'dhcp', name, 'pid')}`],
  files: { host: `fa:16:3e:00:00:01,${name},10.0.0.5\n  two  spaces \\n\n`, addn_hosts: '', opts: 'tag:x,26,1450\n' },
  isRunning: true,
  ...changes,
})
const many = (count: number, changes: Partial<DnsmasqInstance> = {}) => Array.from({ length: count }, (_, index) => server(`n${index}`, changes))
const diffOf = (dnsmasq: Partial<HostDiff['dnsmasq']>): HostDiff => {
  const nothing = diffHost(emptyHostState, emptyHostState)
  return { ...nothing, dnsmasq: { ...nothing.dnsmasq, ...dnsmasq } }
}
const run = (steps: ReturnType<typeof renderDnsmasqStart>, title: RegExp) => {
  const { command } = steps.find((step) => title.test(step.title))!
  execFileSync(command.argv[0]!, command.argv.slice(1), { input: command.stdin })
}

describe('the DHCP servers of a host', () => {
  it('[PLAN-3] are one command per verb, however many there are', () => {
    expect(renderDnsmasqStart(diffOf({ added: many(200) })).map(({ title }) => title)).toEqual(['Write files of 200 dnsmasq', 'Start 200 dnsmasq'])
    expect(renderDnsmasqStart(diffOf({ added: [server('n0')] })).map(({ title }) => title)).toEqual(['Write files of dnsmasq of qdhcp-n0', 'Start dnsmasq of qdhcp-n0'])
    expect(renderDnsmasqStop(diffOf({ removed: many(200) })).map(({ title }) => title)).toEqual(['Stop 200 dnsmasq and remove the files'])
  })

  it.each([
    ['files', ['file host'], {}, ['Write files of', 'Reload']],
    ['arguments', ['arguments'], {}, ['Stop', 'Start']],
    ['a server that died', ['running', 'arguments'], {}, ['Start']],
    ['a server that must not run', ['running'], { isRunning: false }, ['Stop']],
  ])('%s', (_, fields, to, verbs) => {
    const change = { from: server('n0'), to: server('n0', to), fields: fields.map((field) => ({ field, from: null, to: null })) }
    expect(renderDnsmasqStart(diffOf({ changed: [change] })).map(({ title }) => title)).toEqual(verbs.map((verb) => `${verb} dnsmasq of qdhcp-n0`))
  })

  it('get exactly their files, and lose them all', () => {
    const servers = many(3)
    run(renderDnsmasqStart(diffOf({ added: servers })), /^Write/)
    for (const { directory, files } of servers) {
      for (const [name, content] of Object.entries(files)) expect(readFileSync(join(directory, name), 'utf8')).toBe(content)
    }
    run(renderDnsmasqStop(diffOf({ removed: servers })), /^Stop/)
    expect(existsSync(join(place, 'dhcp'))).toBe(false)
  })
})
