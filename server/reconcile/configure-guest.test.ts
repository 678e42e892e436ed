import { expect, it } from 'vitest'
import { runSetup } from './configure-guest'

const setup = { portId: 'p', device: 'eth0.7', commands: [['ip', 'link', 'add'], ['ip', 'link', 'set'], ['udhcpc', '-i', 'eth0.7']], undo: [], text: '' }
/** The exit code of each command in turn; the output names the program. */
const agent = (...exitCodes: number[]) => ({ exec: async (program: string) => ({ exitCode: exitCodes.shift() ?? 0, output: program === 'ip' ? '' : 'lease of 10.0.0.7\n' }) })

it.each([
  ['all done', agent(), true, ['done', 'done', 'done'], 'lease of 10.0.0.7'],
  ['the second fails', agent(0, 2), false, ['done', 'failed', 'not-run'], ''],
  ['the last fails', agent(0, 0, 1), false, ['done', 'done', 'failed'], 'lease of 10.0.0.7'],
])('tells what became of each command: %s', async (_, exec, isOk, statuses, lastOutput) => {
  const run = await runSetup(exec, setup)
  expect([run.isOk, run.commands.map(({ status }) => status), run.commands.at(-1)?.output]).toEqual([isOk, statuses, lastOutput])
  expect(run.commands.map(({ text }) => text)).toEqual(['ip link add', 'ip link set', 'udhcpc -i eth0.7'])
})

it('says how a silent command ended', async () => {
  expect((await runSetup(agent(2), setup)).commands[0]).toEqual({ text: 'ip link add', status: 'failed', output: 'ip ended with exit code 2' })
})
