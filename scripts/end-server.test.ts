import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { endServer } from './end-server'

const start = async (script: string) => {
  const child = spawn(process.execPath, ['-e', `${script}; setInterval(() => {}, 1000); console.log('up')`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout!, 'data')
  return child
}

it('asks first', async () => {
  const server = await start(`process.on('SIGTERM', () => process.exit(7))`)
  await endServer(server, 30_000)
  expect(server.exitCode).toBe(7)
})

it('ends one that waits for its pages to close', async () => {
  const server = await start(`process.on('SIGTERM', () => {})`)
  await endServer(server, 50)
  expect(server.signalCode).toBe('SIGKILL')
})

it('does not wait for one that a signal ended before', async () => {
  const server = await start('')
  server.kill('SIGKILL')
  await once(server, 'exit')
  await endServer(server)
  expect(server.signalCode).toBe('SIGKILL')
})
