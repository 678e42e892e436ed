import { expect, it } from 'vitest'
import { runSetup } from './configure-guest'

const made = { name: 'eth0.7', macAddress: 'fa:16:3e:00:00:07', vlan: 7, parent: 'eth0' }
const setup = {
  portId: 'p',
  device: 'eth0.7',
  made,
  commands: [
    ['ip', 'link', 'add'],
    ['ip', 'link', 'set'],
    ['udhcpc', '-i', 'eth0.7'],
  ],
  undo: [],
  text: '',
}
/** The exit code of each command in turn; the output names the program. */
const agent = (...exitCodes: number[]) => ({
  exec: async (program: string) => ({ exitCode: exitCodes.shift() ?? 0, output: program === 'ip' ? '' : 'lease of 10.0.0.7\n' }),
})

it.each([
  ['all done', agent(), true, ['done', 'done', 'done'], 'lease of 10.0.0.7'],
  ['the second fails', agent(0, 2), false, ['done', 'failed', 'not-run'], ''],
  ['the last fails', agent(0, 0, 1), false, ['done', 'done', 'failed'], 'lease of 10.0.0.7'],
])('tells what became of each command: %s', async (_, exec, isOk, statuses, lastOutput) => {
  const run = await runSetup(exec, setup, [])
  expect([run.isOk, run.commands.map(({ status }) => status), run.commands.at(-1)?.output]).toEqual([isOk, statuses, lastOutput])
  expect(run.commands.map(({ text }) => text)).toEqual(['ip link add', 'ip link set', 'udhcpc -i eth0.7'])
})

it('says how a silent command ended', async () => {
  expect((await runSetup(agent(2), setup, [])).commands[0]).toEqual({
    text: 'ip link add',
    status: 'failed',
    output: 'ip ended with exit code 2',
  })
})

it.each([
  ['as wanted', { ...made, macAddress: 'FA:16:3E:00:00:07' }, ['there', 'done', 'done']],
  ['with another MAC', { ...made, macAddress: 'fa:16:3e:ff:ff:ff' }, ['failed', 'not-run', 'not-run']],
  ['with another VLAN id', { ...made, vlan: 8 }, ['failed', 'not-run', 'not-run']],
  ['on another NIC', { ...made, parent: 'eth1' }, ['failed', 'not-run', 'not-run']],
])('when the VLAN interface is there %s', async (_, present, statuses) => {
  const guest = {
    exec: async (program: string, args: readonly string[]) => ({ exitCode: program === 'ip' && args[1] === 'add' ? 2 : 0, output: '' }),
  }
  expect((await runSetup(guest, setup, [present])).commands.map(({ status }) => status)).toEqual(statuses)
})
