import { expect, it } from 'vitest'
import { must, run, timedOutCode } from './run'

it('gives output, errors and exit code', async () => {
  expect(await run(['sh', '-c', 'cat; echo err >&2; exit 3'], { stdin: 'in' })).toEqual({ code: 3, stdout: 'in', stderr: 'err\n' })
})

it('does not mind a command that leaves its input unread', async () => {
  expect((await run(['true'], { stdin: 'x'.repeat(1_000_000) })).code).toBe(0)
})

it('ends a command and its children when time is up', async () => {
  // Longer than the test may take: whoever waits for the child fails.
  expect((await run(['sh', '-c', 'sleep 300 & wait'], { timeoutMs: 100 })).code).toBe(timedOutCode)
})

it('says which command failed, and how', async () => {
  await expect(must(['sh', '-c', 'echo no luck >&2; exit 1'])).rejects.toThrow(/exit code 1: no luck/)
  await expect(must(['/no/such/program'])).rejects.toThrow('cannot start /no/such/program')
})

it('does not pass on the environment it was started in', async () => {
  process.env.LAB_TEST_LEAK = 'yes'
  expect(await must(['env'])).not.toContain('LAB_TEST_LEAK')
  delete process.env.LAB_TEST_LEAK
})
