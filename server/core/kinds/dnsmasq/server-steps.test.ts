import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { diffHost } from '../../diff/host-diff'
import type { HostDiff } from '../../diff/kind-diff'
import type { DnsmasqInstance } from '../../host/dnsmasq'
import { emptyHostState } from '../../host/host-state'
import { renderDnsmasqStart, renderDnsmasqStop } from './server-steps'

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
const many = (count: number, changes: Partial<DnsmasqInstance> = {}) =>
  Array.from({ length: count }, (_, index) => server(`n${index}`, changes))
const diffOf = (dnsmasq: Partial<HostDiff['dnsmasq']>): HostDiff => {
  const nothing = diffHost(emptyHostState, emptyHostState)
  return { ...nothing, dnsmasq: { ...nothing.dnsmasq, ...dnsmasq } }
}
const run = (steps: ReturnType<typeof renderDnsmasqStart>, title: RegExp) => {
  const { command } = steps.find((step) => title.test(step.title))!
  const env = { ...process.env, PATH: `${place}/bin:${process.env.PATH}` }
  const { status, stderr } = spawnSync(command.argv[0]!, command.argv.slice(1), { input: command.stdin, encoding: 'utf8', env })
  return { status, stderr }
}

// In place of a namespace, which needs root, and of dnsmasq, which needs one: a program that lives until it is told to end.
const program = (name: string, text: string) => {
  mkdirSync(join(place, 'bin'), { recursive: true })
  writeFileSync(join(place, 'bin', name), `#!/bin/sh\n${text}\n`)
  chmodSync(join(place, 'bin', name), 0o755)
}
program('nsenter', 'shift; exec "$@"')
// A parent waits for it: where process 1 is in no hurry to, one that has ended is there for seconds more.
program(
  'dnsmasq',
  String.raw`for word; do case $word in --pid-file=*) dir=${'$'}{word#*=} dir=${'$'}{dir%/pid} ;; --taken) echo 'dnsmasq: address in use' >&2; exit 2 ;; esac; done
[ "$1" = live ] || { rm -f "$dir/up"; words=$* sh -c 'sh "$0" live $words & wait' "$0" <&- >&- 2>&- & until [ -e "$dir/up" ]; do sleep 0.01; done; exit; }
trap ': >"$dir/told"' HUP
trap 'kill $!; exit' TERM
echo $$ >"$dir/pid"
: >"$dir/up"
while :; do sleep 60 & wait; kill $!; done`,
)

