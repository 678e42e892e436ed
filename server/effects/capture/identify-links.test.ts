import { describe, expect, it } from 'vitest'
import { checkTargets } from './identify-links'

const session = (stdout: string, exitCode = 0, stderr = '') => ({
  run: async ({ argv }: { readonly argv: readonly string[] }) => ({
    host: 'net1',
    argv,
    exitCode,
    stdout,
    stderr,
    durationMs: 1,
    isTruncated: false,
  }),
})
const links = JSON.stringify([{ ifindex: 7, ifname: 'ens38', flags: ['UP'], mtu: 1500 }])
const target = (device: string, ifindex: number, netns = '') => ({ device, ifindex, netns })
const check = async (answer: ReturnType<typeof session>, ...targets: ReturnType<typeof target>[]) => [
  ...(await checkTargets(answer, targets)).values(),
]

describe('checkTargets', () => {
  it('tells what is gone and what was replaced', async () => {
    expect(await check(session(links), target('ens38', 7), target('ens38', 4), target('ens39', 8))).toEqual([
      null,
      'ens38 was replaced since it was read (ifindex 4, now 7)',
      'ens39 is not there any more',
    ])
    expect(
      await check(session('', 1, 'Cannot open network namespace "gone": No such file or directory\n'), target('tap1', 3, 'gone')),
    ).toEqual(['tap1 is not there any more'])
  })

  it.each([
    ['noise before the answer', session(`Welcome to net1\n${links}`), /could not be read/],
    ['half an answer', session(links.slice(0, 20)), /could not be read/],
    ['no answer', session(''), /could not be read/],
    ['a failure', session('', 255, 'ip: out of memory'), /could not be read before the capture: ip: out of memory/],
  ])('takes %s for no device that is gone', async (_, answer, message) => {
    await expect(check(answer, target('ens38', 7))).rejects.toThrow(message)
  })
})
