import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { runOutcomes } from '../../pipelines/cli.ts'
import type { World } from '../../pipelines/world.ts'

export interface Told {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** For opening a project's store to look into it. */
export const ONLOOKER: World = {
  cwd: '/',
  env: {},
  stdin: Readable.from([]),
  is_terminal: false,
  started_at: new Date('2026-04-01T09:00:00Z'),
  out: () => {},
  err: () => {},
  exitWith: () => {},
}

/** A folder to type commands in, with a key of its own, gone afterwards. */
export class CliRoom {
  readonly dir = mkdtempSync(join(tmpdir(), 'outcomes-cli-'))
  readonly env: Record<string, string> = { HOME: this.dir, OUTCOMES_KEY_FILE: join(this.dir, 'the.key') }

  async type(args: readonly string[], stdin: string | Buffer = '', can_ask = false): Promise<Told> {
    const told = { out: '', err: '' }
    const world: World = {
      cwd: this.dir,
      env: this.env,
      stdin: Readable.from([Buffer.from(stdin)]),
      is_terminal: false,
      can_ask,
      started_at: new Date('2026-04-01T09:00:00Z'),
      out: (text) => {
        told.out += text
      },
      err: (text) => {
        told.err += text
      },
      exitWith: () => {},
    }
    return { code: await runOutcomes(world, args), ...told }
  }

  /** Runs a command that has to succeed and reads its one JSON document. */
  async json(...args: string[]): Promise<Record<string, unknown>> {
    const told = await this.type([...args, '--json', '--quiet'])
    if (told.code !== 0) throw new Error(`exit ${told.code}: ${told.err}`)
    return JSON.parse(told.out) as Record<string, unknown>
  }

  put(name: string, content: string | Buffer): string {
    mkdirSync(dirname(join(this.dir, name)), { recursive: true })
    writeFileSync(join(this.dir, name), content)
    return name
  }

  /** Every file below with its bytes, for telling whether anything changed. */
  contents(): Record<string, string> {
    return Object.fromEntries(
      readdirSync(this.dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((path) => [path.slice(this.dir.length + 1), readFileSync(path).toString('latin1')]),
    )
  }

  leave(): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}
