import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

const onTheLab = { globalSetup: ['lab/tests/global-setup.ts'], fileParallelism: false, testTimeout: 180_000, hookTimeout: 180_000 }

// Three projects: `unit` needs nothing; `lab` needs root and builds real hosts, so its files run one after another; `emulated`
// is for guests in hosts that are emulated themselves: minutes to boot one, so `npm test` leaves it to be asked for.
export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{server,lab,components,app,scripts,bench}/**/*.test.{ts,tsx}'],
          // A busy machine is no failure; the store and the secret box do real work.
          testTimeout: 30_000,
          exclude: ['**/*.{lab,emulated}.test.ts', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: { name: 'lab', include: ['{server,lab}/**/*.lab.test.ts'], ...onTheLab },
      },
      {
        extends: true,
        test: { name: 'emulated', include: ['lab/**/*.emulated.test.ts'], ...onTheLab },
      },
    ],
  },
})