describe('the DHCP servers of a host', () => {
  it('[PLAN-3] are one command per verb, however many there are', () => {
    expect(renderDnsmasqStart(diffOf({ added: many(200) })).map(({ title }) => title)).toEqual([
      'Write files of 200 dnsmasq',
      'Start 200 dnsmasq',
    ])
    expect(renderDnsmasqStart(diffOf({ added: [server('n0')] })).map(({ title }) => title)).toEqual([
      'Write files of dnsmasq of qdhcp-n0',
      'Start dnsmasq of qdhcp-n0',
    ])
    expect(renderDnsmasqStop(diffOf({ removed: many(200) })).map(({ title }) => title)).toEqual(['Stop 200 dnsmasq and remove the files'])
  })

  it.each([
    ['files', ['file host'], {}, ['Write files of', 'Reload']],
    ['arguments', ['arguments'], {}, ['Stop', 'Start']],
    ['a server that died', ['running', 'arguments'], {}, ['Start']],
    ['a server that must not run', ['running'], { isRunning: false }, ['Stop']],
  ])('%s', (_, fields, to, verbs) => {
    const change = { from: server('n0'), to: server('n0', to), fields: fields.map((field) => ({ field, from: null, to: null })) }
    expect(renderDnsmasqStart(diffOf({ changed: [change] })).map(({ title }) => title)).toEqual(
      verbs.map((verb) => `${verb} dnsmasq of qdhcp-n0`),
    )
  })

  it('get exactly their files, and lose them all', () => {
    const servers = many(3)
    expect(run(renderDnsmasqStart(diffOf({ added: servers })), /^Write/)).toEqual({ status: 0, stderr: '' })
    for (const { directory, files } of servers) {
      for (const [name, content] of Object.entries(files)) expect(readFileSync(join(directory, name), 'utf8')).toBe(content)
    }
    expect(run(renderDnsmasqStop(diffOf({ removed: servers })), /^Stop/)).toEqual({ status: 0, stderr: '' })
    expect(existsSync(join(place, 'dhcp'))).toBe(false)
  })

  it('[PLAN-3] are all tried, and the one that does not come up is named; what runs is not started twice, and is stopped alone', () => {
    const servers = many(12).map((each, index) => (index === 5 ? { ...each, argv: [...each.argv, '--taken'] } : each))
    const steps = renderDnsmasqStart(diffOf({ added: servers }))
    const pids = () =>
      servers.map(({ directory }) => (existsSync(join(directory, 'pid')) ? readFileSync(join(directory, 'pid'), 'utf8').trim() : null))
    const refused = { status: 1, stderr: 'qdhcp-n5: dnsmasq: address in use\nfailed: 1 of 12\n' }
    run(steps, /^Write/)
    expect(run(steps, /^Start/)).toEqual(refused)
    const first = pids()
    expect(first.map((pid) => pid !== null)).toEqual(servers.map((_, index) => index !== 5))
    expect([run(steps, /^Start/), pids()]).toEqual([refused, first])

    // A pid file that names somebody else's process: it is neither told nor ended.
    const stranger = servers[0]!
    writeFileSync(join(stranger.directory, 'pid'), `${process.pid}\n`)
    const change = (to: DnsmasqInstance) => ({ from: to, to, fields: [{ field: 'file host', from: null, to: null }] })
    expect(run(renderDnsmasqStart(diffOf({ changed: servers.filter((_, index) => index !== 5).map(change) })), /^Reload/)).toEqual({
      status: 0,
      stderr: '',
    })
    writeFileSync(join(stranger.directory, 'pid'), `${first[0]}\n`)
    expect(run(renderDnsmasqStop(diffOf({ removed: servers })), /^Stop/)).toEqual({ status: 0, stderr: '' })
    expect(first.filter((pid) => pid !== null && existsSync(`/proc/${pid}`))).toEqual([])
    expect(existsSync(join(place, 'dhcp'))).toBe(false)
  })

  it.each([
    ['is missing', null],
    ['is not a number', 'garbage\n'],
    ['names another process', `${process.pid}\n`],
  ])('start anew where the pid file %s, since the former one holds the address', (_, text) => {
    const servers = many(2)
    const steps = renderDnsmasqStart(diffOf({ added: servers }))
    run(steps, /^Write/)
    run(steps, /^Start/)
    const files = servers.map(({ directory }) => join(directory, 'pid'))
    const before = files.map((file) => readFileSync(file, 'utf8').trim())
    if (text === null) rmSync(files[0]!)
    else writeFileSync(files[0]!, text)
    expect(run(steps, /^Start/)).toEqual({ status: 0, stderr: '' })
    const after = files.map((file) => readFileSync(file, 'utf8').trim())
    expect([after[0] === before[0], after[1] === before[1], existsSync(`/proc/${before[0]}`), existsSync(`/proc/${after[0]}`)]).toEqual([
      false,
      true,
      false,
      true,
    ])
    run(renderDnsmasqStop(diffOf({ removed: servers })), /^Stop/)
  })

  it('go on and read their files where a signal stopped them', () => {
    const servers = many(2)
    const steps = renderDnsmasqStart(diffOf({ added: servers }))
    run(steps, /^Write/)
    run(steps, /^Start/)
    const pids = servers.map(({ directory }) => Number(readFileSync(join(directory, 'pid'), 'utf8')))
    const told = servers.map(({ directory }) => join(directory, 'told'))
    const isStopped = () => pids.map((pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') T '))
    const until = (what: string, of: string) => spawnSync('sh', ['-c', `until ${what}; do sleep 0.02; done`, of], { timeout: 60_000 })
    process.kill(pids[0]!, 'SIGSTOP')
    until('grep -q ") T " "$0"', `/proc/${pids[0]}/stat`)
    expect(isStopped()).toEqual([true, false])
    expect(run(steps, /^Start/)).toEqual({ status: 0, stderr: '' })
    expect([isStopped(), servers.map(({ directory }) => Number(readFileSync(join(directory, 'pid'), 'utf8')))]).toEqual([
      [false, false],
      pids,
    ])
    until('[ -e "$0" ]', told[0]!)
    expect(told.map((file) => existsSync(file))).toEqual([true, false])
    run(renderDnsmasqStop(diffOf({ removed: servers })), /^Stop/)
  })

  it('lose the leases of ports that are gone by a new start, and no others', () => {
    const [kept, gone] = ['1 fa:16:3e:00:00:01 10.0.0.5 n0 *\n', '1 fa:16:3e:00:00:09 10.0.0.9 old *\n']
    const servers = many(2)
    const steps = renderDnsmasqStart(diffOf({ added: servers }))
    run(steps, /^Write/)
    run(steps, /^Start/)
    const leases = servers.map(({ directory }) => join(directory, 'leases'))
    writeFileSync(leases[0]!, kept)
    writeFileSync(leases[1]!, kept + gone)
    const before = servers.map(({ directory }) => readFileSync(join(directory, 'pid'), 'utf8'))
    const change = (to: DnsmasqInstance) => ({ from: to, to, fields: [{ field: 'file host', from: null, to: null }] })
    expect(run(renderDnsmasqStart(diffOf({ changed: servers.map(change) })), /^Reload/)).toEqual({ status: 0, stderr: '' })
    const after = servers.map(({ directory }) => readFileSync(join(directory, 'pid'), 'utf8'))
    expect([after[0] === before[0], after[1] === before[1]]).toEqual([true, false])
    expect(leases.map((file) => readFileSync(file, 'utf8'))).toEqual([kept, kept])
    run(renderDnsmasqStop(diffOf({ removed: servers })), /^Stop/)
  })
})
