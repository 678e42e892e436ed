// 50 hosts read at once, each with namespaces, sshd and Open vSwitch of its own: from asking to the last reading that the console has. The rival is
// what an operator would type: `xargs -P` with ssh and the very same read script, its output into files and nothing done with it; at 8 and at as
// many at once as there are hosts, whichever takes less. Told twice: connections are made anew, as by a console that has just started, and they
// are there, as ControlMaster has them for the rival.
//
//   npm run bench -- fleet [--lab NAME] [--count 50] [--rounds 5]

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packages } from '@/lab/packages'
import { must } from '@/lab/run'
import { openConsole, type Api } from '@/lab/scenarios/console-under-test'
import { quoteArgv } from '@/server/core/commands/quote'
import { readHostCommand } from '@/server/core/parse/read-script'
import { isWhole } from '@/server/core/parse/sections'
import { nearRival, type Bench, type Measured } from './lib/bench'
import { openFleet, type Fleet } from './lib/fleet-hosts'

const NONCE = 'bench-fleet'

export const bench: Bench = {
  about: '50 hosts read at once, beside xargs with ssh',
  needs: [...packages, { package: 'openssh-client', why: 'the rival', probe: '/usr/bin/ssh' }],
  run,
}

async function run(args: readonly string[]): Promise<readonly Measured[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      lab: { type: 'string', default: 'bench' },
      count: { type: 'string', default: '50' },
      rounds: { type: 'string', default: '5' },
    },
  })
  const fleet = await openFleet(`${values.lab}-many`, Number(values.count))
  const directory = mkdtempSync(join(tmpdir(), 'tapline-fleet-'))
  try {
    const rounds: Round[] = []
    // The first is for this process to compile what it runs, and for the machine to have the programs in memory.
    for (let round = 0; round <= Number(values.rounds); round += 1) rounds.push(await measure(fleet, directory))
    return rowsOf(fleet, rounds.slice(1))
  } finally {
    await fleet.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

interface Pair {
  readonly ours: number
  readonly rival: number
}

interface Round {
  readonly anew: Pair
  readonly open: Pair
}

/** Ours and the rival take turns, so that what else the machine does meets both. */
async function measure({ hosts, privateKeyPath }: Fleet, directory: string): Promise<Round> {
  const { api, close } = await openConsole()
  const rival = openRival({ hosts, privateKeyPath }, directory)
  try {
    const ids: string[] = []
    for (const host of hosts) ids.push(await register(api, host, privateKeyPath))
    const ours = () => timed(() => Promise.all(ids.map((id) => api.hosts.observe({ id }))))
    const anew = { ours: await ours(), rival: await rival.anew() }
    await rival.connect()
    return { anew, open: { ours: await ours(), rival: await rival.open() } }
  } finally {
    await rival.disconnect()
    await close()
  }
}

async function register(api: Api, { name, port, fingerprint }: Fleet['hosts'][number], privateKeyPath: string): Promise<string> {
  const access = { address: '127.0.0.1', port, user: 'root', auth: { kind: 'key-file', privateKeyPath }, fingerprint } as const
  const { id } = await api.hosts.register({ name, ...access, roles: ['compute'] })
  return id
}

function openRival({ hosts, privateKeyPath }: Pick<Fleet, 'hosts' | 'privateKeyPath'>, directory: string) {
  const [config, knownHosts] = [join(directory, 'config'), join(directory, 'known_hosts')]
  writeFileSync(knownHosts, hosts.map(({ port, key }) => `[127.0.0.1]:${port} ${key}`).join('\n'))
  const shared = `  HostName 127.0.0.1\n  User root\n  IdentityFile ${privateKeyPath}\n  IdentitiesOnly yes\n  UserKnownHostsFile ${knownHosts}\n  ControlPath ${directory}/%n`
  writeFileSync(config, hosts.map(({ name, port }) => `Host ${name}\n  Port ${port}\n${shared}\n`).join('\n'))
  const names = hosts.map(({ name }) => name).join('\n')
  const line = quoteArgv(readHostCommand(NONCE).argv)
  const each = async (atOnce: number, script: string) =>
    void (await must(['xargs', '-P', String(atOnce), '-I{}', 'sh', '-c', script, '{}', config, directory, line], { stdin: names }))
  const readAt = async (atOnce: number, script: string) => {
    const took = await timed(() => each(atOnce, script))
    for (const { name } of hosts)
      if (!isWhole(readFileSync(join(directory, `${name}.txt`), 'utf8'), NONCE))
        throw new Error(`${name}: the rival’s reading is not whole`)
    return took
  }
  const better = async (script: string) => Math.min(await readAt(8, script), await readAt(hosts.length, script))
  return {
    anew: () => better('ssh -S none -F "$1" "$0" "$3" >"$2/$0.txt"'),
    open: () => better('ssh -F "$1" "$0" "$3" >"$2/$0.txt"'),
    connect: () => each(8, 'ssh -F "$1" -M -f -N "$0" >/dev/null 2>&1'),
    disconnect: () => each(8, '[ ! -S "$2/$0" ] || ssh -F "$1" -O exit "$0" 2>/dev/null'),
  }
}

function rowsOf({ hosts }: Pick<Fleet, 'hosts'>, rounds: readonly Round[]): readonly Measured[] {
  // Held together within a round: two rounds of one busy machine differ by more than what is measured.
  const typical = (pairs: readonly Pair[]): Pair =>
    [...pairs].sort((left, right) => left.ours / left.rival - right.ours / right.rival)[pairs.length >> 1]!
  return [
    nearRival(1.2, { case: `${hosts.length} hosts read, connected anew (ms)`, ...typical(rounds.map(({ anew }) => anew)) }),
    nearRival(1.2, { case: `${hosts.length} hosts read, connections open (ms)`, ...typical(rounds.map(({ open }) => open)) }),
  ]
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
