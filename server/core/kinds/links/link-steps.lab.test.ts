// Open vSwitch and the commands of a plan take the same new devices up at the same moment, as on a host that boots: the OVSDB has the ports.

import { afterAll, expect, it } from 'vitest'
import { labExec } from '../../../../lab/lab'
import { testLab } from '../../../../lab/tests/settings'
import type { Link } from '../../host/link'
import { plannedLines, stateOf } from '../../testing/planned'

const HOST = 'cmp1'
const BRIDGE = 'br-born'
const ROUNDS = 15
const owner = { kind: 'port', id: 'aa000001-0000-4000-8000-000000000001' } as const
const numbers = Array.from({ length: 16 }, (_, index) => index)
const ports = numbers.map((number) => `qvoborn${number}`)
const end = (name: string, peer: string): Link => ({
  netns: '',
  name,
  type: 'veth',
  owner,
  peer: { netns: '', name: peer },
  isUp: true,
  isPromiscuous: true,
})
const links = numbers.flatMap((number) => [end(`qvoborn${number}`, `qvbborn${number}`), end(`qvbborn${number}`, `qvoborn${number}`)])

const on = async (stdin: string, ...argv: string[]): Promise<string> => {
  const { code, stdout, stderr } = await labExec(testLab, HOST, argv, { stdin })
  expect([code, stderr]).toEqual([0, ''])
  return stdout
}
const forEachPort = (words: (port: string) => readonly string[]): string[] => ports.flatMap((port) => ['--', ...words(port)]).slice(1)

afterAll(() => labExec(testLab, HOST, ['ovs-vsctl', '--if-exists', 'del-br', BRIDGE]))

it('[PLAN-39] every device is up once Open vSwitch has it', async () => {
  const add = plannedLines(stateOf({ links }), stateOf({}))
    .map(({ line }) => line)
    .join('\n')
  await on('', 'ovs-vsctl', 'add-br', BRIDGE, '--', 'set', 'Bridge', BRIDGE, 'datapath_type=netdev', 'fail_mode=secure')
  const down: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await on('', 'ovs-vsctl', '--no-wait', ...forEachPort((port) => ['add-port', BRIDGE, port]))
    await on(add, 'ip', '-batch', '-')
    await on('', 'ovs-vsctl', '--timeout=20', ...forEachPort((port) => ['wait-until', 'Interface', port, 'ofport>0']))
    const shown = await on('', 'ip', '-o', 'link', 'show', 'type', 'veth')
    down.push(...shown.split('\n').filter((line) => line.includes(': qvoborn') && !/[<,]UP[,>]/.test(line)))
    await on(ports.map((port) => `link del dev ${port}`).join('\n'), 'ip', '-batch', '-')
    await on('', 'ovs-vsctl', '--timeout=20', ...forEachPort((port) => ['del-port', BRIDGE, port]))
  }
  expect(down).toEqual([])
})
